// Histories in memory, for tests.
import type { DateOrder, HistoryRow, RejectedRow } from './history-row.ts';
import { inspectHistory } from './inspect-history.ts';
import { readHistory } from './read-history.ts';
import { type RecognisedHistory, recogniseFile } from './recognise-file.ts';
import type { OpenFile } from './table-shape.ts';

export const inMemory = (bytes: Uint8Array, chunkSize = 64 * 1024): OpenFile =>
  async function* () {
    for (let at = 0; at < bytes.length; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
  };

export const text = (content: string): OpenFile => inMemory(new TextEncoder().encode(content));

/** A file that is a history. */
export async function recogniseHistory(open: OpenFile): Promise<RecognisedHistory> {
  const found = await recogniseFile(open);
  if (found.use === 'USED' && found.layout.format !== 'NETFLIX_EXPORT_TABLE') return found.layout;
  throw new Error(`No history, but ${JSON.stringify(found)}`);
}

export async function readAll(open: OpenFile, dateOrder?: DateOrder, batchSize = 3) {
  const recognised = await recogniseHistory(open);
  const layout = await inspectHistory(open, recognised, dateOrder === undefined ? {} : { dateOrder });
  const rows: HistoryRow[] = [];
  const rejected: RejectedRow[] = [];
  for await (const batch of readHistory(open, layout, { batchSize })) {
    rows.push(...batch.rows);
    rejected.push(...batch.rejected);
  }
  return { layout, rows, rejected };
}

/** Days since 1970-01-01 of 'YYYY-MM-DD'. */
export const dayOf = (date: string): number => Date.parse(`${date}T00:00Z`) / 86_400_000;
