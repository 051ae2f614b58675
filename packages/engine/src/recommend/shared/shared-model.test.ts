import { describe, expect, it } from 'vitest';
import { randomFrom } from '../blend/random.ts';
import { linearItems } from './linear-items.ts';
import type { Pairs } from './pairs.ts';
import type { SharedHistory } from './shared-history.ts';
import { fitSharedModel, usualSettings } from './shared-model.ts';

const history = (account: number, ...titles: number[]): SharedHistory => ({
  account,
  titles: Int32Array.from(titles),
  at: Float64Array.from(titles, (_, index) => index * 60),
  strength: new Float64Array(titles.length).fill(1),
});

function madeHistories(count: number, titles: number): SharedHistory[] {
  const random = randomFrom(count * titles);
  return Array.from({ length: count }, (_, account) => {
    const own = new Set<number>();
    for (let draw = 0; draw < 12; draw += 1) own.add(Math.floor(random() ** 2 * titles));
    return history(account, ...own);
  });
}

const pairsOf = ({ start, title, values }: Pairs) => {
  const all: Record<string, number[]> = {};
  for (let one = 0; one < start.length - 1; one += 1)
    for (let at = start[one] as number; at < (start[one + 1] as number); at += 1)
      all[`${one} ${title[at]}`] = values.map((column) => column[at] as number);
  return all;
};

describe('fitSharedModel', () => {
  it('counts what followed, nearer things more, and in one direction', () => {
    const { follows, followed } = fitSharedModel([history(1, 0, 1, 2, 3)], 4, { ...usualSettings, minAccounts: 1 });
    const pairs = pairsOf(follows);
    expect(pairs['0 1']).toEqual([1, 1, 1]);
    expect(pairs['0 2']).toEqual([1, 0.5, Math.fround(1 / Math.sqrt(2))]);
    expect(pairs['0 3']).toEqual([0, Math.fround(1 / 3), Math.fround(1 / Math.sqrt(3))]);
    expect(pairs['1 0']).toBeUndefined();
    expect(followed[1]?.[0]).toBeCloseTo(1 + 1 / 2 + 1 / 3);
  });

  it('leaves out pairs that fewer accounts have than asked, however many profiles of one account do', () => {
    const ofOneAccount = [history(1, 0, 1), history(1, 0, 1), history(1, 0, 1)];
    const one = fitSharedModel(ofOneAccount, 2);
    expect(pairsOf(one.follows)).toEqual({});
    expect(pairsOf(one.linear)).toEqual({});
    expect([...one.accounts]).toEqual([0, 0]);
    expect(one.weeks.title).toHaveLength(0);
    const three = fitSharedModel([history(1, 0, 1), history(2, 0, 1), history(3, 1, 0)], 2);
    expect(pairsOf(three.follows)['0 1']).toEqual([2, 2, 2]);
    expect([...three.accounts]).toEqual([3, 3]);
  });

  it('knows nothing of an account that took its history back', () => {
    const all = madeHistories(30, 40);
    const without = all.slice(1);
    const once = fitSharedModel(without, 40);
    fitSharedModel(all, 40);
    expect(fitSharedModel(without, 40)).toEqual(once);
    expect(fitSharedModel(all, 40)).not.toEqual(once);
  });

  it('is the same whoever comes first', () => {
    const all = madeHistories(30, 40);
    const { follows, accounts, weeks } = fitSharedModel(all, 40);
    const turned = fitSharedModel([...all].reverse(), 40);
    expect(pairsOf(turned.follows)).toEqual(
      Object.fromEntries(
        Object.entries(pairsOf(follows)).map(([pair, values]) => [
          pair,
          values.map((value) => expect.closeTo(value, 4)),
        ]),
      ),
    );
    expect(turned.accounts).toEqual(accounts);
    expect([...turned.weeks.count].sort()).toEqual([...weeks.count].sort());
  });

  it('keeps the largest weights of a title only', () => {
    const all = madeHistories(60, 40);
    const { linear } = fitSharedModel(all, 40, { ...usualSettings, weightsKept: 5 });
    const whole = pairsOf(fitSharedModel(all, 40).linear);
    for (let title = 0; title < 40; title += 1) {
      const row = linear.title.slice(linear.start[title], linear.start[title + 1]);
      expect(row.length).toBeLessThanOrEqual(5);
      const sizes = Object.entries(whole).flatMap(([pair, [weight = 0]]) =>
        pair.startsWith(`${title} `) ? Math.abs(weight) : [],
      );
      const least = sizes.sort((one, other) => other - one)[4] ?? 0;
      for (const other of row)
        expect(Math.abs(whole[`${title} ${other}`]?.[0] as number)).toBeGreaterThanOrEqual(least);
    }
  });

  it('fits nothing to nothing', () => {
    expect(pairsOf(fitSharedModel([], 3).linear)).toEqual({});
  });
});

describe('linearItems', () => {
  const every = (count: number) => Int32Array.from({ length: count }, (_, title) => title);

  it('is EASE: no weights with a zero diagonal predict the histories better under the penalty', () => {
    const titles = 12;
    const penalty = 10;
    const all = madeHistories(40, titles);
    const rows = linearItems(all, every(titles), titles, penalty);
    const weights = Array.from({ length: titles }, (_, title) => Float64Array.from(rows.rowOf(title) as Float32Array));
    const x = all.map(({ titles: own }) =>
      Float64Array.from({ length: titles }, (_, title) => Number(own.includes(title))),
    );
    const loss = (b: readonly Float64Array[]) => {
      let sum = 0;
      for (const row of x)
        for (let to = 0; to < titles; to += 1) {
          let predicted = 0;
          for (let from = 0; from < titles; from += 1) predicted += (row[from] as number) * (b[from]?.[to] as number);
          sum += ((row[to] as number) - predicted) ** 2;
        }
      for (const row of b) for (const weight of row) sum += penalty * weight ** 2;
      return sum;
    };
    const least = loss(weights);
    for (let from = 0; from < titles; from += 1) {
      expect(weights[from]?.[from]).toBe(0);
      for (let to = 0; to < titles; to += 1) {
        if (from === to) continue;
        for (const step of [0.01, -0.01]) {
          const moved = weights.map((row) => row.slice());
          (moved[from] as Float64Array)[to] = (weights[from]?.[to] as number) + step;
          expect(loss(moved)).toBeGreaterThan(least);
        }
      }
    }
  });

  it('gives the same by the smaller matrix', () => {
    const titles = 30;
    // Fewer histories than titles, and the same ones with empty ones beside them, so that there are more.
    const few = madeHistories(20, titles);
    const many = [...few, ...Array.from({ length: 20 }, (_, index) => history(100 + index))];
    const dual = linearItems(few, every(titles), titles, 10);
    const primal = linearItems(many, every(titles), titles, 10);
    for (let title = 0; title < titles; title += 1) {
      const one = [...(dual.rowOf(title) as Float32Array)];
      expect([...(primal.rowOf(title) as Float32Array)]).toEqual(one.map((value) => expect.closeTo(value, 4)));
    }
  });

  it('has no row for a title that is left out', () => {
    const rows = linearItems(madeHistories(20, 5), Int32Array.of(0, 2), 5, 10);
    expect(rows.rowOf(1)).toBeNull();
    expect(rows.rowOf(2)?.[1]).toBe(0);
  });
});
