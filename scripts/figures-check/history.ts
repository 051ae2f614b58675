// The rows of a file as DuckDB reads them, and the tables that all figures are worked out from.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ProfileTitles } from './profile-titles.ts';

export interface HistoryFile {
  readonly name: string;
  /** How NetflixViewingHistory.csv writes days; null for ViewingActivity.csv, which has times. */
  readonly days: string | null;
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Columns are found by name: their order differs from year to year.
 * Rows with one instant, title and duration are one, whatever else they say; days of a download may have equal rows. */
export async function readFile(sql: DuckDBConnection, path: string, days: string | null): Promise<void> {
  const csv = `read_csv(${quoted(path)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', parallel = false)`;
  const columns =
    days === null
      ? `"Profile Name" AS profile, coalesce("Title", '') AS raw_title, CAST("Start Time" AS TIMESTAMP) AS started_at,
         NULL::DATE AS day_in_file, CAST(epoch(CAST("Duration" AS INTERVAL)) AS INTEGER) AS seconds,
         CAST(epoch(TRY_CAST("Bookmark" AS INTERVAL)) AS INTEGER) AS position, coalesce("Attributes", '') AS attributes, coalesce("Supplemental Video Type", '') AS supplemental,
         nullif("Device Type", '') AS device, nullif(nullif(left("Country", 2), ''), 'ZZ') AS country`
      : `NULL AS profile, coalesce("Title", '') AS raw_title, NULL::TIMESTAMP AS started_at,
         CAST(strptime("Date", ${quoted(days)}) AS DATE) AS day_in_file, NULL::INTEGER AS seconds, NULL::INTEGER AS position,
         '' AS attributes, '' AS supplemental, NULL::VARCHAR AS device, NULL::VARCHAR AS country`;
  await sql.run(`CREATE OR REPLACE TABLE file_row AS
    SELECT line, ${columns} FROM (SELECT *, row_number() OVER () AS line FROM ${csv})
    QUALIFY started_at IS NULL OR row_number() OVER (PARTITION BY profile, started_at, raw_title, seconds ORDER BY line) = 1`);
}

/** What a catalogue has of films, episodes and series; nothing without one. */
export async function readCatalogue(sql: DuckDBConnection, path: string | null): Promise<void> {
  const rows =
    path === null
      ? "SELECT '' AS tconst, '' AS runtimeMinutes, '' AS genres, '' AS startYear WHERE false"
      : `SELECT * FROM read_csv(${quoted(path)}, header = true, all_varchar = true, delim = '\t', quote = '', escape = '', nullstr = '\\N')`;
  await sql.run(`CREATE OR REPLACE TABLE catalogue AS
    SELECT tconst AS imdb_id, CAST(runtimeMinutes AS INTEGER) AS minutes, genres, CAST(startYear AS INTEGER) AS year FROM (${rows})`);
}

/** What the grammar and the matcher took the strings of a profile for. */
async function putTitles(sql: DuckDBConnection, titles: ProfileTitles): Promise<void> {
  const columns = ['raw_title', 'status', 'id', 'kind', 'name', 'imdb_id', 'work_id', 'work_name', 'work_imdb_id'];
  await sql.run(`CREATE OR REPLACE TABLE string (${columns.map((column) => `${column} VARCHAR`).join(', ')})`);
  const append = await sql.createAppender('string');
  for (const one of titles.strings) {
    for (const value of one) value === null ? append.appendNull() : append.appendVarchar(value);
    append.endRow();
  }
  append.closeSync();
}

/** The viewings of a profile, accidental ones among them, and those of them that count. */
export async function putViewings(sql: DuckDBConnection, file: HistoryFile, titles: ProfileTitles): Promise<void> {
  await putTitles(sql, titles);
  const whose = file.days === null ? `profile = ${quoted(titles.profile)}` : 'true';
  await sql.run(`CREATE OR REPLACE TABLE row_of_profile AS
    SELECT file_row.*, string.* EXCLUDE (raw_title),
      timezone(${quoted(titles.timeZone)}, timezone('UTC', started_at)) AS clock,
      coalesce(CAST(clock AS DATE), day_in_file) AS day,
      coalesce(seconds < 60, false) OR contains(attributes, 'user action: None') AS accidental,
      CASE WHEN kind = 'EPISODE' THEN coalesce(own.minutes, work.minutes) WHEN kind = 'MOVIE' THEN own.minutes END AS minutes,
      own.year AS own_year, work.year AS work_year, work.genres
    FROM file_row
    JOIN string USING (raw_title)
    LEFT JOIN catalogue own ON own.imdb_id = string.imdb_id
    LEFT JOIN catalogue work ON work.imdb_id = string.work_imdb_id
    WHERE ${whose} AND supplemental = ''`);
  await sql.run('CREATE OR REPLACE VIEW viewing AS SELECT * FROM row_of_profile WHERE NOT accidental');
}

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Null: the whole history. */
export async function setPeriod(sql: DuckDBConnection, period: Period | null): Promise<void> {
  const day = (value: string | undefined) => (value === undefined ? 'NULL' : quoted(value));
  await sql.run(`CREATE OR REPLACE TABLE period AS
    SELECT CAST(${day(period?.from)} AS DATE) AS first_day, CAST(${day(period?.to)} AS DATE) AS last_day`);
  const within = `day >= coalesce((SELECT first_day FROM period), day) AND day <= coalesce((SELECT last_day FROM period), day)`;
  await sql.run(`CREATE OR REPLACE VIEW inside AS SELECT * FROM viewing WHERE ${within}`);
  await sql.run(
    `CREATE OR REPLACE VIEW accidental_inside AS SELECT * FROM row_of_profile WHERE accidental AND ${within}`,
  );
  // The days that the history and the period both reach.
  await sql.run(`CREATE OR REPLACE VIEW reach AS
    SELECT greatest(min(day), (SELECT first_day FROM period)) AS first_day, least(max(day), (SELECT last_day FROM period)) AS last_day
    FROM viewing`);
}
