import { describe, expect, it } from 'vitest';
import type { DateOrder } from '../history-row.ts';
import { recogniseFile } from '../recognise-file.ts';
import type { OpenFile } from '../table-shape.ts';
import { inMemory, text } from '../test-files.ts';
import type { ExportRecord } from './export-table.ts';
import { readExportTable } from './read-export-table.ts';

async function readTable(open: OpenFile, options: { dateOrder?: DateOrder } = {}) {
  const found = await recogniseFile(open);
  if (found.use !== 'USED' || found.layout.format !== 'NETFLIX_EXPORT_TABLE')
    throw new Error(`Not one of the other tables: ${JSON.stringify(found)}`);
  const rows: ExportRecord[] = [];
  const rejected: { line: number; reason: string; content: string }[] = [];
  const settings = { batchSize: 2, now: new Date('2024-06-01T00:00Z'), ...options };
  for await (const batch of readExportTable(open, found.layout, settings)) {
    rows.push(...batch.rows);
    rejected.push(...batch.rejected);
  }
  return { table: found.table, note: found.note, rows, rejected };
}

const at = (instant: string) => Date.parse(instant) / 1000;

describe.each<[string, string, Partial<ExportRecord>]>([
  [
    'RATINGS',
    'Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date\n' +
      'Ada,Paper Moons,thumb,,2,Smart TV,2021-05-07 23:55:37,\n',
    {
      profileName: 'Ada',
      rawTitle: 'Paper Moons',
      at: at('2021-05-07T23:55:37Z'),
      details: { type: 'thumb', stars: null, thumbs: 2, device: 'Smart TV' },
    },
  ],
  [
    'RATINGS',
    'Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date\n' +
      'Ada,"Salt, Again",star,4,,,2014-01-02 03:04:05,2014-01-02\n',
    { rawTitle: 'Salt, Again', details: { type: 'star', stars: 4, thumbs: null, device: null } },
  ],
  [
    'MY_LIST',
    'Profile Name,Title Name,Country,Utc Title Add Date\nAda,Paper Moons,Brazil,2019-03-23\n',
    { rawTitle: 'Paper Moons', at: at('2019-03-23T12:00Z'), details: { country: 'Brazil' } },
  ],
  [
    'INDICATED_PREFERENCES',
    'Profile Name,Show,Has Watched,Is Interested,Event Date\nAda,Paper Moons,true,,2019-03-23\n',
    { rawTitle: 'Paper Moons', details: { hasWatched: true, isInterested: null } },
  ],
  [
    'SEARCH_HISTORY',
    'Profile Name,Country Iso Code,Device,Is Kids,Query Typed,Displayed Name,Action,Section,Utc Timestamp\n' +
      'Ada,AU,iPhone,0,pap,Paper Moons,play,title_results,2021-03-21 15:43:13\n',
    {
      rawTitle: 'Paper Moons',
      details: {
        query: 'pap',
        action: 'play',
        section: 'title_results',
        device: 'iPhone',
        country: 'AU',
        isKids: false,
      },
    },
  ],
  [
    'PLAYBACK_EVENTS',
    'Profile Name,Title Description,Device,Playback Start Utc Ts,Country,Playtraces\n' +
      'Ada,Paper Moons,TV,2022-02-19 01:52:35,AU,"[{""eventType"":""start"",""sessionOffsetMs"":21,""mediaOffsetMs"":1,""ip"":""192.0.2.7""}]"\n',
    {
      rawTitle: 'Paper Moons',
      details: { device: 'TV', country: 'AU', events: [{ type: 'start', sessionOffsetMs: 21, mediaOffsetMs: 1 }] },
    },
  ],
  [
    'CLICKSTREAM',
    'Profile Name,Source,Navigation Level,Referrer Url,Webpage Url,Click Utc Ts\n' +
      'Ada,www,playback,https://www.netflix.com/browse?jbv=1,https://www.netflix.com/watch/81040344/Zx9_secret?trackId=5#top,2021-06-05 20:35:57\n',
    {
      rawTitle: null,
      details: { source: 'www', navigationLevel: 'playback', page: '/watch/81040344/…', referrer: '/browse' },
    },
  ],
  [
    'INTERACTIVE_TITLES',
    'Profile Name,Title Desc,Selection Type,Choice Segment Id,Has Watched,Source,Utc Timestamp\n' +
      'Ada,"Paper Moons: ""The Choice""",userinput,LEFT,false,tvui,2019-05-15 05:07:47\n',
    {
      rawTitle: 'Paper Moons: "The Choice"',
      details: { selection: 'userinput', choice: 'LEFT', hasWatched: false, source: 'tvui' },
    },
  ],
  [
    'GAME_SESSIONS',
    'Profile Name,Start Time,Duration,Game Title,Game Version,Platform,Device Type,Country,Esn,Ip\n' +
      'Ada,2025-01-11 10:16:42,53,Tide Game,1.1,iosGame,Phone,AU,NFAPPL-1,192.0.2.1\n'.replace('2025', '2024'),
    {
      rawTitle: 'Tide Game',
      details: { duration: 53, version: '1.1', platform: 'iosGame', device: 'Phone', country: 'AU' },
    },
  ],
  [
    'DEVICES',
    'Profile Name,Esn,Device Type,Acct First Playback Date,Acct Last Playback Date,Profile First Playback Date,Profile Last Playback Date,Deactivation Time\n' +
      'Ada,NFAPPL-1,Phone,2020-05-10T22:17:22.627Z,2021-06-07T01:23:20.255,,,1970-01-01T00:00:00.000Z\n',
    {
      at: at('2021-06-07T01:23:20Z'),
      details: {
        device: 'Phone',
        accountFirstPlaybackAt: '2020-05-10T22:17:22Z',
        accountLastPlaybackAt: '2021-06-07T01:23:20Z',
        profileFirstPlaybackAt: null,
        profileLastPlaybackAt: null,
      },
    },
  ],
  [
    'BILLING',
    'Transaction Date,Service Period Start Date,Service Period End Date,Description,Payment Type,Mop Last 4,Mop Creation Date,Mop Pmt Processor Desc,Item Price Amt,Currency,Tax Amt,Gross Sale Amt,Pmt Txn Type,Pmt Status,Final Invoice Result,Country,Next Billing Date\n' +
      '2024-05-20,2024-05-20,2024-06-19,SUBSCRIPTION,CC,4242,2019-01-01,VISA,13.99,AUD,1.27,"15,26",SALE,APPROVED,SETTLED,AU,2024-06-20\n',
    {
      profileName: null,
      at: at('2024-05-20T12:00Z'),
      details: {
        servicePeriodStart: '2024-05-20',
        servicePeriodEnd: '2024-06-19',
        description: 'SUBSCRIPTION',
        itemPrice: '13.99',
        currency: 'AUD',
        tax: '1.27',
        gross: '15.26',
        transactionType: 'SALE',
        status: 'APPROVED',
        invoiceResult: 'SETTLED',
        country: 'AU',
        nextBillingDate: '2024-06-20',
      },
    },
  ],
  [
    'PROFILES',
    '"Profile Name","Email Address","Game Handle","Profile Creation Time","Maturity Level","Primary Lang","Has Auto Playback","Max Stream Quality","Profile Lock Enabled","Date Of Birth","Gender"\r\n' +
      '"Ada","ada@example.org","ada42","2015-01-01 00:00:00","ADULTS","en-AU","1","Unknown","false","1990-02-03","F"\r\n',
    {
      profileName: 'Ada',
      at: at('2015-01-01T00:00Z'),
      details: { maturityLevel: 'ADULTS', language: 'en-AU', hasAutoPlayback: true, streamQuality: 'Unknown' },
    },
  ],
])('%s', (table, content, expected) => {
  it('is read', async () => {
    const { rows, rejected, ...found } = await readTable(text(content));
    expect([found.table, rejected]).toEqual([table, []]);
    expect(rows).toMatchObject([{ line: 2, ...expected }]);
    // Nothing but what is named here.
    if (expected.details !== undefined) expect(rows[0]?.details).toEqual(expected.details);
  });

  it('is read with its columns in another order, in capitals, and with ones that are new', async () => {
    const [header = '', row = ''] = content.trim().split(/\r?\n/);
    const turned = `${header.toUpperCase().split(',').reverse().join(',')},New\n`;
    // Only where no field holds a comma.
    if (row.includes('""') || /"[^"]*,[^"]*"/.test(row)) return;
    const { rows, rejected } = await readTable(text(`${turned}${row.split(',').reverse().join(',')},x\n`));
    expect(rejected).toEqual([]);
    expect(rows).toMatchObject([{ line: 2, ...expected }]);
  });
});

