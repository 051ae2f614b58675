import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { DuckDBConnection, DuckDBPreparedStatement, DuckDBResult } from '@duckdb/node-api';
import { datasets } from '../bulk/datasets.ts';
import { datasetFolder, type PinnedVersion, pinVersion } from '../bulk/versions.ts';
import { type OpenedExport, openExport } from '../curated/open-export.ts';
import { openDuckDb, sqlText } from '../duckdb.ts';
import { createPages } from '../pages/pages.ts';
import { type JsonValue, toJson } from './json-value.ts';
import { createZoneViews, type LakeTable, schemaOf } from './zone-views.ts';

/** A query cannot be run. */
export class LakeQueryError extends Error {
  override readonly name = 'LakeQueryError';
  readonly retryable = false;
  /** `QUERY_INVALID`: not as SQL is, or of tables that are not there. `QUERY_REFUSED`: it wants more than to read the lake. */
  readonly code: 'QUERY_INVALID' | 'QUERY_REFUSED' | 'QUERY_STOPPED' | 'QUERY_FAILED' | 'LAKE_EMPTY';

  constructor(code: LakeQueryError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface LakeAnswer {
  readonly columns: readonly string[];
  /** As DuckDB finds them, some thousand in memory at a time. @throws {LakeQueryError} while they are read. */
  readonly rows: AsyncIterable<readonly JsonValue[]>;
  /** What is to be shown beside them, since they rest on somebody's data. */
  readonly notices: readonly string[];
}

/** All zones of a lake as tables, for reading. */
export interface LakeQuery {
  readonly tables: readonly LakeTable[];
  /**
   * Runs one SELECT (also WITH, FROM, VALUES, DESCRIBE, SUMMARIZE, SHOW), or explains one.
   * @throws {LakeQueryError}
   */
  query(sql: string): Promise<LakeAnswer>;
  /** Ends what runs. */
  interrupt(): void;
  close(): Promise<void>;
}

export interface LakeQueryOptions {
  /** Where DuckDB puts what does not fit in memory. */
  readonly temporaryFolder: string;
  readonly memoryLimit?: string;
  /** A folder with an export of curated tables, beside the lake's own zones. Default: the one in the lake, where there is one. */
  readonly exported?: string | undefined;
}

/**
 * Opens the lake for SQL. A query reads inside of the lake's folder, and of the export's, and nowhere else; it writes nothing, attaches nothing, loads no
 * extension and cannot undo any of this. Versions of bulk datasets stay as they are until it is closed.
 * @throws {LakeQueryError} LAKE_EMPTY: neither a lake nor an export that is named
 * @throws {CuratedError} EXPORT_BROKEN
 */
export async function openLakeQuery(
  folder: string,
  { temporaryFolder, exported, ...options }: LakeQueryOptions,
): Promise<LakeQuery> {
  let fault: LakeTable | null = null;
  const curated = await openExport(folder, exported).catch((error: Error) => {
    if (exported !== undefined) throw error;
    // One that nobody asked for keeps nobody from the rest.
    fault = { schema: 'curated', name: 'dictionary', fault: error.message };
    return null;
  });
  // DuckDB compares places after following links, so the lake has to be named by its own.
  const lake = await realpath(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    // An export that was taken elsewhere needs none.
    if (exported !== undefined) return resolve(folder);
    throw new LakeQueryError('LAKE_EMPTY', `There is no lake in ${folder}: nothing was imported or synced there yet`);
  });
  await completeIndexes(join(lake, 'pages'));
  const pinned: PinnedVersion[] = [];
  const release = async () => {
    for (const version of pinned.splice(0)) await version.release();
  };
  try {
    for (const { name } of Object.values(datasets)) {
      const version = await pinVersion(datasetFolder(lake, name));
      if (version !== null) pinned.push(version);
    }
    const duckdb = await openDuckDb({ temporaryFolder, ...options });
    try {
      const { connection } = duckdb;
      const tables = await createZoneViews(connection, lake, pinned, curated);
      await lockDown(connection, [lake, ...(curated === null ? [] : [curated.folder])]);
      return {
        tables: fault === null ? tables : [...tables, fault],
        query: (sql) => answer(connection, sql, pinned, curated),
        interrupt: () => connection.interrupt(),
        async close() {
          duckdb.close();
          await release();
        },
      };
    } catch (error) {
      duckdb.close();
      throw error;
    }
  } catch (error) {
    await release();
    throw error;
  }
}

/** The view of pages reads indexes alone. A lake that is a copy that nobody may write to has what it has. */
async function completeIndexes(folder: string): Promise<void> {
  await createPages(folder)
    .completeIndexes()
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EROFS' && error.code !== 'EACCES') throw error;
    });
}

