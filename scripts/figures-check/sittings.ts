// Sittings, marathons and evenings: what needs times of day and time watched.
import { dayText, type Figure, longest, rounded, shareOf, timeText } from './figure.ts';

const sittingGapMinutes = 30;
const marathonMinutes = 240;
const lateNightHour = 0;

const timed = 'started_at IS NOT NULL AND seconds IS NOT NULL';

/** Of the whole history, each sitting of the period in which it began: no cut makes two of one. */
const sittings = `
  watched AS (SELECT *, started_at + to_seconds(seconds) AS ended_at FROM viewing WHERE ${timed}),
  parted AS (
    SELECT *, CASE WHEN started_at <= max(ended_at) OVER (in_order ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
      + INTERVAL ${sittingGapMinutes} MINUTE THEN 0 ELSE 1 END AS begins
    FROM watched WINDOW in_order AS (ORDER BY started_at, line)
  ),
  placed AS (SELECT *, sum(begins) OVER (ORDER BY started_at, line ROWS UNBOUNDED PRECEDING) AS sitting FROM parted),
  sitting AS (
    SELECT sitting, min(started_at) AS started_at, max(ended_at) AS ended_at, min(day) AS day, count(*) AS viewings,
      sum(seconds) AS seconds, epoch(max(ended_at) - min(started_at)) AS length
    FROM placed GROUP BY sitting
    HAVING min(day) >= coalesce((SELECT first_day FROM period), min(day)) AND min(day) <= coalesce((SELECT last_day FROM period), min(day))
  )`;

const sessions: Figure = {
  name: 'sessions',
  field: 'sessions',
  head: {
    columns: ['count', 'medianSeconds', 'longestSeconds', 'longestStartedAt', 'medianViewings', 'coverage'],
    sql: `WITH ${sittings}
      SELECT count(*) AS count, ${rounded('median(length)')} AS "medianSeconds", max(length) AS "longestSeconds",
        ${timeText('(SELECT started_at FROM sitting ORDER BY length DESC, started_at DESC LIMIT 1)')} AS "longestStartedAt",
        median(viewings) AS "medianViewings", ${shareOf(timed)} AS coverage
      FROM sitting`,
  },
};

const marathons: Figure = {
  name: 'marathons',
  field: `marathons(first: ${longest})`,
  head: {
    columns: ['count', 'coverage'],
    sql: `WITH ${sittings} SELECT count(*) AS count, ${shareOf(timed)} AS coverage FROM sitting WHERE seconds >= ${marathonMinutes} * 60`,
  },
  list: {
    of: 'items',
    columns: ['startedAt', 'endedAt', 'viewings', 'secondsWatched', 'mostOf { id }'],
    sql: `WITH ${sittings},
      part AS (SELECT sitting, work_id, sum(seconds) AS seconds FROM placed WHERE work_id IS NOT NULL GROUP BY ALL)
      SELECT ${timeText('started_at')} AS "startedAt", ${timeText('ended_at')} AS "endedAt", viewings, seconds AS "secondsWatched",
        (SELECT arg_max(work_id, part.seconds) FROM part WHERE part.sitting = sitting.sitting) AS "mostOf"
      FROM sitting WHERE seconds >= ${marathonMinutes} * 60
      ORDER BY seconds DESC, started_at DESC LIMIT ${longest}`,
  },
};

/** Minutes are of the clock on the wall, from the midnight before the evening. */
const evenings = (zone: string) => `
  watched AS (
    SELECT clock, timezone('${zone}', timezone('UTC', started_at + to_seconds(seconds))) AS clock_at_end,
      CAST(clock - INTERVAL 5 HOUR AS DATE) AS evening
    FROM viewing WHERE ${timed} AND (hour(clock) >= 17 OR hour(clock) < 5)
  ),
  evening AS (
    SELECT evening, epoch(min(clock) - evening) / 60 AS start_minute, epoch(max(clock_at_end) - evening) / 60 AS end_minute,
      end_minute >= (24 + ${lateNightHour}) * 60 AS late
    FROM watched GROUP BY evening
    HAVING evening >= coalesce((SELECT first_day FROM period), evening) AND evening <= coalesce((SELECT last_day FROM period), evening)
  )`;

const medians = `count(evening) AS evenings, count(evening) FILTER (WHERE late) AS "lateNights",
  CAST(floor(median(start_minute)) AS INTEGER) AS "medianStartMinute", CAST(floor(median(end_minute)) AS INTEGER) AS "medianEndMinute"`;

const eveningsFigure = (zone: string): Figure => ({
  name: 'evenings',
  field: 'evenings',
  head: {
    columns: [
      'evenings',
      'lateNights',
      'medianStartMinute',
      'medianEndMinute',
      'latestOn',
      'latestEndMinute',
      'coverage',
    ],
    sql: `WITH ${evenings(zone)}
      SELECT ${medians}, ${dayText('(SELECT evening FROM evening ORDER BY end_minute DESC, evening DESC LIMIT 1)')} AS "latestOn",
        floor(max(end_minute)) AS "latestEndMinute", ${shareOf(timed)} AS coverage
      FROM evening`,
  },
  list: {
    of: 'byWeekday',
    columns: ['weekday', 'evenings', 'lateNights', 'medianStartMinute', 'medianEndMinute'],
    sql: `WITH ${evenings(zone)}
      SELECT weekday, ${medians} FROM range(1, 8) days(weekday) LEFT JOIN evening ON isodow(evening) = weekday
      GROUP BY weekday ORDER BY weekday`,
  },
});

export const figuresOfSittings = (zone: string): readonly Figure[] => [sessions, marathons, eveningsFigure(zone)];
