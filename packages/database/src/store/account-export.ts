import { createHash } from 'node:crypto';
import type { Database } from '../open-database.ts';
import type { ExportedTable } from './account-export-tables.ts';
import { type AccountSql, accountSql } from './account-store.ts';

/** Rows that are fetched at once. */
const pageSize = 1000;

/** The account changed while it was read on the embedded database: what was read may not fit together. */
export class AccountChangedError extends Error {
  override readonly name = 'AccountChangedError';
  readonly code = 'EXPORT_CHANGED';
}

/**
 * Reads what an account has as it stands at one instant: in one transaction on PostgreSQL. On the embedded database that would keep
 * everybody waiting for as long as somebody takes to receive what is read, so it is read piece by piece, and refused at its
 * end where anything was imported, deleted or renamed meanwhile.
 * @throws {AccountChangedError}
 */
export async function readAccount(
  { kind, sql }: Pick<Database, 'kind' | 'sql'>,
  accountId: string,
  work: (sql: AccountSql) => Promise<void>,
): Promise<void> {
  if (kind === 'postgres') return sql.transaction((open) => work(accountSql(open, accountId)), 'repeatable read');
  const account = accountSql(sql, accountId);
  const before = await stateOf(account);
  await work(account);
  if ((await stateOf(account)) !== before)
    throw new AccountChangedError('The account changed while it was exported. Try again when no import is running.');
}

/** Differs when anything came, went or was renamed: all of that leaves its mark on these small tables. */
async function stateOf(account: AccountSql): Promise<string> {
  const state = createHash('sha256');
  for (const table of ['profile', 'profile_alias', 'import', 'correction'])
    for (const { row } of await account.query<{ row: string }>(
      `SELECT (to_jsonb(stored) - 'leased_until' - 'leased_by' - 'attempts')::text AS row FROM ${table} stored
       WHERE account_id = $1::uuid ORDER BY 1`,
    ))
      state.update(row);
  return state.digest('hex');
}

/** The rows of a table of the export, each as the text of a JSON object, in pages. */
export async function* accountRows(account: AccountSql, table: ExportedTable): AsyncGenerator<string[]> {
  const { owner, key, joins = '', columns } = table;
  const keys = Object.entries(key);
  const order = keys.map(([column]) => `stored.${column}`).join(', ');
  const place = keys.map(([, type], index) => `$${index + 2}::text::${type}`).join(', ');
  const object = columns.map(({ name, value }) => `'${name}', ${value}`).join(', ');
  const isPresent = table.table === 'profile' ? 'AND deleting_since IS NULL' : '';
  const page = (after: string) =>
    `SELECT json_build_object(${object})::text AS row, ARRAY[${keys.map(([column]) => `stored.${column}::text`).join(', ')}] AS place
     FROM (SELECT * FROM ${table.table} stored WHERE ${owner} = $1::uuid ${isPresent} ${after} ORDER BY ${order} LIMIT ${pageSize}) stored
     ${joins} ORDER BY ${order}`;
  let last: readonly string[] | null = null;
  for (;;) {
    const rows: { row: string; place: string[] }[] =
      last === null ? await account.query(page('')) : await account.query(page(`AND (${order}) > (${place})`), last);
    if (rows.length > 0) yield rows.map(({ row }) => row);
    if (rows.length < pageSize) return;
    last = rows.at(-1)?.place ?? null;
  }
}
