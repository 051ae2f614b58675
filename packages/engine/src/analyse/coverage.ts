import { countedRows, type HistoryColumns, type Period, shareOf } from './history-columns.ts';

/** Shares of the viewings in a period, 0 to 1; 0 where there are none. */
export interface Coverage {
  /** Joined to the catalogue. */
  readonly matched: number;
  readonly withDuration: number;
  readonly withTimeOfDay: number;
}

/** How much of a history figures can rest on. */
export function coverage(history: HistoryColumns, period: Period): Coverage {
  const rows = countedRows(history, period);
  let matched = 0;
  let withDuration = 0;
  let withTimeOfDay = 0;
  for (const row of rows) {
    if (history.strings[history.string[row] as number]?.isMatched) matched += 1;
    if ((history.seconds[row] as number) >= 0) withDuration += 1;
    if (!Number.isNaN(history.startedAt[row])) withTimeOfDay += 1;
  }
  const share = (count: number) => shareOf(count, rows.length) ?? 0;
  return { matched: share(matched), withDuration: share(withDuration), withTimeOfDay: share(withTimeOfDay) };
}
