import { describe, expect, it } from 'vitest';
import { type MadeCatalogue, madeHistory, noFacts, type Watched } from '../../../test/made-history.ts';
import { dayOf } from '../../parse/test-files.ts';
import { AnalysedHistory } from '../analysed-history.ts';
import { wholeHistory } from '../history-columns.ts';
import { usualThresholds } from '../thresholds.ts';
import type { WorkFacts } from '../work-facts.ts';
import { acclaimedUnseen } from './acclaimed.ts';
import { criticsComparison, spearman } from './critics.ts';
import { top10Comparison } from './top10.ts';
import { verdictsOf } from './verdict.ts';

const films = Array.from({ length: 12 }, (_, place) => `Film ${String(place).padStart(2, '0')}`);
const catalogue: MadeCatalogue = Object.fromEntries(
  films.map((name, place) => [name, { runtimeMinutes: 100, imdbId: `tt${place}` }]),
);
const analysed = (rows: readonly Watched[]) =>
  new AnalysedHistory(madeHistory(rows, { catalogue }), { ...usualThresholds, timeZone: 'UTC' });
const scored = (tomatometer: number | null, imdbRating: number | null = null): WorkFacts => ({
  ...noFacts,
  imdbRating,
  tomatometer,
});
const rating = (work: number, thumbs: number | null, at = 0, stars: number | null = null) => ({
  at,
  work,
  rawTitle: '',
  thumbs,
  stars,
});

describe('verdicts', () => {
  it('are the latest rating, else finished or abandoned', () => {
    const minutes = (title: string, on: string, count: number) => ({ title, on, seconds: count * 60 });
    const whole = analysed([
      minutes('Film 00', '2020-01-01', 95),
      minutes('Film 01', '2020-01-01', 30),
      minutes('Film 02', '2020-12-01', 30),
      minutes('Film 03', '2020-01-01', 95),
      minutes('Film 04', '2020-01-01', 95),
      minutes('Film 05', '2021-01-01', 95),
    ]);
    const verdicts = verdictsOf(
      whole.in(wholeHistory),
      [rating(3, 2, 1), rating(3, 1, 2), rating(4, 1, 1), rating(4, 0, 2), rating(-1, 1), rating(5, null, 1, 5)],
      whole.history.works.map(() => null),
    );
    // Of the second it is long enough ago, of the third not yet; a rating that was taken back says nothing.
    expect([...verdicts].sort(([one], [other]) => one - other)).toEqual([
      [0, { score: 1, saidBy: 'FINISHED' }],
      [1, { score: -1, saidBy: 'ABANDONED' }],
      [3, { score: -2, saidBy: 'RATING' }],
      [4, { score: 1, saidBy: 'FINISHED' }],
      [5, { score: 3, saidBy: 'RATING' }],
    ]);
  });
});

describe('rank correlation', () => {
  it('is that of ranks, equal values sharing theirs', () => {
    expect(
      spearman([
        [1, 10, 'film'],
        [2, 20, 'film'],
        [3, 500, 'film'],
      ]),
    ).toBe(1);
    expect(
      spearman([
        [1, 5, 'film'],
        [2, 4, 'film'],
        [3, 3, 'film'],
      ]),
    ).toBe(-1);
    // By hand: ranks 1.5, 1.5, 3, 4 and 1, 3, 2, 4.
    expect(
      spearman([
        [1, 1, 'film'],
        [1, 3, 'film'],
        [2, 2, 'film'],
        [3, 4, 'film'],
      ]),
    ).toBeCloseTo(0.6324555320336759, 12);
    expect(
      spearman([
        [1, 1, 'film'],
        [1, 2, 'film'],
      ]),
    ).toBeNull();
  });

  it('is told within each group, so that one that stands higher as a whole turns nothing round', () => {
    const films = [1, 2, 3].map((value) => [value, value, 'film'] as const);
    const series = [1, 2, 3].map((value) => [value - 10, value + 10, 'series'] as const);
    expect(spearman([...films, ...series])).toBe(1);
  });
});

