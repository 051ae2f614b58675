// Begins an export, says so when the first rows are read, and never ends: `node --import tsx stalled-export.ts FOLDER HOME`.
import { join } from 'node:path';
import { writeCuratedExport } from '../src/curated/write-export.ts';
import { madeRows, madeTables } from './made-curated.ts';

const [to = '', home = ''] = process.argv.slice(2);

async function* rows() {
  yield* madeRows(['of the one that was killed'], 5000);
  process.stdout.write('begun\n');
  // A promise alone keeps no process alive.
  setInterval(() => {}, 1000);
  await new Promise(() => {});
}

await writeCuratedExport({ to, home, lake: join(home, 'lake'), account: null, tables: madeTables, rows: rows() });
