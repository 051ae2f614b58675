import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, type Statistic } from '../figure.ts';

export const streaksStatistic: Statistic = {
  definition:
    'Runs of days in a row with at least one viewing each, in the profile’s time zone: the longest, and the one that the last day of the history or period is part of.',
  formula:
    'Of several longest runs the latest. The current run is 0 where the last day that the history and the period both reach has no viewing. Days outside the period are not looked at.',
  source: null,
  needs: [],
};

/** Days since 1970-01-01. */
export interface Streaks extends Figure {
  readonly longestDays: number;
  readonly longestFrom: number | null;
  readonly longestTo: number | null;
  readonly currentDays: number;
}

export function streaks({ rows, history, lastDay }: AnalysedPeriod): Streaks {
  let length = 0;
  let last: number | null = null;
  let longest = { days: 0, to: null as number | null };
  for (const row of rows) {
    const day = history.day[row] as number;
    if (day === last) continue;
    length = last !== null && day === last + 1 ? length + 1 : 1;
    last = day;
    if (length >= longest.days) longest = { days: length, to: day };
  }
  return {
    ...figureOf(streaksStatistic, rows.length, rows.length, null),
    longestDays: longest.days,
    longestFrom: longest.to === null ? null : longest.to - longest.days + 1,
    longestTo: longest.to,
    currentDays: last !== null && last === lastDay ? length : 0,
  };
}
