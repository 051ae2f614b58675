import { describe, expect, it } from 'vitest';
import { madeHistory, type Watched } from '../../../test/made-history.ts';
import { dayOf } from '../../parse/test-files.ts';
import { AnalysedHistory } from '../analysed-history.ts';
import { type Period, wholeHistory } from '../history-columns.ts';
import { usualThresholds } from '../thresholds.ts';
import type { BillingRow } from './archive-rows.ts';
import { myList } from './my-list.ts';
import { openings } from './openings.ts';
import { pauses } from './pauses.ts';
import { ratingsGiven } from './ratings.ts';
import { searches } from './searches.ts';
import { spending } from './spending.ts';
import { worksByName } from './works-by-name.ts';

const whole = (rows: readonly Watched[]) =>
  new AnalysedHistory(madeHistory(rows), { ...usualThresholds, timeZone: 'UTC' });
const analysed = (rows: readonly Watched[], period: Period = wholeHistory) => whole(rows).in(period);
const at = (time: string) => Date.parse(`${time}Z`) / 1000;

describe('works by name', () => {
  it('are found whatever the writing, by the catalogue’s name before others', () => {
    const { history } = whole([
      { on: '2021-01-01', title: 'Paper Moons' },
      { on: '2021-01-01', series: 'Harbour Street', title: 'Thaw' },
    ]);
    const find = worksByName(history, [
      { workId: 'Harbour Street', name: 'Hafenstraße' },
      { workId: 'Harbour Street', name: 'Paper Moons' },
    ]);
    expect(['PAPER MOONS', 'hafenstrasse', 'Nobody', null].map(find)).toEqual([0, 1, -1, -1]);
  });

  it('are found to the letter where several are written alike', () => {
    const { history } = whole([
      { on: '2021-01-01', title: 'The Captain' },
      { on: '2021-01-01', series: 'Captain', title: 'Thaw' },
    ]);
    expect(['The Captain', 'Captain', 'CAPTAIN'].map(worksByName(history, []))).toEqual([0, 1, -1]);
  });
});

