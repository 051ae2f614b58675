import {
  countedRows,
  type Figure,
  type HistoryColumns,
  noViewings,
  type Period,
  SecondsSum,
  shareOf,
} from './history-columns.ts';

export type CalendarUnit = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

export interface TimelinePoint {
  /** First day of the unit, days since 1970-01-01. */
  readonly start: number;
  readonly viewings: number;
  readonly secondsWatched: number | null;
}

export interface Timeline extends Figure {
  /** Oldest first, no gaps. */
  readonly points: readonly TimelinePoint[];
}

const msPerDay = 86_400_000;

/** First day of the unit that a day lies in. Weeks begin on Monday. */
export function startOfUnit(day: number, unit: CalendarUnit): number {
  if (unit === 'DAY') return day;
  // 1970-01-01 was a Thursday.
  if (unit === 'WEEK') return day - ((((day + 3) % 7) + 7) % 7);
  const date = new Date(day * msPerDay);
  return Date.UTC(date.getUTCFullYear(), unit === 'YEAR' ? 0 : date.getUTCMonth(), 1) / msPerDay;
}

function nextStart(start: number, unit: CalendarUnit): number {
  if (unit === 'DAY') return start + 1;
  if (unit === 'WEEK') return start + 7;
  return startOfUnit(start + (unit === 'YEAR' ? 366 : 31), unit);
}

/**
 * Viewings by calendar unit, over those days of the period that the history spans: of days before its first viewing and after
 * its last nothing is known. None where the period has no viewing. Coverage: the share of viewings that say how long they were
 * watched.
 */
export function timeline(history: HistoryColumns, period: Period, unit: CalendarUnit): Timeline {
  const rows = countedRows(history, period);
  const units = new Map<number, { viewings: number; seconds: SecondsSum }>();
  let known = 0;
  for (const row of rows) {
    const start = startOfUnit(history.day[row] as number, unit);
    let point = units.get(start);
    if (point === undefined) {
      point = { viewings: 0, seconds: new SecondsSum() };
      units.set(start, point);
    }
    const seconds = history.seconds[row] as number;
    point.viewings += 1;
    point.seconds.add(seconds);
    if (seconds >= 0) known += 1;
  }
  const points: TimelinePoint[] = [];
  // Where the history never says how long, an empty unit has no known time either.
  const nothing = { viewings: 0, secondsWatched: known === 0 ? null : 0 };
  const { first, last } = spannedDays(history, period);
  const end = rows.length === 0 ? Number.NEGATIVE_INFINITY : last;
  for (let start = startOfUnit(first, unit); start <= end; start = nextStart(start, unit)) {
    const point = units.get(start);
    points.push(
      point === undefined
        ? { start, ...nothing }
        : { start, viewings: point.viewings, secondsWatched: point.seconds.total },
    );
  }
  return {
    definition: `Viewings and time watched in each ${unit.toLowerCase()}, by the day in the profile's time zone; weeks begin on Monday. Coverage is that of the time watched.`,
    coverage: shareOf(known, rows.length),
    unknownBecause: rows.length === 0 ? noViewings : null,
    points,
  };
}

/** First and last day of the period that lie between the first and the last viewing of the whole history. */
function spannedDays(history: HistoryColumns, { from, to }: Period): { first: number; last: number } {
  const whole = countedRows(history, { from: null, to: null });
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const row of whole) {
    const day = history.day[row] as number;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  return { first: Math.max(first, from ?? first), last: Math.min(last, to ?? last) };
}
