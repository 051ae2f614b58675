/** A figure, what it means, and how much of the period's viewings it rests on. */
export interface Figure {
  readonly definition: string;
  /** 0 to 1; null where there are no viewings. */
  readonly coverage: number | null;
  /** Why there is no figure; null where there is one. */
  readonly unknownBecause: string | null;
}

/** What a statistic needs beyond titles and days. */
export type Need =
  /** Times of day: ViewingActivity.csv. */
  | 'TIMES'
  /** How long each viewing was: ViewingActivity.csv. */
  | 'DURATIONS'
  /** Devices and countries: ViewingActivity.csv. */
  | 'PLACES'
  /** Titles joined to the catalogue, which knows episodes and runtimes. */
  | 'CATALOGUE'
  /** What sources say of titles. */
  | 'FACTS'
  /** Netflix's weekly lists of the region. */
  | 'TOP10_LISTS'
  | 'RATINGS'
  | 'BILLING'
  | 'MY_LIST'
  | 'SEARCH_HISTORY'
  | 'CLICKSTREAM'
  | 'PLAYBACK_EVENTS'
  /** Several profiles of one account. */
  | 'PROFILES';

/** What one analysis works out, in words: the figure carries the definition, docs/analytics.md all of it. */
export interface Statistic {
  /** What is counted, in a sentence or two. */
  readonly definition: string;
  /** How, so that somebody else comes to the same numbers. */
  readonly formula: string;
  /** Where the method is from; null where it is ours or needs none. */
  readonly source: string | null;
  readonly needs: readonly Need[];
}

/** What to do where the catalogue's facts are missing. */
export const catalogueBrings = '`watchprint lake sync imdb` brings a catalogue that has them';

/** Why nothing is known that the catalogue does not have. */
export const sourcesSay = 'No source has said this of these titles: enrichProfile asks them.';
export const noRuntimeKnown = `No runtime of these titles is known: ${catalogueBrings}.`;
export const noYearKnown = `No year of these titles is known: ${catalogueBrings}.`;
export const noViewings = 'There are no viewings.';

/**
 * The figure of a statistic that rests on `known` of `whole` viewings.
 * @param missing Why there is nothing where `known` is 0; null: there is a figure all the same.
 */
export function figureOf(statistic: Statistic, known: number, whole: number, missing: string | null): Figure {
  return {
    definition: statistic.definition,
    coverage: shareOf(known, whole),
    unknownBecause: whole === 0 ? noViewings : known === 0 ? missing : null,
  };
}

/** Sums seconds, telling "none known" from "none watched". */
export class SecondsSum {
  #seconds = 0;
  #known = 0;
  add(seconds: number): void {
    if (seconds < 0) return;
    this.#seconds += seconds;
    this.#known += 1;
  }
  /** Rows that said how long. */
  get known(): number {
    return this.#known;
  }
  /** Null where no row said. */
  get total(): number | null {
    return this.#known === 0 ? null : this.#seconds;
  }
}

/** @returns null for nothing out of nothing. */
export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** The middle one, or the mean of the two in the middle; null of none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  // Typed arrays sort numbers as numbers, and many of them fast.
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** Sums of fractions depend on the order in which they are added, in their last digits: those are nothing that anybody measured. */
export const withoutNoise = (number: number): number => Math.round(number * 1e12) / 1e12;

/** By code point, so that the order is the same on every machine. */
export const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