describe('what was paid', () => {
  const invoice = (day: string, gross: string, more: Partial<BillingRow> = {}): BillingRow => ({
    day: dayOf(day),
    gross,
    currency: 'AUD',
    servicePeriodStart: dayOf(day),
    servicePeriodEnd: dayOf(day) + 30,
    transactionType: 'SALE',
    status: 'NEW',
    invoiceResult: 'SETTLED',
    ...more,
  });
  const payment = (day: string, gross: string, more: Partial<BillingRow> = {}): BillingRow =>
    invoice(day, gross, {
      servicePeriodStart: null,
      servicePeriodEnd: null,
      invoiceResult: null,
      status: 'APPROVED',
      ...more,
    });
  const mine = [{ on: '2021-01-10', title: 'Paper Moons', seconds: 3600 }];
  const theirs = [{ on: '2021-01-11', title: 'Red Clay', seconds: 3 * 3600 }];
  const spent = (rows: readonly BillingRow[], period: Period = wholeHistory) => {
    const [one, other] = [whole(mine), whole(theirs)];
    return spending(one.in(period), rows, [one, other], 10);
  };

  it('counts every charge once, though exports list it twice', () => {
    const rows = [
      invoice('2021-01-01', '10.00'),
      payment('2021-01-01', '10.00'),
      invoice('2021-02-01', '12.00'),
      // The same export once more.
      invoice('2021-02-01', '12.00'),
    ];
    expect(spent(rows)).toMatchObject({
      coverage: 1 / 2,
      currencies: [
        {
          currency: 'AUD',
          total: 22,
          charges: 2,
          // Four hours, all in January.
          perHour: 5.5,
          profile: 2.5,
          unused: 1,
          months: [
            { start: dayOf('2021-01-01'), total: 10 },
            { start: dayOf('2021-02-01'), total: 12 },
          ],
          works: [{ work: 0, cost: 2.5 }],
        },
      ],
    });
    expect(spent(rows, { from: dayOf('2021-02-01'), to: null }).currencies).toMatchObject([
      { total: 12, perHour: null },
    ]);
  });

  it('counts payments where there are no invoices, takes refunds off, and leaves out what failed', () => {
    expect(spent([payment('2021-01-01', '10.00'), payment('2021-01-01', '10.00')]).currencies).toMatchObject([
      { total: 10, charges: 1 },
    ]);
    const rows = [
      invoice('2021-01-01', '10.00'),
      invoice('2021-01-01', '4.00', { transactionType: 'REFUND' }),
      invoice('2021-02-01', '10.00', { invoiceResult: 'FAILED' }),
    ];
    expect(spent(rows).currencies).toMatchObject([{ total: 6, charges: 2 }]);
  });

  it.each<[string, number, readonly BillingRow[]]>([
    [
      'an invoice without a result whose payment was declined',
      0,
      [invoice('2021-01-01', '9.00', { invoiceResult: null, status: 'DECLINED' })],
    ],
    ['one that is pending', 0, [invoice('2021-01-01', '9.00', { invoiceResult: 'PENDING' })]],
    ['a gift card that was put on the account', 0, [invoice('2021-01-01', '9.00', { invoiceResult: 'APPLIED' })]],
    [
      'a payment that was declined, then approved',
      9,
      [payment('2021-03-01', '9.00', { status: 'DECLINED' }), payment('2021-03-04', '9.00')],
    ],
    [
      'one that was captured the next day',
      9,
      [payment('2021-03-01', '9.00'), payment('2021-03-02', '9.00', { transactionType: 'CAPTURED' })],
    ],
    [
      'an authorisation',
      9,
      [payment('2021-03-01', '1.00', { transactionType: 'AUTHORIZATION' }), payment('2021-03-02', '9.00')],
    ],
    ['payments of two months', 18, [payment('2021-03-01', '9.00'), payment('2021-04-01', '9.00')]],
    [
      'two refunds of one period',
      5,
      [
        invoice('2021-01-01', '9.00'),
        ...['2021-01-05', '2021-01-07'].map((day) =>
          invoice(day, '2.00', { transactionType: 'REFUND', servicePeriodStart: dayOf('2021-01-01') }),
        ),
      ],
    ],
    [
      'a refund that is a payment',
      0,
      [invoice('2021-01-01', '9.00'), payment('2021-01-05', '9.00', { transactionType: 'REFUND' })],
    ],
    [
      'a refund that is an invoice and a payment',
      0,
      [
        invoice('2021-01-01', '9.00'),
        invoice('2021-01-05', '9.00', { transactionType: 'REFUND', servicePeriodStart: dayOf('2021-01-01') }),
        payment('2021-01-05', '9.00', { transactionType: 'REFUND' }),
      ],
    ],
  ])('counts %s as %d', (_what, total, rows) => {
    expect(spent(rows).currencies[0]?.total ?? 0).toBe(total);
  });

  it('shares a charge out over its service period, both of its days among it, and never a day twice', () => {
    const one = whole([{ on: '2021-01-31', title: 'Paper Moons', seconds: 3600 }]);
    const end = dayOf('2021-01-31');
    const of = (rows: readonly BillingRow[]) => spending(one.in(wholeHistory), rows, [one], 10).currencies;
    expect(of([invoice('2021-01-01', '9.00', { servicePeriodEnd: end })])).toMatchObject([{ unused: 0, profile: 9 }]);
    // Where files count the day after as the last, it belongs to the next.
    const both = [invoice('2021-01-01', '9.00', { servicePeriodEnd: end }), invoice('2021-01-31', '7.00')];
    expect(of(both)).toMatchObject([{ unused: 1, profile: 7 }]);
  });

  it('never adds currencies up', () => {
    const rows = [invoice('2021-01-01', '10.00'), invoice('2021-02-01', '8.99', { currency: 'EUR' })];
    expect(spent(rows).currencies.map(({ currency, total }) => [currency, total])).toEqual([
      ['AUD', 10],
      ['EUR', 8.99],
    ]);
    expect(spent([]).unknownBecause).toContain('BillingHistory.csv');
  });
});

describe('My List', () => {
  const rows = [
    { on: '2021-01-10', title: 'Paper Moons' },
    { on: '2021-02-10', title: 'Paper Moons' },
    { on: '2020-01-01', title: 'Red Clay' },
  ];
  const entry = (rawTitle: string, day: string, work: number) => ({ rawTitle, day: dayOf(day), work });

  it('tells what was watched after it was added, before, and never', () => {
    const list = [
      entry('Paper Moons', '2021-01-20', 0),
      entry('Paper Moons', '2021-01-05', 0),
      entry('Red Clay', '2021-01-01', 1),
      entry('Low Sun', '2020-06-01', -1),
    ];
    expect(myList(analysed(rows), list, 10)).toMatchObject({
      added: 3,
      watchedAfter: 1,
      watchedBefore: 1,
      neverWatched: 1,
      medianDays: 5,
      coverage: 2 / 3,
      waiting: [{ rawTitle: 'Low Sun', addedOn: dayOf('2020-06-01') }],
    });
    const in2020 = myList(analysed(rows, { from: null, to: dayOf('2020-12-31') }), list, 10);
    expect(in2020).toMatchObject({ added: 1, neverWatched: 1 });
    expect(myList(analysed(rows), [], 10).unknownBecause).toContain('MyList.csv');
    // Who is known to have watched nothing at all is not known to have left these.
    expect(myList(analysed([]), list, 10).unknownBecause).toContain('what this profile watched');
  });
});

