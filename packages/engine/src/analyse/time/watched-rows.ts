import { SecondsSum } from '../figure.ts';
import type { HistoryColumns } from '../history-columns.ts';

/** What some rows, such as those of a day, come to. */
export interface WatchedRows {
  readonly viewings: number;
  readonly seconds: SecondsSum;
  /** Places in the history's titles, in the order in which they were first watched. */
  readonly titles: ReadonlySet<number>;
}

export function watchedRows(rows: Int32Array, history: HistoryColumns): WatchedRows {
  const seconds = new SecondsSum();
  const titles = new Set<number>();
  for (const row of rows) {
    seconds.add(history.seconds[row] as number);
    if ((history.title[row] as number) >= 0) titles.add(history.title[row] as number);
  }
  return { viewings: rows.length, seconds, titles };
}
