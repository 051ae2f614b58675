import { randomUUID } from 'node:crypto';
import type { Sql, Transaction } from '../connection/sql.ts';
import type { Database } from '../open-database.ts';
import { accountSql } from './account-store.ts';
import type { CuratedDatabaseTable } from './curated-table.ts';
import { curatedTables } from './curated-tables.ts';
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

type Write = (table: string, rows: readonly string[]) => Promise<void>;

/**
 * Reads the curated tables as they stand at one instant, a page of rows in memory at a time.
 *
 * On the embedded database a transaction that lasts until somebody has taken all rows would keep everybody else waiting. There the
 * cursors outlive theirs: it puts the rows aside, on its disk, and others are answered between two pages.
 * @param accountId whose; null: nothing that tells of an account.
 * @param write Takes rows of a table, each as the text of a JSON object with its columns, whose values are text or null.
 */
export async function readCuratedRows(
  { kind, sql }: Pick<Database, 'kind' | 'sql'>,
  accountId: string | null,
  write: Write,
): Promise<void> {
  // Two exports at once have cursors of their own: one connection knows all their names.
  const cursors = curatedTablesFor(accountId).map((table) => ({
    table,
    cursor: `curated_${randomUUID().replaceAll('-', '')}`,
  }));
  const declare = async (open: Transaction, hold: string) => {
    await open.query(sameText);
    for (const { table, cursor } of cursors) await declareCursor(open, table, accountId, `${cursor} ${hold}`);
  };
  const read = async (from: Sql) => {
    for (const { table, cursor } of cursors) await readCursor(from, table.name, cursor, write);
  };
  if (kind === 'postgres')
    return sql.transaction(async (open) => {
      await declare(open, 'NO SCROLL CURSOR');
      await read(open);
    }, 'repeatable read');
  await sql.transaction((open) => declare(open, 'NO SCROLL CURSOR WITH HOLD'), 'repeatable read');
  try {
    await read(sql);
  } finally {
    // Those that were not read to their end; a database that is gone has none.
    for (const { cursor } of cursors) await sql.query(`CLOSE ${cursor}`).catch(() => {});
  }
}

async function declareCursor(
  sql: Transaction,
  { columns, partition, ofAccount, ofNobody }: CuratedDatabaseTable,
  accountId: string | null,
  cursor: string,
): Promise<void> {
  const all = partition === undefined ? columns : [...columns, partition];
  // As text: to make JSON of it is work for whoever reads, not for a database that others wait for.
  const list = all.map(({ name, value }) => `(${value})::text AS "${name}"`).join(', ');
  const select = (from: string) => `DECLARE ${cursor} FOR SELECT ${list} FROM ${from}`;
  if (accountId !== null) await accountSql(sql, accountId).query(select(ofAccount));
  else if (ofNobody !== null) await sql.query(select(ofNobody));
}

async function readCursor(sql: Sql, table: string, cursor: string, write: Write): Promise<void> {
  for (;;) {
    const rows = await sql.query<object>(`FETCH ${pageSize} FROM ${cursor}`);
    if (rows.length === 0) break;
    await write(
      table,
      rows.map((row) => JSON.stringify(row)),
    );
  }
  await sql.query(`CLOSE ${cursor}`);
}
