// With the SDK in a page: the bundle of an app, which speaks to the server through the app's own origin.
import { createClient } from '@watchprint/sdk';

const client = createClient({ url: location.origin });
async function said() {
  const history = 'Title,Date\n"Paper Moons","28/07/2020"\n';
  const progress = [];
  const from = [
    new File([history], 'from a page.csv'),
    new Blob([history]).stream(),
    new TextEncoder().encode(history),
  ];
  const imports = [];
  for (const file of from)
    imports.push(
      await client.importHistory(file, { profileName: 'Page', onProgress: ({ status }) => progress.push(status) }),
    );
  const profile = (await client.profiles()).find(({ name }) => name === 'Page');
  const viewings = [];
  for await (const { rawTitle, watchedOn } of client.viewings(profile.id)) viewings.push(`${rawTitle} on ${watchedOn}`);
  const path = await client.importHistory('history.csv').catch((error) => error);
  return {
    fileName: imports[0].fileName,
    imported: imports.map(({ rowsImported }) => rowsImported),
    isFollowed: progress.includes('COMPLETED'),
    viewings,
    path: path.code,
  };
}
said()
  .catch((error) => ({ failed: String(error.stack) }))
  .then((answer) => fetch('/said', { method: 'POST', body: JSON.stringify(answer) }));
