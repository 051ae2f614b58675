import type { Features } from './weigh-work.ts';

/**
 * How much each feature counts. A multinomial logit (McFadden 1974) over a string's candidates and "none of them", whose sum is 0.
 */
export const weights: Readonly<Record<string, number>> = {
  film: -1.3,
  filmAlternative: -1,
  filmAlike: -2.45,
  filmNetflix: 0.2,
  filmSound: -3.43,
  filmSoundLength: 0.71,
  filmSoundForeign: -1.57,
  filmSoundApart: -10.31,
  filmWordsShared: -12.39,
  filmShared: 3.24,
  filmRarity: 0.61,
  filmPart: -9.08,
  filmVotes: 1.36,
  filmNew: -1.29,
  filmOld: -1.46,
  filmYearUnknown: -0.5,
  filmWords: 0.8,
  filmMinor: -1.5,
  filmTooShort: -4,
  filmMuchTooShort: -6,
  filmWhole: -1.51,
  filmStatedYear: 4,
  filmIdentical: 2.78,
  filmNotYet: -3,
  filmUnrated: 3.53,
  series: -8.07,
  seriesAlternative: 0.46,
  seriesAlike: -1.04,
  seriesNetflix: -2.02,
  seriesSound: -5.01,
  seriesSoundLength: 1.76,
  seriesSoundForeign: -2.61,
  seriesSoundApart: -7.82,
  seriesWordsShared: -11.92,
  seriesShared: 5.46,
  seriesRarity: 1.04,
  seriesPart: -3.22,
  seriesHead: -4.93,
  seriesUnnamed: -7.59,
  seriesVotes: 2.95,
  seriesMinor: -1,
  seriesNamed: 3,
  seriesUnseen: -1.52,
  seriesNumbered: 1.07,
  seriesContradicted: -2.98,
  seriesOutside: 0.88,
  seriesLeftOut: -4.08,
  seriesNoEpisodes: 2.38,
  seriesIdentical: 5.58,
  seriesNotYet: -1.13,
  seriesCountry: 4.65,
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
export const ACCEPTED = 0.6;

/** Below this no candidate is worth a person's time: the string is unmatched. */
export const WORTH_ASKING = 0.25;

/** Candidates with less are no help to anybody who has to choose. */
export const WORTH_SHOWING = 0.02;
