import type { Zone } from '../parse/calendar.ts';
import {
  countedRows,
  type Figure,
  type HistoryColumns,
  noViewings,
  type Period,
  SecondsSum,
  shareOf,
} from './history-columns.ts';

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

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** When in the week viewings begin. Coverage: the share of viewings whose time of day is known. */
export function weekHours(history: HistoryColumns, period: Period, zone: Zone): WeekHours {
  const rows = countedRows(history, period);
  const cells = Array.from({ length: 168 }, () => ({ viewings: 0, seconds: new SecondsSum() }));
  let timed = 0;
  for (const row of rows) {
    const startedAt = history.startedAt[row] as number;
    if (Number.isNaN(startedAt)) continue;
    timed += 1;
    const cell = cells[(weekdayOf(zone.dayOf(startedAt)) - 1) * 24 + zone.hourOf(startedAt)];
    if (cell === undefined) throw new RangeError(`No hour of the week for ${startedAt}`);
    cell.viewings += 1;
    cell.seconds.add(history.seconds[row] as number);
  }
  return {
    definition:
      'Viewings, and the time watched in them, by the weekday and hour in which each began, in the profile’s time zone.',
    coverage: shareOf(timed, rows.length),
    unknownBecause: rows.length === 0 ? noViewings : timed === 0 ? 'The files have days only, no times of day.' : null,
    cells:
      timed === 0
        ? []
        : cells.map(({ viewings, seconds }, index) => ({
            weekday: Math.floor(index / 24) + 1,
            hour: index % 24,
            viewings,
            secondsWatched: seconds.total ?? (viewings === 0 ? 0 : null),
          })),
  };
}
