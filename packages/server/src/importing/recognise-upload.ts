import {
  type EngineError,
  type ExportTable,
  HistoryFileEmptyError,
  HistoryFormatError,
  PrivateTableError,
  type RecognisedExportTable,
  type RecognisedFile,
  type RecognisedHistory,
  recogniseFile,
} from '@watchprint/engine';
import type { Archive, ArchiveEntry, ReceivedOriginal } from '@watchprint/lake';

/** A file of an upload whose rows are read. Plain data: it waits in the queue with its import. */
export interface FileToRead {
  /** Among the files of the upload, from 0. */
  readonly place: number;
  readonly path: string;
  /** Unpacked. */
  readonly bytes: number;
  readonly layout: RecognisedHistory | RecognisedExportTable;
}

/** What the job that reads an upload needs to know of it. */
export interface UploadToRead {
  readonly isArchive: boolean;
  readonly files: readonly FileToRead[];
}

/** Bytes of an upload's files together, unpacked. */
export const unpackedBytes = ({ files }: UploadToRead): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** What became of one file of an upload, before any row was read. */
export interface FileOfUpload {
  readonly path: string;
  readonly use: 'USED' | 'EMPTY' | 'PRIVATE' | 'UNKNOWN' | 'UNREADABLE';
  readonly table: ExportTable | null;
  readonly note: string | null;
}

export interface RecognisedUpload {
  readonly format: string;
  /** In the order of their places. */
  readonly files: readonly FileOfUpload[];
  readonly toRead: UploadToRead;
}

/**
 * Recognises what was uploaded: one table, or an archive of them. Of an archive every entry is unpacked once, to nowhere, so that
 * one that is broken is refused before anything of it is imported.
 *
 * @throws {EngineError} when there is nothing in it that can be read.
 * @throws {ArchiveError} when the archive is broken or must not be unpacked.
 */
export async function recogniseUpload(received: ReceivedOriginal, fileName: string): Promise<RecognisedUpload> {
  if (await received.isArchive()) {
    const archive = await received.openArchive();
    try {
      return await recogniseArchive(archive);
    } finally {
      archive.close();
    }
  }
  const found = await recogniseFile(received.open, fileName);
  if (found.use === 'PRIVATE') throw new PrivateTableError(found.note);
  const layout = found.use === 'USED' ? found.layout : null;
  return {
    format: layout?.format ?? 'NETFLIX_EXPORT_TABLE',
    files: [fileOf(fileName, found)],
    toRead: {
      isArchive: false,
      files: layout === null ? [] : [{ place: 0, path: fileName, bytes: received.bytes, layout }],
    },
  };
}

const fileOf = (path: string, found: RecognisedFile): FileOfUpload => ({
  path,
  use: found.use,
  table: found.table,
  note: found.note,
});

/** Files are read in this order: viewings first, since their rows tell where a profile is at home. */
const order: readonly (ExportTable | null)[] = ['VIEWING_ACTIVITY', 'VIEWING_HISTORY', 'PROFILES'];
const rank = ({ table }: FileOfUpload) => (order.includes(table) ? order.indexOf(table) : order.length);

async function recogniseArchive({ entries }: Archive): Promise<RecognisedUpload> {
  if (entries.some(({ path }) => path === '[Content_Types].xml'))
    throw new HistoryFormatError('a workbook', { expected: 'a CSV file: save the sheet as CSV (UTF-8)' });
  const whole: { entry: ArchiveEntry; head: Buffer }[] = [];
  for (const entry of entries) whole.push({ entry, head: await readWhole(entry) });
  const found: { entry: ArchiveEntry; file: FileOfUpload; layout: FileToRead['layout'] | null }[] = [];
  for (const { entry, head } of whole) found.push({ entry, ...(await recogniseEntry(entry, head)) });
  found.sort(
    (one, other) =>
      Number(other.layout !== null) - Number(one.layout !== null) ||
      rank(one.file) - rank(other.file) ||
      (one.entry.path < other.entry.path ? -1 : 1),
  );
  const files = found.map(({ file }) => file);
  if (!files.some(({ use, table }) => use === 'USED' || (use === 'EMPTY' && table !== null))) throw nothingIn(files);
  const toRead = found.flatMap(({ entry, layout }, place) =>
    layout === null ? [] : [{ place, path: entry.path, bytes: entry.bytes, layout }],
  );
  return { format: 'NETFLIX_EXPORT', files, toRead: { isArchive: true, files: toRead } };
}

/** Unpacks an entry to nowhere, and so finds out whether it is whole. @returns how it begins. */
async function readWhole(entry: ArchiveEntry): Promise<Buffer> {
  let head: Buffer | null = null;
  for await (const chunk of entry.open()) head ??= Buffer.from(chunk.subarray(0, 8));
  return head ?? Buffer.alloc(0);
}

async function recogniseEntry(
  entry: ArchiveEntry,
  head: Buffer,
): Promise<{ file: FileOfUpload; layout: FileToRead['layout'] | null }> {
  const { path } = entry;
  const unused = (use: FileOfUpload['use'], note: string) => ({ file: { path, use, table: null, note }, layout: null });
  if (/(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(path))
    return unused('UNKNOWN', 'Left by the system that packed the archive.');
  const kind = kindOf(head);
  if (kind !== null) return unused('UNKNOWN', kind);
  try {
    const found = await recogniseFile(() => entry.open(), path);
    return { file: fileOf(path, found), layout: found.use === 'USED' ? found.layout : null };
  } catch (error) {
    if (error instanceof HistoryFileEmptyError) return unused('EMPTY', 'The file is empty.');
    if (!(error instanceof HistoryFormatError)) throw error;
    if (/(^|\/)(ViewingActivity|NetflixViewingHistory)[^/]*$/i.test(path))
      return unused('UNREADABLE', `No table that is known: ${error.found}.`);
    // What stands in its first line may be anybody's message: it is not kept.
    return unused('UNKNOWN', 'No table that is known.');
  }
}

/** How zip, rar, 7z and gzip begin, in hexadecimal. */
const packedFiles = ['504b0304', '504b0506', '52617221', '377abcaf', '1f8b'];

/** What is no table at all, by its first bytes. */
function kindOf(head: Buffer): string | null {
  if (head.toString('latin1').startsWith('%PDF-')) return 'A document, no table.';
  return packedFiles.some((start) => head.toString('hex').startsWith(start))
    ? 'An archive inside the archive: it is not opened. Send it by itself.'
    : null;
}

function nothingIn(files: readonly FileOfUpload[]): EngineError {
  const told = files.find(({ use }) => use === 'UNREADABLE') ?? files.find(({ note }) => note?.includes('inside'));
  const because = told === undefined ? '' : ` ("${told.path}": ${told.note})`;
  const leftAlone = files.length > 0 && files.every(({ use }) => use === 'PRIVATE');
  if (leftAlone) return new PrivateTableError(`Each of the ${files.length} files is left alone on purpose.`);
  return new HistoryFormatError(`an archive of ${files.length} files, none of them a table that is read${because}`, {
    expected: 'the archive that Netflix sends, with CONTENT_INTERACTION/ViewingActivity.csv in it',
  });
}