const ratings =
  'Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date\n';

describe('a row of a table', () => {
  it.each([
    ['Ada,Salt,thumb,,often,TV,2021-05-07 23:55:37,', '"often" in "thumbs value" is no whole number'],
    ['Ada,Salt,thumb,,2,TV,soon,', '"soon" in "event utc ts" is no date'],
    ['Ada,Salt,thumb,,2,TV,2031-05-07 23:55:37,', 'lies in the future'],
    ['Ada,Salt,thumb,,2,TV,1991-05-07 23:55:37,', 'before there was a Netflix'],
    ['Ada,,thumb,,2,TV,2021-05-07 23:55:37,', '"title name" is empty'],
    ['Ada,Salt,thumb,,2,TV', 'has 6 fields where the header has 8'],
    ['Ada,Sa\0lt,thumb,,2,TV,2021-05-07 23:55:37,', '"title name" holds a NUL character'],
    ['Ada,"Salt" x,thumb,,2,TV,2021-05-07 23:55:37,', 'text follows the quote'],
  ])('that cannot be read is rejected with the reason, and costs no other: %j', async (row, reason) => {
    const good = 'Ada,Thaw,thumb,,1,TV,2021-05-08 23:55:37,';
    const { rows, rejected } = await readTable(text(`${ratings}${good}\n${row}\n${good}\n`));
    expect(rows.map(({ line }) => line)).toEqual([2, 4]);
    expect(rejected).toMatchObject([{ line: 3, reason: expect.stringContaining(reason) }]);
  });

  it.each([
    [
      'Profile Name,Esn,Device Type,Acct First Playback Date,Profile Last Playback Date,New',
      ['Ada,SECRET,Phone,soon,2021-06-07,SECRET', 'Ada,SECRET,Phone,2021-06-07', 'Ada,SECRET,"Phone" x,,,SECRET'],
      ['Ada,…,Phone,soon,2021-06-07,…', '…', '…'],
    ],
    [
      'Profile Name,Navigation Level,Webpage Url,Click Utc Ts',
      ['Ada,login,/login?token=SECRET,soon', 'Ada,login,/login?token=SECRET'],
      ['Ada,login,…,soon', '…'],
    ],
    [
      'Profile Name,Title Description,Playback Start Utc Ts,Playtraces',
      ['Ada,Salt,2021-06-07 10:00:00,"[{""ip"":""SECRET""}]"'],
      ['Ada,Salt,2021-06-07 10:00:00,…'],
    ],
    [
      'Transaction Date,Currency,Gross Sale Amt,Mop Last 4,Payment Type',
      ['2021-06-07,AUD,some,SECRET,', 'soon,AUD,,SECRET,SECRET'],
      ['2021-06-07,AUD,some,…,', 'soon,AUD,,…,…'],
    ],
    ['Profile Name,Email Address,Profile Creation Time,Maturity Level', [',SECRET,2021-06-07,1'], [',…,2021-06-07,1']],
    // Of a table that is read whole, all can be seen.
    [
      'Profile Name,Title Name,Country,Utc Title Add Date',
      ['Ada,Salt,Brazil', 'Ada,"Salt" x,Brazil,2021-06-07'],
      ['Ada,Salt,Brazil', 'Ada,"Salt" x,Brazil,2021-06-07'],
    ],
  ])('shows of itself, when it is rejected, only what would have been read: %s', async (header, lines, contents) => {
    const { rows, rejected } = await readTable(text(`${header}\n${lines.join('\n')}\n`));
    expect(rows).toEqual([]);
    expect(rejected.map(({ content }) => content)).toEqual(contents);
    expect(JSON.stringify(rejected)).not.toContain('SECRET');
  });

  it('has nothing where the file says NULL', async () => {
    const { rows } = await readTable(text(`${ratings}NULL,Salt,thumb,NULL,2,NULL,2021-05-07 23:55:37,NULL\n`));
    expect(rows).toMatchObject([{ profileName: null, details: { stars: null, thumbs: 2, device: null } }]);
  });

  it('of playback events is rejected where they are no list of events', async () => {
    const header = 'Profile Name,Title Description,Device,Playback Start Utc Ts,Country,Playtraces\n';
    const row = (traces: string) => `Ada,Salt,TV,2022-02-19 01:52:35,AU,"${traces.replaceAll('"', '""')}"\n`;
    const bad = ['[{', '{}', '[null]', '[{"eventType":5}]', '["\\ud800"]', '[{"eventType":"\\u0000"}]'];
    const { rows, rejected } = await readTable(text(header + bad.map(row).join('') + row('[]')));
    expect([rows.length, rejected.length]).toEqual([1, bad.length]);
  });
});

