import { describe, expect, it } from 'vitest';
import { createZone, dateOfDay } from '../parse/calendar.ts';
import { dayOf } from '../parse/test-files.ts';
import { coverage } from './coverage.ts';
import type { HistoryColumns, StringOfHistory } from './history-columns.ts';
import { ranking } from './ranking.ts';
import { type CalendarUnit, timeline } from './timeline.ts';
import { watchTotals } from './totals.ts';
import { weekHours } from './week-hours.ts';

interface Watched {
  readonly on: string;
  readonly at?: string;
  readonly seconds?: number;
  readonly title?: string;
  readonly series?: string;
  readonly device?: string;
  readonly accidental?: boolean;
}

/** A history by hand. A title without a series is a film, one that is missing could not be read. */
function historyOf(rows: readonly Watched[]): HistoryColumns {
  const words = (values: (string | undefined)[]) => {
    const known = [...new Set(values.filter((value) => value !== undefined))];
    return { known, places: Int32Array.from(values, (value) => (value === undefined ? -1 : known.indexOf(value))) };
  };
  const devices = words(rows.map(({ device }) => device));
  const strings = rows.map(
    ({ title = null, series = null }): StringOfHistory => ({
      titleId: title,
      titleName: title,
      kind: title === null ? null : series === null ? 'MOVIE' : 'EPISODE',
      seriesId: series,
      seriesName: series,
      isMatched: series !== null,
    }),
  );
  return {
    length: rows.length,
    day: Int32Array.from(rows, ({ on }) => dayOf(on)),
    startedAt: Float64Array.from(rows, ({ at }) => (at === undefined ? Number.NaN : Date.parse(at) / 1000)),
    seconds: Int32Array.from(rows, ({ seconds = -1 }) => seconds),
    accidental: Uint8Array.from(rows, ({ accidental }) => (accidental ? 1 : 0)),
    string: Int32Array.from(rows.keys()),
    device: devices.places,
    country: Int32Array.from(rows, () => -1),
    strings,
    devices: devices.known,
    countries: [],
  };
}

const all = { from: null, to: null };
const history = historyOf([
  { on: '2021-03-02', title: 'Thaw', series: 'Harbour Street', seconds: 2400, device: 'Smart TV' },
  { on: '2021-03-02', title: 'Thaw', series: 'Harbour Street', seconds: 10, device: 'Phone', accidental: true },
  { on: '2021-03-01', title: 'Salt', series: 'Tidewater', seconds: 600, device: 'Smart TV' },
  { on: '2021-03-01', title: 'Thaw', series: 'Harbour Street', seconds: 1200 },
  { on: '2021-01-31', title: 'Paper Moons' },
  { on: '2020-12-30' },
]);

describe('coverage', () => {
  it('is of the viewings that count, and none of none', () => {
    expect(coverage(history, all)).toEqual({ matched: 3 / 5, withDuration: 3 / 5, withTimeOfDay: 0 });
    const never = { from: dayOf('2000-01-01'), to: dayOf('2000-01-02') };
    expect(coverage(history, never)).toEqual({ matched: 0, withDuration: 0, withTimeOfDay: 0 });
  });
});

describe('totals', () => {
  it('count viewings, and distinct titles of each kind', () => {
    expect(watchTotals(history, all)).toMatchObject({
      viewings: 5,
      accidentalViewings: 1,
      secondsWatched: 4200,
      titles: 3,
      movies: 1,
      series: 2,
      episodes: 2,
      activeDays: 4,
      firstWatchedOn: dayOf('2020-12-30'),
      lastWatchedOn: dayOf('2021-03-02'),
      coverage: 3 / 5,
      unknownBecause: null,
    });
  });

  it('are of the days of a period, both ends among them', () => {
    const period = { from: dayOf('2021-01-31'), to: dayOf('2021-03-01') };
    expect(watchTotals(history, period)).toMatchObject({ viewings: 3, accidentalViewings: 0, secondsWatched: 1800 });
  });

  it('say that nothing is known of the time, or that there is nothing at all', () => {
    const untimed = watchTotals(history, { from: null, to: dayOf('2021-01-31') });
    expect(untimed).toMatchObject({ viewings: 2, secondsWatched: null, coverage: 0 });
    const none = watchTotals(history, { from: dayOf('2022-01-01'), to: null });
    expect(none).toMatchObject({ viewings: 0, coverage: null, firstWatchedOn: null });
    expect(none.unknownBecause).toContain('no viewings');
  });
});

