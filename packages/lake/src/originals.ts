import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Archive, type ArchiveLimits, isArchive, openArchive } from './archive.ts';

/** An upload that is on disk, whole, and that nobody else can see yet. */
export interface ReceivedOriginal {
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
  /** Reads it from its start, before it is kept or thrown away. */
  open(): AsyncIterable<Uint8Array>;
  isArchive(): Promise<boolean>;
  /** @throws {ArchiveError} */
  openArchive(): Promise<Archive>;
  /** Puts it among the originals, for good. */
  keep(): Promise<void>;
  /** Throws it away; nothing happens once it is kept. */
  discard(): Promise<void>;
}

/** The raw zone for uploads: every file as it came, once, under its SHA-256. */
export interface Originals {
  readonly folder: string;
  /** Which store of originals this is: several processes may have the same folder, and one database several folders. */
  id(): Promise<string>;
  /** Takes in a stream. One that fails leaves nothing behind. */
  receive(stream: AsyncIterable<Uint8Array>): Promise<ReceivedOriginal>;
  /** Reads an original from its start. */
  open(sha256: string): AsyncIterable<Uint8Array>;
  /**
   * Opens an original that may be gone: null where it is. Once open it can be read to its end, also when it is removed meanwhile;
   * whoever has it destroys it.
   */
  find(sha256: string): Promise<Readable | null>;
  /** @throws {ArchiveError} */
  openArchive(sha256: string): Promise<Archive>;
  has(sha256: string): Promise<boolean>;
  remove(sha256: string): Promise<void>;
  /** Removes what processes that died were still taking in: what nobody has written to for so long. */
  sweep(milliseconds: number): Promise<void>;
}

/** @param folder Made when first needed; originals lie in it as `ab/abcdef….` */
export function createOriginals(folder: string, limits: Partial<ArchiveLimits> = {}): Originals {
  const unfinished = join(folder, 'unfinished');
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError(`Not a SHA-256: ${sha256.slice(0, 80)}`);
    return join(folder, sha256.slice(0, 2), sha256);
  };
  let id: Promise<string> | null = null;
  return {
    folder,
    id: () => (id ??= nameOf(folder)),
    async receive(stream) {
      await mkdir(unfinished, { recursive: true, mode: 0o700 });
      const path = join(unfinished, randomUUID());
      const hash = createHash('sha256');
      const file = await open(path, 'wx', 0o600);
      let bytes = 0;
      try {
        for await (const chunk of stream) {
          hash.update(chunk);
          bytes += chunk.length;
          await file.writeFile(chunk);
        }
        await file.sync();
        await file.close();
      } catch (error) {
        await file.close().catch(() => {});
        await rm(path, { force: true });
        throw error;
      }
      const sha256 = hash.digest('hex');
      return {
        sha256,
        bytes,
        open: () => streamOf(path),
        isArchive: () => isArchive(path),
        openArchive: () => openArchive(path, limits),
        async keep() {
          const shelf = join(folder, sha256.slice(0, 2));
          await mkdir(shelf, { recursive: true, mode: 0o700 });
          await rename(path, pathOf(sha256));
          await syncFolder(shelf);
        },
        discard: () => rm(path, { force: true }),
      };
    },
    open: (sha256) => streamOf(pathOf(sha256)),
    async find(sha256) {
      const file = await open(pathOf(sha256), 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      return file?.createReadStream({ highWaterMark: readAtOnce }) ?? null;
    },
    openArchive: (sha256) => openArchive(pathOf(sha256), limits),
    has: (sha256) =>
      access(pathOf(sha256)).then(
        () => true,
        () => false,
      ),
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
    async sweep(milliseconds) {
      for (const name of await readdir(unfinished).catch(() => []))
        await removeOld(join(unfinished, name), milliseconds);
    },
  };
}

/** Removes a file that nobody has written to for so long. */
export async function removeOld(path: string, milliseconds: number): Promise<void> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  if (Date.now() - mtimeMs >= milliseconds) await rm(path, { force: true });
}

const readAtOnce = 256 * 1024;

const streamOf = (path: string) => createReadStream(path, { highWaterMark: readAtOnce });

/** The name of a store, which whoever comes first gives it. */
async function nameOf(folder: string): Promise<string> {
  const path = join(folder, 'id');
  const mine = `${path}.${randomUUID()}`;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const there = await readFile(path, 'utf8').catch(() => null);
  if (there !== null) return there;
  await writeFile(mine, randomUUID(), { mode: 0o600, flush: true });
  // Of several that name it at once, the first does. Where files can have one name only, there is hardly a second process.
  await link(mine, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') return rename(mine, path);
  });
  await rm(mine, { force: true });
  await syncFolder(folder);
  return readFile(path, 'utf8');
}

/** A rename is durable once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
