import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { MOST_WORKS_OF_A_WORD } from '@watchprint/engine';
import { type DuckDb, openDuckDb, sqlText } from '../duckdb.ts';
import { makeSearch } from './build-search.ts';
import { fileEpisodeNames, fileNames } from './file-names.ts';
import { inParts, PARTS } from './in-parts.ts';
import { workTypes } from './title-types.ts';

/** What the index is made by; an index of another name is made anew. */
export const catalogueIndex = 'catalogue-8';

/**
 * What is known of a work, and of an episode, in the order of the JSON arrays that `names` and `episodes` have of it. A look-up costs by the
 * column: one text is read in a third of the time of nine columns.
 */
export const workColumns = [
  'id',
  'is_series',
  'minor',
  'primary_name',
  'year',
  'end_year',
  'registered_year',
  'runtime_minutes',
  'votes',
] as const;
export const episodeColumns = [
  'id',
  'season_number',
  'episode_number',
  'name',
  'year',
  'registered_year',
  'runtime_minutes',
] as const;

/** Works of so many voters are filed by their sound and their words too. */
const VOTERS_TO_SOUND = 1000;
/** An episode's name that more series have tells none of them. */
const MOST_SERIES_OF_A_NAME = 20;
/** Namesakes that are kept for a key, the most voted first. */
const MOST_NAMESAKES = 40;
/** Small groups of rows: a look-up reads one. */
const ROW_GROUP = 16_384;

export interface CatalogueOptions {
  readonly memoryLimit?: string | undefined;
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the matcher's catalogue out of IMDb's tables: which works have a name, the episodes of a series, a work by its id. It goes
 * into the folder `catalogue` beside them, sorted by what is asked for. Nothing is made where title_basics is missing.
 * @param folder The version's, with the tables that there are.
 */
export async function buildCatalogue(folder: string, options: CatalogueOptions = {}): Promise<void> {
  const { memoryLimit = '1GB', threads, signal } = options;
  const table = async (name: string) => {
    const path = join(folder, `${name}.parquet`);
    return (await stat(path).catch(() => null)) === null ? null : `read_parquet(${sqlText(path)})`;
  };
  const basics = await table('title_basics');
  if (basics === null) return;
  const [akas, episode, ratings] = [
    await table('title_akas'),
    await table('title_episode'),
    await table('title_ratings'),
  ];
  const target = join(folder, 'catalogue');
  await mkdir(target, { recursive: true, mode: 0o700 });
  const temporaryFolder = join(folder, 'temporary');
  await mkdir(temporaryFolder, { recursive: true, mode: 0o700 });
  const duckdb = await openDuckDb({
    // On disk: the names of millions of works do not all fit in memory.
    path: join(temporaryFolder, 'catalogue.duckdb'),
    temporaryFolder,
    memoryLimit,
    ...(threads === undefined ? {} : { threads }),
  });
  const interrupt = () => duckdb.connection.interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    const { connection } = duckdb;
    await connection.run('SET preserve_insertion_order = false');
    await makeWorks(connection, basics, ratings);
    await makeNames(duckdb, akas);
    await makeEpisodes(duckdb, basics, episode, akas);
    await connection.run(
      'CREATE TABLE ranked (key VARCHAR, id INTEGER, name VARCHAR, name_kind UTINYINT, rank BIGINT)',
    );
    await inParts(
      connection,
      (part) => `INSERT INTO ranked SELECT named.*, row_number() OVER (PARTITION BY key ORDER BY votes DESC, id) AS rank
       FROM named JOIN (SELECT id, votes FROM works) votes USING (id) WHERE hash(key) % ${PARTS} = ${part}
       QUALIFY rank <= ${MOST_NAMESAKES} AND (key[1] <> '#' OR count(*) OVER (PARTITION BY key) <= ${MOST_WORKS_OF_A_WORD})`,
    );
    await connection.run('DROP TABLE named');
    const write = (query: string, file: string) =>
      connection.run(
        `COPY (${query}) TO ${sqlText(join(target, `${file}.parquet`))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP})`,
      );
    await write('SELECT * FROM works ORDER BY id', 'works');
    await write(
      `SELECT key, CASE WHEN name <> primary_name THEN name END AS name, name_kind, rank::USMALLINT AS rank,
         json_array(${workColumns.map((column) => `work.${column}`).join(', ')})::VARCHAR AS work
       FROM ranked JOIN works work ON work.id = ranked.id ORDER BY key, rank`,
      'names',
    );
    await write(
      `SELECT key, search.id, search.votes, json_array(${workColumns.map((column) => `work.${column}`).join(', ')})::VARCHAR AS work
       FROM search JOIN works work ON work.id = search.id ORDER BY key, search.votes DESC, search.id`,
      'search',
    );
    await connection.run('CREATE TABLE bearers (key VARCHAR, series_ids INTEGER[])');
    await inParts(
      connection,
      (part) => `INSERT INTO bearers SELECT key, list(DISTINCT series_id ORDER BY series_id) FROM keyed
       WHERE tells AND is_own AND hash(key) % ${PARTS} = ${part} GROUP BY key HAVING count(DISTINCT series_id) <= ${MOST_SERIES_OF_A_NAME}`,
    );
    await write(
      `SELECT series_id, name_keys, json_array(${episodeColumns.join(', ')})::VARCHAR AS episode
       FROM episodes ORDER BY series_id, season_number, episode_number, id`,
      'episodes',
    );
    await write('SELECT key, series_ids FROM bearers ORDER BY key', 'episode_names');
  } finally {
    signal?.removeEventListener('abort', interrupt);
    duckdb.close();
    await rm(temporaryFolder, { recursive: true, force: true });
  }
}

