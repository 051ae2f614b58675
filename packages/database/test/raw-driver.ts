import { join } from 'node:path';
import pg from 'pg';
import { openEmbedded } from '../src/connection/embedded.ts';
import type { DatabasePlace } from './databases.ts';

/** A database that nobody has open, by its driver alone: each row an array, each value as the driver makes it. */
export async function openRawDriver({ home, url }: DatabasePlace): Promise<{
  select(text: string, values: readonly string[]): Promise<unknown[][]>;
  close(): Promise<void>;
}> {
  const embedded = url === undefined ? await openEmbedded(join(home, 'database')) : null;
  const pool = embedded?.pool ?? new pg.Pool({ connectionString: url, max: 1 });
  return {
    select: async (text, values) => (await pool.query({ text, values: [...values], rowMode: 'array' })).rows,
    close: () => (embedded === null ? pool.end() : embedded.sql.close()),
  };
}
