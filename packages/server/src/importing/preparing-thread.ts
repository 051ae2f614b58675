/** Runs `prepareBatches` in a thread of its own: reading a large file would hold up every request, and the database, meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import type { OpenedProfile, ProfileToOpen } from '@watchprint/database';
import { memoryOf, type PreparedBatch, SpareMemory } from '@watchprint/database/prepare';
import { EngineError } from '@watchprint/engine';
import { ArchiveError } from '@watchprint/lake';
import { type ImportToPrepare, type PreparingHost, prepareBatches, type SettledOrder } from './prepare-batches.ts';
import type { FileOfUpload } from './recognise-upload.ts';

export type ToThread =
  /** Further batches are wanted; the memory of one that was saved comes back. */
  | { readonly kind: 'more'; readonly batches: number; readonly memory: readonly ArrayBuffer[] }
  | { readonly kind: 'profile'; readonly profile: OpenedProfile };

export type FromThread =
  | { readonly kind: 'settled'; readonly dates: SettledOrder }
  | { readonly kind: 'unused'; readonly place: number; readonly use: FileOfUpload['use']; readonly note: string }
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
  settled: async (dates) => tell({ kind: 'settled', dates }),
  unused: async (place, use, note) => tell({ kind: 'unused', place, use, note }),
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
  if (!(error instanceof EngineError || error instanceof ArchiveError)) throw error;
  tell({ kind: 'failed', code: error.code, retryable: error.retryable, message: error.message });
}
port.close();
