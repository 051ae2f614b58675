// Prints a few figures of a history.
//   node figures.mjs [NetflixViewingHistory.csv]
import { fileURLToPath } from 'node:url';
import { createClient } from '@watchprint/sdk';

const sample = fileURLToPath(new URL('../sample-history/NetflixViewingHistory.csv', import.meta.url));
const [history = sample] = process.argv.slice(2);

const client = await openClient();
try {
  const { rowsImported, rowsDuplicate, rowsRejected } = await client.importHistory(history, { profileName: 'Sample' });
  console.log(`${rowsImported} rows imported, ${rowsDuplicate} there already, ${rowsRejected} rejected`);

  const profile = (await client.profiles()).find(({ name }) => name === 'Sample');
  const figures = await client.analytics(profile.id, { dimension: 'SERIES', first: 3 });
  const { viewings, activeDays, firstWatchedOn, lastWatchedOn } = figures.totals;
  console.log(`${viewings} viewings on ${activeDays} days, from ${firstWatchedOn} to ${lastWatchedOn}`);
  for (const { label, viewings } of figures.top.items) console.log(`${viewings} of ${label}`);

  for await (const { watchedOn, rawTitle } of client.viewings(profile.id)) {
    console.log(`last: ${rawTitle} on ${watchedOn}`);
    break;
  }
} finally {
  await client.close();
}

/** A client of the server at WATCHPRINT_URL; where that is not set, of one in this process, which keeps its data beside us. */
async function openClient() {
  if (process.env.WATCHPRINT_URL) {
    return createClient({ url: process.env.WATCHPRINT_URL, token: process.env.WATCHPRINT_TOKEN });
  }
  const { createEmbeddedClient } = await import('@watchprint/sdk/embedded');
  return createEmbeddedClient({ config: { home: './watchprint-data', logLevel: 'warn' } });
}
