import type { AnalysedHistory, ArchiveRows, BillingRow, EpisodeLists, FactsOfWorks } from '@watchprint/engine';
import { LRUCache } from 'lru-cache';

/** What beside the history a figure rests on. */
export interface AnalysisParts {
  readonly facts: FactsOfWorks;
  readonly episodes: EpisodeLists;
  readonly archive: ArchiveRows;
  /** The account's. */
  readonly billing: readonly BillingRow[];
}

/** Reads a part, or says again what was read while that holds. */
export type PartReaders = { readonly [Part in keyof AnalysisParts]: () => Promise<AnalysisParts[Part]> };

/** Of all figures that are kept of a profile, in entries of their lists: periods can be any, and days of years are many. */
const mostEntries = 30_000;

const entriesOf = (figure: object): number =>
  Object.values(figure).reduce((sum: number, value) => sum + (Array.isArray(value) ? value.length : 0), 1);

/** One profile's history, as it stood at one version, with the figures that were worked out of it. */
export class ProfileAnalysis {
  readonly history: AnalysedHistory;
  readonly #parts: PartReaders;
  readonly #figures = new LRUCache<string, { readonly restsOn: readonly unknown[]; readonly figure: object }>({
    maxSize: mostEntries,
    sizeCalculation: ({ figure }) => entriesOf(figure),
  });

  constructor(history: AnalysedHistory, parts: PartReaders) {
    this.history = history;
    this.#parts = parts;
  }

  part<Part extends keyof AnalysisParts>(part: Part): Promise<AnalysisParts[Part]> {
    return this.#parts[part]() as Promise<AnalysisParts[Part]>;
  }

  /**
   * A figure: worked out once, and again when something that it rests on is another.
   * @param name Which, with all that it was asked with.
   * @param restsOn The parts, and whatever else may change, that it is made of.
   */
  figure<Made extends object>(name: string, restsOn: readonly unknown[], make: () => Made): Made {
    const known = this.#figures.get(name);
    if (known?.restsOn.every((one, place) => one === restsOn[place])) return known.figure as Made;
    const figure = make();
    this.#figures.set(name, { restsOn, figure });
    return figure;
  }
}
