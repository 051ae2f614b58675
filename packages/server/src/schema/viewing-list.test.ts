import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { costOf } from '../../../database/test/statements.ts';
import { ask, clientOf, onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';
import { publicId } from './public-id.ts';

const header =
  'Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n';

/** 150 viewings of each of two people, newest first, of six series, on three devices in two countries. */
function activity(): string {
  let text = header;
  for (const name of ['Ada', 'Ben'])
    for (let number = 150; number > 0; number -= 1) {
      const start = new Date(Date.UTC(2023, 0, 1, 5) + number * 31 * 3_600_000).toISOString();
      const title = `Saltmarsh ${number % 6}: Season ${1 + (number % 3)}: Tide ${number} (Episode ${number})`;
      const country = number % 4 === 0 ? 'NZ (New Zealand)' : 'AU (Australia)';
      text += `${name},${start.slice(0, 19).replace('T', ' ')},00:40:00,,${title},,Device ${number % 3},,Not latest view,${country}\n`;
    }
  return text;
}

const fields = `nodes { id rawTitle watchedOn match { id rawTitle status evidence }
  title { id name ... on Episode { series { id name } season { id name } } } } pageInfo { endCursor hasNextPage }`;

interface Page {
  readonly nodes: readonly { readonly id: string; readonly rawTitle: string; readonly watchedOn: string }[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
}

onEveryServer('pages of viewings', (open) => {
  let server: ServerOfTest;
  let ada: string;
  let importId: string;
  beforeAll(async () => {
    server = await open();
    importId = (await clientOf(server).importHistory(new TextEncoder().encode(activity()))).id;
    ada = (await clientOf(server).profiles())[0]?.id ?? '';
  });
  afterAll(() => server.close());

  const costOfAsking = (query: string, variables: object = {}) =>
    costOf(async () => expect((await ask(server, query, variables)).errors).toBeUndefined());

  const page = async (first: number, after: string | null, filter: object = {}): Promise<Page> => {
    const { viewings } = (
      await clientOf(server).query<{ node: { viewings: Page } }>(
        `query($id: ID!, $first: Int, $after: String, $filter: ViewingFilter) {
          node(id: $id) { ... on Profile { viewings(first: $first, after: $after, filter: $filter) { ${fields} } } } }`,
        { id: ada, first, after, filter },
      )
    ).node;
    return viewings;
  };

  it('costs as many statements for 100 rows as for 10, and fetches one row more than it shows at most', async () => {
    const query = `query($id: ID!, $first: Int) { node(id: $id) { ... on Profile { viewings(first: $first) { ${fields} } } } }`;
    const ten = await costOfAsking(query, { id: ada, first: 10 });
    const hundred = await costOfAsking(query, { id: ada, first: 100 });
    expect(hundred.statements).toBe(ten.statements);
    expect(ten.mostRows).toBeLessThanOrEqual(11);
    expect(hundred.mostRows).toBeLessThanOrEqual(101);
  });

  it('brings every viewing of a long day once, in the order of the file', async () => {
    // As many as it takes for ids to grow by a digit: as text, 1000 stands before 999.
    const titles = Array.from({ length: 1200 }, (_, number) => `Lamp ${number}`);
    const history = `Title,Date\n${titles.map((title) => `${title},2022-05-01\n`).join('')}`;
    const { id } = await clientOf(server).importHistory(new TextEncoder().encode(history), { profileName: 'Zoe' });
    const zoe = (await clientOf(server).profiles()).find(({ name }) => name === 'Zoe')?.id ?? '';
    const listed: string[] = [];
    for await (const { rawTitle } of clientOf(server).viewings(zoe, { pageSize: 70 })) listed.push(rawTitle);
    await clientOf(server).deleteImport(id);
    expect(listed).toEqual(titles);
  });

  it('does so too under a list of profiles', async () => {
    const query = `query($first: Int) { viewer { profiles { viewings(first: $first) { ${fields} } } } }`;
    const ten = await costOfAsking(query, { first: 10 });
    const hundred = await costOfAsking(query, { first: 100 });
    expect(hundred.statements).toBe(ten.statements);
    expect(ten.mostRows).toBeLessThanOrEqual(11);
    expect(hundred.mostRows).toBeLessThanOrEqual(101);
  });

  it('shows every viewing once, in order', async () => {
    const titles: string[] = [];
    let after: string | null = null;
    do {
      const { nodes, pageInfo } = await page(40, after);
      titles.push(...nodes.map(({ rawTitle }) => rawTitle));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(titles.map((title) => Number(/Tide (\d+)/.exec(title)?.[1]))).toEqual(
      Array.from({ length: 150 }, (_, index) => 150 - index),
    );
  });

  it('goes on from a cursor whose row is gone, past rows that came meanwhile, and in another time zone', async () => {
    const client = clientOf(server);
    const extra = `${header}Ada,2023-03-01 12:30:00,00:30:00,,A Row That Goes,,TV,,Not latest view,AU (Australia)\n`;
    const goes = await client.importHistory(new TextEncoder().encode(extra));
    const all = (await page(200, null)).nodes;
    const place = all.findIndex(({ rawTitle }) => rawTitle === 'A Row That Goes');
    const { pageInfo } = await page(place + 1, null);
    const next = all.slice(place + 1, place + 6).map(({ id }) => id);
    const going = async () => (await page(5, pageInfo.endCursor)).nodes.map(({ id }) => id);
    expect(await going()).toEqual(next);
    await client.deleteImport(goes.id);
    expect(await going()).toEqual(next);
    const newer = `${header}Ada,2024-03-01 12:30:00,00:30:00,,Something New,,TV,,Not latest view,AU (Australia)\n`;
    const came = await client.importHistory(new TextEncoder().encode(newer));
    expect(await going()).toEqual(next);
    const zone = 'mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { profile { timeZone } } }';
    const days = async () => (await page(5, pageInfo.endCursor)).nodes.map(({ watchedOn }) => watchedOn);
    const before = await days();
    await client.query(zone, { input: { profileId: ada, timeZone: 'America/Los_Angeles' } });
    expect(await going()).toEqual(next);
    expect(await days()).not.toEqual(before);
    await client.query(zone, { input: { profileId: ada, timeZone: 'Australia/Sydney' } });
    await client.deleteImport(came.id);
  });

  it('lists what a figure counts', async () => {
    const { node } = await clientOf(server).query<{
      node: {
        analytics: {
          weekHours: { cells: { weekday: number; hour: number; viewings: number }[] };
          [dimension: string]: unknown;
        };
      };
    }>(
      `query($id: ID!) { node(id: $id) { ... on Profile { analytics { weekHours { cells { weekday hour viewings } }
        SERIES: top(dimension: SERIES, first: 6) { items { key viewings } }
        TITLE: top(dimension: TITLE, first: 2) { items { key viewings } }
        DEVICE: top(dimension: DEVICE) { items { key viewings } }
        PLACE: top(dimension: PLACE) { items { key viewings } } } } } }`,
      { id: ada },
    );
    const count = async (filter: object) => (await page(500, null, filter)).nodes.length;
    const busy = node.analytics.weekHours.cells.filter(({ viewings }) => viewings > 0).slice(0, 12);
    expect(busy.length).toBe(12);
    for (const { weekday, hour, viewings } of busy) expect(await count({ weekday, hour })).toBe(viewings);
    for (const dimension of ['SERIES', 'TITLE', 'DEVICE', 'PLACE']) {
      const { items } = node.analytics[dimension] as { items: { key: string; viewings: number }[] };
      expect(items.length).toBeGreaterThan(1);
      for (const { key, viewings } of items) expect(await count({ dimension, dimensionKey: key })).toBe(viewings);
    }
    expect(await count({ search: 'tide 14', kind: 'EPISODE' })).toBe(11);
    // In the file's words, no pattern: nothing holds a per cent sign.
    expect(await count({ search: '%' })).toBe(0);
  });

  it('refuses filters that cannot be meant', async () => {
    for (const filter of [
      { weekday: 8 },
      { hour: 24 },
      { dimension: 'DEVICE' },
      { from: '2023-02-02', to: '2023-01-01' },
    ])
      await expect(page(1, null, filter)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(page(1, 'no cursor')).rejects.toMatchObject({ code: 'BAD_CURSOR' });
  });

  it('answers null for what is another account’s', async () => {
    const { sql } = server.database;
    const accountId = uuidv7();
    await sql.query('INSERT INTO account (id, name) VALUES ($1::uuid, $1)', [accountId]);
    // The same rows, as another account would have them.
    const ids: string[] = [publicId('Account', accountId)];
    for (const [table, kind, columns] of [
      ['profile', 'Profile', 'name, time_zone'],
      ['import', 'Import', 'sha256, file_name, format, recognised, bytes_total'],
    ] as const) {
      const id = uuidv7();
      await sql.query(
        `INSERT INTO ${table} (account_id, id, ${columns}) SELECT $1::uuid, $2::uuid, ${columns} FROM ${table} LIMIT 1`,
        [accountId, id],
      );
      ids.push(publicId(kind, id));
    }
    const titleId = uuidv7();
    await sql.query(`INSERT INTO title (account_id, id, kind, name) VALUES ($1::uuid, $2::uuid, 'MOVIE', 'Theirs')`, [
      accountId,
      titleId,
    ]);
    ids.push(publicId('Title', titleId));
    const matchId = uuidv7();
    await sql.query(
      `INSERT INTO match (account_id, id, raw_title, evidence) VALUES ($1::uuid, $2::uuid, 'Theirs', '')`,
      [accountId, matchId],
    );
    ids.push(publicId('Match', matchId));
    const [viewing] = await sql.query<{ id: string }>(
      `INSERT INTO viewing (account_id, profile_id, match_id, import_id, ordered_at, watched_on)
       VALUES ($1::uuid, $1::uuid, $2::uuid, $1::uuid, now(), now()) RETURNING id::text`,
      [accountId, matchId],
    );
    ids.push(publicId('Viewing', viewing?.id ?? ''));
    for (const id of ids) {
      const answer = await ask(server, 'query($id: ID!) { node(id: $id) { id } title(id: $id) { id } }', { id });
      expect([id, answer]).toEqual([id, { data: { node: null, title: null } }]);
    }
    const client = clientOf(server);
    await expect(client.deleteImport(ids[2] ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await client.import(importId)).not.toBeNull();
    await sql.query('DELETE FROM account WHERE id = $1::uuid', [accountId]);
  });
});
