// With both packages, no port and no second service. Run twice, the second time finds what the first one imported.
import { createEmbeddedClient } from '@watchprint/sdk/embedded';

const [home, history] = process.argv.slice(2);
const client = await createEmbeddedClient({ config: { home, logLevel: 'silent' } });
if (history !== undefined) {
  const { rowsImported, rowsRejected } = await client.importHistory(history, { profileName: 'Embedded' });
  console.log(`imported ${rowsImported}, rejected ${rowsRejected}`);
}
for (const { id, name } of await client.profiles()) {
  const { totals, top } = await client.analytics(id, { first: 1 });
  console.log(`${name}: ${totals.viewings} viewings, most of ${top.items[0].label}`);
}
await client.close();