describe('searches', () => {
  it('are rows close together, and lead to what is played within the hour', () => {
    const rows = [{ at: '2021-03-01T20:30:00Z', title: 'Paper Moons' }];
    const row = (time: string, work: number, query: string, action = 'view_video_info') => ({
      at: at(time),
      work,
      query,
      action,
    });
    const all = [
      row('2021-03-01T20:00:00', 0, 'pap'),
      row('2021-03-01T20:05:00', 0, 'Paper'),
      row('2021-03-02T20:00:00', -1, 'low', 'view_video_info'),
      row('2021-03-02T20:00:20', -1, 'low', 'play'),
      row('2021-03-03T20:00:00', 0, 'paper'),
    ];
    expect(searches(analysed(rows), all, 1)).toMatchObject({
      searches: 3,
      ledToPlay: 2,
      medianSecondsToPlay: (1800 + 20) / 2,
      coverage: 2 / 3,
      queries: [{ query: 'paper', searches: 2 }],
    });
  });
});

describe('opening and playing', () => {
  it('takes from the first click to the first playback of a visit', () => {
    const clicks = [
      { at: at('2021-03-01T20:00:00'), level: 'browseTitles' },
      { at: at('2021-03-01T20:10:00'), level: 'playback' },
      { at: at('2021-03-01T20:20:00'), level: 'playback' },
      { at: at('2021-03-02T20:00:00'), level: 'profilesGate' },
      { at: at('2021-03-03T20:00:00'), level: 'playback' },
      { at: at('2021-03-03T20:00:00'), level: 'movieDetails' },
    ];
    expect(openings(analysed([]), clicks)).toMatchObject({
      visits: 3,
      withPlay: 2,
      // The last begins with playback, which says nothing of how long it took.
      medianSecondsToPlay: 600,
      longestSecondsToPlay: 600,
      coverage: 2 / 3,
    });
    expect(openings(analysed([]), []).unknownBecause).toContain('Clickstream.csv');
  });
});

describe('pauses', () => {
  const event = (type: string, second: number) => ({ type, sessionOffsetMs: second * 1000 });

  it('are breaks that playing ends, of what played for a minute', () => {
    const playback = (rawTitle: string, ...events: readonly ReturnType<typeof event>[]) => ({
      at: at('2021-03-01T20:00:00'),
      rawTitle,
      events,
    });
    const all = [
      playback(
        'Paper Moons',
        event('start', 0),
        event('playing', 0),
        event('paused', 1800),
        event('playing', 1860),
        event('reposition', 3660),
        event('playing', 3660),
        event('paused', 3700),
        event('stopped', 3700),
      ),
      playback('Paper Moons', event('playing', 0), event('stopped', 30)),
      playback('Trailer: Paper Moons', event('playing', 0), event('stopped', 90)),
    ];
    expect(pauses(analysed([]), all)).toMatchObject({
      playbacks: 1,
      secondsPlayed: 3640,
      pauses: 1,
      jumps: 1,
      medianPauseSeconds: 60,
      coverage: 1 / 2,
    });
  });
});

describe('ratings', () => {
  it('are counted by year, the latest of each title; what was taken back is none', () => {
    const rating = (day: string, thumbs: number | null, stars: number | null = null, work = 0, rawTitle = day) => ({
      at: at(`${day}T12:00:00`),
      work,
      rawTitle,
      thumbs,
      stars,
    });
    const all = [
      rating('2016-05-01', null, 4),
      rating('2016-06-01', null, 1),
      rating('2016-06-02', null, -2),
      rating('2021-05-01', 2),
      rating('2021-05-02', 3, null, -1),
      rating('2021-05-03', 0),
    ];
    expect(ratingsGiven(analysed([]), all)).toMatchObject({
      down: 0,
      up: 1,
      twoUp: 1,
      stars: 2,
      meanStars: 2.5,
      coverage: 3 / 4,
      years: [
        { year: 2016, stars: 2 },
        { year: 2021, up: 1, twoUp: 1 },
      ],
    });
    // What later exports say of a title takes the place of what earlier ones said.
    const changed = [
      rating('2020-05-01', 2, null, 0, 'Paper Moons'),
      rating('2021-05-01', 1, null, 0, 'Paper Moons'),
      rating('2022-05-01', 0, null, 0, 'Paper Moons'),
    ];
    const upTo = (year: number) => ratingsGiven(analysed([], { from: null, to: dayOf(`${year}-12-31`) }), changed);
    expect([2020, 2021, 2022].map((year) => [upTo(year).up, upTo(year).down])).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
  });
});
