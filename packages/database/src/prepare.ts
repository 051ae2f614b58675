/** What can be made ready for the database without one: a thread that prepares batches loads this alone. */

export { namelessProfile } from './batch/nameless-profile.ts';
export type { PlaceOfBatch } from './batch/place-of-batch.ts';
export {
  memoryOf,
  type PreparedBatch,
  type PreparedViewings,
  ViewingPreparer,
  type ViewingToSave,
} from './batch/prepared-batch.ts';
export { ExportRowPreparer, type ExportRowToSave } from './batch/prepared-export-rows.ts';
export type { StringReader } from './batch/prepared-strings.ts';
export { storableText } from './batch/storable-text.ts';
export { SpareMemory } from './connection/copy-rows.ts';
