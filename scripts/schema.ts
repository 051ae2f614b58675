// Writes schema.graphql, the reviewed contract of the API; with --check, says whether it is up to date.
import { readFile, writeFile } from 'node:fs/promises';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from '../packages/server/src/schema/index.ts';

const path = new URL('../schema.graphql', import.meta.url);
const printed = `${printSchema(lexicographicSortSchema(schema))}\n`;
if (process.argv.includes('--check')) {
  const isCurrent = (await readFile(path, 'utf8').catch(() => '')) === printed;
  if (!isCurrent) process.stderr.write('schema.graphql is out of date: npm run schema\n');
  process.exit(isCurrent ? 0 : 1);
}
await writeFile(path, printed);
