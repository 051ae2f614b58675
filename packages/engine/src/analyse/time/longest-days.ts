import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, type Statistic } from '../figure.ts';
import { eachUnit } from './calendar-unit.ts';
import { watchedRows } from './watched-rows.ts';

export const longestDaysStatistic: Statistic = {
  definition:
    'The days on which most was watched: by time where the file says it, else by viewings. Coverage is that of the time watched.',
  formula: 'Time watched of each day, then viewings, then the later day first.',
  source: null,
  needs: [],
};

export interface LongestDay {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly viewings: number;
  readonly secondsWatched: number | null;
  /** Distinct titles. */
  readonly titles: number;
}

export interface LongestDays extends Figure {
  readonly items: readonly LongestDay[];
}

export function longestDays({ rows, history }: AnalysedPeriod, limit: number): LongestDays {
  const days: LongestDay[] = [];
  let known = 0;
  eachUnit(rows, history.day, 'DAY', (day, own) => {
    const { viewings, seconds, titles } = watchedRows(own, history);
    known += seconds.known;
    days.push({ day, viewings, secondsWatched: seconds.total, titles: titles.size });
  });
  days.sort(
    (one, other) =>
      (other.secondsWatched ?? 0) - (one.secondsWatched ?? 0) || other.viewings - one.viewings || other.day - one.day,
  );
  return { ...figureOf(longestDaysStatistic, known, rows.length, null), items: days.slice(0, limit) };
}
