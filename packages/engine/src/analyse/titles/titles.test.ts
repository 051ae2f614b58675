import { describe, expect, it } from 'vitest';
import { type MadeCatalogue, madeHistory, noFacts, type Watched } from '../../../test/made-history.ts';
import { dayOf } from '../../parse/test-files.ts';
import { AnalysedHistory } from '../analysed-history.ts';
import { type Period, wholeHistory } from '../history-columns.ts';
import { usualThresholds } from '../thresholds.ts';
import type { WorkFacts } from '../work-facts.ts';
import type { Dimension } from './dimension.ts';
import { diversity } from './diversity.ts';
import { peoplePairs } from './people-pairs.ts';
import { ranking } from './ranking.ts';
import { releases } from './releases.ts';
import { taste } from './taste.ts';

const analysed = (
  rows: readonly Watched[],
  known: Readonly<Record<string, Partial<WorkFacts>>> = {},
  catalogue: MadeCatalogue = {},
  period: Period = wholeHistory,
) => {
  const history = madeHistory(rows, { catalogue });
  const whole = new AnalysedHistory(history, { ...usualThresholds, timeZone: 'UTC' });
  const facts = history.works.map(({ name }) => (known[name] ? { ...noFacts, ...known[name] } : null));
  return { period: whole.in(period), facts };
};

const rows: readonly Watched[] = [
  { on: '2021-03-02', title: 'Thaw', series: 'Harbour Street', seconds: 2400, device: 'Smart TV' },
  { on: '2021-03-02', title: 'Thaw', series: 'Harbour Street', seconds: 10, device: 'Phone', accidental: true },
  { on: '2021-03-01', title: 'Salt', series: 'Tidewater', seconds: 600, device: 'Smart TV' },
  { on: '2021-03-01', title: 'Thaw', series: 'Harbour Street', seconds: 1200 },
  { on: '2021-01-31', title: 'Paper Moons' },
  { on: '2020-12-30' },
];

describe('a ranking', () => {
  const top = (dimension: Dimension, limit = 10, some = rows, known = {}, catalogue: MadeCatalogue = {}) => {
    const { period, facts } = analysed(some, known, catalogue);
    return ranking(period, facts, dimension, limit);
  };

  it('has the most viewings first, then the most time; its shares are of what is known', () => {
    expect(top('SERIES')).toMatchObject({
      coverage: 3 / 5,
      items: [
        { key: 'Harbour Street', viewings: 2, secondsWatched: 3600, share: 2 / 3 },
        { key: 'Tidewater', viewings: 1, secondsWatched: 600, share: 1 / 3 },
      ],
    });
    expect(top('TITLE').items.map(({ label }) => label)).toEqual([
      'Harbour Street: Thaw',
      'Tidewater: Salt',
      'Paper Moons',
    ]);
    expect(top('TITLE', 1).items).toMatchObject([{ label: 'Harbour Street: Thaw', share: 1 / 2 }]);
    const tied = [
      { on: '2021-03-01', title: 'Beta' },
      { on: '2021-03-01', title: 'Alpha' },
    ];
    expect(top('TITLE', 10, tied).items.map(({ label }) => label)).toEqual(['Alpha', 'Beta']);
  });

  it('leaves out what is not known, and says so where nothing is', () => {
    expect(top('DEVICE')).toMatchObject({ coverage: 2 / 5, items: [{ label: 'Smart TV', viewings: 2, share: 1 }] });
    const places = top('PLACE');
    expect([places.items, places.coverage]).toEqual([[], 0]);
    expect(places.unknownBecause).toContain('country');
    expect(top('GENRE').unknownBecause).toContain('genre');
  });

  it('counts an episode for what is known of its series, and each of several values', () => {
    const known = {
      'Harbour Street': { genres: ['Drama', 'Crime'], directors: [{ name: 'Ada Example', imdbId: 'nm1' }] },
      'Paper Moons': { genres: ['Drama'], directors: [{ name: 'A. Example', imdbId: 'nm1' }] },
    };
    expect(top('GENRE', 10, rows, known)).toMatchObject({
      coverage: 3 / 5,
      items: [
        { key: 'Drama', viewings: 3, secondsWatched: 3600, share: 1 },
        { key: 'Crime', viewings: 2, share: 2 / 3 },
      ],
    });
    expect(top('DIRECTOR', 10, rows, known).items).toMatchObject([{ key: 'nm1', viewings: 3 }]);
  });

  it('has decades, and bands of runtime', () => {
    const catalogue = {
      'Harbour Street': { year: 1999, runtimeMinutes: 59 },
      'Paper Moons': { year: 2000, runtimeMinutes: 200 },
    };
    expect(top('DECADE', 10, rows, {}, catalogue).items).toMatchObject([
      { key: '1990', label: '1990s', viewings: 2 },
      { key: '2000', viewings: 1 },
    ]);
    expect(top('RUNTIME', 10, rows, {}, catalogue).items).toMatchObject([
      { key: '45', label: '45 to 59 minutes', viewings: 2 },
      { key: '150', label: '150 minutes and more', viewings: 1 },
    ]);
    expect(top('KIND').items).toMatchObject([
      { key: 'SERIES', viewings: 3 },
      { key: 'MOVIE', viewings: 1 },
    ]);
  });
});

