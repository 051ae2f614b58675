import { type PageEntry, PageError, type PageExchange } from './exchange.ts';
import { dayOf } from './page-file.ts';
import type { Pages } from './pages.ts';

/** How the pages of one source are read, and what becomes of it. */
export interface PageParser<Facts = unknown> {
  /** Which pages are read. Default: those that answered with 200 to 299; a refusal says nothing of what was asked for. */
  reads?(entry: PageEntry): boolean;
  /** @throws what makes this page a failure. */
  parse(exchange: PageExchange): Facts | Promise<Facts>;
  /** @throws what ends it all: nothing that was read could be kept. */
  keep(facts: Facts, exchange: PageExchange): Promise<void>;
}

/** A page that could not be read. What was known from it before stays. */
export interface FailedPage {
  readonly entry: PageEntry;
  readonly error: unknown;
}

export interface ReparseProgress {
  /** Pages that were read and kept. */
  readonly read: number;
  readonly failed: number;
}

export interface ReparseOptions {
  /** After each page. */
  readonly onProgress?: (progress: ReparseProgress) => void;
  readonly onFailure?: (failure: FailedPage) => void;
  /** Ends it between two pages; what was kept stays, and another run begins anew. */
  readonly signal?: AbortSignal;
}

/**
 * Reads what is stored of a source again with today's parser: of each kind and key the newest page that it reads. Nobody is asked
 * anything. One page is in memory at a time, and the names of those that were read.
 * @throws what `keep` throws, or the signal's reason.
 */
export async function reparse<Facts>(
  pages: Pages,
  source: string,
  parser: PageParser<Facts>,
  { onProgress, onFailure, signal }: ReparseOptions = {},
): Promise<ReparseProgress> {
  let read = 0;
  let failed = 0;
  for await (const entry of newestPages(pages, source, parser.reads ?? isAnswer)) {
    signal?.throwIfAborted();
    const parsed = await readAgain(pages, parser, entry);
    if ('error' in parsed) {
      failed += 1;
      onFailure?.({ entry, error: parsed.error });
    } else {
      await parser.keep(parsed.facts, parsed.exchange);
      read += 1;
    }
    onProgress?.({ read, failed });
  }
  return { read, failed };
}

const isAnswer = ({ status }: PageEntry) => status >= 200 && status < 300;

type Parsed<Facts> = { readonly facts: Facts; readonly exchange: PageExchange } | { readonly error: unknown };

async function readAgain<Facts>(pages: Pages, parser: PageParser<Facts>, entry: PageEntry): Promise<Parsed<Facts>> {
  let exchange: PageExchange;
  try {
    exchange = await pages.read(entry);
  } catch (error) {
    // Damaged, and the only one affected; a disk that does not answer is something else.
    if (!(error instanceof PageError)) throw error;
    return { error };
  }
  try {
    return { facts: await parser.parse(exchange), exchange };
  } catch (error) {
    return { error };
  }
}

/** A day is sorted out at a time, the newest first: what a later day had is left out. */
async function* newestPages(
  pages: Pages,
  source: string,
  reads: (entry: PageEntry) => boolean,
): AsyncIterable<PageEntry> {
  const seen = new Set<string>();
  let day = '';
  let ofDay = new Map<string, PageEntry>();
  for await (const entry of pages.entries(source, { newestDayFirst: true })) {
    if (dayOf(entry.fetchedAt) !== day) {
      yield* ofDay.values();
      for (const name of ofDay.keys()) seen.add(name);
      ofDay = new Map();
      day = dayOf(entry.fetchedAt);
    }
    const name = `${entry.kind} ${entry.key}`;
    const other = ofDay.get(name);
    if (!seen.has(name) && reads(entry) && (other === undefined || other.fetchedAt <= entry.fetchedAt))
      ofDay.set(name, entry);
  }
  yield* ofDay.values();
}
