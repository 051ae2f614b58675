import type { Features } from './weigh-work.ts';

/**
 * How much each feature counts. A multinomial logit (McFadden 1974) over a string's candidates and "none of them", whose sum is 0.
 */
export const weights: Readonly<Record<string, number>> = {
  film: -1.71,
  filmAlternative: -1,
  filmAlike: -2.43,
  filmNetflix: 0.17,
  filmSound: -4.49,
  filmSoundLength: 1.27,
  filmSoundForeign: -0.39,
  filmSoundApart: -9.83,
  filmWordsShared: -11.37,
  filmShared: 3.67,
  filmRarity: 0.6,
  filmPart: -9.04,
  filmVotes: 1.13,
  filmNew: -1.16,
  filmOld: -1.36,
  filmYearUnknown: -0.5,
  filmWords: 0.84,
  filmMinor: -1.5,
  filmTooShort: -4,
  filmMuchTooShort: -6,
  filmWhole: -1.39,
  filmStatedYear: 4,
  filmIdentical: 2.55,
  filmNotYet: -3,
  filmUnrated: 3.36,
  series: -7.38,
  seriesAlternative: 0.41,
  seriesAlike: -1.1,
  seriesNetflix: -1.76,
  seriesSound: -5.3,
  seriesSoundLength: 1.67,
  seriesSoundForeign: -3.3,
  seriesSoundApart: -7.84,
  seriesWordsShared: -11.1,
  seriesShared: 4.92,
  seriesRarity: 0.93,
  seriesPart: -3.43,
  seriesHead: -4.84,
  seriesUnnamed: -7.59,
  seriesVotes: 2.74,
  seriesMinor: -1,
  seriesNamed: 3,
  seriesUnseen: -1.7,
  seriesNumbered: 0.97,
  seriesContradicted: -2.97,
  seriesOutside: 0.46,
  seriesLeftOut: -4.11,
  seriesNoEpisodes: 2.16,
  seriesIdentical: 5.13,
  seriesNotYet: -1.15,
  seriesCountry: 4.52,
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

/** Candidates with less are no help to anybody who has to choose. */
export const WORTH_SHOWING = 0.02;
