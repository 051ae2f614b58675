import type { FeatureName } from './features.ts';
import { weightsIn } from './softmax.ts';

/**
 * How much each feature counts, by how long ago the profile watched last: always, within a sitting, within a month. What comes next in a
 * row says much a minute later, and little a year later.
 */
export const gapTerms = 3;
const sittingSeconds = 1800;
const monthSeconds = 30 * 86_400;

export const situationAfter = (seconds: number): Float64Array => {
  const gap = Math.max(0, seconds);
  return Float64Array.of(1, 1 / (1 + gap / sittingSeconds), 1 / (1 + gap / monthSeconds));
};

export interface BlendWeights {
  readonly names: readonly FeatureName[];
  /** Of each feature, {@link gapTerms} numbers. */
  readonly values: Float64Array;
}

/** What each feature counts so long after the last viewing. */
export const weightsAfter = ({ values }: BlendWeights, seconds: number): Float64Array =>
  weightsIn(values, situationAfter(seconds));

/**
 * What features count for before anything is learned, and how far from it one history may lead. Round numbers, set by what they do: a
 * title that three times as many people rated counts twice as much, one of the genres of all that was watched twenty times as much
 * as one of none; rare facts (a name's word, a keyword) are seldom shared, and count much where they are. Where nothing general can be
 * said (old or new?), 0.
 */
const priors: Partial<Record<FeatureName, readonly [mean: number, deviation: number]>> = {
  popularity: [0.7, 0.3],
  acclaim: [0.3, 0.3],
  genreNow: [3, 1],
  genre: [3, 1],
  keyword: [15, 5],
  person: [10, 5],
  name: [20, 6],
  country: [1, 1],
  language: [1, 1],
  yearNow: [4, 1.5],
  year: [3, 1.5],
  age: [0, 0.5],
  fresh: [0, 0.5],
};

export function priorWeights(names: readonly FeatureName[]): BlendWeights {
  const values = new Float64Array(names.length * gapTerms);
  for (const [feature, name] of names.entries()) values[feature * gapTerms] = priors[name]?.[0] ?? 0;
  return { names, values };
}

export const priorDeviation = (name: FeatureName): number => priors[name]?.[1] ?? 1;