const films = "'movie', 'tvMovie', 'tvSpecial', 'video', 'short', 'tvShort'";
const series = "'tvSeries', 'tvMiniSeries', 'tvPilot'";
const numberOf = (column: string) => `CAST(substr(${column}, 3) AS INTEGER)`;

/** Ids are given out in order from about here on. */
export const FIRST_ORDERED_ID = 1_000_000;
const IDS_TOGETHER = 500_000;

async function makeWorks(connection: DuckDBConnection, basics: string, ratings: string | null): Promise<void> {
  await connection.run(
    `CREATE TABLE registered AS
     SELECT ${numberOf('tconst')} // ${IDS_TOGETHER} AS bucket, median(startYear)::SMALLINT AS year
     FROM ${basics} WHERE startYear IS NOT NULL AND ${numberOf('tconst')} >= ${FIRST_ORDERED_ID}
       AND titleType <> 'tvEpisode' GROUP BY bucket HAVING count(*) >= 5`,
  );
  const rated = ratings === null ? '(SELECT NULL AS tconst, 0 AS numVotes WHERE false)' : ratings;
  // Nothing that is for adults only is on Netflix, and a catalogue has a million of them.
  await connection.run(
    `CREATE TABLE works AS
     SELECT ${numberOf('title.tconst')} AS id, titleType IN (${series}) AS is_series,
       titleType NOT IN (${workTypes}) AS minor,
       coalesce(primaryTitle, originalTitle) AS primary_name,
       CASE WHEN originalTitle <> primaryTitle THEN originalTitle END AS original_name,
       startYear::SMALLINT AS year, endYear::SMALLINT AS end_year, registered.year AS registered_year,
       (CASE WHEN runtimeMinutes > 32767 THEN 32767 ELSE runtimeMinutes END)::SMALLINT AS runtime_minutes, coalesce(numVotes, 0)::INTEGER AS votes
     FROM ${basics} title LEFT JOIN ${rated} rated ON rated.tconst = title.tconst
       LEFT JOIN registered ON registered.bucket = ${numberOf('title.tconst')} // ${IDS_TOGETHER}
     WHERE titleType IN (${films}, ${series}) AND coalesce(isAdult, 0) = 0 AND coalesce(primaryTitle, originalTitle) IS NOT NULL`,
  );
}

/** 0 primary, 1 original, 2 alternative, 3 head, 4 sound, 5 word; the lowest counts where a name is several. */
async function makeNames(duckdb: DuckDb, akas: string | null): Promise<void> {
  const { connection } = duckdb;
  await connection.run(
    `CREATE TABLE all_names AS
     SELECT id, primary_name AS name, 0::UTINYINT AS kind FROM works
     UNION ALL SELECT id, original_name, 1 FROM works WHERE original_name IS NOT NULL`,
  );
  if (akas !== null)
    await connection.run(
      `INSERT INTO all_names SELECT other.id, title, 2
       FROM (SELECT ${numberOf('titleId')} AS id, title FROM ${akas} WHERE title IS NOT NULL) other
       SEMI JOIN works ON works.id = other.id`,
    );
  await connection.run('CREATE TABLE spelled (id INTEGER, name VARCHAR, kind UTINYINT, sounds BOOLEAN)');
  await inParts(
    connection,
    (part) => `INSERT INTO spelled
     SELECT id, name, min(kind), any_value(votes) >= ${VOTERS_TO_SOUND}
     FROM all_names JOIN (SELECT id, votes FROM works) USING (id) WHERE id % ${PARTS} = ${part} GROUP BY id, name`,
  );
  await connection.run('DROP TABLE all_names');
  await connection.run('CREATE TABLE filed (key VARCHAR, id INTEGER, name VARCHAR, name_kind UTINYINT)');
  await fileNames(duckdb);
  await makeSearch(duckdb);
  await connection.run('DROP TABLE spelled');
  await connection.run('CREATE TABLE named (key VARCHAR, id INTEGER, name VARCHAR, name_kind UTINYINT)');
  // Several names of a work may have one key: the best kind, and of that the first in their order.
  await inParts(
    connection,
    (part) => `INSERT INTO named
     SELECT key, id, arg_min(name, (name_kind, name)), min(name_kind)
     FROM filed WHERE id % ${PARTS} = ${part} GROUP BY key, id`,
  );
  await connection.run('DROP TABLE filed');
}

