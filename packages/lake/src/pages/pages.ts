import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkExchange, checkSource, type PageEntry, PageError, type PageExchange } from './exchange.ts';
import { dayOf, PageFile } from './page-file.ts';
import { completeIndex, type Damage, entriesOf } from './page-index.ts';
import { cleanUrl, withoutSecrets } from './secrets.ts';
import { readExchanges } from './warc-record.ts';

/** Which page: what was asked for in the source's own terms, or by its address. */
export type WantedPage = { readonly key: string; readonly kind?: string } | { readonly url: string };

/** The raw zone for pages: every answer of every source, as WARC 1.1. Docs: docs/lake.md. */
export interface Pages {
  readonly folder: string;
  /**
   * Keeps an answer, without its secrets. Resolves when it is on disk.
   * @throws {PageError} PAGE_INVALID for what cannot be written down; otherwise what the disk says, and nothing is kept.
   */
  append(exchange: PageExchange): Promise<PageEntry>;
  /** The newest answer, whatever its status; null without any. */
  latest(source: string, wanted: WantedPage): Promise<PageExchange | null>;
  /** What is stored, day after day, from the indexes alone. */
  entries(source: string, options?: { readonly newestDayFirst?: boolean }): AsyncIterable<PageEntry>;
  /** Every answer, day after day and file after file, one of them in memory at a time. What cannot be read is told to `onDamage`. */
  all(source: string): AsyncIterable<PageExchange>;
  /** @throws {PageError} PAGE_DAMAGED */
  read(entry: PageEntry): Promise<PageExchange>;
  sources(): Promise<string[]>;
  /** Writes indexes anew that lack pages. @returns how many pages they lacked. */
  completeIndexes(): Promise<number>;
  /** Ends the files that are being written; the next page begins new ones. */
  close(): Promise<void>;
}

export interface PagesOptions {
  /** A WARC file that has so many bytes is ended, and the next page begins another. Default 256 MiB. */
  readonly fileBytes?: number;
  readonly onDamage?: (damage: Damage) => void;
}

/** @param folder Made when first needed: `source=imdb/day=2026-11-28/….warc.gz`. */
export function createPages(folder: string, { fileBytes = 256 * 1024 ** 2, onDamage }: PagesOptions = {}): Pages {
  const files = new Map<string, PageFile>();
  /** Pages of a source go one after another into its file. */
  const queues = new Map<string, Promise<unknown>>();

  function inTurn<Result>(source: string, work: () => Promise<Result>): Promise<Result> {
    const result = (queues.get(source) ?? Promise.resolve()).then(work);
    queues.set(
      source,
      result.catch(() => {}),
    );
    return result;
  }

  async function end(source: string): Promise<void> {
    const file = files.get(source);
    files.delete(source);
    await file?.close();
  }

  async function write(exchange: PageExchange): Promise<PageEntry> {
    const { source, fetchedAt } = exchange;
    const current = files.get(source);
    if (current !== undefined && (current.day !== dayOf(fetchedAt) || current.bytes >= fileBytes)) await end(source);
    const file = files.get(source) ?? (await PageFile.create(folder, source, fetchedAt));
    files.set(source, file);
    try {
      return await file.append(exchange);
    } catch (error) {
      // Whatever the disk has made of it: nothing is written behind it.
      await end(source).catch(() => {});
      throw error;
    }
  }

  async function filesOf(source: string, newestDayFirst: boolean): Promise<string[][]> {
    checkSource(source);
    const root = join(folder, `source=${source}`);
    const days = (await namesIn(root)).filter((name) => /^day=\d{4}-\d{2}-\d{2}$/.test(name));
    if (newestDayFirst) days.reverse();
    return Promise.all(
      days.map(async (day) =>
        (await namesIn(join(root, day)))
          .filter((name) => name.endsWith('.warc.gz'))
          .map((name) => join(root, day, name)),
      ),
    );
  }

  async function* entries(source: string, { newestDayFirst = false } = {}): AsyncIterable<PageEntry> {
    for (const file of (await filesOf(source, newestDayFirst)).flat()) yield* entriesOf(file, { onDamage });
  }

  async function read({ file, place, url }: PageEntry): Promise<PageExchange> {
    const { offset, length } = place;
    try {
      for await (const found of readExchanges(createReadStream(file, { start: offset, end: offset + length - 1 })))
        return found.exchange;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error;
      throw new PageError('PAGE_DAMAGED', `${url} cannot be read at ${offset} of ${file}`, { cause: error });
    }
    throw new PageError('PAGE_DAMAGED', `${url} is not at ${offset} of ${file}`);
  }

  const sources = async () =>
    (await namesIn(folder)).filter((name) => name.startsWith('source=')).map((name) => name.slice('source='.length));

  return {
    folder,
    read,
    entries,
    sources,
    async append(exchange) {
      checkExchange(exchange);
      const clean = withoutSecrets(exchange);
      return inTurn(exchange.source, () => write(clean));
    },
    async latest(source, wanted) {
      const isWanted = matcherOf(wanted);
      const needle = JSON.stringify('key' in wanted ? wanted.key : cleanUrl(wanted.url));
      for (const day of await filesOf(source, true)) {
        let newest: PageEntry | null = null;
        for (const file of day)
          for await (const entry of entriesOf(file, { needle, onDamage }))
            if (isWanted(entry) && (newest === null || entry.fetchedAt >= newest.fetchedAt)) newest = entry;
        if (newest !== null) return read(newest);
      }
      return null;
    },
    async *all(source) {
      for await (const entry of entries(source)) {
        let exchange: PageExchange;
        try {
          exchange = await read(entry);
        } catch (error) {
          if (!(error instanceof PageError)) throw error;
          onDamage?.({ file: entry.file, offset: entry.place.offset, error });
          continue;
        }
        yield exchange;
      }
    },
    async completeIndexes() {
      let lacking = 0;
      for (const source of await sources())
        for (const file of (await filesOf(source, false)).flat()) lacking += await completeIndex(file);
      return lacking;
    },
    async close() {
      await Promise.all([...queues.keys()].map((source) => inTurn(source, () => end(source))));
    },
  };
}

function matcherOf(wanted: WantedPage): (entry: PageEntry) => boolean {
  if ('url' in wanted) {
    const url = cleanUrl(wanted.url);
    return (entry) => entry.url === url;
  }
  return ({ kind, key }) => key === wanted.key && (wanted.kind === undefined || kind === wanted.kind);
}

/** In order; none where there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.sort();
}
