import { afterAll, beforeAll, expect, it } from 'vitest';
import { zip } from '../../../lake/test/archives.ts';
import { ask, clientOf, onEveryServer } from '../../test/server-on-every-database.ts';
import type { WatchprintServer } from '../server.ts';

const lines = (...rows: readonly string[]) => `${rows.join('\n')}\n`;

/** An export as Netflix makes it: every table that figures are made of. */
const archive = zip({
  'CONTENT_INTERACTION/ViewingActivity.csv': lines(
    'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country',
    'Ada,2021-03-10 20:20:00,01:30:00,,Paper Moons,,TV,01:30:00,01:30:00,GB (United Kingdom)',
    'Ada,2021-03-02 20:01:30,00:30:00,,Red Clay,,TV,00:30:00,00:30:00,GB (United Kingdom)',
    'Ben,2021-03-03 20:00:00,02:00:00,,Red Clay,,TV,02:00:00,02:00:00,GB (United Kingdom)',
  ),
  // The stars of old have thumbs beside them that nobody gave.
  'CONTENT_INTERACTION/Ratings.csv': lines(
    'Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date',
    'Ada,Paper Moons,thumb,,2,TV,2021-03-11 10:00:00,',
    'Ada,Low Sun,thumb,,0,TV,2021-03-12 10:00:00,',
    'Ada,Red Clay,star,3,2,TV,2016-03-11 10:00:00,',
    'Ada,Tidewater,star,4,2,TV,2016-03-12 10:00:00,',
  ),
  'CONTENT_INTERACTION/MyList.csv': lines(
    'Profile Name,Title Name,Country,Utc Title Add Date',
    'Ada,Paper Moons,United Kingdom,2021-03-06',
    'Ada,Low Sun,United Kingdom,2021-03-07',
  ),
  'CONTENT_INTERACTION/SearchHistory.csv': lines(
    'Profile Name,Country Iso Code,Device,Is Kids,Query Typed,Displayed Name,Action,Section,Utc Timestamp',
    'Ada,GB,TV,0,paper,Paper Moons,view_video_info,Search,2021-03-10 20:10:00',
  ),
  'CLICKSTREAM/Clickstream.csv': lines(
    'Profile Name,Source,Navigation Level,Referrer Url,Webpage Url,Click Utc Ts',
    'Ada,TV,browseTitles,,,2021-03-02 20:00:00',
    'Ada,TV,playback,,,2021-03-02 20:01:30',
  ),
  'CONTENT_INTERACTION/PlaybackRelatedEvents.csv': lines(
    'Profile Name,Title Description,Device,Country,Playback Start Utc Ts,Playtraces',
    `Ada,Paper Moons,TV,GB,2021-03-10 20:20:00,"${JSON.stringify(
      [
        ['start', 0],
        ['playing', 0],
        ['paused', 600],
        ['playing', 630],
        ['stopped', 3630],
      ].map(([eventType, second]) => ({ eventType, sessionOffsetMs: (second as number) * 1000, mediaOffsetMs: 0 })),
    ).replaceAll('"', '""')}"`,
  ),
  // An invoice and its payment.
  'PAYMENT_AND_BILLING/BillingHistory.csv': lines(
    'Transaction Date,Service Period Start Date,Service Period End Date,Description,Payment Type,Mop Last 4,Mop Creation Date,Mop Pmt Processor Desc,Item Price Amt,Currency,Tax Amt,Gross Sale Amt,Pmt Txn Type,Pmt Status,Final Invoice Result,Country,Next Billing Date',
    '2021-03-01,2021-03-01,2021-03-31,SUBSCRIPTION,CC,0000,,X,9.00,GBP,1.00,10.00,SALE,NEW,SETTLED,GB,2021-04-01',
    '2021-03-01,,,SUBSCRIPTION,CC,0000,,,,GBP,,10.00,SALE,APPROVED,,GB,',
    '2021-03-05,2021-03-05,2021-03-31,SUBSCRIPTION,CC,0000,,X,9.00,GBP,1.00,10.00,SALE,NEW,DECLINED,GB,2021-04-01',
  ),
});

const query = `query($id: ID!) { node(id: $id) { ... on Profile { analytics {
  ratings { down up twoUp stars meanStars }
  myList { added watchedAfter watchedBefore neverWatched medianDays waiting { rawTitle } }
  searches { searches ledToPlay medianSecondsToPlay queries { query } }
  openings { visits withPlay medianSecondsToPlay }
  pauses { playbacks secondsPlayed pauses medianPauseSeconds }
  spending { currencies { currency total charges perHour profile titles { title { name } cost } } }
} } } }`;

onEveryServer('an archive', (open) => {
  let server: WatchprintServer;
  beforeAll(async () => {
    server = await open();
  });
  afterAll(() => server.close());

  it('tells what the profile rated, put on its list, searched, opened, paused and cost', async () => {
    await clientOf(server).importHistory(await archive, { fileName: 'export.zip' });
    const profiles = await clientOf(server).profiles();
    const { data } = await ask(server, query, { id: profiles.find(({ name }) => name === 'Ada')?.id });
    expect(data?.node).toEqual({
      analytics: {
        ratings: { down: 0, up: 1, twoUp: 0, stars: 2, meanStars: 3.5 },
        myList: {
          added: 2,
          watchedAfter: 1,
          watchedBefore: 0,
          neverWatched: 1,
          medianDays: 4,
          waiting: [{ rawTitle: 'Low Sun' }],
        },
        searches: { searches: 1, ledToPlay: 1, medianSecondsToPlay: 600, queries: [{ query: 'paper' }] },
        openings: { visits: 1, withPlay: 1, medianSecondsToPlay: 90 },
        pauses: { playbacks: 1, secondsPlayed: 3600, pauses: 1, medianPauseSeconds: 30 },
        spending: {
          currencies: [
            {
              currency: 'GBP',
              total: 10,
              charges: 1,
              // Two hours hers, two of Ben's.
              perHour: 2.5,
              profile: 5,
              titles: [
                { title: { name: 'Paper Moons' }, cost: 3.75 },
                { title: { name: 'Red Clay' }, cost: 1.25 },
              ],
            },
          ],
        },
      },
    });
  });
});
