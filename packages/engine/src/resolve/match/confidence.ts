import type { Features } from './weigh-work.ts';

/**
 * How much each feature counts. A multinomial logit (McFadden 1974) over a string's candidates and "none of them", whose sum is 0.
 */
export const weights: Readonly<Record<string, number>> = {
  film: -2.78,
  filmAlternative: -1,
  filmAlike: -2.77,
  filmNetflix: 0,
  filmSound: -5.73,
  filmSoundLength: -0.87,
  filmPart: -9,
  filmVotes: 1.3,
  filmNew: 0.35,
  filmOld: -1.98,
  filmYearUnknown: -0.5,
  filmWords: 1.72,
  filmMinor: -1.5,
  filmTooShort: -4,
  filmWhole: -0.59,
  filmStatedYear: 4,
  filmIdentical: 1.5,
  filmNotYet: -3,
  filmUnrated: 2.39,
  series: -4.89,
  seriesAlternative: 0.18,
  seriesAlike: -1.45,
  seriesNetflix: -0.98,
  seriesSound: -4.21,
  seriesPart: -3.94,
  seriesHead: -4.5,
  seriesUnnamed: -7.07,
  seriesVotes: 2.21,
  seriesMinor: -1,
  seriesNamed: 0.6,
  seriesNamedShare: 1.37,
  seriesNumbered: 2.62,
  seriesContradicted: -2.92,
  seriesOutside: -0.89,
  seriesLeftOut: -4,
  seriesNoEpisodes: 0.45,
  seriesIdentical: 2,
  seriesNotYet: -2,
  seriesCountry: 3.65,
};

export function logitOf(features: Features, table: Readonly<Record<string, number>> = weights): number {
  let sum = 0;
  for (const [name, value] of Object.entries(features)) sum += value * (table[name] ?? 0);
  return sum;
}

/** Probability of each candidate; what is left of 1 is that of none. */
export function probabilities(logits: readonly number[]): number[] {
  const most = Math.max(0, ...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = Math.exp(-most) + powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** From this confidence on a match is accepted. */
export const ACCEPTED = 0.8;
