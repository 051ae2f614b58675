// Binges, and what is told from plays: rewatches and films left in the middle.
import { dayText, type Figure, longest, shareOf } from './figure.ts';

const bingeEpisodes = 3;
const playGapDays = 30;
const finishedShare = 0.7;
const leftInTheMiddle = 0.1;

const bingesOf = `binge AS (
  SELECT work_id, work_name, inside.day, count(DISTINCT id) AS episodes, sum(seconds) AS seconds
  FROM inside WHERE kind <> 'MOVIE' GROUP BY ALL HAVING count(DISTINCT id) >= ${bingeEpisodes}
)`;

const binges: Figure = {
  name: 'binges',
  field: `binges(first: ${longest})`,
  head: {
    columns: ['count', 'coverage'],
    sql: `WITH ${bingesOf} SELECT count(*) AS count, ${shareOf('id IS NOT NULL')} AS coverage FROM binge`,
  },
  list: {
    of: 'items',
    columns: ['series { id }', 'seriesName', 'watchedOn', 'episodes', 'secondsWatched'],
    by: ['episodes', 'watchedOn'],
    sql: `WITH ${bingesOf}
      SELECT work_id AS series, work_name AS "seriesName", ${dayText('day')} AS "watchedOn", episodes, seconds AS "secondsWatched"
      FROM binge ORDER BY episodes DESC, day DESC LIMIT ${longest}`,
  },
};

/**
 * The plays of each title, of the whole history, one viewing after the other: whether the one before ended its play decides where the
 * next one counts. Those that end after the period are left out.
 */
const isFinished = `(coalesce(total >= ${finishedShare} * runtime, false) OR coalesce(position >= ${finishedShare} * runtime, false))`;

const plays = `
  watched AS (
    SELECT id, kind, day, seconds, position, minutes * 60 AS runtime, row_number() OVER (PARTITION BY id ORDER BY started_at, day, line DESC) AS place
    FROM viewing WHERE kind IN ('MOVIE', 'EPISODE')
  ),
  played AS (
    SELECT *, 1 AS play, seconds AS total FROM watched WHERE place = 1
    UNION ALL
    SELECT watched.*, play + ends AS play, CASE ends WHEN 1 THEN watched.seconds ELSE total + watched.seconds END AS total
    FROM (SELECT *, ${isFinished} AS done FROM played) before
    JOIN watched ON watched.id = before.id AND watched.place = before.place + 1,
    LATERAL (SELECT CASE WHEN done OR watched.day - before.day > ${playGapDays} THEN 1 ELSE 0 END AS ends)
  ),
  play AS (
    SELECT id, kind, play, max(day) AS day, max(total) AS seconds, last(position ORDER BY place) AS position, any_value(runtime) AS runtime,
      bool_or(${isFinished}) AS finished, max(total) >= ${finishedShare} * any_value(runtime) AS whole
    FROM played GROUP BY id, kind, play
    HAVING max(day) <= coalesce((SELECT last_day FROM period), max(day))
  )`;

const known = 'seconds IS NOT NULL AND minutes IS NOT NULL';
const endsInside = (day: string) => `${day} >= coalesce((SELECT first_day FROM period), ${day})`;

const rewatchesOf = `${plays},
  rewatch AS (
    SELECT id, count(*) AS times, max(day) AS day FROM play WHERE whole GROUP BY id
    HAVING count(*) >= 2 AND ${endsInside('max(day)')}
  )`;

const rewatches: Figure = {
  name: 'rewatches',
  field: `rewatches(first: ${longest})`,
  head: {
    columns: ['count', 'coverage'],
    sql: `WITH RECURSIVE ${rewatchesOf} SELECT count(*) AS count, ${shareOf(known, "kind IN ('MOVIE', 'EPISODE')")} AS coverage FROM rewatch`,
  },
  list: {
    of: 'items',
    columns: ['title { id }', 'times', 'lastWatchedOn'],
    by: ['times', 'lastWatchedOn'],
    sql: `WITH RECURSIVE ${rewatchesOf}
      SELECT id AS title, times, ${dayText('day')} AS "lastWatchedOn" FROM rewatch ORDER BY times DESC, day DESC LIMIT ${longest}`,
  },
};

const unfinishedFilms: Figure = {
  name: 'unfinishedFilms',
  field: `unfinishedFilms(first: ${longest})`,
  head: { columns: ['coverage'], sql: `SELECT ${shareOf(known, "kind = 'MOVIE'")} AS coverage` },
  list: {
    of: 'items',
    columns: ['title { id }', 'secondsWatched', 'positionSeconds', 'runtimeSeconds', 'lastWatchedOn', 'daysSince'],
    by: ['lastWatchedOn'],
    sql: `WITH RECURSIVE ${plays},
      film AS (
        SELECT id, any_value(runtime) AS runtime, bool_or(finished) AS finished, arg_max(seconds, play) AS seconds, last(position ORDER BY play) AS position, max(day) AS day
        FROM play WHERE kind = 'MOVIE' AND runtime IS NOT NULL AND seconds IS NOT NULL GROUP BY id
      )
      SELECT id AS title, seconds AS "secondsWatched", position AS "positionSeconds", runtime AS "runtimeSeconds", ${dayText('day')} AS "lastWatchedOn",
        (SELECT last_day FROM reach) - day AS "daysSince"
      FROM film WHERE NOT finished AND seconds >= ${leftInTheMiddle} * runtime AND ${endsInside('day')}
      ORDER BY day DESC LIMIT ${longest}`,
  },
};

const ages = `age AS (SELECT CASE WHEN kind IN ('MOVIE', 'EPISODE') AND own_year IS NOT NULL THEN greatest(year(inside.day) - own_year, 0) END AS years, year(inside.day) AS year FROM inside)`;
const agesInShort = `count(years) AS viewings, median(years) AS "medianYears",
  CASE WHEN count(years) > 0 THEN count(*) FILTER (WHERE years = 0) / count(years) END AS "newShare"`;

const releases: Figure = {
  name: 'releases',
  field: 'releases',
  head: {
    columns: ['viewings', 'medianYears', 'newShare', 'coverage'],
    sql: `WITH ${ages} SELECT ${agesInShort}, ${shareOf("kind IN ('MOVIE', 'EPISODE') AND own_year IS NOT NULL")} AS coverage FROM age`,
  },
  list: {
    of: 'years',
    columns: ['year', 'viewings', 'medianYears', 'newShare'],
    sql: `WITH ${ages} SELECT age.year AS year, ${agesInShort} FROM age GROUP BY age.year ORDER BY age.year`,
  },
};

export const figuresOfWorks: readonly Figure[] = [binges, rewatches, unfinishedFilms, releases];
