import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type AccountStore,
  accountStore,
  beginAccountDeletion,
  beginProfileDeletion,
  type Database,
  openAccount,
  openDatabase,
} from '@watchprint/database';
import { type Client, createClient } from '@watchprint/sdk';
import fc from 'fast-check';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { databaseKinds, newPlace } from '../../../database/test/databases.ts';
import { zip } from '../../../lake/test/archives.ts';
import { ask, clientOf, onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';
import { originalsOf } from '../home.ts';
import { createServer } from '../server.ts';
import { createDeletions } from './deletions.ts';

const header =
  'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n';
const played = (profile: string, start: string, title: string, kind = '') =>
  `${profile},${start},00:40:00,,${title},${kind},TV,,Not latest view,GB (United Kingdom)\n`;

/** Rows of Ada and of Bo, who share strings, series and files. */
const rows = [
  played('Ada', '2021-03-13 20:00:00', 'Tidewater: Season 1: Salt (Episode 1)'),
  played('Bo', '2021-03-13 21:00:00', 'Tidewater: Season 1: Salt (Episode 1)'),
  played('Bo', '2021-03-12 20:00:00', 'Tidewater: Season 2: Ash (Episode 1)'),
  played('Ada', '2021-01-05 20:00:00', 'Paper Moons'),
  played('Bo', '2021-01-05 20:00:00', 'Paper Moons'),
  played('Bo', '2021-01-04 20:00:00', 'Red Clay'),
  played('Bo', '2021-01-03 20:00:00', 'Red Clay: Trailer', 'TRAILER'),
  played('Ada', '2021-01-02 20:00:00', 'Red Clay: Trailer', 'TRAILER'),
];
const rejected = 'Bo,soon,00:40:00,,Secret,,TV,,Not latest view,GB (United Kingdom)\n';
const bytes = (text: string) => new TextEncoder().encode(text);

const deleteProfile = `mutation($id: ID!) { deleteProfile(input: { profileId: $id }) {
  viewingsRemoved before { name rows } after { name rows } } }`;
const deleteAccount = `mutation($confirm: String!) { deleteAccount(input: { confirm: $confirm }) {
  before { name rows } after { name rows } } }`;

interface Counts {
  readonly before: { name: string; rows: number }[];
  readonly after: { name: string; rows: number }[];
}
const countOf = (counts: Counts['before'], name: string) => counts.find((one) => one.name === name)?.rows;

async function originalsIn(home: string): Promise<string[]> {
  const entries = await readdir(join(home, 'lake', 'uploads'), { recursive: true, withFileTypes: true });
  return entries.flatMap(({ name }) => (/^[0-9a-f]{64}$/.test(name) ? name : []));
}

const idOf = async (client: Client, name: string) =>
  (await client.profiles()).find((profile) => profile.name === name)?.id ?? '';

/** Everything that a person can see, without ids and times of import. */
async function everything(client: Client) {
  const { viewer } = await client.query<{ viewer: { imports: { nodes: { fileName: string }[] } } }>(`{
    viewer {
      profiles { name timeZone viewings(first: 20, filter: { includeAccidental: true }) { totalCount nodes {
        rawTitle startedAt title { __typename name ... on Episode { series { name seasons { name episodes { name } } } } } } } }
      imports { nodes { fileName status rowsRead rowsImported rowsDuplicate rowsRejected rowsSupplemental } }
    }
  }`);
  viewer.imports.nodes.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  return viewer;
}

onEveryServer('deleting a profile', (open) => {
  let server: ServerOfTest;
  let client: Client;
  beforeAll(async () => {
    server = await open();
    client = clientOf(server);
  });
  afterAll(() => server.close());

  const send = (fileName: string, content: string) => client.importHistory(bytes(content), { fileName });
  async function clear() {
    const { viewer } = await client.query<{ viewer: { imports: { nodes: { id: string }[] } } }>(
      '{ viewer { imports { nodes { id } } } }',
    );
    for (const { id } of viewer.imports.nodes) await client.deleteImport(id);
  }
  const remove = async (name: string) =>
    (
      await client.query<{ deleteProfile: Counts & { viewingsRemoved: number } }>(deleteProfile, {
        id: await idOf(client, name),
      })
    ).deleteProfile;

  it('leaves all as if files had never had a row of it', async () => {
    const file = fc.subarray(rows, { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 3 }), async (files) => {
        fc.pre(files.flat().some((row) => row.startsWith('Bo')));
        for (const [place, lines] of files.entries()) await send(`${place}.csv`, header + lines.join(''));
        await remove('Bo');
        const afterwards = await everything(client);
        await clear();
        for (const [place, lines] of files.entries()) {
          const others = lines.filter((row) => row.startsWith('Ada'));
          if (others.length > 0) await send(`${place}.csv`, header + others.join(''));
        }
        const expected = await everything(client);
        await clear();
        expect(afterwards).toEqual(expected);
      }),
      { numRuns: 12 },
    );
    for (const table of ['viewing', 'viewing_import', 'match', 'title', 'profile', 'import'])
      expect(await server.database.sql.query(`SELECT * FROM ${table}`), table).toEqual([]);
  });

  it('takes its originals along, and blanks rows that could not be read: they may be its', async () => {
    await send('both.csv', header + rows.join('') + rejected);
    await send('hers.csv', header + rows.filter((row) => row.startsWith('Ada')).join(''));
    await send('his.csv', header + rows.filter((row) => row.startsWith('Bo')).join(''));
    await expect(
      client.importHistory(bytes('Title,Date\n"Bo’s","02/03/2020"\n'), { profileName: 'Bo' }),
    ).rejects.toThrow();
    const { before, after, viewingsRemoved } = await remove('Bo');
    expect(viewingsRemoved).toBe(4);
    expect(
      ['originals', 'viewing', 'import', 'profile'].map((name) => [name, countOf(before, name), countOf(after, name)]),
    ).toEqual([
      ['originals', 4, 1],
      ['viewing', 8, 3],
      ['import', 4, 3],
      ['profile', 2, 1],
    ]);
    const kept = await server.database.sql.query<{ sha256: string }>('SELECT sha256 FROM import WHERE original_kept');
    expect(await originalsIn(server.home)).toEqual(kept.map(({ sha256 }) => sha256));
    const stored = JSON.stringify([
      await server.database.sql.query('SELECT * FROM rejected_row'),
      await server.database.sql.query(
        'SELECT file_name, profile_name, error_message, date_order_reason, original_kept FROM import',
      ),
    ]);
    expect(stored).not.toMatch(/Secret|Bo’s|"Bo"/);
    // The same file again brings him back: what was deleted is not remembered.
    expect(await send('both.csv', header + rows.join('') + rejected)).toMatchObject({
      rowsImported: 5,
      rowsDuplicate: 3,
    });
    expect((await client.profiles()).map(({ name }) => name)).toEqual(['Ada', 'Bo']);
    await remove('Bo');
    await clear();
    expect(await originalsIn(server.home)).toEqual([]);
  });

  it('takes its rows of other tables along, and corrects what files say of them', async () => {
    const ratings =
      'Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date\n';
    const rating = (profile: string, day: number) => `${profile},Salt,thumb,,2,TV,2021-03-0${day} 10:00:00,\n`;
    const archive = await zip({
      'BillingHistory.csv': 'Transaction Date,Currency,Gross Sale Amt\n2021-03-01,AUD,9.99\n',
      'Ratings.csv': ratings + rating('Bo', 1) + rating('Bo', 2) + rating('Ada', 3) + rating('Ada', 4),
      'ViewingActivity.csv': header + rows.join(''),
    });
    const { id } = await client.importHistory(archive, { fileName: 'both.zip' });
    await remove('Bo');
    const left = await server.database.sql.query('SELECT export_table::text AS name FROM export_row ORDER BY 1');
    expect(left).toEqual([{ name: 'BILLING' }, { name: 'RATINGS' }, { name: 'RATINGS' }]);
    expect(
      await server.database.sql.query(
        'SELECT path, rows_read AS read, rows_imported AS imported FROM imported_file ORDER BY place',
      ),
    ).toEqual([
      { path: 'ViewingActivity.csv', read: 3, imported: 3 },
      { path: 'BillingHistory.csv', read: 1, imported: 1 },
      { path: 'Ratings.csv', read: 2, imported: 2 },
    ]);
    expect(await client.import(id)).toMatchObject({ rowsRead: 3, rowsImported: 3 });
    await remove('Ada');
    // What was paid is nobody's but the account's.
    expect(await client.import(id)).toMatchObject({ rowsRead: 0, rowsImported: 0 });
    await clear();
  });

  it('takes along what was sent as its, and rows with its name, also where none of them could be read', async () => {
    const unread = 'Title,Date\n"","28/07/2020"\n"Secret","31/02/2020"\n';
    await send('both.csv', header + rows.join(''));
    await client.importHistory(bytes(unread), { fileName: 'his.csv', profileName: 'Bo', dateOrder: 'DAY_FIRST' });
    await client.importHistory(bytes(unread.replace('Secret', 'Hers')), {
      fileName: 'hers.csv',
      profileName: 'Ada',
      dateOrder: 'DAY_FIRST',
    });
    await send('among.csv', header + rows[0] + rejected);
    await send('quotes.csv', header + rows[0] + rejected.replace('Bo,', 'Ada,').replace('Secret', 'Secret Bo'));
    const kept = () =>
      server.database.sql.query(
        `SELECT file_name AS name, original_kept AS kept, (SELECT string_agg(content, '') FROM rejected_row row
           WHERE row.import_id = import.id) AS content FROM import ORDER BY created_at`,
      );
    const { before, after } = await remove('Bo');
    expect([countOf(before, 'originals'), countOf(after, 'originals')]).toEqual([5, 2]);
    expect(await kept()).toEqual([
      { name: 'both.csv', kept: false, content: null },
      { name: 'hers.csv', kept: true, content: expect.stringContaining('Hers') },
      { name: 'among.csv', kept: false, content: '' },
      { name: 'quotes.csv', kept: true, content: expect.stringContaining('Secret Bo') },
    ]);
    expect(await originalsIn(server.home)).toHaveLength(2);
    await clear();
  });

  it('goes whatever other profiles are called', async () => {
    await send('both.csv', header + rows.join(''));
    const bo = await idOf(client, 'Bo');
    const [, id] = Buffer.from(bo, 'base64url').toString().split(':');
    await client.query(
      'mutation($id: ID!, $name: String!) { updateProfile(input: { profileId: $id, name: $name }) { profile { id } } }',
      { id: await idOf(client, 'Ada'), name: id },
    );
    await remove('Bo');
    expect((await client.profiles()).map(({ name }) => name)).toEqual([id]);
    await clear();
  });

  it('is refused while an import has not ended, and for a profile that is not there', async () => {
    await send('his.csv', header + rows.join(''));
    await server.database.sql.query(`UPDATE import SET status = 'QUEUED', lake_id = gen_random_uuid()`);
    const id = await idOf(client, 'Bo');
    expect((await ask(server, deleteProfile, { id })).errors?.[0]).toMatchObject({
      message: expect.stringContaining('his.csv'),
      extensions: { code: 'IMPORT_RUNNING' },
    });
    expect((await client.profiles()).map(({ name }) => name)).toEqual(['Ada', 'Bo']);
    await clear();
    expect((await ask(server, deleteProfile, { id })).errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });
});