it('is read after a spreadsheet had it: semicolons, another encoding, dates of its country', async () => {
  const saved = [
    'Profile Name;Title Name;Rating Type;Star Value;Thumbs Value;Device Model;Event Utc Ts;Region View Date',
    'José;Água;thumb;;2,0;TV;27/05/2021 23:55;',
    'José;Sal;thumb;;1;TV;03/05/2021 23:55;',
  ];
  const { rows, rejected } = await readTable(
    inMemory(Buffer.from(`${saved.join('\r\n').replace('2,0', '2.0')}\r\n`, 'latin1')),
  );
  expect(rejected).toEqual([]);
  expect(rows.map(({ profileName, rawTitle, at: instant }) => [profileName, rawTitle, instant])).toEqual([
    ['José', 'Água', at('2021-05-27T23:55Z')],
    ['José', 'Sal', at('2021-05-03T23:55Z')],
  ]);
});

it('needs somebody’s word where dates read either way, and takes it', async () => {
  const either = text(`${ratings}Ada,Salt,thumb,,2,TV,03/05/2021 23:55,\n`);
  await expect(readTable(either)).rejects.toMatchObject({ code: 'DATE_ORDER_NEEDED' });
  const { rows } = await readTable(either, { dateOrder: 'DAY_FIRST' });
  expect(rows).toMatchObject([{ at: at('2021-05-03T23:55Z') }]);
});

