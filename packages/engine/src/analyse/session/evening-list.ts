import type { HistoryColumns } from '../history-columns.ts';

/** An evening in which something was played. Minutes are counted from its day's midnight: 00:30 of the next day is 1470. */
export interface Evening {
  /** On which 17:00 was, days since 1970-01-01. */
  readonly day: number;
  /** Of the first start and the latest end. */
  readonly start: number;
  readonly end: number;
}

const startsAtHour = 17;
const endsAtHour = 5;
const secondsPerDay = 86_400;

/**
 * Evenings, oldest first: a viewing that begins from 17:00 to 04:59 belongs to the evening of the day on which 17:00 was.
 * @param order Rows that count, oldest first.
 * @param clock What the profile's clock showed when each row began.
 */
export function eveningsOf(history: HistoryColumns, order: Int32Array, clock: Float64Array): readonly Evening[] {
  const found: { day: number; start: number; end: number }[] = [];
  for (const row of order) {
    const began = clock[row] as number;
    if (Number.isNaN(began)) continue;
    const day = Math.floor(began / secondsPerDay - endsAtHour / 24);
    const start = (began - day * secondsPerDay) / 60;
    if (start < startsAtHour * 60) continue;
    // Its length is time that passed, whatever clocks did meanwhile.
    const end = start + Math.max(0, history.seconds[row] as number) / 60;
    const last = found.at(-1);
    if (last?.day !== day) found.push({ day, start, end });
    else {
      last.start = Math.min(last.start, start);
      last.end = Math.max(last.end, end);
    }
  }
  return found;
}
