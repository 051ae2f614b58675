import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, type Statistic } from '../figure.ts';
import { dayOfYearKey, eachUnit } from './calendar-unit.ts';
import { watchedRows } from './watched-rows.ts';

export const onThisDayStatistic: Statistic = {
  definition: 'What was watched on this day of the year in other years.',
  formula:
    'Days with the same month and day of the month as the one asked for, but for that day itself; the latest first. 29 February has no other day in years without it. Titles in the order in which they were first watched that day.',
  source: null,
  needs: [],
};

export interface SameDay {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly viewings: number;
  readonly secondsWatched: number | null;
  /** Places in the history's titles. */
  readonly titles: readonly number[];
}

export interface OnThisDay extends Figure {
  readonly items: readonly SameDay[];
}

/** @param day Days since 1970-01-01. */
export function onThisDay({ rows, history }: AnalysedPeriod, day: number): OnThisDay {
  const wanted = dayOfYearKey(day);
  const items: SameDay[] = [];
  eachUnit(rows, history.day, 'DAY', (start, own) => {
    if (start === day || dayOfYearKey(start) !== wanted) return;
    const { viewings, seconds, titles } = watchedRows(own, history);
    items.push({ day: start, viewings, secondsWatched: seconds.total, titles: [...titles] });
  });
  return { ...figureOf(onThisDayStatistic, rows.length, rows.length, null), items: items.reverse() };
}
