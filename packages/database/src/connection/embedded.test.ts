import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { newPlace } from '../../test/databases.ts';
import { openDatabase } from '../open-database.ts';
import { isConnectionLost } from './connection-lost.ts';

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

it('keeps nothing of what it has answered', async () => {
  const database = await openDatabase({ home: await mkdtemp(join(tmpdir(), 'watchprint-answers-')), url: 'memory:' });
  const answers = async (count: number) => {
    for (let number = 0; number < count; number += 1)
      await database.sql.query(`SELECT repeat('x', 1000) AS text FROM generate_series(1, 4000)`);
  };
  await answers(20);
  const before = process.memoryUsage().rss;
  await answers(120);
  // 480 MB were answered; PGlite's own way of answering whole keeps more than half of that.
  expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(150);
  await database.close();
});

it('goes on after statements that fail, which end their connection', async () => {
  const database = await openDatabase({ home: await mkdtemp(join(tmpdir(), 'watchprint-errors-')), url: 'memory:' });
  const wrong = ['SELECT nope', 'SELECT 1/0', 'SELEC', `SELECT 'x'::uuid`];
  for (const text of wrong) {
    await expect(database.sql.query(text)).rejects.toMatchObject({ severity: 'ERROR' });
    expect(await database.sql.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  }
  await expect(database.sql.query('SELECT $1::int', ['x'])).rejects.toMatchObject({ code: '22P02' });
  await expect(database.prisma.$queryRaw`SELECT nope`).rejects.toThrow('nope');
  const several = await Promise.allSettled([...wrong, 'SELECT 2 AS two'].map((text) => database.sql.query(text)));
  expect(several.map(({ status }) => status)).toEqual([...Array(4).fill('rejected'), 'fulfilled']);
  await database.close();
});

it('is opened anew where its thread has died, with all that was committed', async () => {
  const workers: Worker[] = [];
  const onWorker = (worker: Worker) => void workers.push(worker);
  process.on('worker', onWorker);
  const database = await openDatabase(await newPlace('embedded'));
  const heard: (string | null)[] = [];
  await database.sql.listen('news', (notice) => heard.push(notice));
  await database.sql.execute('CREATE TABLE kept AS SELECT 1 AS number');
  const asked = database.sql.transaction(async (sql) => {
    await sql.query('INSERT INTO kept VALUES (2)');
    await sql.query('SELECT pg_sleep(1)');
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await Promise.all([expect(asked).rejects.toSatisfy(isConnectionLost), workers[0]?.terminate()]);
  const [rows, prisma] = await Promise.all([
    database.sql.query('SELECT number FROM kept'),
    database.prisma.$queryRaw`SELECT number FROM kept`,
  ]);
  expect([rows, prisma]).toEqual([[{ number: 1 }], [{ number: 1 }]]);
  await database.sql.notify('news', 'x');
  expect(heard).toEqual([null, 'x']);
  expect(workers).toHaveLength(2);
  await database.close();
  process.off('worker', onWorker);
});

it('says so to whoever asks once its thread has died in memory, and still closes', async () => {
  const started = new Promise<Worker>((resolve) => process.once('worker', resolve));
  const database = await openDatabase({ home: await mkdtemp(join(tmpdir(), 'watchprint-dead-')), url: 'memory:' });
  const asked = database.sql.query('SELECT pg_sleep(1)');
  await Promise.all([expect(asked).rejects.toThrow('has ended'), (await started).terminate()]);
  await expect(database.sql.query('SELECT 1')).rejects.toThrow('has ended');
  await database.close();
});

it('lets whoever waited for a transaction ask all it has to ask before the next one', async () => {
  const database = await openDatabase({ home: await mkdtemp(join(tmpdir(), 'watchprint-turns-')), url: 'memory:' });
  let transactions = 0;
  let isImporting = true;
  const importing = (async () => {
    while (isImporting) {
      transactions += 1;
      await database.sql.transaction((sql) => sql.query('SELECT pg_sleep(0.2)'));
    }
  })();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const before = transactions;
  for (let statement = 0; statement < 6; statement += 1) await database.sql.query('SELECT 1 AS one');
  // Without its turn it would have waited for one more transaction a statement.
  expect(transactions - before).toBeLessThanOrEqual(2);
  isImporting = false;
  await importing;
  await database.close();
});
