import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, SecondsSum, type Statistic } from '../figure.ts';
import { weekdayOf } from './calendar-unit.ts';

export const weekHoursStatistic: Statistic = {
  definition:
    'Viewings, and the time watched in them, by the weekday and hour in which each began, in the profile’s time zone.',
  formula:
    'Start Time is UTC; it is put on the profile’s clock with the rules for daylight saving of that day. A viewing counts whole for the hour it began in. Hours without viewings have 0 seconds.',
  source: null,
  needs: ['TIMES'],
};

export const daysOnly = 'The files have days only, no times of day.';

export interface WeekHour {
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly hour: number;
  readonly viewings: number;
  readonly secondsWatched: number | null;
}

export interface WeekHours extends Figure {
  /** 168, Monday 00:00 first; none where the file has no times of day. */
  readonly cells: readonly WeekHour[];
}

const secondsPerDay = 86_400;

/** When in the week viewings begin. Coverage: the share of viewings whose time of day is known. */
export function weekHours({ rows, history, whole }: AnalysedPeriod): WeekHours {
  const viewings = new Int32Array(168);
  const seconds = Array.from({ length: 168 }, () => new SecondsSum());
  let timed = 0;
  for (const row of rows) {
    const clock = whole.clock[row] as number;
    if (Number.isNaN(clock)) continue;
    timed += 1;
    const day = Math.floor(clock / secondsPerDay);
    const hour = Math.floor((clock - day * secondsPerDay) / 3600);
    const cell = (weekdayOf(day) - 1) * 24 + hour;
    viewings[cell] = (viewings[cell] as number) + 1;
    seconds[cell]?.add(history.seconds[row] as number);
  }
  return {
    ...figureOf(weekHoursStatistic, timed, rows.length, daysOnly),
    cells:
      timed === 0
        ? []
        : seconds.map(({ total }, index) => ({
            weekday: Math.floor(index / 24) + 1,
            hour: index % 24,
            viewings: viewings[index] as number,
            secondsWatched: total ?? (viewings[index] === 0 ? 0 : null),
          })),
  };
}
