import { appliedMigrations, type Migration } from '../connection/migrate.ts';
import type { Transaction } from '../connection/sql.ts';
import type { Database } from '../open-database.ts';
import { type StoredTable, storedTables } from './catalogue.ts';

/** A number that a sequence gave last. */
export interface DumpedSequence {
  readonly table: string;
  readonly column: string;
  /** In decimal. */
  readonly last: string;
}

export interface Dump {
  readonly migrations: readonly Pick<Migration, 'name' | 'checksum'>[];
  readonly sequences: readonly DumpedSequence[];
  /** SHA-256 of the originals that the imports in the dump keep, in order. */
  readonly originals: readonly string[];
}

/** Pages of 8 kB that are read at once: the embedded database answers a statement whole. */
const pagesAtOnce = 256;

/** What makes a value the same text wherever it is written. */
export const sameText = `SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL IntervalStyle = 'postgres';
  SET LOCAL extra_float_digits = 1`;

/**
 * Reads every table of ours as it stands at one instant, each behind those that it refers to, as `COPY` writes it in text.
 * On the embedded database everybody else waits meanwhile.
 * @param write Takes a table's rows: whole lines, in the order of `columns`.
 */
export function dumpTables(
  database: Pick<Database, 'sql' | 'migrations'>,
  write: (table: StoredTable, rows: AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<Dump> {
  return database.sql.transaction(async (sql) => {
    await sql.query(sameText);
    const migrations = await appliedMigrations(sql);
    const tables = await storedTables(sql, database.migrations);
    for (const table of tables) await write(table, rowsOf(sql, table));
    // Sequences know no instants: read after the tables, none is behind the numbers in them.
    const sequences: DumpedSequence[] = [];
    for (const { name, numbered } of tables)
      for (const column of numbered) {
        const [given] = await sql.query<{ sequence: string }>(
          'SELECT pg_get_serial_sequence(quote_ident($1), $2) AS sequence',
          [name, column],
        );
        const [state] = await sql.query<{ last: string }>(
          `SELECT (CASE WHEN is_called THEN last_value ELSE 0 END)::text AS last FROM ${given?.sequence}`,
        );
        sequences.push({ table: name, column, last: state?.last ?? '0' });
      }
    // At the same instant: what is imported or deleted later has its place in a later dump.
    const kept = await sql.query<{ sha256: string }>(
      'SELECT DISTINCT sha256 FROM import WHERE original_kept ORDER BY sha256',
    );
    return { migrations, sequences, originals: kept.map(({ sha256 }) => sha256) };
  }, 'repeatable read');
}

/** By ranges of pages: without an order, and without a look at any row twice. */
async function* rowsOf(sql: Transaction, { name, columns }: StoredTable): AsyncGenerator<Uint8Array> {
  const [size] = await sql.query<{ pages: number }>(
    `SELECT (pg_relation_size(quote_ident($1)::regclass) / current_setting('block_size')::int)::float8 AS pages`,
    [name],
  );
  const all = `SELECT ${columnsOf(columns)} FROM "${name}"`;
  const pages = size?.pages ?? 0;
  // A table that is kept in parts, or elsewhere, has no pages of its own.
  if (pages === 0) yield await sql.copyOut(`COPY (${all}) TO STDOUT`);
  for (let page = 0; page < pages; page += pagesAtOnce) {
    const range = `ctid >= '(${page},0)'::tid AND ctid < '(${page + pagesAtOnce},0)'::tid`;
    yield await sql.copyOut(`COPY (${all} WHERE ${range}) TO STDOUT`);
  }
}

export const columnsOf = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');
