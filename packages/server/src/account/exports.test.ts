import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportedTables } from '@watchprint/database';
import { openArchive } from '@watchprint/lake';
import { type Client, createClient } from '@watchprint/sdk';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openOnPort, send } from '../../test/http-client.ts';
import { ask, clientOf, onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';

const activity = `Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country
Ada,2021-03-13 20:00:00,00:40:00,,"Tidewater: Season 1: Salt, ""dry"" (Episode 1)",,TV,,Not latest view,GB (United Kingdom)
Ada,2021-03-12 20:00:00,00:40:00,Autoplayed: user action: None; ,=cmd|' /C calc'!A0,,TV,,Not latest view,GB (United Kingdom)
Bo,2021-01-05 20:00:00,00:01:00,,Red Clay: Trailer,TRAILER,Phone,,Not latest view,GB (United Kingdom)
Bo,soon,00:40:00,,-1+1,,TV,,Not latest view,GB (United Kingdom)
`;
const history = 'Title,Date\n"あの日の光","28/07/2020"\n"Tidewater: Salt","13/03/2021"\n';
const bytes = (text: string) => new TextEncoder().encode(text);

async function whole(stream: ReadableStream<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

type Row = Record<string, unknown>;

async function jsonOf(client: Client): Promise<Record<string, Row[]> & { counts: Record<string, number> }> {
  return JSON.parse((await whole(await client.exportAccount())).toString('utf8'));
}

async function filesOf(client: Client, originals = false): Promise<Map<string, Buffer>> {
  const path = join(await mkdtemp(join(tmpdir(), 'watchprint-export-')), 'export.zip');
  await writeFile(path, await whole(await client.exportAccount({ format: 'csv', originals })));
  const zip = await openArchive(path, { ratio: Infinity });
  const files = new Map<string, Buffer>();
  for (const { path: name, open } of zip.entries) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of open()) chunks.push(chunk);
    files.set(name, Buffer.concat(chunks));
  }
  zip.close();
  return files;
}

