// Archives for tests: good ones, and ones with every fault that an archive can have.
import { buffer } from 'node:stream/consumers';
import { crc32, deflateRawSync } from 'node:zlib';
import { ZipFile } from 'yazl';

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Packs files as Netflix does: deflated, folders implied. */
export async function zip(files: Files, { compress = true, forceZip64 = false } = {}): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [path, content] of Object.entries(files))
    archive.addBuffer(Buffer.from(content), path, { compress, mtime: new Date('2024-01-01T00:00Z') });
  archive.end({ forceZip64Format: forceZip64, comment: '' });
  return buffer(archive.outputStream as never);
}

const localHeader = Buffer.from('PK\u{3}\u{4}');
const directoryHeader = Buffer.from('PK\u{1}\u{2}');
const directoryEnd = Buffer.from('PK\u{5}\u{6}');

/** Where the directory's header of the first entry stands, and the end of the directory. */
const places = (archive: Buffer) => ({
  local: archive.indexOf(localHeader),
  entry: archive.indexOf(directoryHeader),
  end: archive.lastIndexOf(directoryEnd),
});

function patched(archive: Buffer, patch: (copy: Buffer, at: ReturnType<typeof places>) => void): Buffer {
  const copy = Buffer.from(archive);
  patch(copy, places(copy));
  return copy;
}

/** Gives an entry another name of the same length, in both of its headers, which no packer would write. */
export function renamed(archive: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new RangeError('Names must be of one length');
  const copy = Buffer.from(archive);
  for (let at = copy.indexOf(from); at >= 0; at = copy.indexOf(from, at + 1)) copy.write(to, at, 'latin1');
  return copy;
}

/** A file that unpacks to so many megabytes of one letter: a thousandth of it. */
export const bomb = (megabytes: number): Buffer => Buffer.alloc(megabytes * 1024 * 1024, 'a');

interface Fault {
  readonly code: string;
  /** What the message names. */
  readonly names: string;
  readonly archive: Buffer;
}

/**
 * Archives with a fault each, made of a good one. The cases of yauzl's own set of failures are among them.
 * @param path Of an entry of `content`, the first.
 */
