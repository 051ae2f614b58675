import { exampleAt, fewestBefore, isDiscovery } from '../blend/example.ts';
import { historyUpTo, type ProfileHistory } from '../profile/profile-history.ts';
import type { Recommender } from '../rank/recommender.ts';
import { type Baseline, baselines } from './baselines.ts';

export interface RankingScores {
  /** How often what was watched next stood among the first ten, 0 to 1. */
  readonly hitRateAt10: number;
  /** The same, counting less the further down it stood: 1 / log₂(1 + place) (Järvelin and Kekäläinen, 2002), 0 to 1. */
  readonly ndcgAt10: number;
}

export interface Backtest {
  /** How many titles were to be found. */
  readonly tested: number;
  readonly recommender: RankingScores;
  readonly baselines: readonly (RankingScores & { readonly name: Baseline })[];
}

/** Of a long history, the last so many discoveries are tested. */
const mostTested = 100;
/** Weights are learned anew every so many, from what was before. */
const learnEvery = 20;

/**
 * Asks, for each of the last titles that a history discovered, whether it would have been recommended the moment before it was watched,
 * from nothing but what was before. What is known of titles is of today: nobody keeps what it was then.
 * @returns null where nothing can be tested.
 */
export function backtest(recommender: Recommender, history: ProfileHistory): Backtest | null {
  const tests: number[] = [];
  for (let entry = history.titles.length - 1; entry >= fewestBefore && tests.length < mostTested; entry -= 1)
    if (isDiscovery(history, entry)) tests.unshift(entry);
  if (tests.length === 0) return null;
  const own = new Score();
  const others = baselines.map(({ name, rank }) => ({ name, rank, score: new Score() }));
  let blend = recommender.blendFor(historyUpTo(history, tests[0] as number));
  for (const [index, entry] of tests.entries()) {
    const { before, title, at } = exampleAt(history, entry);
    if (index > 0 && index % learnEvery === 0) blend = recommender.blendFor(before);
    own.add(
      recommender.rank(before, blend, { now: at, limit: 10 }).map((one) => one.title),
      title,
    );
    for (const { rank, score } of others) score.add(rank(recommender.titles, before, 10, entry), title);
  }
  return {
    tested: tests.length,
    recommender: own.scores(),
    baselines: others.map(({ name, score }) => ({ name, ...score.scores() })),
  };
}

class Score {
  #asked = 0;
  #hits = 0;
  #gain = 0;

  add(ranked: readonly number[], title: number): void {
    this.#asked += 1;
    const place = ranked.indexOf(title);
    if (place < 0) return;
    this.#hits += 1;
    this.#gain += 1 / Math.log2(place + 2);
  }

  scores(): RankingScores {
    return { hitRateAt10: this.#hits / this.#asked, ndcgAt10: this.#gain / this.#asked };
  }
}
