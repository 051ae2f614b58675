import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDuckDb, sqlName, sqlText } from './duckdb.ts';

describe('DuckDB', () => {
  it('reads Parquet, JSON and dates of any zone with what it has inside, and downloads nothing', async () => {
    const duckdb = await openDuckDb();
    try {
      const { connection } = duckdb;
      const path = sqlText(join(await mkdtemp(join(tmpdir(), "watchprint-duckdb-'")), 'a.parquet'));
      await connection.run(`COPY (SELECT 1 AS ${sqlName('a "b"')}) TO ${path} (FORMAT parquet, COMPRESSION zstd)`);
      expect((await connection.runAndReadAll(`SELECT * FROM ${path}`)).getRowObjectsJson()).toEqual([{ 'a "b"': 1 }]);
      const [row] = (
        await connection.runAndReadAll(
          `SELECT json_extract_string('{"a": 1}', 'a') AS json, timezone('Australia/Sydney', TIMESTAMPTZ '2026-01-01 00:00:00Z')::VARCHAR AS local`,
        )
      ).getRowObjectsJson();
      expect(row).toEqual({ json: '1', local: '2026-01-01 11:00:00' });
      await expect(connection.run('LOAD httpfs')).rejects.toThrow(/httpfs/);
      await expect(connection.run(`SELECT * FROM 'https://127.0.0.1:1/x.parquet'`)).rejects.toThrow(/httpfs|autoload/i);
    } finally {
      duckdb.close();
    }
  });

  it('writes what does not fit to the temporary folder, which is empty after it is closed', async () => {
    const temporaryFolder = join(await mkdtemp(join(tmpdir(), 'watchprint-duckdb-')), 'temporary');
    const sort = 'SELECT count(*) FROM (SELECT md5(i::VARCHAR) AS h FROM range(3000000) t(i) ORDER BY h LIMIT 2900000)';
    const small = { memoryLimit: '64MB', threads: 1 };
    const without = await openDuckDb(small);
    await expect(without.connection.run(sort)).rejects.toThrow(/memory/i);
    without.close();
    const duckdb = await openDuckDb({ ...small, temporaryFolder });
    await duckdb.connection.run(sort);
    duckdb.close();
    expect(await readdir(temporaryFolder)).toEqual([]);
  });

  it('gives its file back when it is closed, with every connection', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'watchprint-duckdb-')), 'a.duckdb');
    const first = await openDuckDb({ path });
    await (await first.connect()).run('CREATE TABLE a AS SELECT 1 AS b');
    first.close();
    const second = await openDuckDb({ path, readOnly: true });
    await expect(second.connection.run('DROP TABLE a')).rejects.toThrow(/read-only/);
    second.close();
    await expect(openDuckDb({ path: join(path, 'b') })).rejects.toThrow();
  });
});
