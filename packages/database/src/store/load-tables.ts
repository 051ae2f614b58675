import { type Migration, MigrationUnknownError, scriptOf } from '../connection/migrate.ts';
import type { Sql, Transaction } from '../connection/sql.ts';
import type { Database } from '../open-database.ts';
import { type StoredTable, storedTables, typesMade } from './catalogue.ts';
import { forgetChanges } from './changed-facts-store.ts';
import { columnsOf, type Dump, sameText } from './dump-tables.ts';

/** The database has rows that a restore would take the place of. */
export class NotEmptyError extends Error {
  override readonly name = 'NotEmptyError';
  readonly code = 'NOT_EMPTY';
}

/** What was loaded is not what the dump says that it has. */
export class DumpMismatchError extends Error {
  override readonly name = 'DumpMismatchError';
  readonly code = 'DUMP_MISMATCH';
}

export interface LoadedTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

export interface DumpToLoad extends Pick<Dump, 'migrations' | 'sequences'> {
  /** In the order in which they are loaded: each behind those that it refers to. */
  readonly tables: readonly LoadedTable[];
  read(table: string): AsyncIterable<Uint8Array>;
}

/** Bytes that are sent at once: the embedded database takes a statement whole. */
const sentAtOnce = 1024 * 1024;

/**
 * Puts a dump in the place of all that the database has, in one transaction: whatever fails leaves what was. Tables are made
 * by the migrations that had made the dump's, and later ones are applied to what was loaded.
 * @param finish Runs in the same transaction, last.
 * @throws {NotEmptyError} when there are rows, unless they may be replaced.
 * @throws {MigrationUnknownError}
 * @throws {DumpMismatchError}
 */
export async function loadTables(
  { sql: connection, migrations }: Pick<Database, 'sql' | 'migrations'>,
  dump: DumpToLoad,
  mayReplace: boolean,
  finish: (sql: Transaction) => Promise<void>,
): Promise<void> {
  const before = dump.migrations.map((applied) => knownMigration(applied, migrations));
  const later = migrations.filter((migration) => !before.includes(migration));
  return connection.transaction(async (sql) => {
    // A server that starts meanwhile waits with its migrations.
    await sql.query(`SELECT pg_advisory_xact_lock(hashtextextended('watchprint migrations', 0))::text`);
    await sql.query(sameText);
    const present = await storedTables(sql, migrations);
    if (!mayReplace) await refuseRows(sql, present);
    await dropAll(sql, present, migrations);
    for (const migration of before) await sql.query(scriptOf(migration));
    const made = new Map((await storedTables(sql, before)).map((table) => [table.name, table]));
    for (const table of dump.tables) await loadTable(sql, made.get(table.name), table, dump.read(table.name));
    for (const { table, column, last } of dump.sequences)
      await sql.query(
        'SELECT setval(pg_get_serial_sequence(quote_ident($1), $2), greatest($3::bigint, 1), $3::bigint > 0)',
        [table, column, last],
      );
    for (const migration of later) await sql.query(scriptOf(migration));
    // Transactions have other numbers here.
    await forgetChanges(sql);
    await finish(sql);
  });
}

function knownMigration(
  { name, checksum }: Pick<Migration, 'name' | 'checksum'>,
  migrations: readonly Migration[],
): Migration {
  const known = migrations.find((migration) => migration.name === name);
  if (known === undefined)
    throw new MigrationUnknownError(`The backup was made by a later Watchprint: migration ${name} is not known here`);
  if (known.checksum !== checksum)
    throw new MigrationUnknownError(`The backup was made by another migration ${name} than the one known here`);
  return known;
}

/** What a server that was only started has made: the local account for whoever asks first, and which sources are on. */
const madeByStarting = ['account', 'source'];

async function refuseRows(sql: Sql, tables: readonly StoredTable[]): Promise<void> {
  for (const { name } of tables.filter((table) => !madeByStarting.includes(table.name)))
    if ((await sql.query(`SELECT 1 AS one FROM "${name}" LIMIT 1`)).length > 0)
      throw new NotEmptyError(`The database is not empty: ${name} has rows. To lose what it has, say --replace`);
}

/** Nothing but what our migrations made: others may have tables in the same database. */
async function dropAll(sql: Sql, tables: readonly StoredTable[], migrations: readonly Migration[]): Promise<void> {
  if (tables.length > 0) await sql.query(`DROP TABLE ${columnsOf(tables.map(({ name }) => name))}`);
  const types = columnsOf([...typesMade(migrations)]);
  if (types !== '') await sql.query(`DROP TYPE IF EXISTS ${types}`);
  await sql.query('DELETE FROM _prisma_migrations WHERE migration_name = ANY($1::text[])', [
    migrations.map(({ name }) => name),
  ]);
}

async function loadTable(
  sql: Transaction,
  made: StoredTable | undefined,
  { name, columns, rows }: LoadedTable,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  if (made === undefined || columns.some((column) => !made.columns.includes(column)))
    throw new DumpMismatchError(`The backup has a table ${name} that its migrations do not make so`);
  const statement = `COPY "${name}" (${columnsOf(columns)}) FROM STDIN`;
  for await (const lines of wholeLines(content)) await sql.copy(statement, [lines]);
  const [loaded] = await sql.query<{ rows: number }>(`SELECT count(*)::float8 AS rows FROM "${name}"`);
  if (loaded?.rows !== rows)
    throw new DumpMismatchError(`The backup says that ${name} has ${rows} rows, and ${loaded?.rows} were loaded`);
}

const lineFeed = 10;

/** Cuts a stream where lines end: a line feed within a value is written otherwise. */
async function* wholeLines(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of content) {
    waiting.push(chunk);
    size += chunk.length;
    if (size < sentAtOnce) continue;
    const all = Buffer.concat(waiting);
    const end = all.lastIndexOf(lineFeed) + 1;
    if (end > 0) yield all.subarray(0, end);
    waiting = [all.subarray(end)];
    size = all.length - end;
  }
  if (size > 0) yield Buffer.concat(waiting);
}
