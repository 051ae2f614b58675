import { type FileHandle, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refuseStopped } from '../bulk/bulk-error.ts';
import { datasetFolder, type PinnedVersion, pinVersion } from '../bulk/versions.ts';
import { openDuckDb, sqlText } from '../duckdb.ts';
import { CuratedError } from './curated-error.ts';
import type { CuratedTable } from './curated-table.ts';
import {
  type CuratedDictionary,
  describeExport,
  dictionaryFile,
  dictionaryText,
  readmeFile,
  type WrittenTable,
} from './dictionary.ts';
import { beginExport, type UnfinishedExport } from './export-folder.ts';
import { factsOfImdb, factsTable, type ImdbTable, ratingsOfImdb, ratingsTable } from './imdb-facts.ts';
import { factsOfPages, isForExport, pageFactsFrom, ratingsOfPages } from './source-facts.ts';
import { writeTable } from './write-table.ts';

/** Rows of a table, a line each: the text of a JSON object with its columns. */
export interface CuratedRows {
  readonly table: string;
  readonly rows: number;
  /** Each line ends. */
  readonly text: Uint8Array;
}

export type CuratedProgress =
  | { readonly step: 'read'; readonly table: string; readonly rows: number }
  | { readonly step: 'table'; readonly table: string; readonly rows: number };

export interface CuratedExportOptions {
  /** The folder that it becomes. */
  readonly to: string;
  /** The home's folder. */
  readonly home: string;
  /** The lake's folder, whose catalogue says the facts. */
  readonly lake: string;
  readonly account: CuratedDictionary['account'];
  /** Those of the database, with the columns that their rows have. */
  readonly tables: readonly CuratedTable[];
  /** Their rows: table after table, as they come. */
  readonly rows: AsyncIterable<CuratedRows>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CuratedProgress) => void;
}

export interface CuratedExport {
  /** Where it is, absolute. */
  readonly place: string;
  readonly dictionary: CuratedDictionary;
}

/**
 * Writes the curated tables as Parquet with their dictionary. What is there before stays until all of it is on disk; only its owner may
 * read it. Rows are on disk while they are read, and are sorted in memory as far as DuckDB may have it, then on disk.
 * @throws {CuratedError}
 * @throws {BulkError} STOPPED
 */
export async function writeCuratedExport(options: CuratedExportOptions): Promise<CuratedExport> {
  const unfinished = await beginExport(options.to, options.home, options.lake, options.account !== null);
  try {
    const imdb = await pinVersion(datasetFolder(options.lake, 'imdb'));
    try {
      const dictionary = await writeTables(unfinished, options, imdb);
      await writeFile(join(unfinished.folder, readmeFile), dictionaryText(dictionary), { mode: 0o600 });
      await writeFile(join(unfinished.folder, dictionaryFile), `${JSON.stringify(dictionary, null, 2)}\n`, {
        mode: 0o600,
      });
      refuseStopped(options.signal);
      await unfinished.swapIn();
      return { place: unfinished.place, dictionary };
    } finally {
      await imdb?.release();
    }
  } catch (error) {
    await unfinished.discard();
    throw error;
  }
}

