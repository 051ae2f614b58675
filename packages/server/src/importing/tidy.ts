import type { Database } from '@watchprint/database';

const tables = 'viewing, viewing_import, match, title';
/** What the planner has to hear of. It takes a third of a second, in which the embedded database answers nobody else. */
const manyRows = 5000;

/**
 * After rows came or went in bulk: fresh statistics, without which the planner takes a table of a million rows for a small one.
 * The embedded database has nobody to sweep up dead rows; a PostgreSQL does that by itself.
 * @param rows How many came or went.
 */
export async function tidy({ kind, sql }: Database, rows: number): Promise<void> {
  if (rows < manyRows) return;
  await sql.execute(kind === 'embedded' ? `VACUUM (ANALYZE) ${tables}` : `ANALYZE ${tables}`);
}
