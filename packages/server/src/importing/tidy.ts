import type { Database } from '@watchprint/database';

const tables = 'viewing, viewing_import, match, title';

/**
 * After rows came or went in bulk: fresh statistics, without which the planner takes a table of a million rows for a small one.
 * The embedded database has nobody to sweep up dead rows; a PostgreSQL does that by itself.
 */
export async function tidy({ kind, sql }: Database): Promise<void> {
  await sql.execute(kind === 'embedded' ? `VACUUM (ANALYZE) ${tables}` : `ANALYZE ${tables}`);
}