onEveryServer('an export of an account', (open) => {
  let server: ServerOfTest;
  let client: Client;
  beforeAll(async () => {
    server = await open();
    client = clientOf(server);
    await client.importHistory(bytes(activity), { fileName: 'ViewingActivity.csv' });
    await client.importHistory(bytes(activity), { fileName: 'again.csv' });
    await client.importHistory(bytes(history), { fileName: 'history.csv', profileName: 'Ada' });
    const insertion = `WITH one AS (SELECT account_id, id FROM import WHERE file_name = 'ViewingActivity.csv'),
        two AS (INSERT INTO imported_file (account_id, import_id, place, path, use, export_table)
          SELECT account_id, id, 7, 'Ratings.csv', 'USED', 'RATINGS' FROM one)
      INSERT INTO export_row (account_id, id, import_id, profile_id, export_table, at, raw_title, details)
      SELECT one.account_id, gen_random_uuid(), one.id, profile.id, 'RATINGS', '2021-03-14T10:00:00.5Z', 'Paper Moons', '{"thumbs":2}'
      FROM one, profile WHERE profile.name = 'Ada'`;
    await server.database.sql.query(insertion);
    await client.query('mutation($input: ImportCorrectionsInput!) { importCorrections(input: $input) { kept } }', {
      input: { corrections: [{ rawTitle: 'Paper Moons', imdbId: 'tt0000201' }] },
    });
    // Somebody else's, of whom nothing may be told.
    await server.database.sql.query(`INSERT INTO account (id, name) VALUES (gen_random_uuid(), 'Cleo')`);
    for (const table of ['profile', 'viewing', 'match', 'export_row', 'profile_alias', 'correction'])
      await server.database.sql.query(
        `INSERT INTO ${table} SELECT copied.* FROM ${table} original, account, jsonb_populate_record(original,
           jsonb_build_object('account_id', account.id)) copied WHERE account.name = 'Cleo'`,
      );
  });
  afterAll(() => server.close());

  it('has every row once, and says how many there are', async () => {
    const { counts, ...tables } = await jsonOf(client);
    const [owner] = tables.accounts as { id: string }[];
    for (const { name, table, owner: column } of exportedTables) {
      const [stored] = await server.database.sql.query<{ rows: number }>(
        `SELECT count(*)::int AS rows FROM ${table} WHERE ${column} = $1::uuid`,
        [owner?.id ?? ''],
      );
      expect([name, tables[name]?.length, counts[name]]).toEqual([name, stored?.rows, stored?.rows]);
      expect(stored?.rows, name).toBeGreaterThan(0);
    }
  });

  it('says of a viewing what a person can read', async () => {
    const { viewings, matches, exportRows, imports, rejectedRows } = await jsonOf(client);
    const of = (rawTitle: string) => viewings?.find((row) => row.rawTitle === rawTitle);
    expect(of('Tidewater: Season 1: Salt, "dry" (Episode 1)')).toMatchObject({
      profile: 'Ada',
      kind: 'EPISODE',
      title: 'Salt, "dry"',
      series: 'Tidewater',
      seasonNumber: 1,
      episodeNumber: 1,
      startedAt: '2021-03-13T20:00:00.000Z',
      watchedOn: '2021-03-13',
      secondsWatched: 2400,
      supplemental: false,
      device: 'TV',
      country: 'GB',
      importIds: [idOf('ViewingActivity.csv'), idOf('again.csv')],
    });
    expect(of('あの日の光')).toMatchObject({
      startedAt: null,
      secondsWatched: null,
      watchedOn: '2020-07-28',
      occurrence: 1,
    });
    expect(of('Red Clay: Trailer')).toMatchObject({ supplemental: true, profile: 'Bo' });
    expect(matches?.find((row) => row.rawTitle === 'あの日の光')).toMatchObject({
      status: 'READ',
      evidence: expect.any(String),
    });
    expect(exportRows).toMatchObject([
      { exportTable: 'RATINGS', profile: 'Ada', at: '2021-03-14T10:00:00.500Z', details: { thumbs: 2 } },
    ]);
    expect(rejectedRows?.[0]).toMatchObject({ line: 5, content: expect.stringContaining('-1+1') });
    function idOf(fileName: string) {
      return imports?.find((row) => row.fileName === fileName)?.id;
    }
  });

  it('says as CSV what it says as JSON, with nothing that a spreadsheet would run', async () => {
    const { counts, ...tables } = await jsonOf(client);
    const files = await filesOf(client);
    expect([...files.keys()]).toEqual([...exportedTables.map(({ name }) => `${name}.csv`), 'README.txt']);
    const asCell = (value: unknown): string => {
      if (value === null) return '';
      if (Array.isArray(value)) return value.join(' ');
      if (typeof value === 'object') return JSON.stringify(value);
      return String(value).replace(/^(?=[=+\-@\t\r])/, typeof value === 'number' ? '' : "'");
    };
    for (const { name, columns } of exportedTables) {
      const text = files.get(`${name}.csv`)?.toString('utf8') ?? '';
      const rows = parse(text, { bom: true, columns: true });
      const expected = tables[name]?.map((row) =>
        Object.fromEntries(columns.map((one) => [one.name, asCell(row[one.name])])),
      );
      expect(rows).toEqual(expected);
      expect(files.get('README.txt')?.toString()).toContain(`${name}.csv: ${counts[name]} rows.`);
    }
    expect(files.get('matches.csv')?.toString()).toContain(",'=cmd|");
  });

  it('brings the imported files as they came, where they are wanted', async () => {
    const files = await filesOf(client, true);
    const originals = [...files].filter(([name]) => name.startsWith('originals/'));
    expect(originals.map(([name]) => name.replace(/[0-9a-f]{12}/, '…')).sort()).toEqual([
      'originals/…-ViewingActivity.csv',
      'originals/…-history.csv',
    ]);
    for (const [name, content] of originals)
      expect(name).toContain(createHash('sha256').update(content).digest('hex').slice(0, 12));
  });

  it('waits for an import that is being read, and refuses what it does not know', async () => {
    await server.database.sql.query(
      `UPDATE import SET status = 'RUNNING', leased_until = now() + interval '1 minute' WHERE file_name = 'history.csv'`,
    );
    await expect(client.exportAccount()).rejects.toMatchObject({ code: 'IMPORT_RUNNING', status: 409 });
    await server.database.sql.query(`UPDATE import SET status = 'COMPLETED', leased_until = NULL`);
    await expect(client.exportAccount({ format: 'xml' as never })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    await expect(client.exportAccount({ originals: true })).rejects.toMatchObject({ code: 'BAD_ARGUMENT' });
    for (const path of ['export.json?originals=true', 'export.zip?originals=1'])
      expect((await server.fetch(new Request(`http://embedded.invalid/${path}`))).status).toBe(400);
  });

  it('is one at a time of an account, and leaves room for others', async () => {
    const exported = (account?: string) =>
      server.fetch(new Request('http://embedded.invalid/export.json'), account === undefined ? {} : { account });
    const first = await exported();
    const refused = await exported();
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      429,
      '5',
      {
        errors: [
          {
            message: expect.stringContaining('ACCOUNT_EXPORTS_AT_ONCE'),
            extensions: {
              code: 'TOO_MANY_EXPORTS',
              limit: { setting: 'ACCOUNT_EXPORTS_AT_ONCE', most: 1, found: 2 },
            },
          },
        ],
      },
    ]);
    const others = await Promise.all(['dora', 'eva', 'fay'].map(exported));
    expect(others.map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const { body } of [first, ...others]) await body?.cancel();
    expect((await vi.waitFor(() => jsonOf(client), 5000)).counts.viewings).toBe(5);
  });

  it('lets go of the database when its reader leaves', async () => {
    for (let round = 0; round < 12; round += 1) {
      const format = round % 2 === 0 ? 'json' : 'csv';
      const stream = await vi.waitFor(() => client.exportAccount({ format }), 5000);
      await stream.cancel();
    }
    expect((await vi.waitFor(() => jsonOf(client), 5000)).counts.viewings).toBe(5);
    expect((await ask(server, '{ viewer { id } }')).errors).toBeUndefined();
  });
});

