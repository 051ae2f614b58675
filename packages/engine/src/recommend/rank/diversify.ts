import { likeness, rowOf } from '../titles/fact-matrix.ts';
import type { TitleSet } from '../titles/title-set.ts';
import type { RankedTitle } from './ranked-title.ts';

/** What makes two recommendations look alike. */
const kinds = ['genre', 'keyword', 'person', 'name'] as const;

/**
 * Maximal marginal relevance: one title after the other, each the one that has most of relevance, less what it is like one that is there
 * already (Carbonell and Goldstein, The use of MMR, SIGIR 1998). Relevance goes from 0 for the last of those given to 1 for the first.
 * @param diversity the share of the second, 0 to 1.
 */
export function diversified(
  titles: TitleSet,
  ranked: readonly RankedTitle[],
  diversity: number,
  limit: number,
): RankedTitle[] {
  const best = ranked[0]?.total ?? 0;
  const span = best - (ranked.at(-1)?.total ?? 0) || 1;
  const rest = ranked.map((one) => ({ one, relevance: 1 - (best - one.total) / span, likest: 0 }));
  const chosen: RankedTitle[] = [];
  while (chosen.length < limit && rest.length > 0) {
    let next = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (const [place, { relevance, likest }] of rest.entries()) {
      const value = (1 - diversity) * relevance - diversity * likest;
      if (value <= most) continue;
      most = value;
      next = place;
    }
    const [taken] = rest.splice(next, 1);
    if (taken === undefined) break;
    chosen.push(taken.one);
    const likenessTo = likenessOf(titles, taken.one.title);
    for (const other of rest) other.likest = Math.max(other.likest, likenessTo(other.one.title));
  }
  return chosen;
}

/** From 0 to 1, the average over the kinds of facts of which either title has some. */
export function likenessOf(titles: TitleSet, one: number): (other: number) => number {
  const rows = kinds.map((kind) => ({ matrix: titles.facts[kind], row: rowOf(titles.facts[kind], one) }));
  return (other) => {
    let sum = 0;
    let known = 0;
    for (const { matrix, row } of rows) {
      if (matrix.start[other] === matrix.start[other + 1] && matrix.start[one] === matrix.start[one + 1]) continue;
      known += 1;
      sum += likeness(matrix, other, row);
    }
    return known === 0 ? 0 : sum / known;
  };
}