async function writeTables(
  { folder, scratch }: UnfinishedExport,
  { tables, rows, account, signal, onProgress = () => {} }: CuratedExportOptions,
  imdb: PinnedVersion | null,
): Promise<CuratedDictionary> {
  const read = await spool(rows, scratch, tables, signal, onProgress);
  const duckdb = await openDuckDb({ temporaryFolder: join(scratch, 'temporary') });
  const { connection } = duckdb;
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const written: WrittenTable[] = [];
    const write = async (table: CuratedTable, select: string) => {
      refuseStopped(signal);
      const files = await writeTable(connection, table, select, folder);
      written.push({ table, files });
      const sum = files.reduce((all, { rows }) => all + rows, 0);
      onProgress({ step: 'table', table: table.name, rows: sum });
      return sum;
    };
    for (const table of tables.filter(isForExport)) {
      const { path, rows: expected } = read.get(table.name) as Spooled;
      const got = await write(table, readLines(table, path));
      if (got !== expected) throw new Error(`${table.name} has ${got} rows in place of ${expected}`);
    }
    const titles = read.get('titles');
    if (titles === undefined) throw new Error('There are no titles to ask facts of');
    await connection.run(`CREATE TEMP TABLE asked AS SELECT title_id, imdb_id
      FROM ${linesOf(titles.path, { title_id: 'VARCHAR', imdb_id: 'VARCHAR' })} WHERE imdb_id IS NOT NULL`);
    const tableOf: ImdbTable = (name) => {
      const path = imdb?.table(name) ?? null;
      if (imdb === null || path === null) return null;
      const readAt = imdb.current.tables[name]?.sources.at(-1)?.readAt ?? imdb.current.createdAt;
      return { path, knownOn: readAt.slice(0, 10) };
    };
    const said = tables.find((table) => !isForExport(table));
    const pages = said && read.get(said.name);
    const ofDatasets = { facts: factsOfImdb('asked', tableOf), ratings: ratingsOfImdb('asked', tableOf) };
    if (said !== undefined && pages !== undefined)
      for (const statement of pageFactsFrom(`(${readLines(said, pages.path)})`, ofDatasets.facts))
        await connection.run(statement);
    const withPages = (own: string, ofPages: string) =>
      pages === undefined ? own : `${own}\nUNION ALL BY NAME\n${ofPages}`;
    await write(factsTable, withPages(ofDatasets.facts, factsOfPages()));
    await write(ratingsTable, withPages(ofDatasets.ratings, ratingsOfPages(ofDatasets.ratings)));
    return describeExport(written, account, imdb?.current.version ?? null);
  } catch (error) {
    refuseStopped(signal);
    throw failed(error as Error);
  } finally {
    signal?.removeEventListener('abort', interrupt);
    duckdb.close();
  }
}

interface Spooled {
  readonly path: string;
  readonly rows: number;
}

/** What the database says, on disk as it came: the database is asked no longer than that takes. */
async function spool(
  rows: AsyncIterable<CuratedRows>,
  scratch: string,
  tables: readonly CuratedTable[],
  signal: AbortSignal | undefined,
  onProgress: (progress: CuratedProgress) => void,
): Promise<Map<string, Spooled>> {
  const files = new Map<string, { path: string; rows: number; file: FileHandle }>();
  try {
    for (const { name } of tables) {
      const path = join(scratch, `${name}.jsonl`);
      files.set(name, { path, rows: 0, file: await open(path, 'wx', 0o600) });
    }
    for await (const { table, rows: count, text } of rows) {
      refuseStopped(signal);
      const to = files.get(table);
      if (to === undefined) throw new Error(`${table} is no table of this export`);
      await to.file.writeFile(text);
      to.rows += count;
      onProgress({ step: 'read', table, rows: to.rows });
    }
    return files;
  } finally {
    for (const { file } of files.values()) await file.close();
  }
}

const readLines = (table: CuratedTable, path: string) => {
  const columns = table.partition === undefined ? table.columns : [...table.columns, table.partition];
  return `SELECT * FROM ${linesOf(path, Object.fromEntries(columns.map(({ name, type }) => [name, type])))}`;
};

const linesOf = (path: string, columns: Readonly<Record<string, string>>) =>
  `read_json(${sqlText(path)}, format = 'newline_delimited', columns = {${Object.entries(columns)
    .map(([name, type]) => `${name}: '${type}'`)
    .join(', ')}})`;

/** What DuckDB says, in one line; what is ours stays as it is. */
function failed(error: Error): Error {
  if ('code' in error || !/^[A-Z][A-Za-z ]+ Error: /.test(error.message)) return error;
  return new CuratedError('EXPORT_FAILED', `The export could not be written: ${error.message.split('\n')[0]}`, {
    cause: error,
  });
}