describe('an export over HTTP', () => {
  it('is what it is without a port, and only for who may ask', async () => {
    const opened = await openOnPort();
    const client = createClient({ url: `http://127.0.0.1:${opened.port}` });
    await client.importHistory(bytes(activity));
    const { counts } = await jsonOf(client);
    expect(counts).toMatchObject({ accounts: 1, profiles: 2, viewings: 3, rejectedRows: 1 });
    expect((await filesOf(client, true)).size).toBe(exportedTables.length + 2);
    const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      send(opened.port, { method, path, headers });
    const answer = await get('/export.json');
    expect(answer.headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'content-disposition': expect.stringMatching(/^attachment; filename="watchprint-export-\d{4}-\d\d-\d\d\.json"$/),
    });
    expect((await get('/export.json', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await get('/export.json', { host: 'evil.example' })).status).toBe(421);
    expect((await get('/export.zip', { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await get('/export.zip', {}, 'HEAD')).status).toBe(405);
    await opened.close();
  });

  it('breaks off, and says so, where the account changes while it is read on the embedded database', async () => {
    const opened = await openOnPort();
    const client = createClient({ url: `http://127.0.0.1:${opened.port}` });
    const rows = Array.from({ length: 30_000 }, (_, number) => `"Lamp ${number}","28/07/2020"\n`).join('');
    const { id } = await client.importHistory(bytes(`Title,Date\n${rows}`));
    for (const format of ['json', 'csv'] as const) {
      const stream = await client.exportAccount({ format });
      await client.query(
        'mutation($id: ID!) { updateProfile(input: { profileId: $id, name: "Somebody" }) { profile { id } } }',
        {
          id: (await client.profiles())[0]?.id,
        },
      );
      await expect(whole(stream)).rejects.toMatchObject({ code: 'UNREACHABLE', retryable: true });
      await client.query(
        'mutation($id: ID!) { updateProfile(input: { profileId: $id, name: "Profile" }) { profile { id } } }',
        {
          id: (await client.profiles())[0]?.id,
        },
      );
    }
    await client.deleteImport(id);
    await opened.close();
  });
});
