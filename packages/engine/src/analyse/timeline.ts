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

/** Viewings by calendar unit, from the first that has any to the last. */
export function timeline(history: HistoryColumns, period: Period, unit: CalendarUnit): Timeline {
  const rows = countedRows(history, period);
  const units = new Map<number, { viewings: number; seconds: SecondsSum }>();
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let known = 0;
  for (const row of rows) {
    const start = startOfUnit(history.day[row] as number, unit);
    let point = units.get(start);
    if (point === undefined) {
      point = { viewings: 0, seconds: new SecondsSum() };
      units.set(start, point);
      first = Math.min(first, start);
      last = Math.max(last, start);
    }
    const seconds = history.seconds[row] as number;
    point.viewings += 1;
    point.seconds.add(seconds);
    if (seconds >= 0) known += 1;
  }
  const points: TimelinePoint[] = [];
  // Where the history never says how long, an empty unit has no known time either.
  const nothing = { viewings: 0, secondsWatched: known === 0 ? null : 0 };
  for (let start = first; start <= last; start = nextStart(start, unit)) {
    const point = units.get(start);
    points.push(
      point === undefined
        ? { start, ...nothing }
        : { start, viewings: point.viewings, secondsWatched: point.seconds.total },
    );
  }
  return {
    definition: `Viewings and time watched in each ${unit.toLowerCase()}, by the day in the profile's time zone; weeks begin on Monday.`,
    coverage: shareOf(known, rows.length),
    unknownBecause: rows.length === 0 ? noViewings : null,
    points,
  };
}
