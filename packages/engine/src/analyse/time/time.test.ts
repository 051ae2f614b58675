import { describe, expect, it } from 'vitest';
import { madeHistory, noFacts, type Watched } from '../../../test/made-history.ts';
import { dateOfDay } from '../../parse/calendar.ts';
import { dayOf } from '../../parse/test-files.ts';
import { AnalysedHistory } from '../analysed-history.ts';
import { type Period, wholeHistory } from '../history-columns.ts';
import { type Thresholds, thresholdFault, thresholdsWith } from '../thresholds.ts';
import type { CalendarUnit } from './calendar-unit.ts';
import { coverage } from './coverage.ts';
import { evenings } from './evenings.ts';
import { longestDays } from './longest-days.ts';
import { marathons } from './marathons.ts';
import { onThisDay } from './on-this-day.ts';
import { sessionStats } from './sessions.ts';
import { streaks } from './streaks.ts';
import { timeline } from './timeline.ts';
import { watchTotals } from './totals.ts';
import { weekHours } from './week-hours.ts';

const analysed = (
  rows: readonly Watched[],
  period: Period = wholeHistory,
  timeZone = 'UTC',
  thresholds: Partial<Thresholds> = {},
) => new AnalysedHistory(madeHistory(rows, { timeZone }), { ...thresholdsWith(thresholds), timeZone }).in(period);

const rows: readonly Watched[] = [
  { on: '2021-03-02', title: 'Thaw', series: 'Harbour Street', seconds: 2400 },
  { on: '2021-03-02', title: 'Thaw', series: 'Harbour Street', seconds: 10, accidental: true },
  { on: '2021-03-01', title: 'Salt', series: 'Tidewater', seconds: 600 },
  { on: '2021-03-01', title: 'Thaw', series: 'Harbour Street', seconds: 1200 },
  { on: '2021-01-31', title: 'Paper Moons' },
  { on: '2020-12-30' },
];

