import { openDatabase } from '@watchprint/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newPlace } from '../../../database/test/databases.ts';
import { tidy } from './tidy.ts';

let database: Awaited<ReturnType<typeof openDatabase>>;
beforeAll(async () => {
  database = await openDatabase(await newPlace('embedded'));
});
afterAll(() => database.close());

/** Bytes of the log that a start after a crash would go through. */
async function logToReplay(): Promise<number> {
  const [found] = await database.sql.query<{ bytes: number }>(
    'SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 AS bytes FROM pg_control_checkpoint()',
  );
  return found?.bytes ?? Number.NaN;
}

it('leaves the embedded database fresh statistics and no log to go through after a crash', async () => {
  await database.sql.query(
    `INSERT INTO match (account_id, id, raw_title, evidence)
     SELECT gen_random_uuid(), gen_random_uuid(), 'Harbour', 'one of ' || n FROM generate_series(1, 6000) AS n`,
  );
  expect(await logToReplay()).toBeGreaterThan(600_000);
  await tidy(database, 100);
  expect(await logToReplay()).toBeGreaterThan(600_000);
  await tidy(database, 6000);
  expect(await logToReplay()).toBeLessThan(10_000);
  const [match] = await database.sql.query(`SELECT reltuples::int AS rows FROM pg_class WHERE relname = 'match'`);
  expect(match).toEqual({ rows: 6000 });
});