describe('a file of the export that is not read', () => {
  it.each([
    ['IpAddressesStreaming.csv', 'Esn,Country,Device Description,Ip,Ts\nNF-1,AU,TV,192.0.2.1,2021-06-06\n'],
    ['AccountDetails.csv', '"First Name","Email Address","Phone Number"\n"Ada","ada@example.org",""\n'],
    ['MessagesSentByNetflix.csv', 'Profile Name,Sent Utc Ts,Message Name,Channel\nAda,2021-06-06,NEW,EMAIL\n'],
    ['anything.csv', 'Devices,Date,Esn\nTV,2021-06-06,NF-1\n'],
    ['A/ChatTranscripts.csv', 'Some,Columns\n1,2\n'],
    ['SOCIAL/socialmediaconnections (1).CSV', 'Some,Columns\n1,2\n'],
  ])('is left alone: %s', async (path, content) => {
    expect(await recogniseFile(text(content), path)).toEqual({
      use: 'PRIVATE',
      table: null,
      note: expect.stringContaining('Left alone'),
    });
  });

  it.each([
    ['CONTENT_INTERACTION/Ratings.txt', 'We found no information for this table.', 'RATINGS'],
    ['ratings.TXT', '\u{feff}We found no information for this table.\r\n', 'RATINGS'],
    ['Ratings.csv', '"We found no information for this table."', 'RATINGS'],
    ['Something.txt', 'We found no information for this table.', null],
  ])('is empty where Netflix had nothing: %s', async (path, content, table) => {
    expect(await recogniseFile(text(content), path)).toMatchObject({ use: 'EMPTY', table });
  });
});
