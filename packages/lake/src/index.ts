export { type Archive, type ArchiveEntry, ArchiveError, type ArchiveLimits, openArchive } from './archive.ts';
export { type Content, ZipWriter } from './archive-writer.ts';
export { type DuckDb, type DuckDbOptions, openDuckDb, sqlName, sqlText } from './duckdb.ts';
export { createOriginals, type Originals, type ReceivedOriginal, removeOld } from './originals.ts';
