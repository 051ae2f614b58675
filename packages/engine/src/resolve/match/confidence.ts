import type { Features } from './weigh-work.ts';

/**
 * How much each feature counts. A multinomial logit (McFadden 1974) over a string's candidates and "none of them", whose sum is 0.
 */
export const weights: Readonly<Record<string, number>> = {
  film: -0.15,
  filmAlternative: -3,
  filmAlike: -2.56,
  filmLostArticle: -1.54,
  filmNetflix: 0.23,
  filmNetflixUnproved: -3,
  filmSound: -3.64,
  filmSoundLength: 0.24,
  filmSoundForeign: -1.65,
  filmSoundApart: -14.19,
  filmWordsShared: -13.34,
  filmRarity: 0.99,
  filmWordsAgree: 1.55,
  filmWordsDisagree: -1.77,
  filmNumbersDiffer: -1.48,
  filmPart: -9.47,
  filmHead: -9.49,
  filmVotes: 1.59,
  filmNew: -1.42,
  filmOld: -1.88,
  filmYearUnknown: -0.5,
  filmWords: 0.93,
  filmMinor: -1.5,
  filmTooShort: -4,
  filmMuchTooShort: -9,
  filmWhole: -1.84,
  filmStatedYear: 4,
  filmIdentical: 2.77,
  filmNotYet: -3,
  filmListed: 1.9,
  filmListedApart: -4.3,
  filmListedElse: -2.99,
  filmOtherRuntime: -2.7,
  filmUnrated: 4.43,
  series: -5.89,
  seriesAlternative: 0.54,
  seriesAlike: -0.91,
  seriesLostArticle: -1.13,
  seriesNetflix: -4.18,
  seriesSound: -7.83,
  seriesSoundLength: 2.57,
  seriesSoundForeign: -4.79,
  seriesSoundApart: -8.01,
  seriesWordsShared: -9.04,
  seriesRarity: 0.64,
  seriesWordsAgree: 1.2,
  seriesWordsDisagree: -2.73,
  seriesNumbersDiffer: -3.26,
  seriesPart: -3.59,
  seriesHead: -1.47,
  seriesUnnamed: -14.02,
  seriesVotes: 3.23,
  seriesMinor: -1,
  seriesNamed: 3.16,
  seriesUnseen: -2.52,
  seriesUnseenElsewhere: -0.18,
  seriesNumbered: 1.06,
  seriesContradicted: -3.05,
  seriesOutside: -2.68,
  seriesBeyond: -2.71,
  seriesFull: 1.05,
  seriesOverfull: -2.52,
  seriesLeftOut: -5.62,
  seriesNoEpisodes: 0.9,
  seriesIdentical: 6.53,
  seriesNotYet: -0.96,
  seriesListed: 1.9,
  seriesListedApart: -3.4,
  seriesListedElse: -4,
  seriesCountry: 5.84,
};

const DISAGREEING = [
  ...['WordsDisagree', 'SoundDisagrees', 'Article', 'Offered'].flatMap((name) => [`film${name}`, `series${name}`]),
  'filmListedApart',
  'filmListedWords',
  'filmNameListedApart',
  'seriesNameListedApart',
];
/**
 * Names that disagree in more words than they share, or by an article, what a source offers without saying that it is called so, and films of
 * another year than Netflix's own lists have under the name, are offered to a person, and never accepted.
 */
const MOST_OF_DISAGREEING = -0.4;

export function logitOf(features: Features, table: Readonly<Record<string, number>> = weights): number {
  let sum = 0;
  for (const [name, value] of Object.entries(features)) sum += value * (table[name] ?? 0);
  const disagrees = DISAGREEING.some((name) => features[name] === 1);
  return disagrees ? Math.min(sum, MOST_OF_DISAGREEING) : sum;
}

/** Probability of each candidate; what is left of 1 is that of none. */
export function probabilities(logits: readonly number[]): number[] {
  const most = Math.max(0, ...logits);
  const powers = logits.map((logit) => Math.exp(logit - most));
  const sum = Math.exp(-most) + powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** From this confidence on a match is accepted. */
export const ACCEPTED = 0.7;

/** Below this no candidate is worth a person's time: the string is unmatched. */
export const WORTH_ASKING = 0.25;

/** Candidates with less are no help to anybody who has to choose. */
export const WORTH_SHOWING = 0.02;
