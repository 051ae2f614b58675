import { join } from 'node:path';
import { type DuckDBConnection, INTEGER, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import {
  type Catalogue,
  type CatalogueEpisode,
  type CatalogueWork,
  type FoundWork,
  type NameKind,
  readNetflixNames,
  withNetflixNames,
} from '@watchprint/engine';
import { type BulkVersion, datasetFolder, pinVersion, readCurrent } from '../bulk/versions.ts';
import { openDuckDb, sqlText } from '../duckdb.ts';
import { catalogueIndex } from './build-catalogue.ts';

/** The catalogue of one version of the datasets, which stays on disk for as long as this is open. */
export interface OpenCatalogue extends Catalogue {
  /** What is to be shown wherever its answers are. */
  readonly notice: string | null;
  close(): Promise<void>;
}

export interface OpenCatalogueOptions {
  readonly memoryLimit?: string | undefined;
  readonly threads?: number | undefined;
}

/** Which state of the catalogue `openCatalogue` would open; null where it would open none. Costs the reading of two small files. */
export async function catalogueVersion(lake: string): Promise<string | null> {
  const imdb = await readCurrent(datasetFolder(lake, 'imdb'));
  if (imdb?.finishedAs !== catalogueIndex) return null;
  return versionOf(imdb, await readCurrent(datasetFolder(lake, 'netflix-engagement')));
}

const versionOf = (imdb: BulkVersion, engagement: BulkVersion | null): string =>
  [catalogueIndex, imdb.version, engagement?.version ?? 'none'].join(' ');

/**
 * Opens the matcher's catalogue: IMDb's datasets, with the names that Netflix's own reports join where they were synced.
 * @param lake Its folder.
 * @returns null where IMDb's datasets were never synced, or their index is of another Watchprint: sync them anew.
 */
export async function openCatalogue(lake: string, options: OpenCatalogueOptions = {}): Promise<OpenCatalogue | null> {
  const imdb = await pinVersion(datasetFolder(lake, 'imdb'));
  if (imdb === null) return null;
  if (imdb.current.finishedAs !== catalogueIndex) {
    await imdb.release();
    return null;
  }
  const engagement = await pinVersion(datasetFolder(lake, 'netflix-engagement'));
  const duckdb = await openDuckDb({
    memoryLimit: options.memoryLimit ?? '512MB',
    ...(options.threads === undefined ? {} : { threads: options.threads }),
  });
  const { connection } = duckdb;
  const table = (name: string) => `read_parquet(${sqlText(join(imdb.folder, 'catalogue', `${name}.parquet`))})`;
  await connection.run('SET parquet_metadata_cache = true');
  const titles = engagement?.table('engagement') ?? null;
  const names = readNetflixNames(titles === null ? [] : await netflixTitles(connection, titles));
  await engagement?.release();
  const version = versionOf(imdb.current, engagement?.current ?? null);
  return {
    ...withNetflixNames(duckDbCatalogue(connection, version, table), names),
    notice: imdb.current.notice,
    async close() {
      duckdb.close();
      await imdb.release();
    },
  };
}

async function netflixTitles(connection: DuckDBConnection, path: string) {
  const rows = await connection.runAndReadAll(
    `SELECT DISTINCT title, original_title FROM read_parquet(${sqlText(path)}) WHERE original_title IS NOT NULL`,
  );
  return rows
    .getRows()
    .map(([title, originalTitle]) => ({ title: String(title), originalTitle: String(originalTitle) }));
}

const nameKinds: readonly NameKind[] = ['PRIMARY', 'ORIGINAL', 'ALTERNATIVE', 'HEAD', 'SOUND', 'WORD'];
const imdbId = (id: number): string => `tt${String(id).padStart(7, '0')}`;
const idNumber = (id: string): number => Number(id.slice(2));

const workColumns = 'id, is_series, minor, primary_name, year, end_year, registered_year, runtime_minutes, votes';

/** Values of one row of a chunk's columns. */
type Columns = readonly (readonly unknown[])[];

/** The work that stands in a row, its columns from a place on. */
function workAt(columns: Columns, row: number, from: number): CatalogueWork {
  const value = (place: number) => (columns[from + place] as unknown[])[row];
  return {
    id: imdbId(value(0) as number),
    kind: value(1) ? 'SERIES' : 'MOVIE',
    minor: value(2) as boolean,
    name: value(3) as string,
    year: value(4) as number | null,
    endYear: value(5) as number | null,
    registeredYear: value(6) as number | null,
    runtimeMinutes: value(7) as number | null,
    voteCount: value(8) as number,
  };
}

function duckDbCatalogue(connection: DuckDBConnection, version: string, table: (name: string) => string): Catalogue {
  /** Chunks of a table's rows whose column has one of many values. */
  async function* chunksOf(
    columns: string,
    name: string,
    column: string,
    values: readonly (string | number)[],
  ): AsyncGenerator<{ columns: Columns; rows: number }> {
    if (values.length === 0) return;
    const rows = await connection.stream(
      `SELECT ${columns} FROM ${table(name)} WHERE ${column} IN (SELECT unnest($wanted))`,
      { wanted: listValue([...values]) },
      { wanted: LIST(typeof values[0] === 'string' ? VARCHAR : INTEGER) },
    );
    for (;;) {
      const chunk = await rows.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return;
      yield { columns: chunk.getColumns() as Columns, rows: chunk.rowCount };
    }
  }
  // A statement ends another's stream on the same connection, so they go one after another.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    const answer = last.then(ask, ask);
    last = answer.catch(() => {});
    return answer;
  };
  return {
    version,
    find: (keys) =>
      inTurn(async () => {
        const found = new Map<string, { rank: number; found: FoundWork }[]>();
        for await (const { columns, rows } of chunksOf(
          `key, name, name_kind, rank, ${workColumns}`,
          'names',
          'key',
          keys,
        )) {
          const [wanted, names, kinds, ranks] = columns as [string[], (string | null)[], number[], number[]];
          for (let row = 0; row < rows; row += 1) {
            const work = workAt(columns, row, 4);
            const name = names[row] ?? work.name;
            const one = { work, name, nameKind: nameKinds[kinds[row] as number] as NameKind };
            const same = found.get(wanted[row] as string);
            if (same) same.push({ rank: ranks[row] as number, found: one });
            else found.set(wanted[row] as string, [{ rank: ranks[row] as number, found: one }]);
          }
        }
        return new Map(
          [...found].map(([key, same]) => [
            key,
            same.sort((one, other) => one.rank - other.rank).map((one) => one.found),
          ]),
        );
      }),
    episodes: (seriesIds) =>
      inTurn(async () => {
        const found = new Map<string, CatalogueEpisode[]>();
        const wanted =
          'series_id, season_number, episode_number, id, name, name_keys, year, registered_year, runtime_minutes';
        for await (const { columns, rows } of chunksOf(wanted, 'episodes', 'series_id', seriesIds.map(idNumber))) {
          const value = (place: number, row: number) => (columns[place] as unknown[])[row];
          for (let row = 0; row < rows; row += 1) {
            const series = imdbId(value(0, row) as number);
            const episode: CatalogueEpisode = {
              id: imdbId(value(3, row) as number),
              seasonNumber: value(1, row) as number | null,
              episodeNumber: value(2, row) as number | null,
              name: value(4, row) as string | null,
              nameKeys: keysIn(value(5, row) as string | null),
              year: value(6, row) as number | null,
              registeredYear: value(7, row) as number | null,
              runtimeMinutes: value(8, row) as number | null,
            };
            const of = found.get(series);
            if (of) of.push(episode);
            else found.set(series, [episode]);
          }
        }
        for (const episodes of found.values()) episodes.sort(inOrder);
        return found;
      }),
    seriesWithEpisode: (keys) =>
      inTurn(async () => {
        const found = new Map<string, readonly string[]>();
        for await (const { columns, rows } of chunksOf('key, series_ids', 'episode_names', 'key', keys)) {
          const [wanted, ids] = columns as [string[], { items: number[] }[]];
          for (let row = 0; row < rows; row += 1)
            found.set(wanted[row] as string, (ids[row] as { items: number[] }).items.map(imdbId));
        }
        return found;
      }),
    works: (ids) =>
      inTurn(async () => {
        const found = new Map<string, CatalogueWork>();
        for await (const { columns, rows } of chunksOf(workColumns, 'works', 'id', ids.map(idNumber)))
          for (let row = 0; row < rows; row += 1) {
            const work = workAt(columns, row, 0);
            found.set(work.id, work);
          }
        return found;
      }),
  };
}

/** Lines: a list for each of millions of rows takes ten times as long to hand over. */
const keysIn = (lines: string | null): readonly string[] => lines?.split('\n') ?? [];

const inOrder = (one: CatalogueEpisode, other: CatalogueEpisode) =>
  (one.seasonNumber ?? 0) - (other.seasonNumber ?? 0) ||
  (one.episodeNumber ?? 0) - (other.episodeNumber ?? 0) ||
  (one.id < other.id ? -1 : 1);
