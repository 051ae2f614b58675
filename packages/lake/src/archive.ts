import { open as openFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

/** What an archive may ask of this machine. */
export interface ArchiveLimits {
  readonly entries: number;
  /** Bytes of all its entries together, unpacked. */
  readonly bytes: number;
  /** How many times larger than packed an entry may be, once it has `ratioFrom` bytes. Text packs up to about 30 times. */
  readonly ratio: number;
  readonly ratioFrom: number;
  /** Folders in one another. */
  readonly depth: number;
}

/** Netflix' largest exports that were seen have 40 entries and some 300 MB. */
export const defaultLimits: ArchiveLimits = {
  entries: 1000,
  bytes: 4 * 1024 ** 3,
  ratio: 200,
  ratioFrom: 4 * 1024 ** 2,
  depth: 16,
};

/** An archive cannot be read, or must not be. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly retryable = false;
  readonly code: 'ARCHIVE_BROKEN' | 'ARCHIVE_ENCRYPTED' | 'ARCHIVE_UNSAFE' | 'ARCHIVE_TOO_LARGE';
  /** The entry at fault; null where it is the archive as a whole. */
  readonly entry: string | null;

  constructor(code: ArchiveError['code'], entry: string | null, what: string, options?: ErrorOptions) {
    super(entry === null ? `The archive ${what}` : `"${shown(entry)}" in the archive ${what}`, options);
    this.code = code;
    this.entry = entry;
  }
}

const shown = (name: string) => name.replace(/\p{C}/gu, '\u{FFFD}').slice(0, 200);

export interface ArchiveEntry {
  /** With `/` between folders, none of them `..`. */
  readonly path: string;
  /** Unpacked. */
  readonly bytes: number;
  /**
   * Reads it from its start, unpacking as it goes.
   * @throws {ArchiveError} while it is read, when it is not what the archive's directory says: of another size, or damaged.
   */
  open(): AsyncIterable<Uint8Array>;
}

export interface Archive {
  /** Its files, folders left out, in the order of the archive. */
  readonly entries: readonly ArchiveEntry[];
  close(): void;
}

/** Whether a file begins as a zip archive does. A workbook is one, too. */
export async function isArchive(path: string): Promise<boolean> {
  const file = await openFile(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    // Two letters and then what no text has: the head of an entry, or the directory of an archive without any.
    return bytesRead === 4 && buffer.toString('latin1', 0, 2) === 'PK' && (buffer[2] as number) < 9;
  } finally {
    await file.close();
  }
}

/**
 * Opens a zip archive by its directory; nothing is unpacked yet, and nothing ever to disk.
 * @throws {ArchiveError} for one that is broken, encrypted, climbs out of its folder, or is larger than the limits allow.
 */
export async function openArchive(path: string, limits: Partial<ArchiveLimits> = {}): Promise<Archive> {
  const most = { ...defaultLimits, ...limits };
  const zip = await openPromise(path, { autoClose: false, strictFileNames: false, validateEntrySizes: true }).catch(
    (error: Error & { code?: string }) => {
      // With a code it is the file that cannot be read, not the archive in it.
      throw error.code === undefined ? broken(null, error) : error;
    },
  );
  try {
    return { entries: await entriesOf(zip, most), close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function entriesOf(zip: ZipFile, limits: ArchiveLimits): Promise<ArchiveEntry[]> {
  if (zip.entryCount > limits.entries)
    throw new ArchiveError('ARCHIVE_TOO_LARGE', null, `has ${zip.entryCount} entries, over ${limits.entries}`);
  const entries: ArchiveEntry[] = [];
  const paths = new Set<string>();
  let bytes = 0;
  let packed = 0;
  const listed = zip.eachEntry();
  let last: string | null = null;
  for (;;) {
    const { done, value: entry } = await listed.next().catch((error: unknown) => {
      throw climbing(error) ?? stronglyEncrypted(error) ?? broken(null, error, last);
    });
    if (done) return entries;
    const { fileName } = entry;
    last = fileName;
    if (fileName.split('/').length - 1 > limits.depth)
      throw new ArchiveError('ARCHIVE_TOO_LARGE', fileName, `lies in over ${limits.depth} folders`);
    if (fileName.endsWith('/')) continue;
    refuseUnreadable(entry);
    const folded = fileName.normalize('NFC').toLowerCase();
    // Two of one name: whoever reads the archive decides which it means, and others decide otherwise.
    if (paths.has(folded)) throw new ArchiveError('ARCHIVE_BROKEN', fileName, 'is there twice');
    paths.add(folded);
    bytes += entry.uncompressedSize;
    packed += entry.compressedSize;
    if (bytes > limits.bytes)
      throw new ArchiveError('ARCHIVE_TOO_LARGE', fileName, `brings it to over ${limits.bytes} bytes unpacked`);
    if (entry.uncompressedSize > limits.ratioFrom && entry.uncompressedSize > entry.compressedSize * limits.ratio)
      throw new ArchiveError('ARCHIVE_TOO_LARGE', fileName, `unpacks to over ${limits.ratio} times its size`);
    // Entries that share their bytes unpack to far more than any of them says.
    if (packed > zip.fileSize) throw new ArchiveError('ARCHIVE_BROKEN', fileName, 'lies over others');
    entries.push({
      path: fileName.replaceAll('\0', '\u{FFFD}'),
      bytes: entry.uncompressedSize,
      open: () => unpack(zip, entry),
    });
  }
}

function refuseUnreadable(entry: Entry): void {
  if (entry.isEncrypted()) throw new ArchiveError('ARCHIVE_ENCRYPTED', entry.fileName, 'is encrypted');
  if (!entry.canDecodeFileData())
    throw new ArchiveError(
      'ARCHIVE_BROKEN',
      entry.fileName,
      `is packed by method ${entry.compressionMethod}; 0 (stored) and 8 (deflate) can be read`,
    );
}

async function* unpack(zip: ZipFile, entry: Entry): AsyncIterable<Uint8Array> {
  try {
    const stream = await zip.openReadStreamPromise(entry);
    let sum = 0;
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
    if (sum !== entry.crc32) throw new Error('its checksum is another');
  } catch (error) {
    throw error instanceof ArchiveError ? error : broken(entry.fileName, error);
  }
}

function broken(entry: string | null, cause: unknown, after: string | null = null): ArchiveError {
  const where = after === null ? '' : ` behind "${shown(after)}"`;
  const what = `cannot be read${where}: ${cause instanceof Error ? cause.message : cause}`;
  return new ArchiveError('ARCHIVE_BROKEN', entry, what, { cause });
}

/** yauzl refuses names that lead elsewhere, and says so in words alone. */
function climbing(error: unknown): ArchiveError | null {
  const [, what, name] =
    /^(absolute path|invalid relative path|invalid characters in fileName): (.*)$/s.exec(
      error instanceof Error ? error.message : '',
    ) ?? [];
  return name === undefined ? null : new ArchiveError('ARCHIVE_UNSAFE', name, `has a name that is refused: ${what}`);
}

/** Refused before its name is read: the directory may be encrypted, too. */
const stronglyEncrypted = (error: unknown): ArchiveError | null =>
  error instanceof Error && error.message.includes('strong encryption')
    ? new ArchiveError('ARCHIVE_ENCRYPTED', null, 'is encrypted')
    : null;
