import type { AnalysedPeriod } from '../analysed-history.ts';
import { compareText, type Figure, figureOf, type Statistic, withoutNoise } from '../figure.ts';
import type { FactsOfWorks, WorkFacts } from '../work-facts.ts';
import { type Verdict, verdictRule } from './verdict.ts';

/** Rotten Tomatoes calls what has this Tomatometer or more fresh, the rest rotten. */
const fresh = 60;
const leastTitles = 10;

export const criticsStatistic: Statistic = {
  definition:
    'How your verdicts on films and series (thumbs and stars, what you finished and abandoned) go with those of critics, of Rotten Tomatoes’ audience and of IMDb’s voters, from −1 (opposite) to 1 (the same order); films are compared with films, and series with series.',
  formula: `${verdictRule} Spearman’s rank correlation of verdicts with the Tomatometer, the audience score and IMDb’s rating, over the films and series that have both, ranked among films and among series apart and divided by how many there are: series are rated higher and abandoned more often, so in one ranking of both, people who agree with everybody seem to disagree. Equal values share their mean rank; null under ${leastTitles} titles or where all of either are equal. Against critics: a verdict over 0 with a Tomatometer under ${fresh}, one under 0 with ${fresh} or more.`,
  source:
    'Spearman, The proof and measurement of association between two things (1904); Rotten Tomatoes’ own line between fresh and rotten.',
  needs: ['FACTS'],
};

export interface CriticsComparison extends Figure {
  /** Works with both a verdict and a score. */
  readonly titles: number;
  readonly withCritics: number | null;
  readonly withAudience: number | null;
  readonly withImdb: number | null;
  /** Places in the history's works. */
  readonly likedAgainstCritics: readonly number[];
  readonly dislikedAgainstCritics: readonly number[];
}

/** Coverage: the share of viewings that are of a work with a verdict and a score. */
export function criticsComparison(
  { rows, history, byWork }: AnalysedPeriod,
  facts: FactsOfWorks,
  verdicts: ReadonlyMap<number, Verdict>,
): CriticsComparison {
  const scored = [...verdicts].flatMap(([work, { score }]) => {
    const own = facts[work] ?? null;
    const hasScore = own !== null && (own.tomatometer ?? own.audienceScore ?? own.imdbRating) !== null;
    return hasScore ? [{ work, score, facts: own }] : [];
  });
  const kindOf = (work: number) => history.works[work]?.kind ?? '';
  const correlation = (scoreOf: (of: WorkFacts) => number | null) => {
    const both = scored.flatMap(({ work, score, facts: own }) => {
      const theirs = scoreOf(own);
      return theirs === null ? [] : [[score, theirs, kindOf(work)] as const];
    });
    return both.length < leastTitles ? null : spearman(both);
  };
  const known = scored.reduce((sum, { work }) => sum + (byWork.viewings[work] as number), 0);
  const nameOf = (work: number) => history.works[work]?.id ?? '';
  const against = (isAgainst: (score: number, tomatometer: number) => boolean, sign: 1 | -1) =>
    scored
      .filter(({ score, facts: { tomatometer } }) => tomatometer !== null && isAgainst(score, tomatometer))
      .sort(
        (one, other) =>
          sign * ((one.facts.tomatometer as number) - (other.facts.tomatometer as number)) ||
          compareText(nameOf(one.work), nameOf(other.work)),
      )
      .map(({ work }) => work);
  return {
    ...figureOf(
      criticsStatistic,
      known,
      rows.length,
      'No title of this period has both a verdict of yours and a score of others.',
    ),
    titles: scored.length,
    withCritics: correlation(({ tomatometer }) => tomatometer),
    withAudience: correlation(({ audienceScore }) => audienceScore),
    withImdb: correlation(({ imdbRating }) => imdbRating),
    likedAgainstCritics: against((score, tomatometer) => score > 0 && tomatometer < fresh, 1),
    dislikedAgainstCritics: against((score, tomatometer) => score < 0 && tomatometer >= fresh, -1),
  };
}

/**
 * Pearson's correlation of the ranks, which holds with ties too. Null where all of one side are equal.
 * @param pairs Two values, and the group among which they are ranked.
 */
export function spearman(pairs: readonly (readonly [number, number, string])[]): number | null {
  let together = 0;
  let ofFirst = 0;
  let ofSecond = 0;
  for (const group of new Set(pairs.map(([, , name]) => name))) {
    const own = pairs.filter(([, , name]) => name === group);
    const first = centredRanksOf(own.map(([one]) => one));
    const second = centredRanksOf(own.map(([, other]) => other));
    for (const [index, x] of first.entries()) {
      const y = second[index] as number;
      together += x * y;
      ofFirst += x * x;
      ofSecond += y * y;
    }
  }
  return ofFirst === 0 || ofSecond === 0 ? null : withoutNoise(together / Math.sqrt(ofFirst * ofSecond));
}

/** From -0.5 to 0.5, about 0. */
const centredRanksOf = (values: readonly number[]): number[] =>
  ranksOf(values).map((rank) => (rank - (values.length + 1) / 2) / values.length);

/** From 1; equal values have the mean of their ranks. */
function ranksOf(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((one, other) => (values[one] as number) - (values[other] as number));
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to += 1;
    for (const place of order.slice(from, to)) ranks[place] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}