describe('critics and you', () => {
  const rows = films.map((title) => ({ title, on: '2020-01-01' }));
  const compare = (count: number) => {
    const whole = analysed(rows);
    const ratings = films.slice(0, count).map((_, place) => rating(place, place < 6 ? 1 : 2));
    const verdicts = verdictsOf(whole.in(wholeHistory), ratings, []);
    const facts = films.map((_, place) =>
      place === 0 ? scored(90) : place === 11 ? scored(20) : scored(place * 5 + 30),
    );
    return criticsComparison(whole.in(wholeHistory), facts, verdicts);
  };

  it('are compared from ten titles on', () => {
    expect(compare(9)).toMatchObject({ titles: 9, withCritics: null, coverage: 9 / 12 });
    const all = compare(12);
    expect(all.titles).toBe(12);
    expect(all.withCritics).toBeGreaterThan(0);
    expect(all.withImdb).toBeNull();
  });

  it('differ where a liked one is rotten, or a disliked one fresh', () => {
    const { likedAgainstCritics, dislikedAgainstCritics } = compare(12);
    expect(likedAgainstCritics).toEqual([11]);
    expect(dislikedAgainstCritics).toEqual([0]);
  });

  it('cannot be compared without a verdict', () => {
    expect(compare(0).unknownBecause).toContain('verdict');
  });
});

describe('acclaimed and unseen', () => {
  it('leaves out what was watched at any time', () => {
    const whole = analysed([{ title: 'Film 00', on: '2020-01-01' }, { on: '2021-01-01' }]);
    const acclaimed = [0, 1, 2].map((place) => ({
      imdbId: `tt${place}`,
      kind: place === 2 ? ('SERIES' as const) : ('MOVIE' as const),
      name: `Film 0${place}`,
      year: null,
      rating: 9,
      voteCount: 50_000,
    }));
    const in2021 = whole.in({ from: dayOf('2021-01-01'), to: null });
    expect(acclaimedUnseen(in2021, acclaimed, null, 10)).toMatchObject({
      coverage: 0,
      items: [{ imdbId: 'tt1' }, { imdbId: 'tt2' }],
    });
    expect(acclaimedUnseen(in2021, acclaimed, 'SERIES', 10).items.map(({ imdbId }) => imdbId)).toEqual(['tt2']);
    expect(acclaimedUnseen(in2021, null, null, 10).unknownBecause).toContain('lake sync imdb');
  });
});

describe('the Top 10 and you', () => {
  const lists = {
    region: 'AU',
    from: dayOf('2021-06-28'),
    to: dayOf('2021-08-01'),
    weeks: new Map([
      ['tt0', [dayOf('2021-07-11'), dayOf('2021-07-18')]],
      ['tt1', [dayOf('2021-07-04')]],
      ['tt2', [dayOf('2021-07-25')]],
    ]),
  };
  const rows = [
    { title: 'Film 00', on: '2021-07-08' },
    { title: 'Film 01', on: '2021-07-08' },
    { title: 'Film 02', on: '2021-07-12' },
    { title: 'Film 02', on: '2021-07-30' },
    { title: 'Film 03', on: '2021-07-30' },
    { title: 'Film 04', on: '2022-01-01' },
  ];

  it('counts days from the first week to the first viewing, before it too', () => {
    expect(top10Comparison(analysed(rows).in(wholeHistory), lists, 'AU', 10)).toMatchObject({
      region: 'AU',
      titlesCharted: 3,
      titlesCompared: 4,
      // Three days after, seven before; the one of the first list may have been there before.
      medianLagDays: -2,
      coverage: 5 / 6,
      items: [{ lagDays: -7 }, { lagDays: 3, weeks: 2 }, { lagDays: 10 }],
    });
  });

  it('is unknown without lists', () => {
    expect(top10Comparison(analysed(rows).in(wholeHistory), null, 'NZ', 10)).toMatchObject({
      region: 'NZ',
      titlesCompared: 0,
      coverage: 0,
      unknownBecause: expect.stringContaining('netflix-top10'),
    });
  });
});
