import { isAscii, isUtf8 } from 'node:buffer';
import { open as openFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

/** What an archive may ask of this machine. */
export interface ArchiveLimits {
  readonly entries: number;
  /** Bytes of all its entries together, unpacked. */
  readonly bytes: number;
  /**
   * How many times larger than packed an entry may be, or all together, once they have `ratioFrom` bytes. Text packs up to about
   * 30 times.
   */
  readonly ratio: number;
  readonly ratioFrom: number;
  /** Folders in one another. */
  readonly depth: number;
  /** Bytes of an entry's name with its folders, in UTF-8. Rejected rows are kept by it, and an index has no room for more. */
  readonly nameBytes: number;
}

/** Netflix' largest exports that were seen have 40 entries and some 300 MB. */
export const defaultLimits: ArchiveLimits = {
  entries: 1000,
  bytes: 4 * 1024 ** 3,
  ratio: 200,
  ratioFrom: 4 * 1024 ** 2,
  depth: 16,
  nameBytes: 1000,
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
  const places: PlaceOfEntry[] = [];
  const paths = new Set<string>();
  let bytes = 0;
  let packed = 0;
  const listed = zip.eachEntry();
  let last: string | null = null;
  for (;;) {
    const entry = await nextEntry(listed, last);
    if (entry === null) break;
    const path = pathOf(entry);
    last = path;
    if (Buffer.byteLength(path) > limits.nameBytes)
      throw new ArchiveError('ARCHIVE_TOO_LARGE', path, `has a name of over ${limits.nameBytes} bytes`);
    if (path.split('/').length - 1 > limits.depth)
      throw new ArchiveError('ARCHIVE_TOO_LARGE', path, `lies in over ${limits.depth} folders`);
    if (path.endsWith('/')) continue;
    refuseUnreadable(entry, path);
    const folded = path.normalize('NFC').toLowerCase();
    // Two of one name: whoever reads the archive decides which it means, and others decide otherwise.
    if (paths.has(folded)) throw new ArchiveError('ARCHIVE_BROKEN', path, 'is there twice');
    paths.add(folded);
    bytes += entry.uncompressedSize;
    packed += entry.compressedSize;
    if (bytes > limits.bytes)
      throw new ArchiveError('ARCHIVE_TOO_LARGE', path, `brings it to over ${limits.bytes} bytes unpacked`);
    if (entry.uncompressedSize > limits.ratioFrom && entry.uncompressedSize > entry.compressedSize * limits.ratio)
      throw new ArchiveError('ARCHIVE_TOO_LARGE', path, `unpacks to over ${limits.ratio} times its size`);
    places.push({ path, start: entry.relativeOffsetOfLocalHeader, packed: entry.compressedSize });
    entries.push({ path, bytes: entry.uncompressedSize, open: () => unpack(zip, entry, path) });
  }
  refuseOverlapping(places, zip.fileSize);
  // Each of many may be too small to be told by itself.
  if (bytes > limits.ratioFrom && bytes > packed * limits.ratio)
    throw new ArchiveError('ARCHIVE_TOO_LARGE', null, `unpacks to over ${limits.ratio} times its size`);
  return entries;
}

async function nextEntry(listed: AsyncIterator<Entry>, last: string | null): Promise<Entry | null> {
  try {
    const { done, value } = await listed.next();
    return done ? null : value;
  } catch (error) {
    throw climbing(error) ?? stronglyEncrypted(error) ?? broken(null, error, last);
  }
}

/**
 * The entry's name, as a database can keep it. One that does not say how it is written is Code Page 437 by the format; macOS
 * writes UTF-8 all the same, and what reads as that hardly ever is anything else.
 */
function pathOf({ fileName, fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string {
  const isTold = (generalPurposeBitFlag & saysUtf8) !== 0 || extraFields.some(({ id }) => id === unicodePath);
  const isUnsaid = !isTold && !isAscii(fileNameRaw) && isUtf8(fileNameRaw);
  // What leads elsewhere is ASCII either way, and was refused.
  const path = isUnsaid ? fileNameRaw.toString('utf8').replaceAll('\\', '/') : fileName;
  return path.replaceAll('\0', '\u{FFFD}');
}

const saysUtf8 = 0x800;
/** The extra field that has the name in UTF-8 beside another. */
const unicodePath = 0x7075;

/** Where an entry lies in the archive, and what it takes there besides its header. */
interface PlaceOfEntry {
  readonly path: string;
  readonly start: number;
  readonly packed: number;
}

/** A header before its name. */
const leastHeader = 30;

/** Entries that share their bytes unpack to far more than any of them says. */
function refuseOverlapping(places: PlaceOfEntry[], fileSize: number): void {
  places.sort((one, other) => one.start - other.start);
  for (const [index, { path, start, packed }] of places.entries()) {
    const before = places[index - 1];
    const isOver = before !== undefined && start < before.start + leastHeader + before.packed;
    if (isOver || packed > fileSize) throw new ArchiveError('ARCHIVE_BROKEN', path, 'lies over others');
  }
}

function refuseUnreadable(entry: Entry, path: string): void {
  if (entry.isEncrypted()) throw new ArchiveError('ARCHIVE_ENCRYPTED', path, 'is encrypted');
  if (!entry.canDecodeFileData())
    throw new ArchiveError(
      'ARCHIVE_BROKEN',
      path,
      `is packed by method ${entry.compressionMethod}; 0 (stored) and 8 (deflate) can be read`,
    );
}

async function* unpack(zip: ZipFile, entry: Entry, path: string): AsyncIterable<Uint8Array> {
  try {
    const stream = await zip.openReadStreamPromise(entry);
    let sum = 0;
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
    if (sum !== entry.crc32) throw new Error('its checksum is another');
  } catch (error) {
    throw error instanceof ArchiveError ? error : broken(path, error);
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
