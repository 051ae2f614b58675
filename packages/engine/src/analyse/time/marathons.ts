import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, type Statistic } from '../figure.ts';
import { daysOnly } from './week-hours.ts';

export const marathonsStatistic: Statistic = {
  definition:
    'Sittings in which at least so much was watched as the profile’s threshold says (four hours unless set), the longest first.',
  formula:
    'Sittings as in `sessions` whose viewings’ Durations add up to marathonMinutes or more; by that sum, the later first where equal. The series or film is the one most of the time went to, of equals the one watched first.',
  source: null,
  needs: ['TIMES', 'DURATIONS'],
};

export interface Marathon {
  /** Seconds since 1970. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly viewings: number;
  readonly secondsWatched: number;
  /** Place in the history's works of what most of the time went to; null where no string could be read. */
  readonly work: number | null;
}

export interface Marathons extends Figure {
  /** How many there are, however many are listed. */
  readonly count: number;
  readonly items: readonly Marathon[];
}

export function marathons(period: AnalysedPeriod, limit: number): Marathons {
  const { rows, history, settings, whole } = period;
  const { sittings } = whole;
  const found: number[] = [];
  for (let sitting = 0; sitting < sittings.length; sitting += 1)
    if (
      period.contains(sittings.day[sitting] as number) &&
      (sittings.secondsWatched[sitting] as number) >= settings.marathonMinutes * 60
    )
      found.push(sitting);
  const watchedIn = (sitting: number) => sittings.secondsWatched[sitting] as number;
  found.sort((one, other) => watchedIn(other) - watchedIn(one) || other - one);
  let known = 0;
  for (const row of rows)
    if (!Number.isNaN(history.startedAt[row]) && (history.seconds[row] as number) >= 0) known += 1;
  return {
    ...figureOf(marathonsStatistic, known, rows.length, daysOnly),
    count: found.length,
    items: found.slice(0, limit).map((sitting) => ({
      startedAt: sittings.startedAt[sitting] as number,
      endedAt: sittings.endedAt[sitting] as number,
      viewings: sittings.viewings[sitting] as number,
      secondsWatched: watchedIn(sitting),
      work: mostWatchedWork(period, sitting),
    })),
  };
}

function mostWatchedWork({ history, whole }: AnalysedPeriod, sitting: number): number | null {
  const seconds = new Map<number, number>();
  const { sittings, order } = whole;
  for (const row of order.subarray(sittings.first[sitting], sittings.end[sitting])) {
    const work = whole.workOfRow[row] as number;
    if (work >= 0 && !Number.isNaN(history.startedAt[row]))
      seconds.set(work, (seconds.get(work) ?? 0) + Math.max(0, history.seconds[row] as number));
  }
  let most: number | null = null;
  for (const [work, watched] of seconds) if (most === null || watched > (seconds.get(most) as number)) most = work;
  return most;
}
