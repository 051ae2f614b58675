import type { HistoryColumns } from '../history-columns.ts';
import type { Thresholds } from '../thresholds.ts';

/** Viewings with no long break between them. Entry `i` of every array is sitting `i`, oldest first. */
export interface Sittings {
  readonly length: number;
  /** Where its first viewing stands in `order`, and how many rows it spans there, those without a time of day among them. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  /** Day of its first viewing. */
  readonly day: Int32Array;
  /** Seconds since 1970, of its first viewing's start and its latest end. */
  readonly startedAt: Float64Array;
  readonly endedAt: Float64Array;
  readonly viewings: Int32Array;
  /** Watched in all of its viewings, as far as they say. */
  readonly secondsWatched: Int32Array;
}

/**
 * A viewing belongs to the sitting before it unless it began more than `sittingGapMinutes` after everything of that had ended.
 * Those without a time of day belong to none.
 * @param order Rows that count, oldest first.
 */
export function sittingsOf(
  history: HistoryColumns,
  order: Int32Array,
  { sittingGapMinutes }: Pick<Thresholds, 'sittingGapMinutes'>,
): Sittings {
  const gap = sittingGapMinutes * 60;
  const first = new Int32Array(order.length);
  const end = new Int32Array(order.length);
  const day = new Int32Array(order.length);
  const startedAt = new Float64Array(order.length);
  const endedAt = new Float64Array(order.length);
  const viewings = new Int32Array(order.length);
  const secondsWatched = new Int32Array(order.length);
  let length = 0;
  for (let at = 0; at < order.length; at += 1) {
    const row = order[at] as number;
    const started = history.startedAt[row] as number;
    if (Number.isNaN(started)) continue;
    const seconds = Math.max(0, history.seconds[row] as number);
    let sitting = length - 1;
    if (sitting < 0 || started - (endedAt[sitting] as number) > gap) {
      sitting = length;
      length += 1;
      first[sitting] = at;
      day[sitting] = history.day[row] as number;
      startedAt[sitting] = started;
      endedAt[sitting] = started;
    }
    end[sitting] = at + 1;
    endedAt[sitting] = Math.max(endedAt[sitting] as number, started + seconds);
    viewings[sitting] = (viewings[sitting] as number) + 1;
    secondsWatched[sitting] = (secondsWatched[sitting] as number) + seconds;
  }
  return {
    length,
    first: first.subarray(0, length),
    end: end.subarray(0, length),
    day: day.subarray(0, length),
    startedAt: startedAt.subarray(0, length),
    endedAt: endedAt.subarray(0, length),
    viewings: viewings.subarray(0, length),
    secondsWatched: secondsWatched.subarray(0, length),
  };
}
