import { randomFrom } from '../blend/random.ts';
import { type ProfileHistory, recentWeights } from '../profile/profile-history.ts';
import { largest } from '../rank/largest.ts';
import { factsOfTitles, likeness } from '../titles/fact-matrix.ts';
import type { TitleSet } from '../titles/title-set.ts';

/** What a recommender must beat: what most people rated, the same within the genres of the last titles, and chance. */
export type Baseline = 'popular' | 'recentGenre' | 'random';

type Rank = (titles: TitleSet, before: ProfileHistory, limit: number, seed: number) => number[];

export const baselines: readonly { readonly name: Baseline; readonly rank: Rank }[] = [
  {
    name: 'popular',
    rank: (titles, before, limit) =>
      best(titles, before, limit, ({ popularity }, title) => popularity[title] as number),
  },
  { name: 'recentGenre', rank: byRecentGenre },
  {
    name: 'random',
    rank: (titles, before, limit, seed) => {
      const random = randomFrom(seed);
      return best(titles, before, limit, () => random());
    },
  },
];

/** Halves every so many votes back. */
const recent = 10;

function byRecentGenre(titles: TitleSet, before: ProfileHistory, limit: number): number[] {
  const { genre } = titles.facts;
  const liked = factsOfTitles(genre, before.titles, recentWeights(before, recent));
  return best(
    titles,
    before,
    limit,
    ({ popularity }, title) => likeness(genre, title, liked) * (popularity[title] as number),
  );
}

function best(
  titles: TitleSet,
  { titles: watched }: ProfileHistory,
  limit: number,
  scoreOf: (titles: TitleSet, title: number) => number,
): number[] {
  const seen = new Set(watched);
  const candidates = Int32Array.from(titles.ids.keys()).filter((title) => !seen.has(title));
  const places = largest(
    Float64Array.from(candidates, (title) => scoreOf(titles, title)),
    limit,
  );
  return places.map((place) => candidates[place] as number);
}
