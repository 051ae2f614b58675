import type { AboutTitle, FactNature, WikidataItem } from '@watchprint/engine';
import type { Page, Reading } from './page.ts';
import { isLeftOut } from './read-answer.ts';
import type { PageResult } from './reader/page-result.ts';
import type { ReadOptions } from './reader/reader.ts';

/** Asks a source for some keys of a page. */
export type Ask = <Facts>(
  page: Page<Facts>,
  keys: readonly string[],
  options?: ReadOptions,
) => Promise<PageResult<Facts>>;

/** What came of asking for one key. */
export interface Outcome<Facts> extends Omit<PageResult<Facts>, 'readings'> {
  /** The page's own key, where it is another than what was asked for. */
  readonly pageKey?: string;
  readonly reading: Reading<Facts> | { readonly status: 'UNCHANGED' };
}

/** What is wanted: of which title, in which language or region. */
export interface Subject {
  /** The film's, the series', or the episode's; of no title yet: what it is looked up by. */
  readonly imdbId: string;
  readonly seasonNumber?: number;
  /** ISO 639. */
  readonly language?: string;
  /** ISO 3166-1 alpha-2. */
  readonly region?: string;
}

/** Finds the title that Wikidata says has this: its IMDb id. */
export type FindItem = (
  by:
    | { readonly rottenTomatoesId: string }
    | { readonly netflixId: string }
    | { readonly article: { readonly language: string; readonly title: string } },
) => Promise<string | null>;

/** Facts of another kind that came with some. */
export interface AlsoTold {
  readonly kind: string;
  readonly nature: FactNature;
  readonly subject: string;
  readonly about: AboutTitle;
  readonly pageKey: string;
  readonly facts: unknown;
}

/** One kind of facts that a source has of titles, and how to come by them. It does no I/O: `ask` is handed in. */
export interface FactKind<Facts> {
  /** Name of the kind, for good: stored facts are known by it. */
  readonly kind: string;
  /** The id of its source. */
  readonly source: string;
  readonly nature: FactNature;
  /** Whether it is found by way of Wikidata's item. */
  readonly needsItem: boolean;
  /** What it has pages of beside films and series; what it has none of is told by the series'. */
  readonly parts?: 'SEASONS' | 'EPISODES';
  /** How many titles are worth asking for at once. */
  readonly batch: number;
  /** The page that has the facts, or what they are made of. */
  readonly page: Page<unknown>;
  /** A page that is asked before, where that alone can say that there is no such title. */
  readonly absencePage?: Page<unknown>;
  /** The subject as it is stored: of two that are the same page only one is read. */
  subjectOf(subject: Subject): string;
  /**
   * What to ask the source for, in its own terms.
   * @param item null where it is not needed.
   * @returns null: there is no such page.
   */
  keyOf(subject: string, item: WikidataItem | null, about: AboutTitle): string | null;
  /**
   * The subject that a stored page is about, where no row says it.
   * @param facts what the page says; null where it, or the page that is asked before, says that there is no such thing.
   * @returns null: nobody knows.
   */
  subjectOfKey(key: string, facts: Facts | null, findItem: FindItem): Promise<string | null>;
  /** A kind whose stored facts are pages that this one reads too: those that are fresh are not asked for again. */
  readonly reuses?: FactKind<unknown>;
  /** What its pages say of other kinds, so that those are not asked for again. */
  also?(facts: Facts): readonly AlsoTold[];
  /** Asks for the keys that `keyOf` gave. Keys that it leaves out were not answered. */
  read(keys: readonly string[], ask: Ask, options?: ReadOptions): Promise<ReadonlyMap<string, Outcome<Facts>>>;
}

/** How most kinds are read: one page has it. What an answer to several has left out is asked for once more, without the others. */
export async function readPage<Facts>(
  page: Page<Facts>,
  keys: readonly string[],
  ask: Ask,
  options?: ReadOptions,
): Promise<ReadonlyMap<string, Outcome<Facts>>> {
  const outcomes = new Map<string, Outcome<Facts>>();
  let left = keys;
  while (left.length > 0) {
    const { readings, ...rest } = await ask(page, left, options);
    for (const [key, reading] of readings) outcomes.set(key, { ...rest, reading });
    const leftOut = [...readings].filter(([, reading]) => isLeftOut(reading)).map(([key]) => key);
    if (leftOut.length === readings.size) break;
    left = leftOut;
  }
  return outcomes;
}

/** `tt0903747 en` → its parts. */
export function splitSubject(subject: string): readonly [imdbId: string, rest: string] {
  const [imdbId = '', ...rest] = subject.split(' ');
  return [imdbId, rest.join(' ')];
}
