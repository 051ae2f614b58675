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

const workColumns =
  'id, is_series, minor, primary_name, original_name, year, end_year, registered_year, runtime_minutes, votes';
type WorkRow = readonly [
  number,
  boolean,
  boolean,
  string,
  string | null,
  number | null,
  number | null,
  number | null,
  number | null,
  number,
];

const toWork = (row: WorkRow): CatalogueWork => ({
  id: imdbId(row[0]),
  kind: row[1] ? 'SERIES' : 'MOVIE',
  minor: row[2],
  name: row[3],
  originalName: row[4],
  year: row[5],
  endYear: row[6],
  registeredYear: row[7],
  runtimeMinutes: row[8],
  voteCount: row[9],
});

function duckDbCatalogue(connection: DuckDBConnection, version: string, table: (name: string) => string): Catalogue {
  /** The table's rows whose column is one of many values; of a few, the groups of rows that can have them are read alone. */
  const rowsOf = async (
    columns: string,
    name: string,
    column: string,
    values: readonly (string | number)[],
    type: typeof VARCHAR | typeof INTEGER,
  ): Promise<unknown[][]> => {
    if (values.length === 0) return [];
    const wanted = [...values].sort((one, other) => (one < other ? -1 : 1));
    const reader = await connection.runAndReadAll(
      `SELECT ${columns} FROM ${table(name)} WHERE ${column} IN (SELECT unnest($wanted))`,
      { wanted: listValue(wanted) },
      { wanted: LIST(type as never) },
    );
    return reader.getRows() as unknown[][];
  };
  return {
    version,
    async find(keys) {
      const found = new Map<string, { rank: number; found: FoundWork }[]>();
      const columns = `key, name, name_kind, regions, rank, ${workColumns}`;
      for (const row of await rowsOf(columns, 'names', 'key', keys, VARCHAR)) {
        const [key, name, kind, regions, rank, ...work] = row as [
          string,
          string,
          number,
          string | null,
          number,
          ...WorkRow,
        ];
        const one: FoundWork = {
          work: toWork(work),
          name,
          nameKind: nameKinds[kind] as NameKind,
          regions: regions === null ? [] : regions.split(' '),
        };
        const same = found.get(key);
        if (same) same.push({ rank, found: one });
        else found.set(key, [{ rank, found: one }]);
      }
      return new Map(
        [...found].map(([key, same]) => [
          key,
          same.sort((one, other) => one.rank - other.rank).map((one) => one.found),
        ]),
      );
    },
    async episodes(seriesIds) {
      const found = new Map<string, CatalogueEpisode[]>();
      const columns =
        'series_id, season_number, episode_number, id, name, other_names, year, registered_year, runtime_minutes';
      for (const row of await rowsOf(columns, 'episodes', 'series_id', seriesIds.map(idNumber), INTEGER)) {
        const [seriesId, seasonNumber, episodeNumber, id, name, otherNames, year, registeredYear, runtimeMinutes] =
          row as [
            number,
            number | null,
            number | null,
            number,
            string | null,
            { items: string[] },
            number | null,
            number | null,
            number | null,
          ];
        const episode: CatalogueEpisode = {
          id: imdbId(id),
          seasonNumber,
          episodeNumber,
          name,
          otherNames: otherNames.items,
          year,
          registeredYear,
          runtimeMinutes,
        };
        const series = imdbId(seriesId);
        const of = found.get(series);
        if (of) of.push(episode);
        else found.set(series, [episode]);
      }
      for (const episodes of found.values()) episodes.sort(inOrder);
      return found;
    },
    async seriesWithEpisode(keys) {
      const rows = await rowsOf('key, series_ids', 'episode_names', 'key', keys, VARCHAR);
      return new Map(
        rows.map((row) => {
          const [key, { items }] = row as [string, { items: number[] }];
          return [key, items.map(imdbId)];
        }),
      );
    },
    async works(ids) {
      const rows = await rowsOf(workColumns, 'works', 'id', ids.map(idNumber), INTEGER);
      return new Map(rows.map((row) => [imdbId(row[0] as number), toWork(row as unknown as WorkRow)]));
    },
  };
}

const inOrder = (one: CatalogueEpisode, other: CatalogueEpisode) =>
  (one.seasonNumber ?? 0) - (other.seasonNumber ?? 0) ||
  (one.episodeNumber ?? 0) - (other.episodeNumber ?? 0) ||
  (one.id < other.id ? -1 : 1);
