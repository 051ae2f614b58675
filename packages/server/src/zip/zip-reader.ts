import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { type Entry, open, type ZipFile } from 'yauzl';

/** The file is no zip, is cut off, or holds other bytes than were written. */
export class ZipDamagedError extends Error {
  override readonly name = 'ZipDamagedError';
  readonly code = 'ZIP_DAMAGED';
}

/** A zip whose entries are read by name. */
export interface ZipReader {
  readonly names: readonly string[];
  /** Size of an entry in bytes, as the zip's directory has it; null where there is no such entry. */
  sizeOf(name: string): number | null;
  /** @throws {ZipDamagedError} when there is no such entry, or at its end, when its checksum is another. */
  read(name: string): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

const openFile = promisify<string, object, ZipFile>(open as never);

/** @throws {ZipDamagedError} */
export async function openZip(path: string): Promise<ZipReader> {
  const file = await openFile(path, { lazyEntries: true, autoClose: false }).catch(
    (error: Error & { code?: string }) => {
      throw error.code === undefined ? new ZipDamagedError(`${path} is no whole zip: ${error.message}`) : error;
    },
  );
  const entries = new Map<string, Entry>();
  try {
    await new Promise<void>((resolve, reject) => {
      file.on('entry', (entry: Entry) => {
        entries.set(entry.fileName, entry);
        file.readEntry();
      });
      file.once('end', resolve);
      file.once('error', reject);
      file.readEntry();
    });
  } catch (error) {
    file.close();
    throw new ZipDamagedError(`${path} is no whole zip: ${(error as Error).message}`);
  }
  const damaged = (name: string, why: string) => new ZipDamagedError(`${name} in ${path} ${why}`);
  return {
    names: [...entries.keys()],
    sizeOf: (name) => entries.get(name)?.uncompressedSize ?? null,
    async *read(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw damaged(name, 'is missing');
      let checksum = 0;
      try {
        for await (const chunk of await promisify(file.openReadStream.bind(file) as typeof openEntry)(entry)) {
          checksum = crc32(chunk as Uint8Array, checksum);
          yield chunk as Uint8Array;
        }
      } catch (error) {
        throw damaged(name, `cannot be read: ${(error as Error).message}`);
      }
      if (checksum !== entry.crc32) throw damaged(name, 'holds other bytes than were written');
    },
    async close() {
      const closed = new Promise((resolve) => file.once('close', resolve));
      file.close();
      await closed;
    },
  };
}

declare function openEntry(entry: Entry, done: (error: Error | null, stream: NodeJS.ReadableStream) => void): void;
