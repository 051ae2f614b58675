import type { Transaction } from '../connection/sql.ts';
import type { Database } from '../open-database.ts';
import { accountSql } from './account-store.ts';
import { type CuratedDatabaseTable, curatedTables } from './curated-tables.ts';
import { sameText } from './dump-tables.ts';

/** Rows that are fetched at once. */
const pageSize = 2000;

/** The curated tables and columns that an export has: of nobody, those that are no account's. */
export const curatedTablesFor = (accountId: string | null): readonly CuratedDatabaseTable[] =>
  accountId !== null
    ? curatedTables
    : curatedTables
        .filter(({ isPersonal }) => isPersonal !== true)
        .map((table) => ({ ...table, columns: table.columns.filter(({ isPersonal }) => isPersonal !== true) }));

/**
 * Reads the curated tables as they stand at one instant, a page of rows in memory at a time. On the embedded database everybody else
 * waits meanwhile.
 * @param accountId whose; null: nothing that tells of an account.
 * @param write Takes rows of a table, each as the text of a JSON object with its columns.
 */
export function readCuratedRows(
  { sql }: Pick<Database, 'sql'>,
  accountId: string | null,
  write: (table: string, rows: readonly string[]) => Promise<void>,
): Promise<void> {
  return sql.transaction(async (open) => {
    await open.query(sameText);
    for (const table of curatedTablesFor(accountId)) await readTable(open, table, accountId, write);
  }, 'repeatable read');
}

async function readTable(
  sql: Transaction,
  table: CuratedDatabaseTable,
  accountId: string | null,
  write: (table: string, rows: readonly string[]) => Promise<void>,
): Promise<void> {
  const { name, columns, partition, ofAccount, ofNobody } = table;
  const all = partition === undefined ? columns : [...columns, partition];
  const object = all.map((column) => `'${column.name}', ${column.value}`).join(', ');
  const cursor = (from: string) =>
    `DECLARE curated NO SCROLL CURSOR FOR SELECT json_build_object(${object})::text AS row FROM ${from}`;
  if (accountId !== null) await accountSql(sql, accountId).query(cursor(ofAccount));
  else if (ofNobody !== null) await sql.query(cursor(ofNobody));
  for (;;) {
    const rows = await sql.query<{ row: string }>(`FETCH ${pageSize} FROM curated`);
    if (rows.length === 0) break;
    await write(
      name,
      rows.map(({ row }) => row),
    );
  }
  await sql.query('CLOSE curated');
}
