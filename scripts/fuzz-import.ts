// Sends made-up uploads to a server, and says when one is answered otherwise than it should be.
//   npm run fuzz -- [HOW MANY, 50000] [FIRST SEED, 1]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../packages/database/src/index.ts';
import { sendUploads } from '../packages/server/test/send-uploads.ts';

const [count = 50_000, first = 1] = process.argv.slice(2).map(Number);
const home = await mkdtemp(join(tmpdir(), 'watchprint-fuzz-'));
const database = await openDatabase({ home, url: 'memory:' });
const began = Date.now();
const result = await sendUploads(database, home, first, count, (done) => {
  const megabytes = Math.round(process.memoryUsage().rss / 1024 ** 2);
  process.stderr.write(`${done} sent, ${Math.round((Date.now() - began) / 1000)} s, ${megabytes} MB\n`);
});
await rm(home, { recursive: true });
process.stdout.write(`${count} uploads, seeds ${first} to ${first + count - 1}:\n`);
for (const [outcome, times] of [...result.outcomes].sort((a, b) => b[1] - a[1]))
  process.stdout.write(`  ${times} ${outcome}\n`);
for (const fault of result.faults) process.stdout.write(`FAULT ${fault}\n`);
process.exit(result.faults.length === 0 ? 0 : 1);