describe('the timeline', () => {
  const points = (unit: CalendarUnit, period: { from: number | null; to: number | null } = all) =>
    timeline(history, period, unit).points.map(({ start, viewings }) => [dateOfDay(start), viewings]);

  it('counts by calendar unit, without gaps; weeks begin on Monday', () => {
    expect(points('MONTH')).toEqual([
      ['2020-12-01', 1],
      ['2021-01-01', 1],
      ['2021-02-01', 0],
      ['2021-03-01', 3],
    ]);
    expect(points('YEAR')).toEqual([
      ['2020-01-01', 1],
      ['2021-01-01', 4],
    ]);
    const weeks = points('WEEK');
    expect([weeks[0], weeks.at(-1), weeks.length]).toEqual([['2020-12-28', 1], ['2021-03-01', 3], 10]);
  });

  it('shows the days of a period on which nothing was watched, as far as the history goes', () => {
    const days = points('DAY', { from: dayOf('2021-01-01'), to: dayOf('2021-02-15') });
    expect(days.length).toBe(46);
    expect(days.filter(([, viewings]) => viewings !== 0)).toEqual([['2021-01-31', 1]]);
    expect(points('DAY', { from: dayOf('2021-03-01'), to: dayOf('2999-12-31') })).toEqual([
      ['2021-03-01', 2],
      ['2021-03-02', 1],
    ]);
    expect(points('DAY', { from: dayOf('2022-01-01'), to: null })).toEqual([]);
    expect(points('DAY', { from: dayOf('2021-02-01'), to: dayOf('2021-02-15') })).toEqual([]);
  });

  it('knows no time where no row says', () => {
    const known = timeline(history, all, 'MONTH').points.map(({ secondsWatched }) => secondsWatched);
    expect(known).toEqual([null, null, 0, 4200]);
    const untimed = historyOf([{ on: '2021-03-01' }, { on: '2021-01-01' }]);
    expect(timeline(untimed, all, 'MONTH').points.map(({ secondsWatched }) => secondsWatched)).toEqual([
      null,
      null,
      null,
    ]);
  });
});

describe('hours of the week', () => {
  // 2021-03-28 was a Sunday, on which clocks in Berlin went from two to three.
  const timed = historyOf([
    { on: '2021-03-28', at: '2021-03-28T01:30:00Z', seconds: 100 },
    { on: '2021-03-28', at: '2021-03-28T00:30:00Z', seconds: 50 },
    { on: '2021-03-27', at: '2021-03-27T23:30:00Z' },
    { on: '2021-03-20' },
  ]);

  it('are those of the profile’s clock', () => {
    const { cells, coverage } = weekHours(timed, all, createZone('Europe/Berlin'));
    expect(cells.length).toBe(168);
    expect([cells[0], cells[167]]).toMatchObject([
      { weekday: 1, hour: 0 },
      { weekday: 7, hour: 23 },
    ]);
    expect(cells.filter(({ viewings }) => viewings > 0)).toEqual([
      { weekday: 7, hour: 0, viewings: 1, secondsWatched: null },
      { weekday: 7, hour: 1, viewings: 1, secondsWatched: 50 },
      { weekday: 7, hour: 3, viewings: 1, secondsWatched: 100 },
    ]);
    expect(coverage).toBe(3 / 4);
  });

  it('are unknown where the file has days only', () => {
    const { cells, unknownBecause } = weekHours(history, all, createZone('UTC'));
    expect(cells).toEqual([]);
    expect(unknownBecause).toContain('days only');
  });
});

describe('a ranking', () => {
  it('has the most viewings first, then the most time; its shares are of what is known', () => {
    expect(ranking(history, all, 'SERIES', 10)).toMatchObject({
      coverage: 3 / 5,
      items: [
        { key: 'Harbour Street', viewings: 2, secondsWatched: 3600, share: 2 / 3 },
        { key: 'Tidewater', viewings: 1, secondsWatched: 600, share: 1 / 3 },
      ],
    });
    expect(ranking(history, all, 'TITLE', 10).items.map(({ label }) => label)).toEqual(['Thaw', 'Salt', 'Paper Moons']);
    expect(ranking(history, all, 'TITLE', 1).items).toMatchObject([{ label: 'Thaw', share: 1 / 2 }]);
    const tied = historyOf([
      { on: '2021-03-01', title: 'Beta' },
      { on: '2021-03-01', title: 'Alpha' },
    ]);
    expect(ranking(tied, all, 'TITLE', 10).items.map(({ label }) => label)).toEqual(['Alpha', 'Beta']);
  });

  it('leaves out what is not known, and says so where nothing is', () => {
    expect(ranking(history, all, 'DEVICE', 10)).toMatchObject({
      coverage: 2 / 5,
      items: [{ label: 'Smart TV', viewings: 2, share: 1 }],
    });
    const places = ranking(history, all, 'PLACE', 10);
    expect([places.items, places.coverage]).toEqual([[], 0]);
    expect(places.unknownBecause).toContain('country');
  });
});
