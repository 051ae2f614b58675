import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** An upload as it came, addressed by its content. */
export interface KeptOriginal {
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/** The raw zone for uploads: every file as it came, once, under its SHA-256. */
export interface Originals {
  readonly folder: string;
  /** Keeps a stream; it is on disk, whole, when this resolves. A stream that fails leaves nothing behind. */
  keep(stream: AsyncIterable<Uint8Array>): Promise<KeptOriginal>;
  /** Reads an original from its start. */
  open(sha256: string): AsyncIterable<Uint8Array>;
  has(sha256: string): Promise<boolean>;
  remove(sha256: string): Promise<void>;
  /** Removes what a process that died was still writing. Call it before any upload starts. */
  sweep(): Promise<void>;
}

/** @param folder Made when first needed; originals lie in it as `ab/abcdef….` */
export function createOriginals(folder: string): Originals {
  const unfinished = join(folder, 'unfinished');
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError(`Not a SHA-256: ${sha256.slice(0, 80)}`);
    return join(folder, sha256.slice(0, 2), sha256);
  };
  return {
    folder,
    async keep(stream) {
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
        const sha256 = hash.digest('hex');
        await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true, mode: 0o700 });
        await rename(path, pathOf(sha256));
        await syncFolder(join(folder, sha256.slice(0, 2)));
        return { sha256, bytes };
      } catch (error) {
        await file.close().catch(() => {});
        await rm(path, { force: true });
        throw error;
      }
    },
    open: (sha256) => createReadStream(pathOf(sha256), { highWaterMark: 256 * 1024 }),
    has: (sha256) =>
      access(pathOf(sha256)).then(
        () => true,
        () => false,
      ),
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
    async sweep() {
      for (const name of await readdir(unfinished).catch(() => [])) await rm(join(unfinished, name), { force: true });
    },
  };
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
