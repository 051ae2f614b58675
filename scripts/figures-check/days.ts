// Totals, and what is told by day, week, month, year, weekday and hour.
import { dayText, type Figure, longest, shareOf } from './figure.ts';

const totals: Figure = {
  name: 'totals',
  field: 'totals',
  head: {
    columns: [
      'viewings',
      'accidentalViewings',
      'accidentalSecondsWatched',
      'secondsWatched',
      'titles',
      'movies',
      'series',
      'episodes',
      'activeDays',
      'firstWatchedOn',
      'lastWatchedOn',
      'coverage',
    ],
    sql: `SELECT count(*) AS viewings, (SELECT count(*) FROM accidental_inside) AS "accidentalViewings",
      (SELECT sum(seconds) FROM accidental_inside) AS "accidentalSecondsWatched",
      sum(seconds) AS "secondsWatched", count(DISTINCT id) AS titles,
      count(DISTINCT id) FILTER (WHERE kind = 'MOVIE') AS movies,
      count(DISTINCT work_id) FILTER (WHERE kind <> 'MOVIE') AS series,
      count(DISTINCT id) FILTER (WHERE kind = 'EPISODE') AS episodes,
      count(DISTINCT day) AS "activeDays", ${dayText('min(day)')} AS "firstWatchedOn", ${dayText('max(day)')} AS "lastWatchedOn",
      ${shareOf('seconds IS NOT NULL')} AS coverage
      FROM inside`,
  },
};

const coverage: Figure = {
  name: 'coverage',
  field: 'coverage',
  head: {
    columns: ['matched', 'withDuration', 'withGenres', 'withTimeOfDay'],
    sql: `SELECT coalesce(${shareOf("status IN ('MATCHED', 'CORRECTED')")}, 0) AS matched,
      coalesce(${shareOf('seconds IS NOT NULL')}, 0) AS "withDuration",
      coalesce(${shareOf('genres IS NOT NULL')}, 0) AS "withGenres",
      coalesce(${shareOf('started_at IS NOT NULL')}, 0) AS "withTimeOfDay"`,
  },
};

/** Of a unit or cell without viewings nothing, 0 seconds, where the file says durations; where it says none, no number at all. */
const timeWatched = `CASE WHEN count(line) > 0 THEN sum(seconds) WHEN EXISTS (FROM inside WHERE seconds IS NOT NULL) THEN 0 END`;

const timeline = (unit: string): Figure => ({
  name: 'timeline',
  field: `timeline(unit: ${unit})`,
  head: { columns: ['coverage'], sql: `SELECT ${shareOf('seconds IS NOT NULL')} AS coverage` },
  list: {
    of: 'points',
    columns: ['start', 'viewings', 'secondsWatched'],
    sql: `WITH unit AS (
        SELECT CAST(unnest(generate_series(date_trunc('${unit}', first_day), last_day, INTERVAL '1 ${unit}')) AS DATE) AS start
        FROM reach WHERE first_day <= last_day
      )
      SELECT ${dayText('start')} AS start, count(line) AS viewings, ${timeWatched} AS "secondsWatched"
      FROM unit LEFT JOIN inside ON CAST(date_trunc('${unit}', day) AS DATE) = start
      GROUP BY unit.start ORDER BY unit.start`,
  },
});

const weekHours: Figure = {
  name: 'weekHours',
  field: 'weekHours',
  head: { columns: ['coverage'], sql: `SELECT ${shareOf('started_at IS NOT NULL')} AS coverage` },
  list: {
    of: 'cells',
    columns: ['weekday', 'hour', 'viewings', 'secondsWatched'],
    sql: `WITH cell AS (SELECT weekday, hour FROM range(1, 8) days(weekday), range(0, 24) hours(hour))
      SELECT weekday, hour, count(line) AS viewings, ${timeWatched} AS "secondsWatched"
      FROM cell LEFT JOIN inside ON isodow(clock) = weekday AND hour(clock) = hour
      WHERE EXISTS (FROM inside WHERE started_at IS NOT NULL)
      GROUP BY ALL ORDER BY weekday, hour`,
  },
};

const streaks: Figure = {
  name: 'streaks',
  field: 'streaks',
  head: {
    columns: ['longestDays', 'longestFrom', 'longestTo', 'currentDays', 'coverage'],
    sql: `WITH active AS (SELECT DISTINCT day FROM inside),
      -- Days in a row less their place in the order give one and the same day.
      run AS (
        SELECT min(day) AS first_day, max(day) AS last_day, count(*) AS days
        FROM (SELECT day, day - CAST(row_number() OVER (ORDER BY day) AS INTEGER) AS mark FROM active) GROUP BY mark
      ),
      best AS (FROM run ORDER BY days DESC, last_day DESC LIMIT 1)
      SELECT coalesce((SELECT days FROM best), 0) AS "longestDays",
        (SELECT ${dayText('first_day')} FROM best) AS "longestFrom",
        (SELECT ${dayText('last_day')} FROM best) AS "longestTo",
        coalesce((SELECT days FROM run WHERE run.last_day = (SELECT last_day FROM reach)), 0) AS "currentDays",
        ${shareOf('true')} AS coverage`,
  },
};

const longestDays: Figure = {
  name: 'longestDays',
  field: `longestDays(first: ${longest})`,
  head: { columns: ['coverage'], sql: `SELECT ${shareOf('seconds IS NOT NULL')} AS coverage` },
  list: {
    of: 'items',
    columns: ['day', 'viewings', 'secondsWatched', 'titles'],
    sql: `SELECT ${dayText('inside.day')} AS day, count(*) AS viewings, sum(seconds) AS "secondsWatched", count(DISTINCT id) AS titles
      FROM inside GROUP BY inside.day
      ORDER BY "secondsWatched" DESC NULLS LAST, viewings DESC, inside.day DESC LIMIT ${longest}`,
  },
};

export const figuresOfDays: readonly Figure[] = [
  totals,
  coverage,
  ...['DAY', 'WEEK', 'MONTH', 'YEAR'].map(timeline),
  weekHours,
  streaks,
  longestDays,
];
