import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from './open-database.ts';

it('forces every commit of the embedded database to disk', async () => {
  const database = await openDatabase({ home: await mkdtemp(join(tmpdir(), 'watchprint-fsync-')) });
  await database.sql.execute('CREATE TABLE kept (number int)');
  const before = database.forcedWrites();
  for (let number = 0; number < 10; number += 1)
    await database.sql.query('INSERT INTO kept VALUES ($1::int)', [number]);
  expect(database.forcedWrites() - before).toBeGreaterThanOrEqual(10);
  await database.close();
});

it('makes its database anew where a process died while it was being made', async () => {
  const home = await mkdtemp(join(tmpdir(), 'watchprint-half-'));
  await mkdir(join(home, 'database.new'));
  await writeFile(join(home, 'database.new', 'PG_VERSION'), '18\n');
  const database = await openDatabase({ home });
  expect(await database.sql.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await database.close();
  expect(await readdir(home)).toEqual(['database']);
});
