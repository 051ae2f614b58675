import type { Database } from '@watchprint/database';

const tables = 'viewing, viewing_import, match, title';
/** What the planner has to hear of. It takes a third of a second, in which the embedded database answers nobody else. */
const manyRows = 5000;

/**
 * After rows came or went in bulk: fresh statistics, without which the planner takes a table of a million rows for a small one.
 * The embedded database has nobody to sweep up dead rows, nor to end its log of writes, which would grow with every import and
 * be gone through again after a crash; a PostgreSQL does both by itself.
 * @param rows How many came or went.
 */
export async function tidy({ kind, sql }: Database, rows: number): Promise<void> {
  if (rows < manyRows) return;
  if (kind === 'postgres') return sql.execute(`ANALYZE ${tables}`);
  await sql.execute(`VACUUM (ANALYZE) ${tables}`);
  await sql.execute('CHECKPOINT');
}
