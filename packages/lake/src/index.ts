export { type Archive, type ArchiveEntry, ArchiveError, type ArchiveLimits } from './archive.ts';
export { createOriginals, type Originals, type ReceivedOriginal, removeOld } from './originals.ts';
