import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, SecondsSum, type Statistic } from '../figure.ts';
import { type CalendarUnit, eachUnit, nextStart, startOfUnit } from './calendar-unit.ts';

export const timelineStatistic: Statistic = {
  definition:
    'Viewings and time watched in each day, week, month or year, by the day in the profile’s time zone; weeks begin on Monday. Coverage is that of the time watched.',
  formula:
    'Viewings by the first day of their unit, from the first to the last day of the history that lie in the period. Units without viewings are there with 0 viewings, and 0 seconds where any viewing of the period says how long it was, else null. Of days before the first viewing and after the last nothing is known. By day it is the calendar.',
  source: null,
  needs: [],
};

export interface TimelinePoint {
  /** First day of the unit, days since 1970-01-01. */
  readonly start: number;
  readonly viewings: number;
  /** Null where no row says. */
  readonly secondsWatched: number | null;
}

export interface Timeline extends Figure {
  /** Oldest first, no gaps. */
  readonly points: readonly TimelinePoint[];
}

/** Viewings by calendar unit. None where the period has no viewing. Coverage: the share of viewings that say how long they were watched. */
export function timeline(period: AnalysedPeriod, unit: CalendarUnit): Timeline {
  const { rows, history, whole, lastDay } = period;
  const points: TimelinePoint[] = [];
  let known = 0;
  const { span } = whole;
  if (rows.length > 0 && span !== null && lastDay !== null) {
    let next = startOfUnit(Math.max(span.first, period.period.from ?? span.first), unit);
    const fillUpTo = (end: number) => {
      for (; next < end; next = nextStart(next, unit)) points.push({ start: next, viewings: 0, secondsWatched: 0 });
    };
    eachUnit(rows, history.day, unit, (start, own) => {
      fillUpTo(start);
      const seconds = new SecondsSum();
      for (const row of own) seconds.add(history.seconds[row] as number);
      known += seconds.known;
      points.push({ start, viewings: own.length, secondsWatched: seconds.total });
      next = nextStart(start, unit);
    });
    fillUpTo(lastDay + 1);
  }
  return {
    ...figureOf(timelineStatistic, known, rows.length, null),
    // Where the history never says how long, an empty unit has no known time either.
    points: known === 0 ? points.map((point) => ({ ...point, secondsWatched: null })) : points,
  };
}
