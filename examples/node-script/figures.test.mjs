import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('figures.mjs', import.meta.url));

test('prints the figures of the sample, also when it is run again', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'watchprint-node-script-'));
  t.after(() => rm(folder, { recursive: true }));
  const run = async () => (await promisify(execFile)(process.execPath, [script], { cwd: folder })).stdout.split('\n');
  const [first, ...figures] = await run();
  for (const line of [first, ...figures]) t.diagnostic(line);
  assert.equal(first, '662 rows imported, 0 there already, 0 rejected');
  assert.match(figures[0], /^\d+ viewings on \d+ days, from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d$/);
  assert.match(figures[4], /^last: .+ on \d{4}-\d\d-\d\d$/);
  assert.deepEqual(await run(), ['0 rows imported, 662 there already, 0 rejected', ...figures]);
});