onEveryServer('deleting an account', (open) => {
  let server: ServerOfTest;
  let client: Client;
  beforeAll(async () => {
    server = await open();
    client = clientOf(server);
  });
  afterAll(() => server.close());

  it('asks for its name or id', async () => {
    expect((await ask(server, deleteAccount, { confirm: 'Local' })).errors?.[0]?.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
  });

  it('leaves nothing of it anywhere but what another account has too, and an empty local one', async () => {
    await client.importHistory(bytes(header + rows.join('') + rejected), { fileName: 'both.csv' });
    await client.importHistory(bytes(header + rows.slice(0, 2).join('')), { fileName: 'shared.csv' });
    const { viewer } = await client.query<{ viewer: { id: string; name: string } }>('{ viewer { id name } }');
    const shared = await inAnotherAccount(server.database);
    const answer = (await client.query<{ deleteAccount: Counts }>(deleteAccount, { confirm: viewer.id })).deleteAccount;
    expect(answer.before.filter((table) => table.rows > 0).map((table) => table.name)).toEqual(
      expect.arrayContaining([
        'account',
        'import',
        'match',
        'originals',
        'profile',
        'profile_alias',
        'rejected_row',
        'title',
        'viewing',
      ]),
    );
    expect(answer.after.map((table) => table.name)).toEqual(answer.before.map((table) => table.name));
    expect(answer.after.filter((table) => table.rows > 0)).toEqual([]);
    expect(await originalsIn(server.home)).toEqual([shared]);
    const now = await client.query<{ viewer: { id: string; name: string; profiles: [] } }>(
      '{ viewer { id name profiles { id } } }',
    );
    expect(now.viewer).toEqual({ id: expect.not.stringMatching(viewer.id), name: 'local', profiles: [] });
    expect(await client.importHistory(bytes(header + rows.join('')))).toMatchObject({ rowsImported: 8 });
    await client.query(deleteAccount, { confirm: 'local' });
  });

  /** An account that has sent the second file too. @returns its SHA-256. */
  async function inAnotherAccount({ sql }: Database): Promise<string> {
    await sql.query(`INSERT INTO account (id, name) VALUES (gen_random_uuid(), 'Cleo')`);
    const [row] = await sql.query<{ sha256: string }>(
      `INSERT INTO import (account_id, id, sha256, file_name, format, recognised, bytes_total, status)
       SELECT account.id, gen_random_uuid(), sha256, file_name, format, recognised, bytes_total, status
       FROM import, account WHERE file_name = 'shared.csv' AND account.name = 'Cleo' RETURNING sha256`,
    );
    return row?.sha256 ?? '';
  }

  it('stops an import that is being read', async () => {
    const long = Array.from({ length: 60_000 }, (_, number) => `"Lamp ${number}","28/07/2020"\n`).join('');
    const reading = client.importHistory(bytes(`Title,Date\n${long}`)).catch((error: unknown) => error);
    await vi.waitFor(async () => {
      const [row] = await server.database.sql.query<{ done: number }>(
        `SELECT batches_done AS done FROM import WHERE status = 'RUNNING'`,
      );
      expect(row?.done).toBeGreaterThan(0);
    }, 20_000);
    const { before, after } = (await client.query<{ deleteAccount: Counts }>(deleteAccount, { confirm: 'local' }))
      .deleteAccount;
    expect(countOf(before, 'viewing')).toBeGreaterThan(0);
    expect(after.filter((table) => table.rows > 0)).toEqual([]);
    expect(await reading).toBeInstanceOf(Error);
    // Whatever its worker still had in hand must not come in afterwards.
    await client.importHistory(bytes(header + rows.join('')));
    const [left] = await server.database.sql.query<{ rows: number }>('SELECT count(*)::int AS rows FROM viewing');
    expect(left).toEqual({ rows: 8 });
    await client.query(deleteAccount, { confirm: 'local' });
  });
});

onEveryServer('a deletion that fails', (open) => {
  it('is tried again, and keeps no other from going on', async () => {
    const server = await open();
    const { database, home } = server;
    const stores: AccountStore[] = [];
    for (const account of ['ann', 'bob']) {
      const client = createClient({
        url: 'http://embedded.invalid',
        fetch: (request) => server.fetch(request, { account }),
      });
      await client.importHistory(bytes(header + rows.join('') + played(account, '2021-01-01 20:00:00', account)));
      stores.push(accountStore(database, await openAccount(database.sql, account)));
    }
    const [ann, bob] = stores as [AccountStore, AccountStore];
    const [hers] = await ann.query<{ sha256: string }>('SELECT sha256 FROM import WHERE account_id = $1::uuid');
    let isBroken = true;
    const originals = originalsOf(home);
    const failing = {
      ...originals,
      remove: (sha256: string) =>
        isBroken && sha256 === hers?.sha256 ? Promise.reject(new Error('the disk is gone')) : originals.remove(sha256),
    };
    await beginAccountDeletion(bob);
    await beginAccountDeletion(ann);
    const deletions = createDeletions(database, failing, 'AU', pino({ level: 'silent' }), 20);
    const left = async () =>
      (await database.sql.query<{ id: string }>('SELECT id::text FROM account')).map(({ id }) => id);
    await vi.waitFor(async () => expect(await left()).toEqual([ann.accountId]), 10_000);
    isBroken = false;
    await vi.waitFor(async () => expect(await left()).toEqual([]), 10_000);
    expect(await originalsIn(home)).toEqual([]);
    await deletions.close();
    await server.close();
  });
});

describe.each(databaseKinds)('a deletion whose process died (%s)', (kind) => {
  it('is gone on with when a server starts', async () => {
    const place = await newPlace(kind);
    const { home } = place;
    const config = { home, databaseUrl: place.url, logLevel: 'silent', port: 0 };
    const first = await createServer({ config });
    await clientOf(first).importHistory(bytes(header + rows.join('')));
    await first.close();
    const database = await openDatabase(place);
    const [bo] = await database.sql.query<{ account: string; id: string }>(
      `SELECT account_id::text AS account, id::text FROM profile WHERE name = 'Bo'`,
    );
    await beginProfileDeletion(accountStore(database, bo?.account ?? ''), bo?.id ?? '');
    const second = await createServer({ config, database });
    await vi.waitFor(async () => expect(await originalsIn(home)).toEqual([]), 10_000);
    const client = clientOf(second);
    expect((await client.profiles()).map(({ name }) => name)).toEqual(['Ada']);
    await vi.waitFor(
      async () => expect(await database.sql.query('SELECT name FROM profile')).toEqual([{ name: 'Ada' }]),
      10_000,
    );
    expect(await database.sql.query('SELECT count(*)::int AS rows FROM viewing')).toEqual([{ rows: 3 }]);
    await second.close();
    const again = await openDatabase(place);
    await beginAccountDeletion(accountStore(again, bo?.account ?? ''));
    const third = await createServer({ config, database: again });
    await vi.waitFor(async () => expect(await again.sql.query('SELECT name FROM account')).toEqual([]), 10_000);
    expect(await again.sql.query('SELECT * FROM viewing')).toEqual([]);
    await third.close();
  });
});
