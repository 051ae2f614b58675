import { randomFrom } from '../src/recommend/blend/random.ts';
import type { ProfileHistory } from '../src/recommend/profile/profile-history.ts';
import type { SharedHistory } from '../src/recommend/shared/shared-history.ts';
import type { CandidateTitle } from '../src/recommend/titles/title-set.ts';

const genres = ['Comedy', 'Drama', 'Crime', 'Horror', 'War'];
const hour = 3600;

/** Titles that nobody made, the first the most popular. The n-th is of the genre n modulo 5. */
export function madeTitles(count: number): CandidateTitle[] {
  const random = randomFrom(count);
  const some = <T>(values: readonly T[], chance: number) => values.filter(() => random() < chance);
  return Array.from({ length: count }, (_, index) => ({
    id: `t${index}`,
    name: `${['Night', 'River', 'Clock', 'Garden'][index % 4]} ${['of', 'and', 'without'][index % 3]} ${index}`,
    year: random() < 0.1 ? null : 1960 + Math.floor(random() * 60),
    votes: random() < 0.1 ? null : Math.round(1_000_000 / (index + 1)),
    score: random() < 0.1 ? null : 5 + random() * 4,
    genres: [genres[index % genres.length] as string],
    keywords: some(['sea', 'train', 'letter', 'storm', 'winter'], 0.2),
    people: some(['Ada', 'Ben', 'Cleo', 'Dov', 'Eli', 'Fay'], 0.15),
    countries: some(['AU', 'FR', 'JP'], 0.4),
    languages: some(['en', 'fr', 'ja'], 0.4),
  }));
}

export const historyOf = (
  titles: readonly number[],
  strengths: readonly number[] = titles.map(() => 1),
): ProfileHistory => ({
  titles: Int32Array.from(titles),
  at: Float64Array.from(titles, (_, index) => 1_600_000_000 + index * 20 * hour),
  strength: Float64Array.from(strengths),
});

/** Accounts of which each keeps to two genres, mostly, and goes for popular titles. */
export function madeAccounts(count: number, titles: number, length = 15): SharedHistory[] {
  const random = randomFrom(count + titles);
  return Array.from({ length: count }, (_, account) => {
    const own = new Set<number>();
    while (own.size < length) {
      const title = Math.floor(random() ** 2 * titles);
      if (random() < 0.1 || title % 5 === account % 5 || title % 5 === (account + 1) % 5) own.add(title);
    }
    return { account, ...historyOf([...own]) };
  });
}
