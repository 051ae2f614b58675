/** Runs `prepareBatches` in a thread of its own: reading a large file would hold up every request, and the database, meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import type { OpenedProfile, ProfileToOpen } from '@watchprint/database';
import { memoryOf, type PreparedBatch, SpareMemory } from '@watchprint/database/prepare';
import { EngineError, type HistoryLayout } from '@watchprint/engine';
import { type ImportToPrepare, type PreparingHost, prepareBatches } from './prepare-batches.ts';

export type ToThread =
  /** Further batches are wanted; the memory of one that was saved comes back. */
  | { readonly kind: 'more'; readonly batches: number; readonly memory: readonly ArrayBuffer[] }
  | { readonly kind: 'profile'; readonly profile: OpenedProfile };

export type FromThread =
  | { readonly kind: 'settled'; readonly layout: Pick<HistoryLayout, 'dateOrder' | 'dateOrderReason'> }
  | {
      readonly kind: 'profile';
      readonly name: string;
      readonly saidBy: ProfileToOpen['saidBy'];
      readonly country: string | null;
    }
  | { readonly kind: 'batch'; readonly batch: PreparedBatch }
  | { readonly kind: 'failed'; readonly code: string; readonly retryable: boolean; readonly message: string }
  | { readonly kind: 'end' };

const port = parentPort;
if (port === null) throw new Error('This module runs as a thread of its own');
const tell = (message: FromThread, handedOver: ArrayBuffer[] = []) => port.postMessage(message, handedOver);

const spare = new SpareMemory();
/** How many batches are wanted before another is asked for. */
let wanted = 0;
let more = () => {};
let profileOpened = (_profile: OpenedProfile) => {};
port.on('message', (message: ToThread) => {
  if (message.kind === 'profile') profileOpened(message.profile);
  else {
    spare.give(...message.memory);
    wanted += message.batches;
    more();
  }
});

const host: PreparingHost = {
  settled: async (layout) => tell({ kind: 'settled', layout }),
  openProfile: (name, saidBy, country) =>
    new Promise((resolve) => {
      profileOpened = resolve;
      tell({ kind: 'profile', name, saidBy, country });
    }),
};
try {
  for await (const batch of prepareBatches(workerData as ImportToPrepare, host, spare)) {
    while (wanted === 0)
      await new Promise<void>((resolve) => {
        more = resolve;
      });
    wanted -= 1;
    tell({ kind: 'batch', batch }, memoryOf(batch));
  }
  tell({ kind: 'end' });
} catch (error) {
  if (!(error instanceof EngineError)) throw error;
  tell({ kind: 'failed', code: error.code, retryable: error.retryable, message: error.message });
}
port.close();
