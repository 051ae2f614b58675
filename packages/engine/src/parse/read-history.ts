import type { HistoryBatch } from './history-row.ts';
import type { HistoryLayout, OpenFile } from './inspect-history.ts';
export async function* readHistory(_open: OpenFile, _layout: HistoryLayout, _o: { batchSize?: number } = {}): AsyncIterable<HistoryBatch> { }
