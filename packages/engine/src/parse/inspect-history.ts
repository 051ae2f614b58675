import type { DateOrder, HistoryFormat } from './history-row.ts';
export type OpenFile = () => AsyncIterable<Uint8Array>;
export interface RecognisedHistory { format: HistoryFormat }
export interface HistoryLayout { format: HistoryFormat; dateOrder: DateOrder; dateOrderReason: string }
export async function recogniseHistory(_open: OpenFile): Promise<RecognisedHistory> { throw new Error('todo'); }
export async function inspectHistory(_open: OpenFile, _r: RecognisedHistory, _o: { dateOrder?: DateOrder } = {}): Promise<HistoryLayout> { throw new Error('todo'); }
