import {
  ExportRowPreparer,
  memoryOf,
  type PlaceOfBatch,
  type PreparedBatch,
  SpareMemory,
  storableText,
  ViewingPreparer,
} from '@watchprint/database/prepare';
import { type DateOrder, EngineError, inspectHistory, type OpenFile, type RejectedRow } from '@watchprint/engine';
import { createOriginals } from '@watchprint/lake';
import { prepareExportRows } from './prepare-export-rows.ts';
import { prepareViewings } from './prepare-viewings.ts';
import { type OpenProfile, ProfilesOfImport } from './profiles-of-import.ts';
import { type FileOfUpload, type FileToRead, type UploadToRead, unpackedBytes } from './recognise-upload.ts';
import { stringReader } from './string-reader.ts';

const batchSize = 5000;
const noRows = 'The table has no rows.';

/** What there is to know of an import to read its file: plain values, which a thread can be started with. */
export interface ImportToPrepare {
  readonly accountId: string;
  readonly importId: string;
  readonly workerId: string;
  readonly originals: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly upload: UploadToRead;
  readonly askedDateOrder: DateOrder | null;
  readonly profileName: string | null;
  readonly batchesDone: number;
}

/** What settled the dates of a history. */
export interface SettledOrder {
  readonly dateOrder: DateOrder;
  readonly dateOrderReason: string;
}

/** What preparing asks of whoever has the database. */
export interface PreparingHost {
  /** Told once, before the first batch, where there is a history. */
  settled(dates: SettledOrder): Promise<void>;
  openProfile: OpenProfile;
  /** Told of a file of an archive that turns out to have no row that can be read. */
  unused(place: number, use: FileOfUpload['use'], note: string): Promise<void>;
}

/** What stays the same from file to file. */
interface Preparing {
  readonly job: ImportToPrepare;
  readonly host: PreparingHost;
  readonly profiles: ProfilesOfImport;
  readonly viewings: ViewingPreparer;
  /** Whether a history has told its dates. */
  isSettled: boolean;
  number: number;
  /** Bytes of the files that have been read. */
  bytesBefore: number;
}

/**
 * Reads an import's files into batches that are ready to be saved, from where an earlier run stopped. It needs no database
 * itself, so it runs in this thread or in one of its own. A batch is good until the next is asked for: then its memory is used
 * again.
 * @throws {EngineError} when the dates cannot be told.
 */
export async function* prepareBatches(
  job: ImportToPrepare,
  host: PreparingHost,
  spare = new SpareMemory(),
): AsyncGenerator<PreparedBatch> {
  const preparing: Preparing = {
    job,
    host,
    profiles: new ProfilesOfImport(host.openProfile, job.profileName),
    viewings: new ViewingPreparer(job.accountId, stringReader, spare),
    isSettled: false,
    number: 0,
    bytesBefore: 0,
  };
  const originals = createOriginals(job.originals);
  const archive = job.upload.isArchive ? await originals.openArchive(job.sha256) : null;
  const opener = ({ path }: FileToRead): OpenFile => {
    if (archive === null) return () => originals.open(job.sha256);
    const entry = archive.entries.find((one) => one.path === path);
    if (entry === undefined) throw new Error(`"${path}" is no longer in the archive`);
    return () => entry.open();
  };
  try {
    for (const file of job.upload.files) {
      for await (const batch of batchesOfFile(file, opener(file), preparing)) {
        // Saved by a run that did not reach the end: its rows had to be counted and its profiles opened, no more.
        if (batch.number <= job.batchesDone) continue;
        const prepared = batch.prepare();
        yield prepared;
        spare.give(...memoryOf(prepared));
      }
      preparing.bytesBefore += file.bytes;
    }
  } finally {
    archive?.close();
  }
}

interface BatchOfFile {
  readonly number: number;
  prepare(): PreparedBatch;
}

async function* batchesOfFile(file: FileToRead, open: OpenFile, preparing: Preparing): AsyncGenerator<BatchOfFile> {
  const { job, host } = preparing;
  const { layout } = file;
  const asked = job.askedDateOrder === null ? {} : { dateOrder: job.askedDateOrder };
  const place = (bytesRead: number): PlaceOfBatch => ({
    importId: job.importId,
    workerId: job.workerId,
    fileName: file.path,
    filePlace: file.place,
    number: preparing.number,
    bytesRead: bytesOfUpload(job, preparing.bytesBefore + bytesRead),
  });
  try {
    if (layout.format === 'NETFLIX_EXPORT_TABLE') {
      const ids = new ExportRowPreparer(layout.table);
      const options = { batchSize, ...asked };
      let count = 0;
      for await (const { rows, rejected, bytesRead } of prepareExportRows(open, layout, preparing.profiles, options)) {
        preparing.number += 1;
        count += rows.length + rejected.length;
        const batch = { kind: 'EXPORT_ROWS', table: layout.table, ...place(bytesRead) } as const;
        // Equal rows are counted from the first on.
        const withIds = ids.prepare(rows);
        yield { number: batch.number, prepare: () => ({ ...batch, rows: withIds, rejected: rejected.map(readable) }) };
      }
      if (count === 0) await host.unused(file.place, 'EMPTY', noRows);
      return;
    }
    const history = await inspectHistory(open, layout, asked);
    if (!preparing.isSettled)
      await host.settled({ dateOrder: history.dateOrder, dateOrderReason: history.dateOrderReason });
    preparing.isSettled = true;
    for await (const { rows, rejected, bytesRead } of prepareViewings(open, history, preparing.profiles, batchSize)) {
      preparing.number += 1;
      const batch = { ...place(bytesRead), rows, rejected: rejected.map(readable) };
      yield { number: batch.number, prepare: () => preparing.viewings.prepare(batch) };
    }
  } catch (error) {
    // Beside a file that cannot be read, the others of an archive can. All of this comes before a file's first batch.
    if (!job.upload.isArchive || !(error instanceof EngineError)) throw error;
    if (error.code === 'FILE_EMPTY') await host.unused(file.place, 'EMPTY', noRows);
    else if (error.code === 'FORMAT_UNKNOWN' || layout.format === 'NETFLIX_EXPORT_TABLE')
      await host.unused(file.place, 'UNREADABLE', error.message);
    else throw new FileOfArchiveError(file.path, error);
  }
}

/** A history in an archive needs somebody's word: without it the main thing would be missing. */
class FileOfArchiveError extends EngineError {
  override readonly name = 'FileOfArchiveError';
  readonly code: string;
  readonly retryable = false;

  constructor(path: string, { code, message }: EngineError) {
    super(`"${path}": ${message}`);
    this.code = code;
  }
}

/** How far the upload is read, where its files unpack to more. */
function bytesOfUpload({ upload, bytes }: ImportToPrepare, unpacked: number): number {
  return upload.isArchive
    ? Math.min(bytes, Math.floor((bytes * unpacked) / Math.max(unpackedBytes(upload), 1)))
    : unpacked;
}

const readable = ({ line, reason, content }: RejectedRow): RejectedRow => ({
  line,
  reason: storableText(reason),
  content: storableText(content),
});
