import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Import } from '@watchprint/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultyArchives, zip } from '../../../lake/test/archives.ts';
import { clientOf, onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';

const activity = `Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country
Ada,2021-03-13 20:00:00,00:40:00,,Tidewater: Season 1: Salt (Episode 1),,TV,,Not latest view,GB (United Kingdom)
Ada,2021-03-12 20:00:00,00:41:00,,Paper Moons,,TV,,Not latest view,GB (United Kingdom)
Bo,2021-03-11 20:00:00,00:00:20,,Trailer: Red Clay,TRAILER,TV,,Not latest view,GB (United Kingdom)
`;
const nothing = 'We found no information for this table.';
/** A whole export in the folders that Netflix gives it. */
const files: Record<string, string> = {
  'Folha de capa.pdf': '%PDF-1.4',
  'ACCOUNT/AccountDetails.csv': '"First Name","Last Name","Email Address"\r\n"Ada","Lark","ada.lark@example.org"\r\n',
  'ACCOUNT/TermsOfUse.csv': 'Tou Accepted Date\n2020-01-01 00:00\n',
  'CLICKSTREAM/Clickstream.txt': nothing,
  'CONTENT_INTERACTION/MyList.csv':
    'Profile Name,Title Name,Country,Utc Title Add Date\nAda,Paper Moons,Brazil,2021-03-01\n',
  'CONTENT_INTERACTION/Ratings.csv': `Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date
Ada,Paper Moons,thumb,,2,TV,2021-03-13 10:00:00,
Bo,Tidewater,thumb,,1,TV,2021-03-12 10:00:00,
Bo,Tidewater,thumb,,maybe,TV,2021-03-11 10:00:00,
`,
  'CONTENT_INTERACTION/ViewingActivity.csv': activity,
  'DEVICES/Devices.csv': `Profile Name,Esn,Device Type,Acct First Playback Date,Acct Last Playback Date,Profile First Playback Date,Profile Last Playback Date
Ada,NFANDROID-SERIAL-1,Phone,,,,
Ada,NFANDROID-SERIAL-2,Phone,,,,
`,
  'IP_ADDRESSES/IpAddressesLogin.csv':
    'Esn,Country,Device Description,Ip,Ts\nNFANDROID-SERIAL-1,GB,Phone,192.0.2.77,2021-09-20 18:43:17\n',
  'MESSAGES/MessagesSentByNetflix.csv':
    'Profile Name,Sent Utc Ts,Message Name,Channel\nAda,2021-06-06 00:00:00,SECRET_MESSAGE,EMAIL\n',
  'PAYMENT_AND_BILLING/BillingHistory.csv': `Transaction Date,Description,Payment Type,Mop Last 4,Mop Pmt Processor Desc,Item Price Amt,Currency,Tax Amt,Gross Sale Amt,Pmt Txn Type,Pmt Status,Country,Next Billing Date
2021-03-01,SUBSCRIPTION,CC,4242424242424242,VISAPROCESSOR,9.99,GBP,0,9.99,SALE,APPROVED,GB,2021-04-01
`,
  'PROFILES/Profiles.csv': `"Profile Name","Email Address","Profile Creation Time","Maturity Level","Primary Lang","Has Auto Playback","Max Stream Quality"
"Ada","ada.lark@example.org","2015-01-01 00:00:00","ADULTS","en-GB","1","Unknown"
"Cy","","2016-01-01 00:00:00","KIDS","en-GB","0","Unknown"
`,
  'SURVEYS/Something New.csv': 'Ada Lark,"hello, is this on?"\n',
};
/** What nobody may find in the database afterwards. */
const secrets = [
  'Lark',
  'example.org',
  'NFANDROID',
  '192.0.2.77',
  'SECRET_MESSAGE',
  '4242424242424242',
  'VISAPROCESSOR',
];

onEveryServer('an export archive', (open) => {
  let server: ServerOfTest;
  beforeAll(async () => {
    server = await open();
  });
  afterAll(() => server.close());
  const client = () => clientOf(server);
  const send = (bytes: Uint8Array, fileName = 'netflix-report.zip') => client().importHistory(bytes, { fileName });
  const uses = ({ files: of }: Import) => Object.fromEntries(of.map(({ path, use }) => [path, use]));

  /** All personal tables, as text. */
  async function dump(): Promise<string> {
    const { sql } = server.database;
    const tables = await sql.query<{ name: string }>(
      `SELECT table_name::text AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'account_id'`,
    );
    const rows = await Promise.all(
      tables.map(({ name }) => sql.query(`SELECT to_jsonb(t)::text AS row FROM "${name}" t`)),
    );
    return JSON.stringify(rows);
  }

  const originals = async () => {
    const entries = await readdir(join(server.home, 'lake', 'uploads'), { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && entry.name !== 'id').map(({ name }) => name);
  };

  /** Whatever was imported is gone, and the profiles with it. */
  async function nothingLeft(): Promise<void> {
    const counts = await server.database.sql.query<{ rows: number }>(
      `SELECT ((SELECT count(*) FROM import) + (SELECT count(*) FROM imported_file) + (SELECT count(*) FROM viewing)
         + (SELECT count(*) FROM export_row) + (SELECT count(*) FROM export_row_import) + (SELECT count(*) FROM profile)
         + (SELECT count(*) FROM match) + (SELECT count(*) FROM title) + (SELECT count(*) FROM rejected_row))::int AS rows`,
    );
    expect(counts).toEqual([{ rows: 0 }]);
  }

  it('is read file by file, and everything can be seen', async () => {
    const done = await send(await zip(files));
    expect(done).toMatchObject({ status: 'COMPLETED', format: 'NETFLIX_EXPORT', rowsRead: 3, rowsImported: 3 });
    expect([done.rowsSupplemental, done.rowsRejected, done.bytesRead]).toEqual([1, 0, done.bytesTotal]);
    expect(
      done.files.map(({ path, use, table, rowsRead, rowsImported, rowsRejected }) => [
        path,
        use,
        table,
        rowsRead,
        rowsImported,
        rowsRejected,
      ]),
    ).toEqual([
      ['CONTENT_INTERACTION/ViewingActivity.csv', 'USED', 'VIEWING_ACTIVITY', 3, 3, 0],
      ['PROFILES/Profiles.csv', 'USED', 'PROFILES', 2, 2, 0],
      ['CONTENT_INTERACTION/MyList.csv', 'USED', 'MY_LIST', 1, 1, 0],
      ['CONTENT_INTERACTION/Ratings.csv', 'USED', 'RATINGS', 3, 2, 1],
      ['DEVICES/Devices.csv', 'USED', 'DEVICES', 2, 2, 0],
      ['PAYMENT_AND_BILLING/BillingHistory.csv', 'USED', 'BILLING', 1, 1, 0],
      ['ACCOUNT/AccountDetails.csv', 'PRIVATE', null, 0, 0, 0],
      ['ACCOUNT/TermsOfUse.csv', 'PRIVATE', null, 0, 0, 0],
      ['CLICKSTREAM/Clickstream.txt', 'EMPTY', 'CLICKSTREAM', 0, 0, 0],
      ['Folha de capa.pdf', 'UNKNOWN', null, 0, 0, 0],
      ['IP_ADDRESSES/IpAddressesLogin.csv', 'PRIVATE', null, 0, 0, 0],
      ['MESSAGES/MessagesSentByNetflix.csv', 'PRIVATE', null, 0, 0, 0],
      ['SURVEYS/Something New.csv', 'UNKNOWN', null, 0, 0, 0],
    ]);
    const note = (path: string) => done.files.find((file) => file.path === path)?.note;
    expect(note('CONTENT_INTERACTION/Ratings.csv')).toBe('Rows that could not be read: 1; see rejectedRows.');
    expect(note('PAYMENT_AND_BILLING/BillingHistory.csv')).toContain('Mop Last 4');
    expect(note('SURVEYS/Something New.csv')).toBe('No table that is known.');
    const seen = await client().query<Record<string, never>>(
      `query($id: ID!) {
        node(id: $id) { ... on Import { rejectedRows { totalCount nodes { fileName line reason } } profiles { name } } }
        viewer { exportRows(table: BILLING) { nodes { at details } }
          profiles { name exportRows(table: RATINGS) { totalCount nodes { table at rawTitle details } } } } }`,
      { id: done.id },
    );
    expect(seen).toMatchObject({
      node: {
        rejectedRows: {
          totalCount: 1,
          nodes: [{ fileName: 'CONTENT_INTERACTION/Ratings.csv', line: 4, reason: expect.stringContaining('"maybe"') }],
        },
        profiles: [{ name: 'Ada' }, { name: 'Bo' }, { name: 'Cy' }],
      },
      viewer: {
        exportRows: { nodes: [{ at: '2021-03-01T12:00:00.000Z', details: { gross: '9.99', currency: 'GBP' } }] },
        profiles: [
          {
            name: 'Ada',
            exportRows: {
              totalCount: 1,
              nodes: [
                { table: 'RATINGS', at: '2021-03-13T10:00:00.000Z', rawTitle: 'Paper Moons', details: { thumbs: 2 } },
              ],
            },
          },
          { name: 'Bo', exportRows: { totalCount: 1 } },
          { name: 'Cy', exportRows: { totalCount: 0 } },
        ],
      },
    });
    const stored = await dump();
    expect(secrets.filter((secret) => stored.includes(secret))).toEqual([]);
    // The dump would show one.
    expect(stored).toContain('Paper Moons');

    const again = await send(await zip(files));
    expect(again).toMatchObject({ rowsRead: 3, rowsImported: 0, rowsDuplicate: 3 });
    expect(again.files.map(({ rowsImported }) => rowsImported)).toEqual(again.files.map(() => 0));
    // Taking the first back hands its rows to the second, with the counts of each file.
    const before = await dump();
    await client().deleteImport(done.id);
    expect((await client().import(again.id))?.files).toEqual(done.files);
    expect((await dump()).length).toBeLessThan(before.length);
    await client().deleteImport(again.id);
    await nothingLeft();
  });

  it('tells the state on the day of an export by the rows that it contained', async () => {
    const list = (...titles: string[]) =>
      zip({
        'MyList.csv': `Profile Name,Title Name,Country,Utc Title Add Date\n${titles.map((title) => `Ada,${title},Brazil,2021-03-01\n`).join('')}`,
      });
    const first = await send(await list('Paper Moons', 'Salt'));
    const second = await send(await list('Paper Moons', 'Thaw'));
    const titles = async (importId: string | null) => {
      const { viewer } = await client().query<{
        viewer: { profiles: { exportRows: { totalCount: number; nodes: { rawTitle: string }[] } }[] };
      }>(
        `query($importId: ID) { viewer { profiles { exportRows(table: MY_LIST, importId: $importId) { totalCount nodes { rawTitle } } } } }`,
        { importId },
      );
      const { nodes, totalCount } = viewer.profiles[0]?.exportRows ?? { nodes: [], totalCount: 0 };
      expect(totalCount).toBe(nodes.length);
      return nodes.map(({ rawTitle }) => rawTitle).sort();
    };
    expect(await titles(null)).toEqual(['Paper Moons', 'Salt', 'Thaw']);
    expect(await titles(first.id)).toEqual(['Paper Moons', 'Salt']);
    expect(await titles(second.id)).toEqual(['Paper Moons', 'Thaw']);
    for (const { id } of [first, second]) await client().deleteImport(id);
    await nothingLeft();
  });

  it('is the same in other folders, without any, in capitals, and beside what systems leave in archives', async () => {
    const within = (change: (path: string) => string) =>
      Object.fromEntries(Object.entries(files).map(([path, content]) => [change(path), content]));
    const plain = await send(await zip(files));
    const counts = plain.files.filter(({ use }) => use === 'USED').map(({ table, rowsRead }) => [table, rowsRead]);
    await client().deleteImport(plain.id);
    for (const change of [
      (path: string) => `netflix-report/${path}`,
      (path: string) => path.split('/').at(-1) as string,
      (path: string) => path.toUpperCase(),
      (path: string) => path.replace('CONTENT_INTERACTION', 'INTERAÇÃO_COM_CONTEÚDO').replace('Ratings', 'Avaliações'),
    ]) {
      const archive = await zip({
        ...within(change),
        '__MACOSX/._ViewingActivity.csv': '\0\u{5}\u{16}\u{7}',
        '.DS_Store': '\0',
      });
      const done = await send(archive);
      expect(
        done.files
          .filter(({ use }) => use === 'USED')
          .map(({ table, rowsRead }) => [table, rowsRead])
          .sort(),
      ).toEqual(counts.sort());
      expect(uses(done)['__MACOSX/._ViewingActivity.csv']).toBe('UNKNOWN');
      await client().deleteImport(done.id);
      await nothingLeft();
    }
  });

  it('is read for the others where one file cannot be', async () => {
    const mangled = activity.replaceAll('Title', 'Tytuł');
    const done = await send(
      await zip({
        ...files,
        'CONTENT_INTERACTION/ViewingActivity.csv': mangled,
        'CONTENT_INTERACTION/MyList.csv': 'Profile Name,Title Name,Country,Utc Title Add Date\n',
        'inner.zip': await zip(files),
        'E.csv': '',
      }),
    );
    expect(done).toMatchObject({ status: 'COMPLETED', rowsRead: 0, dateOrder: null });
    expect(uses(done)).toMatchObject({
      'CONTENT_INTERACTION/ViewingActivity.csv': 'UNREADABLE',
      'CONTENT_INTERACTION/Ratings.csv': 'USED',
      'inner.zip': 'UNKNOWN',
      'E.csv': 'EMPTY',
    });
    expect(done.files.find(({ path }) => path.includes('ViewingActivity'))?.note).toContain('without Title');
    await client().deleteImport(done.id);
    await nothingLeft();
  });

  it('fails as a whole, and leaves nothing, where a history needs somebody’s word', async () => {
    const history = 'Title,Date\n"Paper Moons","02/03/2021"\n';
    const archive = await zip({
      'Ratings.csv': files['CONTENT_INTERACTION/Ratings.csv'] as string,
      'NetflixViewingHistory.csv': history,
    });
    await expect(send(archive)).rejects.toMatchObject({
      code: 'DATE_ORDER_NEEDED',
      message: expect.stringContaining('"NetflixViewingHistory.csv"'),
    });
    const { nodes } = (
      await client().query<{ viewer: { imports: { nodes: { id: string; files: { use: string }[] }[] } } }>(
        '{ viewer { profiles { id } imports { nodes { id files { use note } } } } }',
      )
    ).viewer.imports;
    expect(nodes.map(({ files: of }) => of.map(({ use }) => use))).toEqual([['UNREADABLE', 'UNREADABLE']]);
    const told = await client().importHistory(archive, {
      fileName: 'told.zip',
      dateOrder: 'DAY_FIRST',
      profileName: 'Dee',
    });
    expect(told).toMatchObject({ status: 'COMPLETED', rowsImported: 1, dateOrder: 'DAY_FIRST' });
    for (const id of [told.id, nodes[0]?.id as string]) await client().deleteImport(id);
    await nothingLeft();
  });

  describe('that cannot be read', () => {
    it('is refused with the entry at fault, and nothing of it is kept', async () => {
      for (const [fault, { code, archive }] of Object.entries(
        await faultyArchives('CONTENT_INTERACTION/ViewingActivity.csv', activity),
      )) {
        await expect(send(archive), fault).rejects.toMatchObject({ name: 'RefusedError', code });
        expect(await originals(), fault).toEqual([]);
      }
      await nothingLeft();
    });

    it.each([
      ['a workbook', { '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '' }, 'FORMAT_UNKNOWN', 'a workbook'],
      [
        'holiday pictures',
        { 'a.jpg': '\u{fffd}\0\0', 'b.txt': 'Dear diary' },
        'FORMAT_UNKNOWN',
        'none of them a table',
      ],
      ['nothing', {}, 'FORMAT_UNKNOWN', 'an archive of 0 files'],
      [
        'only what is left alone',
        { 'Ip.csv': files['IP_ADDRESSES/IpAddressesLogin.csv'] as string },
        'TABLE_LEFT_ALONE',
        'left alone',
      ],
    ])('is refused: %s', async (_what, content, code, message) => {
      await expect(send(await zip(content))).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
      await nothingLeft();
    });
  });
});
