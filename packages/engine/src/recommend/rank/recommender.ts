import { FeatureSpace, type ProfileFeatures } from '../blend/features.ts';
import { fitOwnBlend, samplerOf } from '../blend/own-blend.ts';
import type { TitleSampler } from '../blend/sampling.ts';
import { fitSharedBlend } from '../blend/shared-blend.ts';
import { type BlendWeights, weightsAfter } from '../blend/weights.ts';
import type { ProfileHistory } from '../profile/profile-history.ts';
import type { SharedHistory } from '../shared/shared-history.ts';
import { fitSharedModel, type SharedModel, type SharedModelSettings, usualSettings } from '../shared/shared-model.ts';
import type { TitleSet } from '../titles/title-set.ts';
import { diversified } from './diversify.ts';
import { type Explanation, explain } from './explain.ts';
import { largest } from './largest.ts';
import type { RankedTitle } from './ranked-title.ts';

/** What is learned from accounts that share their histories: made once, and the same from then on. */
export interface SharedLearning {
  readonly model: SharedModel;
  readonly blend: BlendWeights;
}

/** @param histories those of one account beside one another. */
export function learnFromAccounts(
  titles: TitleSet,
  histories: readonly SharedHistory[],
  settings: SharedModelSettings = usualSettings,
): SharedLearning {
  return {
    model: fitSharedModel(histories, titles.ids.length, settings),
    blend: fitSharedBlend(titles, histories, settings),
  };
}

export interface RankOptions {
  /** Seconds since 1970. */
  readonly now: number;
  readonly limit: number;
  /** Whether a title may be recommended at all; what was watched never is. */
  readonly isWanted?: (title: number) => boolean;
  /** 0: closest to taste. 1: as varied as can be. */
  readonly diversity?: number;
}

/** Ranks titles for histories, and says why. */
export class Recommender {
  readonly titles: TitleSet;
  readonly #space: FeatureSpace;
  readonly #shared: SharedLearning | null;
  readonly #sampler: TitleSampler;
  readonly #all: Int32Array;

  constructor(titles: TitleSet, shared: SharedLearning | null) {
    this.titles = titles;
    this.#shared = shared;
    this.#space = new FeatureSpace(titles, shared?.model ?? null);
    this.#sampler = samplerOf(this.#space);
    this.#all = Int32Array.from(titles.ids.keys());
  }

  /**
   * What features count for a history: learned from others where they share, from its own past where nobody does. It is worth keeping:
   * a history that grew by a few titles needs no other.
   */
  blendFor(history: ProfileHistory): BlendWeights {
    return this.#shared?.blend ?? fitOwnBlend(this.#space, history, this.#sampler);
  }

  /** Titles that were not watched, those most spoken for first; equal ones by their place. */
  rank(history: ProfileHistory, blend: BlendWeights, options: RankOptions): RankedTitle[] {
    const { now, limit, isWanted = () => true, diversity = 0 } = options;
    const { features, weights } = this.#at(history, blend, now);
    const watched = new Set(history.titles);
    const candidates = this.#all.filter((title) => !watched.has(title) && isWanted(title));
    const totals = totalsOf(features, weights, candidates);
    // A varied list chooses among more than it shows.
    const places = largest(totals, diversity > 0 ? Math.max(limit * 10, 200) : limit);
    const ranked = places.map((place) => ({ title: candidates[place] as number, total: totals[place] as number }));
    return diversity > 0 ? diversified(this.titles, ranked, diversity, limit) : ranked;
  }

  /** What speaks for and against a title: all of it adds up to its total. */
  explain(history: ProfileHistory, blend: BlendWeights, now: number, titles: readonly number[]): Explanation[] {
    const { features, weights } = this.#at(history, blend, now);
    return titles.map((title) => explain(this.#space.names, features, weights, title));
  }

  #at(history: ProfileHistory, blend: BlendWeights, now: number): { features: ProfileFeatures; weights: Float64Array } {
    const last = history.at.at(-1);
    return {
      features: this.#space.of(history, now),
      weights: weightsAfter(blend, last === undefined ? Number.POSITIVE_INFINITY : now - last),
    };
  }
}

function totalsOf(features: ProfileFeatures, weights: Float64Array, titles: Int32Array): Float64Array {
  const width = weights.length;
  const values = features.of(titles);
  const reference = features.reference();
  let nothing = 0;
  for (let one = 0; one < width; one += 1) nothing += (weights[one] as number) * (reference[one] as number);
  const totals = new Float64Array(titles.length);
  for (let index = 0; index < titles.length; index += 1) {
    let sum = -nothing;
    for (let one = 0; one < width; one += 1) sum += (weights[one] as number) * (values[index * width + one] as number);
    totals[index] = sum;
  }
  return totals;
}