export async function faultyArchives(path: string, content: string): Promise<Record<string, Fault>> {
  const other = { 'Other/Notes.txt': 'some words' };
  const good = await zip({ [path]: content, ...other });
  const stored = await zip({ [path]: content, ...other }, { compress: false });
  const broken = (names: string, archive: Buffer): Fault => ({ code: 'ARCHIVE_BROKEN', names, archive });
  const unsafe = (to: string): Fault => ({ code: 'ARCHIVE_UNSAFE', names: to, archive: renamed(good, path, to) });
  const padded = (text: string) => text.padEnd(path.length, 'x');
  return {
    'cut off in the middle': broken('archive', good.subarray(0, good.length / 2)),
    'cut off in its directory': broken('archive', good.subarray(0, good.length - 30)),
    'without its first bytes': broken('archive', Buffer.concat([localHeader, good.subarray(40)])),
    'with a damaged byte in a packed entry': broken(
      path,
      patched(good, (copy, { local }) => {
        const at = local + 30 + path.length + 8;
        copy[at] = (copy[at] as number) ^ 0xff;
      }),
    ),
    'with a damaged byte in a stored entry': broken(
      path,
      patched(stored, (copy, { local }) => {
        const at = local + 30 + path.length + 8;
        copy[at] = (copy[at] as number) ^ 0x01;
      }),
    ),
    'with packed bytes that nothing packs to': broken(
      path,
      patched(good, (copy, { local }) =>
        copy.writeUInt8(7, local + 30 + copy.readUInt16LE(local + 26) + copy.readUInt16LE(local + 28)),
      ),
    ),
    'with an extra field that is longer than it': broken(
      'archive',
      patched(good, (copy, { entry }) => copy.writeUInt16LE(copy.readUInt16LE(entry + 30) + 5, entry + 30)),
    ),
    'of the 64-bit kind, without what that needs': broken(
      'archive',
      patched(good, (copy, { end }) => copy.writeUInt32LE(0xffffffff, end + 16)),
    ),
    'with another checksum': broken(
      path,
      patched(good, (copy, { entry }) => copy.writeUInt32LE(1, entry + 16)),
    ),
    'with an entry that unpacks to more than it says': broken(
      path,
      patched(good, (copy, { entry }) => copy.writeUInt32LE(content.length - 1, entry + 24)),
    ),
    'with an entry that unpacks to less than it says': broken(
      path,
      patched(good, (copy, { entry }) => copy.writeUInt32LE(content.length + 1, entry + 24)),
    ),
    'with a stored entry of two sizes': broken(
      'archive',
      patched(stored, (copy, { entry }) => copy.writeUInt32LE(content.length + 1, entry + 24)),
    ),
    'with an entry that lies outside of it': broken(
      path,
      patched(good, (copy, { entry }) => copy.writeUInt32LE(0x00ffffff, entry + 42)),
    ),
    'with an entry larger than itself': broken(
      path,
      patched(good, (copy, { entry }) => copy.writeUInt32LE(0x00ffffff, entry + 20)),
    ),
    'with a directory that lies outside of it': broken(
      'archive',
      patched(good, (copy, { end }) => copy.writeUInt32LE(0x00ffffff, end + 16)),
    ),
    'of the 64-bit kind, with a directory further away than anything is': broken(
      'archive',
      patched(await zip({ [path]: content }, { forceZip64: true }), (copy) =>
        copy.writeBigUInt64LE(2n ** 62n, copy.lastIndexOf('PK\u{6}\u{6}') + 48),
      ),
    ),
    'with more entries in its directory than it has': broken(
      'archive',
      patched(good, (copy, { end }) => copy.writeUInt16LE(9, end + 10)),
    ),
    'with a wrong signature in its directory': broken(
      'archive',
      patched(good, (copy, { entry }) => copy.writeUInt32LE(0, entry)),
    ),
    'with a wrong signature of an entry': broken(
      path,
      patched(good, (copy, { local }) => copy.writeUInt32LE(0x05044b50, local)),
    ),
    'in several parts': broken(
      'archive',
      patched(good, (copy, { end }) => copy.writeUInt16LE(3, end + 4)),
    ),
    'with a comment that is longer than it': broken(
      'archive',
      patched(good, (copy, { end }) => copy.writeUInt16LE(100, end + 20)),
    ),
    'packed by a method that nobody knows': broken(
      path,
      patched(good, (copy, { entry }) => copy.writeUInt16LE(99, entry + 10)),
    ),
    'with two entries of one name': broken(
      'Other/Notes.txt',
      renamed(
        await zip({ [path]: content, 'Other/Notes.txt': 'one', 'Other/Notes.tx_': 'two' }),
        'Other/Notes.tx_',
        'Other/Notes.txt',
      ),
    ),
    'with two entries in the same place': broken('lies over others', overlapping(path, content)),
    'with an encrypted entry': {
      code: 'ARCHIVE_ENCRYPTED',
      names: path,
      archive: patched(good, (copy, { entry }) => copy.writeUInt16LE(copy.readUInt16LE(entry + 8) | 1, entry + 8)),
    },
    'with a strongly encrypted entry': {
      code: 'ARCHIVE_ENCRYPTED',
      names: 'archive',
      archive: patched(good, (copy, { entry }) => copy.writeUInt16LE(copy.readUInt16LE(entry + 8) | 0x41, entry + 8)),
    },
    'with an entry that climbs out': unsafe(padded('../')),
    'with an entry that climbs out from within': unsafe(padded('a/../../')),
    'with an entry that climbs out the other way': { ...unsafe(padded('..\\')), names: padded('../') },
    'with an entry at the root': unsafe(padded('/')),
    'with an entry on another drive': unsafe(padded('C:/')),
    'with an entry in very many folders': {
      code: 'ARCHIVE_TOO_LARGE',
      names: 'f/f/f',
      archive: await zip({ [path]: content, [`${'f/'.repeat(40)}file`]: 'deep' }),
    },
    'with an entry that unpacks to a thousand times its size': {
      code: 'ARCHIVE_TOO_LARGE',
      names: 'Large.csv',
      archive: await zip({ [path]: content, 'Large.csv': bomb(8) }),
    },
    'with many entries that each unpack to a thousand times their size': {
      code: 'ARCHIVE_TOO_LARGE',
      names: 'archive unpacks',
      archive: await zip({
        [path]: content,
        ...Object.fromEntries(Array.from({ length: 9 }, (_, number) => [`f${number}`, bomb(1)])),
      }),
    },
    'with a name that is longer than any': {
      code: 'ARCHIVE_TOO_LARGE',
      names: 'a name of over 1000 bytes',
      archive: await zip({ [path]: content, [`${'n'.repeat(997)}.csv`]: '' }),
    },
    'with very many entries': {
      code: 'ARCHIVE_TOO_LARGE',
      names: '1201 entries',
      archive: await zip({
        [path]: content,
        ...Object.fromEntries(Array.from({ length: 1200 }, (_, number) => [`f${number}`, ''])),
      }),
    },
  };
}

/** Several entries of the directory that all say where one file lies: each byte counts many times. */
function overlapping(path: string, content: string): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  localHeader.copy(local);
  local.writeUInt16LE(8, 8);
  const entries = Array.from({ length: 50 }, (_, number) => {
    const name = Buffer.from(`${number}/${path}`);
    const entry = Buffer.alloc(46);
    directoryHeader.copy(entry);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc32(content), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    return Buffer.concat([entry, name]);
  });
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  directoryEnd.copy(end);
  end.writeUInt16LE(50, 8);
  end.writeUInt16LE(50, 10);
  end.writeUInt32LE(directory.length, 12);
  // Enough of a file for all that the directory says, or it would be found out by its length alone.
  const room = Buffer.alloc(packed.length * entries.length);
  end.writeUInt32LE(local.length + packed.length + room.length, 16);
  return Buffer.concat([local, packed, room, directory, end]);
}
