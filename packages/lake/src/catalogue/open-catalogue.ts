import { join } from 'node:path';
import { type DuckDBConnection, INTEGER, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import {
  type Catalogue,
  type CatalogueEpisode,
  type CatalogueWork,
  type FoundWork,
  type ListedRow,
  type NameKind,
  type NetflixLists,
  readNetflixLists,
  withNetflixNames,
} from '@watchprint/engine';
import { type BulkVersion, datasetFolder, pinVersion, readCurrent } from '../bulk/versions.ts';
import { openDuckDb, sqlText } from '../duckdb.ts';
import { catalogueIndex, FIRST_ORDERED_ID, workColumns } from './build-catalogue.ts';
import { frequentPrefixes, prefixesIn, type SearchStatement, searchStatement } from './search-statement.ts';

/** What people ask a catalogue, beside what the matcher does. */
export interface SearchableCatalogue {
  /**
   * Films and series whose names, or a word of whose names, begin with a text, or have all of its words: the most voted first, at most
   * two hundred. Works that few voted for are found by the beginnings of whole names alone.
   */
  search(text: string): Promise<readonly CatalogueWork[]>;
  /** An episode by its id, and the series that it is of; null where there is none. */
  episode(id: string): Promise<{ readonly series: CatalogueWork; readonly episode: CatalogueEpisode } | null>;
}

/** The catalogue of one version of the datasets, which stays on disk for as long as this is open. */
export interface OpenCatalogue extends Catalogue, SearchableCatalogue {
  /** What it was opened from: while it is open, a thread can open the same. */
  readonly files: CatalogueFiles;
  /** What is to be shown wherever its answers are. */
  readonly notice: string | null;
  /** What is still asked fails. */
  close(): Promise<void>;
}

/** Where one state of the catalogue is, in plain values. */
export interface CatalogueFiles {
  readonly version: string;
  /** Of the index, absolute. */
  readonly folder: string;
  /** IMDb's table of which series an episode is of, absolute; null where it was never synced. */
  readonly episodes: string | null;
  /** Netflix's reports, absolute; null where they were never synced. */
  readonly engagement: string | null;
  readonly notice: string | null;
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
  const release = async () => {
    await imdb.release();
    await engagement?.release();
  };
  const files: CatalogueFiles = {
    version: versionOf(imdb.current, engagement?.current ?? null),
    folder: join(imdb.folder, 'catalogue'),
    episodes: imdb.table('title_episode'),
    engagement: engagement?.table('engagement') ?? null,
    notice: imdb.current.notice,
  };
  try {
    const opened = await openCatalogueFiles(files, options);
    return {
      ...opened,
      async close() {
        await opened.close();
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Opens a state of the catalogue once more that somebody has open, and keeps open for longer than this. */
export async function openCatalogueFiles(
  files: CatalogueFiles,
  { memoryLimit = '512MB', threads }: OpenCatalogueOptions = {},
): Promise<OpenCatalogue> {
  const duckdb = await openDuckDb({ memoryLimit, ...(threads === undefined ? {} : { threads }) });
  try {
    const { connection } = duckdb;
    const table = (name: string) => `read_parquet(${sqlText(join(files.folder, `${name}.parquet`))})`;
    await connection.run('SET parquet_metadata_cache = true');
    const { settled, netflixLists, ...catalogue } = duckDbCatalogue(connection, files, table);
    return {
      ...catalogue,
      find: async (keys) => withNetflixNames(catalogue, (await netflixLists()).names).find(keys),
      files,
      notice: files.notice,
      async close() {
        connection.interrupt();
        await settled();
        duckdb.close();
      },
    };
  } catch (error) {
    duckdb.close();
    throw error;
  }
}

async function netflixTitles(connection: DuckDBConnection, path: string): Promise<ListedRow[]> {
  const rows = await connection.runAndReadAll(
    `SELECT title, original_title, kind, year(release_date)::INTEGER, max(runtime_minutes)::INTEGER, sum(hours_viewed)::DOUBLE
     FROM read_parquet(${sqlText(path)}) GROUP BY ALL ORDER BY ALL`,
  );
  const kinds = new Map<unknown, ListedRow['kind']>([
    ['film', 'MOVIE'],
    ['series', 'SERIES'],
  ]);
  return rows.getRows().map(([title, originalTitle, kind, year, runtime, hours]) => ({
    title: String(title),
    originalTitle: originalTitle === null ? null : String(originalTitle),
    kind: kinds.get(kind) ?? null,
    year: year as number | null,
    runtimeMinutes: runtime as number | null,
    hoursViewed: hours as number,
  }));
}

const nameKinds: readonly NameKind[] = ['PRIMARY', 'ORIGINAL', 'ALTERNATIVE', 'HEAD', 'SOUND', 'WORD'];
const imdbId = (id: number): string => `tt${String(id).padStart(7, '0')}`;
const idNumber = (id: string): number => Number(id.slice(2));

/** Values of one row of a chunk's columns. */
type Columns = readonly (readonly unknown[])[];

type WorkRow = readonly [
  id: number,
  isSeries: boolean,
  minor: boolean,
  name: string,
  year: number | null,
  endYear: number | null,
  registeredYear: number | null,
  runtimeMinutes: number | null,
  voteCount: number,
];

/** Until then ids were given out in no order. */
const LAST_UNORDERED_YEAR = 2007;

function workOf(row: WorkRow): CatalogueWork {
  const [id, isSeries, minor, name, year, endYear, registered, runtimeMinutes, voteCount] = row;
  const registeredYear = registered ?? (id < FIRST_ORDERED_ID ? LAST_UNORDERED_YEAR : null);
  const kind = isSeries ? 'SERIES' : 'MOVIE';
  return { id: imdbId(id), kind, minor, name, year, endYear, registeredYear, runtimeMinutes, voteCount };
}

/** Works as they stand in the index; those with many names are there many times, and are read once. */
class KnownWorks {
  readonly #byId = new Map<string, CatalogueWork>();

  /** @param row `[1234567,true,…]` */
  of(row: string): CatalogueWork {
    const id = row.slice(1, row.indexOf(','));
    let work = this.#byId.get(id);
    if (work === undefined) {
      work = workOf(JSON.parse(row) as WorkRow);
      this.#byId.set(id, work);
    }
    return work;
  }
}

type EpisodeRow = readonly [
  id: number,
  seasonNumber: number | null,
  episodeNumber: number | null,
  name: string | null,
  year: number | null,
  registeredYear: number | null,
  runtimeMinutes: number | null,
];

function episodeOf(row: EpisodeRow, nameKeys: readonly string[]): CatalogueEpisode {
  const [id, seasonNumber, episodeNumber, name, year, registeredYear, runtimeMinutes] = row;
  return { id: imdbId(id), seasonNumber, episodeNumber, name, nameKeys, year, registeredYear, runtimeMinutes };
}

interface DuckDbCatalogue extends Catalogue, SearchableCatalogue {
  /** Answers when nothing that was asked is under way; from then on nothing can be asked. */
  settled(): Promise<void>;
  /** Read when a name is first asked for, by a matcher or a search: a third of a second, which opening need not take. */
  netflixLists(): Promise<NetflixLists>;
}

function duckDbCatalogue(
  connection: DuckDBConnection,
  files: CatalogueFiles,
  table: (name: string) => string,
): DuckDbCatalogue {
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
  let isOver = false;
  const inTurn = <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    const answer = last.then(() => {
      if (isOver) throw new Error('The catalogue is closed');
      return ask();
    });
    last = answer.catch(() => {});
    return answer;
  };
  let lists: Promise<NetflixLists> | null = null;
  const { engagement } = files;
  const netflixLists = () => {
    if (lists === null) {
      lists = inTurn(async () =>
        readNetflixLists(engagement === null ? [] : await netflixTitles(connection, engagement)),
      );
      // What failed is asked for again.
      lists.catch(() => {
        lists = null;
      });
    }
    return lists;
  };
  const catalogue: DuckDbCatalogue = {
    version: files.version,
    netflixLists,
    async settled() {
      isOver = true;
      await last;
    },
    find: (keys) =>
      inTurn(async () => {
        const found = new Map<string, { rank: number; found: FoundWork }[]>();
        const known = new KnownWorks();
        for await (const { columns, rows } of chunksOf('key, name, name_kind, rank, work', 'names', 'key', keys)) {
          const [wanted, names, kinds, ranks, works] = columns as [
            string[],
            (string | null)[],
            number[],
            number[],
            string[],
          ];
          for (let row = 0; row < rows; row += 1) {
            const work = known.of(works[row] as string);
            const nameKind = nameKinds[kinds[row] as number] as NameKind;
            const one = { rank: ranks[row] as number, found: { work, name: names[row] ?? work.name, nameKind } };
            const same = found.get(wanted[row] as string);
            if (same) same.push(one);
            else found.set(wanted[row] as string, [one]);
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
        const ids = seriesIds.map(idNumber);
        for await (const { columns, rows } of chunksOf('series_id, name_keys, episode', 'episodes', 'series_id', ids)) {
          const [series, keys, episodes] = columns as [number[], (string | null)[], string[]];
          for (let row = 0; row < rows; row += 1) {
            const episode = episodeOf(JSON.parse(episodes[row] as string) as EpisodeRow, keysIn(keys[row] ?? null));
            const id = imdbId(series[row] as number);
            const of = found.get(id);
            if (of) of.push(episode);
            else found.set(id, [episode]);
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
        const columns = workColumns.join(', ');
        for await (const chunk of chunksOf(columns, 'works', 'id', ids.map(idNumber)))
          for (let row = 0; row < chunk.rows; row += 1) {
            const work = workOf(chunk.columns.map((column) => column[row]) as unknown as WorkRow);
            found.set(work.id, work);
          }
        return found;
      }),
    async listed(keys) {
      const { titles } = await netflixLists();
      return new Map(keys.flatMap((key) => (titles.has(key) ? [[key, titles.get(key) ?? []]] : [])));
    },
    search: (text) =>
      inTurn(async () => {
        const ask = async ({ sql, parameters }: SearchStatement) =>
          (await connection.runAndReadAll(sql, { ...parameters })).getRows();
        const prefixes = prefixesIn(text);
        if (prefixes.length === 0) return [];
        const frequent = new Set((await ask(frequentPrefixes(prefixes, table))).map(([key]) => key));
        const rows = await ask(searchStatement(text, (prefix) => frequent.has(`^${prefix}`), table));
        return rows.map(([, work]) => workOf(JSON.parse(String(work)) as WorkRow));
      }),
    async episode(id) {
      const { episodes } = files;
      if (episodes === null) return null;
      const [row] = await inTurn(async () =>
        (
          await connection.runAndReadAll(
            `SELECT parentTconst FROM read_parquet(${sqlText(episodes)}) WHERE tconst = $id`,
            { id },
          )
        ).getRows(),
      );
      const seriesId = row?.[0] == null ? null : String(row[0]);
      const series = seriesId === null ? undefined : (await catalogue.works([seriesId])).get(seriesId);
      if (series === undefined) return null;
      const episode = (await catalogue.episodes([series.id])).get(series.id)?.find((one) => one.id === id);
      return episode === undefined ? null : { series, episode };
    },
  };
  return catalogue;
}

/** Lines: a list for each of millions of rows takes ten times as long to hand over. */
const keysIn = (lines: string | null): readonly string[] => lines?.split('\n') ?? [];

const inOrder = (one: CatalogueEpisode, other: CatalogueEpisode) =>
  (one.seasonNumber ?? 0) - (other.seasonNumber ?? 0) ||
  (one.episodeNumber ?? 0) - (other.episodeNumber ?? 0) ||
  (one.id < other.id ? -1 : 1);