describe('coverage', () => {
  it('is of the viewings that count, and none of none', () => {
    const history = madeHistory(rows, { catalogue: { Thaw: { imdbId: 'tt0000001' } } });
    const whole = new AnalysedHistory(history, { ...thresholdsWith({}), timeZone: 'UTC' });
    const facts = history.works.map(({ name }) =>
      name === 'Harbour Street' ? { ...noFacts, genres: ['Drama'], imdbRating: 7.5 } : null,
    );
    expect(coverage(whole.in(wholeHistory), facts)).toEqual({
      matched: 2 / 5,
      withDuration: 3 / 5,
      withTimeOfDay: 0,
      withGenres: 2 / 5,
      withImdb: 2 / 5,
      withRottenTomatoes: 0,
    });
    const never = { from: dayOf('2000-01-01'), to: dayOf('2000-01-02') };
    expect(Object.values(coverage(whole.in(never), facts))).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('totals', () => {
  it('count viewings, and distinct titles of each kind', () => {
    expect(watchTotals(analysed(rows))).toMatchObject({
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
    expect(watchTotals(analysed(rows, period))).toMatchObject({
      viewings: 3,
      accidentalViewings: 0,
      secondsWatched: 1800,
    });
  });

  it('say that nothing is known of the time, or that there is nothing at all', () => {
    const untimed = watchTotals(analysed(rows, { from: null, to: dayOf('2021-01-31') }));
    expect(untimed).toMatchObject({ viewings: 2, secondsWatched: null, coverage: 0, unknownBecause: null });
    const none = watchTotals(analysed(rows, { from: dayOf('2022-01-01'), to: null }));
    expect(none).toMatchObject({ viewings: 0, coverage: null, firstWatchedOn: null });
    expect(none.unknownBecause).toContain('no viewings');
  });
});

describe('the timeline', () => {
  const points = (unit: CalendarUnit, period: Period = wholeHistory) =>
    timeline(analysed(rows, period), unit).points.map(({ start, viewings }) => [dateOfDay(start), viewings]);

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
    const seconds = (some: readonly Watched[]) =>
      timeline(analysed(some), 'MONTH').points.map(({ secondsWatched }) => secondsWatched);
    expect(seconds(rows)).toEqual([null, null, 0, 4200]);
    expect(seconds([{ on: '2021-03-01' }, { on: '2021-01-01' }])).toEqual([null, null, null]);
  });
});

describe('hours of the week', () => {
  it('are those of the profile’s clock', () => {
    // 2021-03-28 was a Sunday, on which clocks in Berlin went from two to three.
    const timed: readonly Watched[] = [
      { at: '2021-03-28T01:30:00Z', seconds: 100 },
      { at: '2021-03-28T00:30:00Z', seconds: 50 },
      { at: '2021-03-27T23:30:00Z' },
      { on: '2021-03-20' },
    ];
    const { cells, coverage: known } = weekHours(analysed(timed, wholeHistory, 'Europe/Berlin'));
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
    expect(known).toBe(3 / 4);
  });

  it('are unknown where the file has days only', () => {
    const { cells, unknownBecause } = weekHours(analysed(rows));
    expect(cells).toEqual([]);
    expect(unknownBecause).toContain('days only');
  });
});

describe('streaks', () => {
  const days = (...some: string[]) => some.map((on) => ({ on }));

  it('are runs of days; of several longest the latest', () => {
    const some = days('2021-03-01', '2021-03-02', '2021-03-02', '2021-03-05', '2021-03-06', '2021-03-09');
    expect(streaks(analysed(some))).toMatchObject({
      longestDays: 2,
      longestFrom: dayOf('2021-03-05'),
      longestTo: dayOf('2021-03-06'),
      currentDays: 1,
    });
    expect(streaks(analysed(days('2020-02-28', '2020-02-29', '2020-03-01'))).longestDays).toBe(3);
  });

  it('end where the period does', () => {
    const some = days('2021-03-01', '2021-03-02', '2021-03-03', '2021-03-09');
    const upTo = (to: string) => streaks(analysed(some, { from: dayOf('2021-03-02'), to: dayOf(to) })).currentDays;
    expect([upTo('2021-03-03'), upTo('2021-03-05'), upTo('2021-03-20')]).toEqual([2, 0, 1]);
    expect(streaks(analysed([]))).toMatchObject({ longestDays: 0, longestFrom: null, currentDays: 0 });
  });
});

describe('the longest days', () => {
  it('are those with most time, else with most viewings', () => {
    expect(longestDays(analysed(rows), 2).items).toEqual([
      { day: dayOf('2021-03-02'), viewings: 1, secondsWatched: 2400, titles: 1 },
      { day: dayOf('2021-03-01'), viewings: 2, secondsWatched: 1800, titles: 2 },
    ]);
    const untimed = longestDays(analysed([{ on: '2021-01-01' }, { on: '2021-01-02' }, { on: '2021-01-01' }]), 1);
    expect(untimed.items).toEqual([{ day: dayOf('2021-01-01'), viewings: 2, secondsWatched: null, titles: 0 }]);
    expect([untimed.coverage, untimed.unknownBecause]).toEqual([0, null]);
  });
});

describe('this day in other years', () => {
  it('has the same month and day, the latest first', () => {
    const some = [
      { on: '2019-03-02', title: 'Salt' },
      { on: '2020-03-02', title: 'Thaw' },
      { on: '2020-03-02', title: 'Thaw' },
      { on: '2021-03-02', title: 'Red Clay' },
      { on: '2021-03-03', title: 'Salt' },
    ];
    const { items } = onThisDay(analysed(some), dayOf('2021-03-02'));
    expect(items.map(({ day, viewings, titles }) => [dateOfDay(day), viewings, titles.length])).toEqual([
      ['2020-03-02', 2, 1],
      ['2019-03-02', 1, 1],
    ]);
    const leap = onThisDay(analysed([{ on: '2020-02-29' }, { on: '2021-02-28' }]), dayOf('2024-02-29'));
    expect(leap.items.map(({ day }) => dateOfDay(day))).toEqual(['2020-02-29']);
  });
});

describe('sittings', () => {
  const evening: readonly Watched[] = [
    { at: '2021-03-01T19:00:00Z', seconds: 1800, title: 'Thaw', series: 'Harbour Street' },
    // Half an hour after the one before has ended: still the same.
    { at: '2021-03-01T20:00:00Z', seconds: 3600, title: 'Salt', series: 'Harbour Street' },
    { at: '2021-03-01T21:30:01Z', seconds: 600, title: 'Paper Moons' },
    { on: '2021-03-01' },
  ];

  it('end with a break that is longer than the threshold', () => {
    expect(sessionStats(analysed(evening))).toMatchObject({
      count: 2,
      medianSeconds: (7200 + 600) / 2,
      longestSeconds: 7200,
      longestStartedAt: Date.parse('2021-03-01T19:00:00Z') / 1000,
      medianViewings: 1.5,
      coverage: 3 / 4,
    });
    expect(sessionStats(analysed(evening, wholeHistory, 'UTC', { sittingGapMinutes: 31 })).count).toBe(1);
  });

  it('last as long as what was begun first, though something else was played meanwhile', () => {
    const both: readonly Watched[] = [
      { at: '2021-03-01T19:00:00Z', seconds: 7200 },
      { at: '2021-03-01T19:10:00Z', seconds: 60 },
      { at: '2021-03-01T21:20:00Z', seconds: 60 },
    ];
    expect(sessionStats(analysed(both))).toMatchObject({ count: 1, longestSeconds: 8460 });
  });

  it('are unknown of days alone', () => {
    expect(sessionStats(analysed(rows))).toMatchObject({ count: 0, medianSeconds: null, coverage: 0 });
    expect(sessionStats(analysed(rows)).unknownBecause).toContain('days only');
  });

  it('are marathons from so much watched on', () => {
    const { items, count } = marathons(analysed(evening, wholeHistory, 'UTC', { marathonMinutes: 90 }), 10);
    expect(count).toBe(1);
    expect(items).toEqual([
      {
        startedAt: Date.parse('2021-03-01T19:00:00Z') / 1000,
        endedAt: Date.parse('2021-03-01T21:00:00Z') / 1000,
        viewings: 2,
        secondsWatched: 5400,
        work: 0,
      },
    ]);
    expect(marathons(analysed(evening), 10).count).toBe(0);
  });
});

describe('evenings', () => {
  it('go on past midnight, and are late from an hour on', () => {
    const some: readonly Watched[] = [
      { at: '2021-03-01T12:00:00Z', seconds: 600 },
      { at: '2021-03-01T19:30:00Z', seconds: 1800 },
      { at: '2021-03-01T23:50:00Z', seconds: 1200 },
      { at: '2021-03-03T00:30:00Z', seconds: 600 },
      { at: '2021-03-03T20:00:00Z', seconds: 600 },
    ];
    expect(evenings(analysed(some))).toMatchObject({
      evenings: 3,
      lateNights: 2,
      medianStartMinute: 20 * 60,
      medianEndMinute: 24 * 60 + 10,
      latestOn: dayOf('2021-03-02'),
      latestEndMinute: 24 * 60 + 40,
      coverage: 1,
    });
    // 1 March 2021 was a Monday.
    expect(evenings(analysed(some)).byWeekday.map(({ evenings: count }) => count)).toEqual([1, 1, 1, 0, 0, 0, 0]);
    expect(evenings(analysed(some, wholeHistory, 'UTC', { lateNightHour: 1 })).lateNights).toBe(0);
  });

  it('are those of the profile’s clock', () => {
    const some = [{ at: '2021-07-01T08:30:00Z', seconds: 600 }];
    expect(evenings(analysed(some)).evenings).toBe(0);
    expect(evenings(analysed(some, wholeHistory, 'Australia/Sydney')).medianStartMinute).toBe(18 * 60 + 30);
  });
});

describe('thresholds', () => {
  it('have limits', () => {
    expect(thresholdFault('bingeEpisodes', 3)).toBeNull();
    expect(thresholdFault('bingeEpisodes', 2.5)).toContain('bingeEpisodes must be a whole number from 2 to 20');
    expect(thresholdFault('finishedShare', 0.85)).toBeNull();
    expect(thresholdFault('finishedShare', 1.2)).toContain('a share from 0.5 to 1');
    expect(thresholdsWith({ lateNightHour: 2 })).toMatchObject({ lateNightHour: 2, sittingGapMinutes: 30 });
  });
});
