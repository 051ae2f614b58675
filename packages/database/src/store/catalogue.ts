import type { Migration } from '../connection/migrate.ts';
import type { Sql } from '../connection/sql.ts';
import type { AccountSql } from './account-store.ts';

/** A table, as the database itself describes it. */
export interface StoredTable {
  readonly name: string;
  /** Those that are stored, in their order. */
  readonly columns: readonly string[];
  /** Of the primary key. */
  readonly key: readonly string[];
  /** Columns that take their numbers from a sequence. */
  readonly numbered: readonly string[];
}

/** Names of the tables that migrations make. Others may live beside them in a database that is shared. */
export const tablesMade = (migrations: readonly Pick<Migration, 'script'>[]): Set<string> => named(migrations, 'TABLE');

/** Likewise of types. */
export const typesMade = (migrations: readonly Pick<Migration, 'script'>[]): Set<string> => named(migrations, 'TYPE');

function named(migrations: readonly Pick<Migration, 'script'>[], kind: 'TABLE' | 'TYPE'): Set<string> {
  const creation = new RegExp(String.raw`^\s*CREATE ${kind} (?:IF NOT EXISTS )?"?(\w+)"?`, 'gm');
  return new Set(migrations.flatMap(({ script }) => [...script.matchAll(creation)].map(([, name]) => name as string)));
}

/**
 * Watchprint's tables as they are in the database now, each behind those that it refers to: a table that is added later is among
 * them by itself.
 */
export async function storedTables(sql: Sql, migrations: readonly Pick<Migration, 'script'>[]): Promise<StoredTable[]> {
  const found = await sql.query<StoredTable & { readonly refersTo: readonly string[] }>(
    `SELECT relname::text AS name,
       ARRAY(SELECT attname::text FROM pg_attribute
         WHERE attrelid = stored.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum) AS columns,
       ARRAY(SELECT attname::text FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
         WHERE indrelid = stored.oid AND indisprimary ORDER BY array_position(indkey::int2[], attnum)) AS key,
       ARRAY(SELECT attname::text FROM pg_attribute
         WHERE attrelid = stored.oid AND attnum > 0 AND NOT attisdropped
           AND pg_get_serial_sequence(quote_ident(relname), attname) IS NOT NULL ORDER BY attnum) AS numbered,
       ARRAY(SELECT referred.relname::text FROM pg_constraint JOIN pg_class referred ON referred.oid = confrelid
         WHERE conrelid = stored.oid AND contype = 'f' AND confrelid <> stored.oid) AS "refersTo"
     FROM pg_class stored
     WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND relname::text = ANY($1::text[])
     ORDER BY relname`,
    [[...tablesMade(migrations)]],
  );
  const names = new Set(found.map(({ name }) => name));
  const sorted: StoredTable[] = [];
  const isSorted = new Set<string>();
  while (sorted.length < found.length) {
    const next = found.find(
      ({ name, refersTo }) =>
        !isSorted.has(name) && refersTo.every((other) => isSorted.has(other) || !names.has(other)),
    );
    if (next === undefined) throw new Error('Tables refer to each other in a circle');
    isSorted.add(next.name);
    const { name, columns, key, numbered } = next;
    sorted.push({ name, columns, key, numbered });
  }
  return sorted;
}

/** Those with rows of accounts; the account's own table is not among them. */
export const personalTables = (tables: readonly StoredTable[]): StoredTable[] =>
  tables.filter(({ columns }) => columns.includes('account_id'));

/** How many rows of an account a table has. */
export interface TableCount {
  readonly name: string;
  readonly rows: number;
}

/** What an account has, looked up anew: a count for every table that has rows of accounts. */
export async function countRows(account: AccountSql, tables: readonly StoredTable[]): Promise<TableCount[]> {
  const counted: TableCount[] = [];
  for (const { name } of [{ name: 'account' }, ...personalTables(tables)]) {
    const column = name === 'account' ? 'id' : 'account_id';
    const [count] = await account.query<{ rows: number }>(
      `SELECT count(*)::float8 AS rows FROM "${name}" WHERE ${column} = $1::uuid`,
    );
    counted.push({ name, rows: count?.rows ?? 0 });
  }
  return counted;
}
