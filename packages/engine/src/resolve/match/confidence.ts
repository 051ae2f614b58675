import type { Features } from './weigh-work.ts';

/**
 * How much each feature counts. A multinomial logit (McFadden 1974) over a string's candidates and "none of them", whose sum is 0.
 */
export const weights: Readonly<Record<string, number>> = {
  film: -1.95,
  filmAlternative: -1,
  filmAlike: -2.5,
  filmNetflix: 0.11,
  filmSound: -4.72,
  filmSoundLength: 0.93,
  filmSoundForeign: -0.58,
  filmSoundApart: -9.08,
  filmWordsShared: -10.81,
  filmShared: 4.01,
  filmRarity: 0.58,
  filmPart: -9.02,
  filmVotes: 1.12,
  filmNew: -0.87,
  filmOld: -1.28,
  filmYearUnknown: -0.5,
  filmWords: 0.81,
  filmMinor: -1.5,
  filmTooShort: -4,
  filmWhole: -1.28,
  filmStatedYear: 4,
  filmIdentical: 2.27,
  filmNotYet: -3,
  filmUnrated: 3.17,
  series: -6.59,
  seriesAlternative: 0.35,
  seriesAlike: -1.19,
  seriesNetflix: -1.22,
  seriesSound: -4.78,
  seriesSoundLength: 0.95,
  seriesSoundForeign: -2.51,
  seriesSoundApart: -7.88,
  seriesWordsShared: -10.07,
  seriesShared: 4.4,
  seriesRarity: 0.77,
  seriesPart: -3.85,
  seriesHead: -4.73,
  seriesUnnamed: -7.59,
  seriesVotes: 2.5,
  seriesMinor: -1,
  seriesNamed: 0.46,
  seriesNamedShare: 1.63,
  seriesNumbered: 0.78,
  seriesContradicted: -2.96,
  seriesOutside: -0.04,
  seriesLeftOut: -4.13,
  seriesNoEpisodes: 1.86,
  seriesIdentical: 4.54,
  seriesNotYet: -1.09,
  seriesCountry: 4.41,
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
