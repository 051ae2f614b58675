/** What can be made ready for the database without one: a thread that prepares batches loads this alone. */

export { BatchPreparer, memoryOf, type PreparedBatch, type ViewingToSave } from './batch/prepared-batch.ts';
export type { StringReader } from './batch/prepared-strings.ts';
export { SpareMemory } from './connection/copy-rows.ts';
