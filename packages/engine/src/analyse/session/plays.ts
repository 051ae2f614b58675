import type { HistoryColumns } from '../history-columns.ts';
import type { Thresholds } from '../thresholds.ts';
import type { TitleColumns } from '../title-columns.ts';

/**
 * Rows of one title that belong together: an episode that was paused and gone on with the next day is played once. Entry `i` of every
 * array is play `i`, in the order in which they began.
 */
export interface Plays {
  readonly length: number;
  /** Places in `titles`. */
  readonly title: Int32Array;
  /** Days of the first and the last viewing. */
  readonly firstDay: Int32Array;
  readonly lastDay: Int32Array;
  /** Watched in all of its viewings; -1 where one of them does not say. */
  readonly seconds: Int32Array;
  /** Where in the title its last viewing was stopped, in seconds; -1 where that does not say. */
  readonly position: Int32Array;
  /** How many viewings it is made of. */
  readonly viewings: Int32Array;
  /** 1 finished, 0 left in the middle, -1 where the runtime, or both time watched and position, are not known. */
  readonly finished: Int8Array;
  /** 1 where so much was watched: not where somebody only came by the end. */
  readonly seenWhole: Uint8Array;
}

/**
 * A viewing goes on with the title's last play unless that is finished, or more than `playGapDays` lie between. A play is finished when
 * `finishedShare` of the runtime was watched in it, or when its last viewing was stopped behind that: what lies before was watched in
 * viewings that are missing or are none, or was skipped.
 * @param order Rows that count, oldest first.
 */
export function playsOf(
  history: HistoryColumns,
  { runtimeSeconds }: Pick<TitleColumns, 'runtimeSeconds'>,
  order: Int32Array,
  { playGapDays, finishedShare }: Pick<Thresholds, 'playGapDays' | 'finishedShare'>,
): Plays {
  const open = new Int32Array(history.titles.length).fill(-1);
  const title = new Int32Array(order.length);
  const firstDay = new Int32Array(order.length);
  const lastDay = new Int32Array(order.length);
  const seconds = new Int32Array(order.length);
  const viewings = new Int32Array(order.length);
  const position = new Int32Array(order.length);
  const finished = new Int8Array(order.length);
  const seenWhole = new Uint8Array(order.length);
  let length = 0;
  for (const row of order) {
    const place = history.title[row] as number;
    if (place < 0) continue;
    const day = history.day[row] as number;
    const watched = history.seconds[row] as number;
    let play = open[place] as number;
    if (play < 0 || finished[play] === 1 || day - (lastDay[play] as number) > playGapDays) {
      play = length;
      length += 1;
      open[place] = play;
      title[play] = place;
      firstDay[play] = day;
      seconds[play] = watched;
    } else if (watched < 0 || (seconds[play] as number) < 0) seconds[play] = -1;
    else seconds[play] = (seconds[play] as number) + watched;
    lastDay[play] = day;
    viewings[play] = (viewings[play] as number) + 1;
    position[play] = history.position[row] as number;
    const needed = finishedShare * (runtimeSeconds[place] as number);
    const furthest = Math.max(seconds[play] as number, position[play] as number);
    finished[play] = furthest < 0 || Number.isNaN(needed) ? -1 : furthest >= needed ? 1 : 0;
    seenWhole[play] = (seconds[play] as number) >= needed ? 1 : 0;
  }
  const cut = <Column extends Int32Array | Int8Array | Uint8Array>(column: Column) =>
    column.subarray(0, length) as Column;
  return {
    length,
    title: cut(title),
    firstDay: cut(firstDay),
    lastDay: cut(lastDay),
    seconds: cut(seconds),
    position: cut(position),
    viewings: cut(viewings),
    finished: cut(finished),
    seenWhole: cut(seenWhole),
  };
}
