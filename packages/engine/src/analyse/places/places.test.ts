import { describe, expect, it } from 'vitest';
import { madeHistory, type Watched } from '../../../test/made-history.ts';
import { dayOf } from '../../parse/test-files.ts';
import { AnalysedHistory } from '../analysed-history.ts';
import { wholeHistory } from '../history-columns.ts';
import { usualThresholds } from '../thresholds.ts';
import { profileOverlap } from './profile-overlap.ts';
import { travel } from './travel.ts';

const analysed = (rows: readonly Watched[], timeZone = 'UTC') =>
  new AnalysedHistory(madeHistory(rows, { timeZone }), { ...usualThresholds, timeZone });

describe('travel', () => {
  const rows = [
    { on: '2021-03-01', country: 'AU' },
    { on: '2021-03-02', country: 'AU' },
    { on: '2021-03-03', country: 'NZ' },
    { on: '2021-03-04' },
    { on: '2021-03-05', country: 'NZ' },
    { on: '2021-03-06', country: 'FJ' },
    { on: '2021-03-08', country: 'AU' },
    { on: '2021-03-09', country: 'NZ' },
  ];

  it('is stays away from the country with most viewings, the latest first', () => {
    expect(travel(analysed(rows).in(wholeHistory), 10)).toMatchObject({
      home: 'AU',
      count: 4 - 1,
      coverage: 7 / 8,
      items: [
        { country: 'NZ', from: dayOf('2021-03-09'), viewings: 1 },
        { country: 'FJ', from: dayOf('2021-03-06'), to: dayOf('2021-03-06') },
        { country: 'NZ', from: dayOf('2021-03-03'), to: dayOf('2021-03-05'), viewings: 2 },
      ],
    });
  });

  it('goes on while somebody watches at home on the same days', () => {
    const shared = [1, 2, 3].flatMap((day) =>
      ['AU', 'NZ', 'AU'].map((country) => ({ on: `2021-04-0${day}`, country })),
    );
    const { items } = travel(analysed([...rows, ...shared, { on: '2021-04-04', country: 'AU' }]).in(wholeHistory), 10);
    // Nothing was watched from 9 March to 1 April.
    expect(items[0]).toEqual({ country: 'NZ', from: dayOf('2021-03-09'), to: dayOf('2021-04-03'), viewings: 4 });
  });

  it('has the home of the whole history in every period, and none where no country is known', () => {
    const period = { from: dayOf('2021-03-03'), to: dayOf('2021-03-06') };
    expect(travel(analysed(rows).in(period), 1)).toMatchObject({ home: 'AU', count: 2, items: [{ country: 'FJ' }] });
    const none = travel(analysed([{ on: '2021-03-01' }]).in(wholeHistory), 1);
    expect(none).toMatchObject({ home: null, count: 0, coverage: 0 });
    expect(none.unknownBecause).toContain('country');
  });
});

describe('two profiles', () => {
  it('share films and series, and hours of the day', () => {
    const mine = analysed([
      { at: '2021-03-01T20:00:00Z', series: 'Harbour Street', title: 'Thaw' },
      { at: '2021-03-02T20:00:00Z', series: 'Harbour Street', title: 'Salt' },
      { at: '2021-03-03T08:00:00Z', title: 'Paper Moons' },
      { at: '2021-03-03T08:00:00Z', title: 'Red Clay' },
    ]);
    const other = analysed(
      [
        { at: '2021-03-01T19:00:00Z', series: 'Harbour Street', title: 'Other' },
        { at: '2021-03-02T19:00:00Z', title: 'Low Sun' },
      ],
      // An hour ahead: at eight in the evening there.
      'Europe/Berlin',
    );
    const figure = profileOverlap(mine.in(wholeHistory), other.in(wholeHistory), 10);
    expect(figure).toMatchObject({
      sharedWorks: 1,
      overlap: 1 / 4,
      hourOverlap: 0.5,
      coverage: 1,
      items: [{ viewings: 2, otherViewings: 1 }],
    });
    expect([figure.hours[20], figure.otherHours[20], figure.hours.length]).toEqual([0.5, 1, 24]);
    const daysOnly = profileOverlap(mine.in(wholeHistory), analysed([{ on: '2021-03-01' }]).in(wholeHistory), 10);
    expect(daysOnly).toMatchObject({ hourOverlap: null, otherHours: [], overlap: 0 });
  });
});