/** Names that only count: no name at all. */
const NUMBERED = `'(?i)^(episod[eio]+|épisode|folge|エピソード|episódio|एपिसोड|эпизод|серия)\\s*#?\\s*[0-9]+([.:][0-9]+)?$|^Episode dated '`;

async function makeEpisodes(
  duckdb: DuckDb,
  basics: string,
  episode: string | null,
  akas: string | null,
): Promise<void> {
  const { connection } = duckdb;
  await connection.run(
    `CREATE TABLE episodes (series_id INTEGER, season_number INTEGER, episode_number INTEGER, id INTEGER, name VARCHAR,
       name_keys VARCHAR, year SMALLINT, registered_year SMALLINT, runtime_minutes SMALLINT);
     CREATE TABLE keyed (key VARCHAR, id INTEGER, series_id INTEGER, is_own BOOLEAN, tells BOOLEAN)`,
  );
  if (episode === null) return;
  await connection.run(
    `CREATE TABLE titled AS SELECT ${numberOf('tconst')} AS id, startYear, runtimeMinutes,
       CASE WHEN NOT regexp_matches(primaryTitle, ${NUMBERED}) THEN primaryTitle END AS name
     FROM ${basics} WHERE titleType = 'tvEpisode';
     CREATE TABLE placed AS SELECT ${numberOf('tconst')} AS id, ${numberOf('parentTconst')} AS series_id, seasonNumber, episodeNumber
     FROM ${episode} SEMI JOIN (SELECT id FROM works WHERE is_series) series ON series.id = ${numberOf('parentTconst')};
     CREATE TABLE parts (id INTEGER, series_id INTEGER, season INTEGER, number INTEGER, name VARCHAR, year INTEGER, runtime INTEGER)`,
  );
  await inParts(
    connection,
    (part) => `INSERT INTO parts
     SELECT placed.id, series_id, seasonNumber, episodeNumber, name, startYear, runtimeMinutes
     FROM (SELECT * FROM placed WHERE id % ${PARTS} = ${part}) placed
     LEFT JOIN (SELECT * FROM titled WHERE id % ${PARTS} = ${part}) titled USING (id)`,
  );
  await connection.run(
    `DROP TABLE titled; DROP TABLE placed;
     CREATE TABLE episode_titles AS SELECT id, series_id, name, true AS is_own FROM parts WHERE name IS NOT NULL`,
  );
  if (akas !== null)
    await connection.run(
      `INSERT INTO episode_titles SELECT other.id, parts.series_id, title, false
       FROM (SELECT ${numberOf('titleId')} AS id, title FROM ${akas}
             WHERE title IS NOT NULL AND NOT regexp_matches(title, ${NUMBERED})) other
       JOIN (SELECT id, series_id, name FROM parts) parts ON parts.id = other.id WHERE title IS DISTINCT FROM parts.name`,
    );
  await fileEpisodeNames(duckdb);
  await inParts(
    connection,
    (part) => `INSERT INTO episodes
     SELECT series_id, season, number, part.id, name, keys, part.year::SMALLINT, registered.year,
       (CASE WHEN runtime > 32767 THEN 32767 ELSE runtime END)::SMALLINT
     FROM (SELECT * FROM parts WHERE id % ${PARTS} = ${part}) part
     LEFT JOIN (SELECT id, string_agg(key, chr(10) ORDER BY is_own DESC, key) AS keys
                FROM (SELECT id, key, bool_or(is_own) AS is_own FROM keyed WHERE id % ${PARTS} = ${part} GROUP BY id, key)
                GROUP BY id) named USING (id)
     LEFT JOIN registered ON registered.bucket = part.id // ${IDS_TOGETHER}`,
  );
  await connection.run('DROP TABLE parts; DROP TABLE episode_titles');
}
