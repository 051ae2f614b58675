import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { PageEntry, PageExchange } from './exchange.ts';
import { entryOf, indexOf, writeLine } from './page-index.ts';
import { writeExchange, writeWarcinfo } from './warc-record.ts';

/**
 * One WARC file that this process alone writes. Others write files of their own, so nobody waits for a lock, and nobody ever
 * writes behind what a process that died has left unfinished.
 */
export class PageFile {
  readonly path: string;
  readonly day: string;
  readonly #warcinfoId: string;
  readonly #file: FileHandle;
  /** Null once a line could not be written: a line behind a gap would hide it. What an index lacks is read from the file. */
  #index: FileHandle | null;
  #bytes: number;

  private constructor(
    path: string,
    day: string,
    warcinfoId: string,
    file: FileHandle,
    index: FileHandle,
    bytes: number,
  ) {
    this.path = path;
    this.day = day;
    this.#warcinfoId = warcinfoId;
    this.#file = file;
    this.#index = index;
    this.#bytes = bytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** @param folder Of all sources. @param first When the first page of it was fetched, which gives the file its day and its name. */
  static async create(folder: string, source: string, first: Date): Promise<PageFile> {
    const day = dayOf(first);
    const shelf = join(folder, `source=${source}`, `day=${day}`);
    const made = await mkdir(shelf, { recursive: true, mode: 0o700 });
    const time = first.toISOString().replace(/[-:]|\.\d+/g, '');
    const name = `${source}-${time}-${randomBytes(4).toString('hex')}.warc.gz`;
    const path = join(shelf, name);
    const { id, bytes } = await writeWarcinfo(name, first);
    const file = await open(path, 'wx', 0o600);
    try {
      await writeAt(file, bytes, 0);
      await file.sync();
      const index = await open(indexOf(path), 'wx', 0o600);
      for (const changed of new Set([shelf, ...(made === undefined ? [] : parentsOf(shelf, dirname(made)))]))
        await syncFolder(changed);
      return new PageFile(path, day, id, file, index, bytes.length);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Resolves when the page is on disk. @throws what the disk says; then the file ends with the page before. */
  async append(exchange: PageExchange): Promise<PageEntry> {
    const { bytes, responsePlace, digest } = await writeExchange(exchange, this.#warcinfoId);
    const offset = this.#bytes;
    try {
      await writeAt(this.#file, bytes, offset);
      await this.#file.sync();
    } catch (error) {
      // Half a page would be passed over by us; other programs may make more of it.
      await this.#file.truncate(offset).catch(() => {});
      throw error;
    }
    this.#bytes += bytes.length;
    const entry = entryOf(this.path, {
      exchange,
      digest,
      place: { offset, length: bytes.length },
      responsePlace: { ...responsePlace, offset: offset + responsePlace.offset },
    });
    const line = await writeLine(entry);
    await this.#index?.appendFile(line).catch(() => this.#dropIndex());
    return entry;
  }

  async close(): Promise<void> {
    await this.#dropIndex();
    await this.#file.close();
  }

  async #dropIndex(): Promise<void> {
    await this.#index?.close().catch(() => {});
    this.#index = null;
  }
}

/** In UTC: `2026-11-28`. */
export const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

async function writeAt(file: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
}

/** The folders from `last` down to `first`. */
function parentsOf(first: string, last: string): string[] {
  return first === last || first === dirname(first) ? [first] : [first, ...parentsOf(dirname(first), last)];
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
