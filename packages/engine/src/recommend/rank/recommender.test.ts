import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyOf, madeAccounts, madeTitles } from '../../../test/made-titles.ts';
import { titleSet } from '../titles/title-set.ts';
import { likenessOf } from './diversify.ts';
import { learnFromAccounts, Recommender } from './recommender.ts';

const count = 200;
const titles = titleSet(madeTitles(count));
const accounts = madeAccounts(60, count);
const alone = new Recommender(titles, null);
const together = new Recommender(titles, learnFromAccounts(titles, accounts));
const now = 1_700_000_000;

const place = fc.nat(count - 1);
const histories = fc.array(fc.tuple(place, fc.constantFrom(1, 0.4, 2, -1)), { maxLength: 30 }).map((entries) =>
  historyOf(
    entries.map(([title]) => title),
    entries.map(([, strength]) => strength),
  ),
);

describe.each([
  ['alone', alone],
  ['with others', together],
])('Recommender, %s', (_, recommender) => {
  it('explains every total to the last part, and ranks by it', () => {
    fc.assert(
      fc.property(histories, fc.nat(30 * 86_400), (history, later) => {
        const blend = recommender.blendFor(history);
        const moment = (history.at.at(-1) ?? now) + later;
        const ranked = recommender.rank(history, blend, { now: moment, limit: 15 });
        const explained = recommender.explain(
          history,
          blend,
          moment,
          ranked.map(({ title }) => title),
        );
        for (const [index, { title, total, parts }] of explained.entries()) {
          expect(title).toBe(ranked[index]?.title);
          expect(Math.abs(total - (ranked[index]?.total as number))).toBeLessThan(1e-6);
          expect(Math.abs(parts.reduce((sum, { amount }) => sum + amount, 0) - total)).toBeLessThan(1e-6);
          for (const { because } of parts) if (because !== null) expect(history.titles).toContain(because);
        }
        expect(ranked.map(({ total }) => total)).toEqual(ranked.map(({ total }) => total).sort((a, b) => b - a));
      }),
      { numRuns: 40 },
    );
  });

  it('recommends nothing that was watched or is not wanted, each title once, and the same for the same history', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const blend = recommender.blendFor(history);
        const options = { now, limit: 50, isWanted: (title: number) => title % 2 === 0, diversity: 0.3 };
        const ranked = recommender.rank(history, blend, options).map(({ title }) => title);
        expect(new Set(ranked).size).toBe(ranked.length);
        for (const title of ranked) {
          expect(history.titles).not.toContain(title);
          expect(title % 2).toBe(0);
        }
        const again = recommender.rank(history, recommender.blendFor(history), options).map(({ title }) => title);
        expect(again).toEqual(ranked);
      }),
      { numRuns: 20 },
    );
  });

  it('knows of a new viewing at once, with weights from before it', () => {
    const history = historyOf([0, 5, 10, 15, 20, 25, 30]);
    const blend = recommender.blendFor(history);
    const next = recommender.rank(history, blend, { now, limit: 1 })[0]?.title as number;
    const after = historyOf([...history.titles, next]);
    expect(recommender.rank(after, blend, { now, limit: 20 }).map(({ title }) => title)).not.toContain(next);
  });

  it('gives who has watched nothing what most people rate, and all of a catalogue that is shorter than asked', () => {
    const nothing = historyOf([]);
    const ranked = recommender.rank(nothing, recommender.blendFor(nothing), { now, limit: 1000 });
    expect(ranked).toHaveLength(count);
    const firstTen = ranked.slice(0, 10).map(({ title }) => title);
    expect(Math.max(...firstTen)).toBeLessThan(40);
  });
});

describe('Recommender', () => {
  it('becomes personal with three titles', () => {
    // Horror is every fifth title, from the fourth.
    const horror = historyOf([103, 108, 113]);
    const ranked = alone.rank(horror, alone.blendFor(horror), { now, limit: 10 }).map(({ title }) => title);
    expect(ranked.filter((title) => title % 5 === 3).length).toBeGreaterThanOrEqual(8);
  });

  it('takes what is spoken against as a reason against', () => {
    const liked = historyOf([3, 8, 13]);
    const disliked = historyOf([3, 8, 13], [-1, -1, -1]);
    const blend = alone.blendFor(liked);
    const [forIt] = alone.explain(liked, blend, now, [18]);
    const [against] = alone.explain(disliked, blend, now, [18]);
    const genre = (explanation: typeof forIt) =>
      explanation?.parts.filter(({ kind }) => kind === 'SAME_GENRE').reduce((sum, { amount }) => sum + amount, 0);
    expect(genre(forIt)).toBeGreaterThan(1);
    expect(genre(against)).toBeLessThan(-1);
  });

  it('finds with others what only their histories say', () => {
    // Each title of an even number is followed by the next, and they have nothing else in common.
    const inPairs = madeAccounts(80, count / 2, 10).map(({ account, titles: own }) => ({
      account,
      ...historyOf([...own].flatMap((pair) => [2 * pair, 2 * pair + 1])),
    }));
    const learned = new Recommender(titles, learnFromAccounts(titles, inPairs));
    const history = historyOf([2, 3, 14, 15, 40]);
    const moment = (history.at.at(-1) as number) + 60;
    const placeOf = (recommender: Recommender) =>
      recommender
        .rank(history, recommender.blendFor(history), { now: moment, limit: count })
        .findIndex(({ title }) => title === 41);
    expect(placeOf(learned)).toBeLessThan(3);
    expect(placeOf(alone)).toBeGreaterThan(5);
    const [explanation] = learned.explain(history, learned.blendFor(history), moment, [41]);
    expect(explanation?.parts.some(({ kind, because }) => kind === 'WATCHED_TOGETHER' && because === 40)).toBe(true);
  });

  it('is more varied the more it is asked to be', () => {
    const history = historyOf([3, 8, 13, 18, 23, 28]);
    const blend = alone.blendFor(history);
    const likeness = [0, 0.3, 0.9].map((diversity) => {
      const list = alone.rank(history, blend, { now, limit: 12, diversity }).map(({ title }) => title);
      let sum = 0;
      for (const one of list) for (const other of list) if (one !== other) sum += likenessOf(titles, one)(other);
      return sum;
    });
    expect(likeness[1]).toBeLessThan(likeness[0] as number);
    expect(likeness[2]).toBeLessThan(likeness[1] as number);
  });
});
