/** What can be made ready for the database without one: a thread that prepares batches loads this alone. */
export { SpareMemory } from './copy-rows.ts';
export { BatchPreparer, memoryOf, type PreparedBatch, type ViewingToSave } from './prepared-batch.ts';
export type { StringReader } from './prepared-strings.ts';
