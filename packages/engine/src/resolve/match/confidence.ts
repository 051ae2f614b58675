import type { Features } from './weigh-work.ts';

/**
 * How much each feature counts. A multinomial logit (McFadden 1974) over a string's candidates and "none of them", whose sum is 0.
 */
export const weights: Readonly<Record<string, number>> = {
  film: -1.1,
  filmAlternative: -1,
  filmAlike: -2.46,
  filmNetflix: 0.22,
  filmSound: -3.01,
  filmSoundLength: 0.53,
  filmSoundForeign: -1.33,
  filmSoundApart: -10.96,
  filmWordsShared: -12.81,
  filmShared: 3.03,
  filmRarity: 0.67,
  filmPart: -9.13,
  filmVotes: 1.33,
  filmNew: -1.47,
  filmOld: -1.46,
  filmYearUnknown: -0.5,
  filmWords: 0.85,
  filmMinor: -1.5,
  filmTooShort: -4,
  filmMuchTooShort: -6,
  filmWhole: -1.61,
  filmStatedYear: 4,
  filmIdentical: 2.89,
  filmNotYet: -3,
  filmUnrated: 3.63,
  series: -8.3,
  seriesAlternative: 0.5,
  seriesAlike: -0.99,
  seriesNetflix: -2.02,
  seriesSound: -5.38,
  seriesSoundLength: 2.11,
  seriesSoundForeign: -3.02,
  seriesSoundApart: -7.81,
  seriesWordsShared: -12.53,
  seriesShared: 5.98,
  seriesRarity: 1.15,
  seriesPart: -3.1,
  seriesHead: -5.02,
  seriesUnnamed: -7.59,
  seriesVotes: 3.06,
  seriesMinor: -1,
  seriesNamed: 2.99,
  seriesUnseen: -1.45,
  seriesNumbered: 0.84,
  seriesContradicted: -2.99,
  seriesOutside: -2.21,
  seriesLeftOut: -4.06,
  seriesNoEpisodes: 2.38,
  seriesIdentical: 5.94,
  seriesNotYet: -1.08,
  seriesCountry: 4.78,
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
export const ACCEPTED = 0.55;

/** Below this no candidate is worth a person's time: the string is unmatched. */
export const WORTH_ASKING = 0.25;

/** Candidates with less are no help to anybody who has to choose. */
export const WORTH_SHOWING = 0.02;
