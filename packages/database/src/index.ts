export { type DeletedImport, deleteImport, releaseRows } from './delete-import.ts';
export { loadHistory, moveToTimeZone } from './history.ts';
export { type BatchToSave, HistoryWriter, ImportLostError, type ViewingToSave } from './history-store.ts';
export { HomeLockedError, homeHolder, type LockHolder } from './home-lock.ts';
export { createImportQueue, type ImportJob, type ImportQueue, importChannel } from './import-queue.ts';
export { type Database, type DatabaseOptions, openDatabase } from './open-database.ts';
export { profilesToPair, rowsToPair, saveCovered } from './pairing-store.ts';
export type { Sql, SqlConnection } from './sql.ts';
export { lockAccount, type StringReader, type StringReading, type TitleToSave } from './title-store.ts';
