import { describe, expect, it } from 'vitest';
import { madeHistory, noFacts, type Watched } from '../../../test/made-history.ts';
import { dayOf } from '../../parse/test-files.ts';
import { AnalysedHistory } from '../analysed-history.ts';
import { usualThresholds } from '../thresholds.ts';
import { comparePeriods } from './comparison.ts';
import { yearInReview } from './year-in-review.ts';

const rows: readonly Watched[] = [
  { on: '2020-12-31', title: 'Paper Moons', seconds: 100 },
  { on: '2021-02-01', title: 'Paper Moons', seconds: 6000 },
  // More viewings, less time.
  { on: '2021-02-02', title: 'Red Clay', seconds: 400 },
  { on: '2021-02-02', title: 'Red Clay', seconds: 200 },
  { on: '2021-05-01', series: 'Harbour Street', title: 'E1', seconds: 60 },
  { on: '2021-05-01', series: 'Harbour Street', title: 'E2', seconds: 60 },
  { on: '2021-05-01', series: 'Harbour Street', title: 'E3', seconds: 60 },
  { on: '2021-12-31', seconds: 10 },
];
const whole = new AnalysedHistory(madeHistory(rows), { ...usualThresholds, timeZone: 'UTC' });
const year = (of: number) => whole.in({ from: dayOf(`${of}-01-01`), to: dayOf(`${of}-12-31`) });
const nothing = whole.history.works.map(() => null);

describe('the year in review', () => {
  it('is of that year, and knows what was new in it', () => {
    const review = yearInReview(year(2021), 2021, nothing);
    expect(review).toMatchObject({
      year: 2021,
      totals: { viewings: 7, secondsWatched: 6790 },
      busiestMonth: { start: dayOf('2021-02-01'), viewings: 3 },
      longestDay: { day: dayOf('2021-02-01') },
      streaks: { longestDays: 2 },
      binge: { episodes: 3, day: dayOf('2021-05-01') },
      series: [{ label: 'Harbour Street', viewings: 3 }],
      newTitles: 2,
      lastTitle: null,
      unknownBecause: null,
    });
    expect(review.films.map(({ label }) => label)).toEqual(['Paper Moons', 'Red Clay']);
    expect(whole.history.titles[review.firstTitle ?? -1]?.name).toBe('Paper Moons');
  });

  it('of a year without viewings says so', () => {
    const review = yearInReview(year(2010), 2010, nothing);
    expect(review).toMatchObject({ busiestMonth: null, binge: null, newTitles: 0 });
    expect(review.unknownBecause).toContain('no viewings');
  });
});

describe('two periods', () => {
  it('are compared number by number, and by the shares of their genres', () => {
    const facts = whole.history.works.map(({ name }) =>
      name === 'Red Clay' ? null : { ...noFacts, genres: [name === 'Paper Moons' ? 'Drama' : 'Crime'] },
    );
    const { numbers, genres } = comparePeriods(year(2021), year(2020), facts);
    const number = (wanted: string) => numbers.find(({ name }) => name === wanted);
    expect(number('VIEWINGS')).toEqual({ name: 'VIEWINGS', here: 7, there: 1 });
    expect(number('DAYS')).toEqual({ name: 'DAYS', here: 365, there: 1 });
    expect(number('SITTINGS')).toEqual({ name: 'SITTINGS', here: null, there: null });
    expect(genres).toEqual([
      { genre: 'Crime', here: 3 / 4, there: 0 },
      { genre: 'Drama', here: 1 / 4, there: 1 },
    ]);
    expect(comparePeriods(year(2021), year(2010), facts).unknownBecause).toContain('other period');
  });
});
