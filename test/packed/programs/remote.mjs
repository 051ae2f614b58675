// With the SDK alone, in Node: everything that an app would do with a server elsewhere.
import { createClient } from '@watchprint/sdk';

const [url, history] = process.argv.slice(2);
const client = createClient({ url });
const { rowsImported, rowsDuplicate } = await client.importHistory(history, { profileName: 'Remote' });
console.log(`${rowsImported + rowsDuplicate} rows are there`);
const profile = (await client.profiles()).find(({ name }) => name === 'Remote');
console.log(`${(await client.analytics(profile.id)).totals.viewings} viewings`);
const refused = await client.importHistory(new TextEncoder().encode('Name,Price\n')).catch((error) => error);
console.log(`${refused.name} ${refused.code}`);
const embedded = await import('@watchprint/sdk/embedded').catch((error) => error);
console.log(`embedded: ${embedded.code} ${embedded.message.match(/@watchprint\/server/)?.[0]}`);
await client.close();
