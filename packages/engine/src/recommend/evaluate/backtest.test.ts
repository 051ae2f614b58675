import { describe, expect, it } from 'vitest';
import { historyOf, madeTitles } from '../../../test/made-titles.ts';
import { Recommender } from '../rank/recommender.ts';
import { titleSet } from '../titles/title-set.ts';
import { backtest } from './backtest.ts';

/** Nothing is known of them but votes and a genre. */
const titles = titleSet(
  madeTitles(300).map((title) => ({
    ...title,
    name: '',
    year: null,
    score: null,
    keywords: [],
    people: [],
    countries: [],
    languages: [],
  })),
);
const recommender = new Recommender(titles, null);
/** Horror only, the better known first. */
const horror = Array.from({ length: 30 }, (_, index) => 3 + 5 * index);

describe('backtest', () => {
  it('finds a taste that is there, where popularity and chance do not', () => {
    const found = backtest(recommender, historyOf(horror));
    expect(found?.tested).toBe(25);
    expect(found?.recommender.hitRateAt10).toBeGreaterThan(0.8);
    const [popular, recentGenre, random] = found?.baselines ?? [];
    expect(popular).toMatchObject({ name: 'popular' });
    expect(popular?.hitRateAt10).toBeLessThan(0.5);
    expect(recentGenre?.hitRateAt10).toBeGreaterThan(popular?.hitRateAt10 as number);
    expect(random?.hitRateAt10).toBeLessThan(0.3);
    expect(found?.recommender.ndcgAt10).toBeLessThanOrEqual(found?.recommender.hitRateAt10 as number);
  });

  it('knows nothing of what came later', () => {
    const first = backtest(recommender, historyOf(horror.slice(0, 6)));
    expect(first?.tested).toBe(1);
    // The sixth title again, before whatever came then.
    const asked: number[][] = [];
    const spy = new Recommender(titles, null);
    const rank = spy.rank.bind(spy);
    spy.rank = (history, blend, options) => {
      asked.push([...history.titles]);
      return rank(history, blend, options);
    };
    const learned: number[][] = [];
    const blendFor = spy.blendFor.bind(spy);
    spy.blendFor = (history) => {
      learned.push([...history.titles]);
      return blendFor(history);
    };
    backtest(spy, historyOf(horror));
    for (const [index, before] of asked.entries()) expect(before).toEqual(horror.slice(0, 5 + index));
    for (const before of learned) expect(horror.slice(0, before.length)).toEqual(before);
    expect(learned.map(({ length }) => length)).toEqual([5, 25]);
  });

  it('tests what was discovered: nothing watched again, nothing spoken against', () => {
    const again = historyOf([...horror.slice(0, 8), ...horror.slice(0, 8)]);
    expect(backtest(recommender, again)?.tested).toBe(3);
    const against = historyOf(horror.slice(0, 8), [1, 1, 1, 1, 1, 1, -1, 1]);
    expect(backtest(recommender, against)?.tested).toBe(2);
  });

  it('says nothing of a history that is too short', () => {
    expect(backtest(recommender, historyOf(horror.slice(0, 5)))).toBeNull();
  });
});
