import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openDuckDb, sqlText } from '../duckdb.ts';
import { fileEpisodeNames, fileNames } from './file-names.ts';

/** What the index is made by; an index of another name is made anew. */
export const catalogueIndex = 'catalogue-1';

/** Works of so many voters are filed by their sound too. */
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
    await makeNames(connection, akas);
    await makeEpisodes(connection, basics, episode, akas);
    const write = (query: string, file: string) =>
      connection.run(
        `COPY (${query}) TO ${sqlText(join(target, `${file}.parquet`))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${ROW_GROUP})`,
      );
    await write('SELECT * FROM works ORDER BY id', 'works');
    await write(
      `SELECT key, name, name_kind, regions, rank::USMALLINT AS rank, work.*
       FROM (SELECT *, row_number() OVER (PARTITION BY key ORDER BY votes DESC, id) AS rank
             FROM named JOIN (SELECT id, votes FROM works) USING (id)) named
       JOIN works work ON work.id = named.id
       WHERE rank <= ${MOST_NAMESAKES} ORDER BY key, rank`,
      'names',
    );
    await write('SELECT * FROM episodes ORDER BY series_id, season_number, episode_number, id', 'episodes');
    await write(
      `SELECT key, list(series_id ORDER BY series_id) AS series_ids FROM episode_keys
       GROUP BY key HAVING count(*) <= ${MOST_SERIES_OF_A_NAME} ORDER BY key`,
      'episode_names',
    );
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
const FIRST_ORDERED_ID = 1_000_000;
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
       titleType NOT IN ('movie', 'tvMovie', 'tvSeries', 'tvMiniSeries') AS minor,
       coalesce(primaryTitle, originalTitle) AS primary_name,
       CASE WHEN originalTitle <> primaryTitle THEN originalTitle END AS original_name,
       startYear::SMALLINT AS year, endYear::SMALLINT AS end_year, registered.year AS registered_year,
       least(runtimeMinutes, 32767)::SMALLINT AS runtime_minutes, coalesce(numVotes, 0)::INTEGER AS votes
     FROM ${basics} title LEFT JOIN ${rated} rated ON rated.tconst = title.tconst
       LEFT JOIN registered ON registered.bucket = ${numberOf('title.tconst')} // ${IDS_TOGETHER}
     WHERE titleType IN (${films}, ${series}) AND coalesce(isAdult, 0) = 0 AND coalesce(primaryTitle, originalTitle) IS NOT NULL`,
  );
}

/** 0 primary, 1 original, 2 alternative, 3 head, 4 sound; the lowest counts where a name is several. */
async function makeNames(connection: DuckDBConnection, akas: string | null): Promise<void> {
  const others =
    akas === null
      ? ''
      : `UNION ALL SELECT ${numberOf('titleId')}, title, 2, region FROM ${akas}
         WHERE title IS NOT NULL AND ${numberOf('titleId')} IN (SELECT id FROM works)`;
  await connection.run(
    `CREATE TABLE spelled AS
     SELECT id, name, min(kind)::UTINYINT AS kind, string_agg(DISTINCT region, ' ' ORDER BY region) AS regions,
       any_value(votes) >= ${VOTERS_TO_SOUND} AS sounds
     FROM (SELECT id, primary_name AS name, 0 AS kind, NULL AS region FROM works
           UNION ALL SELECT id, original_name, 1, NULL FROM works WHERE original_name IS NOT NULL
           ${others}) names
     JOIN (SELECT id, votes FROM works) USING (id) GROUP BY id, name`,
  );
  await connection.run(
    'CREATE TABLE filed (key VARCHAR, id INTEGER, name VARCHAR, name_kind UTINYINT, regions VARCHAR)',
  );
  await fileNames(connection);
  // Several names of a work may have one key: the best kind, and of that any.
  await connection.run(
    `CREATE TABLE named AS
     SELECT key, id, arg_min(name, name_kind) AS name, min(name_kind) AS name_kind, arg_min(regions, name_kind) AS regions
     FROM filed GROUP BY key, id`,
  );
  await connection.run('DROP TABLE spelled; DROP TABLE filed');
}

/** Names that only count: no name at all. */
const NUMBERED = `'(?i)^(episod[eio]+|épisode|folge|エピソード|episódio|एपिसोड|эпизод|серия)\\s*#?\\s*[0-9]+([.:][0-9]+)?$|^Episode dated '`;

async function makeEpisodes(
  connection: DuckDBConnection,
  basics: string,
  episode: string | null,
  akas: string | null,
): Promise<void> {
  const empty = `CREATE TABLE episodes (series_id INTEGER, season_number INTEGER, episode_number INTEGER, id INTEGER, name VARCHAR,
    other_names VARCHAR[], year SMALLINT, registered_year SMALLINT, runtime_minutes SMALLINT)`;
  await connection.run(empty);
  await connection.run('CREATE TABLE episode_keys (key VARCHAR, series_id INTEGER)');
  if (episode === null) return;
  const elsewhere =
    akas === null
      ? '(SELECT NULL::INTEGER AS id, NULL::VARCHAR[] AS names WHERE false)'
      : `(SELECT ${numberOf('titleId')} AS id, list(DISTINCT title ORDER BY title) AS names FROM ${akas}
          WHERE title IS NOT NULL AND NOT regexp_matches(title, ${NUMBERED})
            AND ${numberOf('titleId')} NOT IN (SELECT id FROM works) GROUP BY id)`;
  await connection.run(
    `INSERT INTO episodes
     SELECT ${numberOf('parentTconst')}, seasonNumber, episodeNumber, part.id,
       CASE WHEN NOT regexp_matches(primaryTitle, ${NUMBERED}) THEN primaryTitle END,
       list_filter(coalesce(elsewhere.names, []), lambda name : name <> coalesce(primaryTitle, '')),
       startYear::SMALLINT, registered.year, least(runtimeMinutes, 32767)::SMALLINT
     FROM (SELECT ${numberOf('tconst')} AS id, parentTconst, seasonNumber, episodeNumber FROM ${episode}
           WHERE ${numberOf('parentTconst')} IN (SELECT id FROM works WHERE is_series)) part
     LEFT JOIN (SELECT ${numberOf('tconst')} AS id, primaryTitle, startYear, runtimeMinutes FROM ${basics}
                WHERE titleType = 'tvEpisode') title USING (id)
     LEFT JOIN ${elsewhere} elsewhere USING (id)
     LEFT JOIN registered ON registered.bucket = part.id // ${IDS_TOGETHER}`,
  );
  await fileEpisodeNames(connection);
}