describe('diversity', () => {
  const genre = (name: string) => ({ genres: [name] });

  it('is 1 where all values are watched equally, 0 where one is, and compares years by the same values', () => {
    const some = [
      { on: '2020-01-01', title: 'A' },
      { on: '2021-01-01', title: 'A' },
      { on: '2021-01-02', title: 'B' },
      { on: '2021-01-03', title: 'C' },
      { on: '2021-01-04', title: 'D' },
    ];
    const known = { A: genre('Drama'), B: genre('Comedy'), C: genre('Crime'), D: genre('War') };
    const of = (from: string, to: string) => {
      const { period, facts } = analysed(some, known, {}, { from: dayOf(from), to: dayOf(to) });
      return diversity(period, facts, 'GENRE', 'YEAR');
    };
    expect(of('2021-01-01', '2021-12-31')).toMatchObject({ normalisedEntropy: 1, values: 4, coverage: 1 });
    expect(of('2021-01-01', '2021-12-31').effectiveValues).toBeCloseTo(4, 12);
    expect(of('2020-01-01', '2020-12-31')).toMatchObject({ normalisedEntropy: 0, effectiveValues: 1, values: 1 });
    // Two of the four values that there are.
    expect(of('2021-01-01', '2021-01-02').normalisedEntropy).toBeCloseTo(0.5, 12);
    expect(of('2020-01-01', '2021-12-31').points).toEqual([
      { start: dayOf('2020-01-01'), normalisedEntropy: 0, values: 1 },
      { start: dayOf('2021-01-01'), normalisedEntropy: 1, values: 4 },
    ]);
  });

  it('shares a viewing out among its values, and is unknown of none', () => {
    const { period, facts } = analysed([{ on: '2020-01-01', title: 'A' }], { A: { genres: ['Drama', 'War'] } });
    expect(diversity(period, facts, 'GENRE', 'YEAR').normalisedEntropy).toBe(1);
    const none = analysed([{ on: '2020-01-01', title: 'A' }]);
    expect(diversity(none.period, none.facts, 'GENRE', 'YEAR')).toMatchObject({
      normalisedEntropy: null,
      effectiveValues: null,
      coverage: 0,
    });
  });
});

describe('taste over time', () => {
  it('has the shares of the most watched, in each unit of which something is known', () => {
    const some = [
      { on: '2020-01-01', title: 'A' },
      { on: '2020-05-01', title: 'B' },
      { on: '2021-01-02', title: 'A' },
      { on: '2022-01-02', title: 'C' },
    ];
    const { period, facts } = analysed(some, { A: { genres: ['Drama'] }, B: { genres: ['War'] } });
    const figure = taste(period, facts, 'GENRE', 'YEAR', 1);
    expect(figure.starts).toEqual([dayOf('2020-01-01'), dayOf('2021-01-01')]);
    expect(figure.items).toMatchObject([{ key: 'Drama', shares: [0.5, 1] }]);
    expect(figure.coverage).toBe(3 / 4);
  });
});

describe('pairs of people', () => {
  it('recur in at least two titles', () => {
    const ada = { name: 'Ada Example', imdbId: 'nm1' };
    const ben = { name: 'Ben Example', imdbId: null };
    const cleo = { name: 'Cleo Example', imdbId: 'nm3' };
    const some = [
      { on: '2020-01-01', title: 'A' },
      { on: '2020-01-02', title: 'B' },
      { on: '2020-01-03', title: 'B' },
      { on: '2020-01-04', title: 'C' },
    ];
    const { period, facts } = analysed(some, {
      A: { directors: [ada], actors: [ben, ada] },
      B: { creators: [ben], actors: [ada, cleo] },
      C: { directors: [ada] },
    });
    const figure = peoplePairs(period, facts, 10);
    expect(figure.items).toEqual([{ people: [ada, ben], works: [1, 0], viewings: 3 }]);
    expect(figure.coverage).toBe(1);
  });

  it('are of the first ten billed only', () => {
    const crowd = Array.from({ length: 12 }, (_, place) => ({ name: `Actor ${place}`, imdbId: `nm${place}` }));
    const some = [
      { on: '2020-01-01', title: 'A' },
      { on: '2020-01-02', title: 'B' },
    ];
    const { period, facts } = analysed(some, { A: { actors: crowd }, B: { actors: crowd } });
    expect(peoplePairs(period, facts, 500).items.length).toBe((10 * 9) / 2);
  });
});

describe('new against old', () => {
  it('counts years from release, and days where they are known', () => {
    const some = [
      { on: '2021-05-01', title: 'New' },
      { on: '2021-06-01', title: 'Old' },
      { on: '2022-06-01', title: 'Part', series: 'Long Runner' },
      { on: '2022-06-02', title: 'Early' },
      { on: '2022-06-03', title: 'Unknown' },
    ];
    const catalogue = {
      New: { year: 2021 },
      Old: { year: 1991 },
      'Long Runner': { year: 2000 },
      Part: { year: 2020 },
      Early: { year: 2023 },
    };
    const known = { New: { releasedOn: dayOf('2021-04-21') }, 'Long Runner': { releasedOn: dayOf('2000-01-01') } };
    const { period, facts } = analysed(some, known, catalogue);
    expect(releases(period, facts)).toMatchObject({
      viewings: 4,
      medianYears: 1,
      newShare: 0.5,
      medianDays: 10,
      filmsWithDay: 1,
      coverage: 4 / 5,
      years: [
        { year: 2021, viewings: 2, medianYears: 15, newShare: 0.5 },
        { year: 2022, viewings: 2, medianYears: 1, newShare: 0.5 },
      ],
    });
  });
});
