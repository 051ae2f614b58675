import { type SyncOptions, type SyncResult, syncDataset } from '../bulk/sync.ts';
import { buildCatalogue, catalogueIndex } from './build-catalogue.ts';

/** Brings a dataset up to date, and of IMDb's what the matcher asks: both are swapped in together. */
export function syncWithCatalogue(options: Omit<SyncOptions, 'finish' | 'finishedAs'>): Promise<SyncResult> {
  if (options.dataset !== 'imdb') return syncDataset(options);
  const { memoryLimit, threads, signal } = options;
  return syncDataset({
    ...options,
    finish: (folder) => buildCatalogue(folder, { memoryLimit, threads, signal }),
    finishedAs: catalogueIndex,
  });
}