async function lockDown(connection: DuckDBConnection, folders: readonly string[]): Promise<void> {
  await connection.run("SET TimeZone = 'UTC'");
  // In this order: the last two can only be made stricter, and then nothing can be set any more.
  await connection.run(`SET allowed_directories = [${folders.map((folder) => sqlText(`${folder}/`)).join(', ')}]`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}

async function answer(
  connection: DuckDBConnection,
  sql: string,
  versions: readonly PinnedVersion[],
  exported: OpenedExport | null,
): Promise<LakeAnswer> {
  const statement = await prepareRead(connection, sql);
  // DuckDB names the tables of a query, but not the views, which these are. A name too many is a notice too many.
  const words = new Set(sql.toLowerCase().match(/[a-z0-9_]+/g));
  const ofBulk = versions
    .filter(
      ({ current: { dataset } }) => words.has(schemaOf(dataset)) || (dataset === 'imdb' && words.has('catalogue')),
    )
    .flatMap(({ current: { notice } }) => notice ?? []);
  const ofExport = words.has('curated') ? (exported?.dictionary.sources ?? []) : [];
  const notices = [...new Set([...ofBulk, ...ofExport.flatMap(({ notice }) => notice ?? [])])];
  const result = await statement.stream().catch(refuse);
  return { columns: result.columnNames(), rows: rowsOf(result), notices };
}

async function* rowsOf(result: DuckDBResult): AsyncIterable<readonly JsonValue[]> {
  const chunks = result.yieldRows();
  for (;;) {
    const { done, value } = await chunks.next().catch(refuse);
    if (done) return;
    for (const row of value) yield row.map(toJson);
  }
}

/**
 * The settings keep a query inside of the lake; that it only reads is known by what it is, before DuckDB looks at it otherwise: COPY
 * and ATTACH could write into the lake, and EXPORT makes its folder while it is only prepared.
 */
async function prepareRead(connection: DuckDBConnection, sql: string): Promise<DuckDBPreparedStatement> {
  // What is explained by ANALYZE is run.
  const [, explained] = /^\s*EXPLAIN(?:\s+ANALYZE)?\s+(.*)$/is.exec(sql) ?? [];
  await checkSelect(connection, explained ?? sql);
  return connection.prepare(sql).catch(refuse);
}

/** DuckDB's parser alone: it says of SELECTs what they are, and of anything else that it is none. */
async function checkSelect(connection: DuckDBConnection, sql: string): Promise<void> {
  const reader = await connection.runAndReadAll(`SELECT json_serialize_sql(${sqlText(sql)}::VARCHAR)`).catch(refuse);
  const parsed = JSON.parse(String(reader.getRows()[0]?.[0])) as ParsedSql;
  if (parsed.error && parsed.error_type === 'parser') throw new LakeQueryError('QUERY_INVALID', parsed.error_message);
  if (parsed.error)
    throw new LakeQueryError(
      'QUERY_REFUSED',
      'The lake is read only: a query is a SELECT and the like (PIVOT is one where it says its values: ON … IN (…))',
    );
  const { length } = parsed.statements;
  if (length === 0) throw new LakeQueryError('QUERY_INVALID', 'There is no statement in it');
  if (length > 1) throw new LakeQueryError('QUERY_REFUSED', `A query is one SELECT, and these are ${length}`);
}

type ParsedSql =
  | { readonly error: false; readonly statements: readonly unknown[] }
  | { readonly error: true; readonly error_type: string; readonly error_message: string };

/** What DuckDB says, in one line and without the drawing of where in the text it is. */
function refuse(error: Error): never {
  const message = (error.message.split('\n\nLINE ')[0] as string).replace(/\s*\n\s*/g, ' ').trim();
  if (/^INTERRUPT Error/.test(message))
    throw new LakeQueryError('QUERY_STOPPED', 'The query was stopped', { cause: error });
  if (/^Permission Error/.test(message)) throw new LakeQueryError('QUERY_REFUSED', message, { cause: error });
  const isInvalid = /^(Parser|Binder|Catalog|Conversion|Invalid Input|Not implemented|Syntax) Error/.test(message);
  throw new LakeQueryError(isInvalid ? 'QUERY_INVALID' : 'QUERY_FAILED', message, { cause: error });
}
