import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  accountStore,
  beginAccountDeletion,
  type Database,
  listTokens,
  openDatabase,
  revokeToken,
} from '@watchprint/database';
import { createClient } from '@watchprint/sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds, newPlace } from '../../../database/test/databases.ts';
import { type HttpAnswer, send, sendBytes } from '../../test/http-client.ts';
import { createServer, type WatchprintServer } from '../server.ts';
import { callerOfToken, issueToken } from './api-token.ts';

const history = new TextEncoder().encode('Title,Date\n"Paper Moons","28/07/2020"\n');
const viewer = JSON.stringify({ query: '{ viewer { id } }' });
const update = JSON.stringify({
  query: 'mutation { updateProfile(input: { profileId: "x", name: "y" }) { profile { id } } }',
});

describe.each(databaseKinds)('AUTH=tokens (%s)', (kind) => {
  let database: Database;
  let server: WatchprintServer;
  let url: string;
  let port: number;
  let home: string;
  beforeAll(async () => {
    const place = await newPlace(kind);
    home = place.home;
    database = await openDatabase(place);
    server = await createServer({
      database,
      config: {
        home,
        port: 0,
        logLevel: 'silent',
        auth: 'tokens',
        allowedHosts: ['watch.example'],
        allowedOrigins: ['https://app.example'],
      },
    });
    url = await server.listen();
    port = Number(new URL(url).port);
  });
  afterAll(() => server.close());

  const issue = async (account: string, scope: 'FULL' | 'READ' = 'FULL', expiresInDays: number | null = null) =>
    issueToken(database.sql, { account, scope, name: null, expiresInDays });
  const ask = (authorization: string | null, body = viewer, more: Record<string, string> = {}): Promise<HttpAnswer> =>
    send(port, {
      headers: {
        'content-type': 'application/json',
        ...(authorization === null ? {} : { authorization }),
        ...more,
      },
      body,
    });
  const viewerOf = async (token: string) =>
    (JSON.parse((await ask(`Bearer ${token}`)).text) as { data: { viewer: { id: string } } }).data.viewer.id;

  it('knows an account by its token, and opens one account for one name', async () => {
    const [ann, another, bob] = await Promise.all([issue('ann'), issue('ann'), issue('bob')]);
    expect(await viewerOf(ann.token)).toBe(await viewerOf(another.token));
    expect(await viewerOf(bob.token)).not.toBe(await viewerOf(ann.token));
  });

  it('turns away whoever has none, a wrong one, one that has ended, or one that was revoked', async () => {
    const { token, kept } = await issue('ann');
    const { token: late, kept: lateKept } = await issue('ann', 'FULL', 1);
    await database.sql.query(`UPDATE api_token SET expires_at = now() - interval '1 second' WHERE id = $1::uuid`, [
      lateKept.id,
    ]);
    const { token: gone, kept: goneKept } = await issue('ann');
    expect(await revokeToken(database.sql, goneKept.id)).toBe(true);
    const lastChanged = `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.at(-1)}`;
    const secretOfAnother = token.slice(0, 36) + late.slice(36);
    for (const [authorization, challenge] of [
      [null, 'Bearer'],
      ...[
        '',
        'Bearer',
        'Bearer ',
        `Basic ${token}`,
        token,
        `Bearer ${token}x`,
        `Bearer ${lastChanged}`,
        `Bearer ${secretOfAnother}`,
        `Bearer ${token.toUpperCase()}`,
        `Bearer wp_${'0'.repeat(32)}_${'A'.repeat(43)}`,
        `Bearer ${late}`,
        `Bearer ${gone}`,
        `Bearer ${kept.id}`,
        "Bearer ' OR 1=1 --",
        `Bearer ${'x'.repeat(8000)}`,
      ].map((text) => [text, 'Bearer error="invalid_token"'] as const),
    ] as [string | null, string][]) {
      const { status, json, headers } = await ask(authorization);
      expect([authorization, status, json?.errors[0]?.extensions?.code, headers['www-authenticate']]).toEqual([
        authorization,
        401,
        'UNAUTHENTICATED',
        challenge,
      ]);
    }
    expect((await ask(`bearer ${token}`)).status).toBe(200);
  });

  it('lets nobody in any more once their account is being deleted', async () => {
    const { token, kept } = await issue('zoe');
    const { accountId } = await callerOfToken(database.sql, token);
    await beginAccountDeletion(accountStore(database, accountId));
    expect((await ask(`Bearer ${token}`)).status).toBe(401);
    expect((await listTokens(database.sql)).map(({ id }) => id)).not.toContain(kept.id);
    // Nor does whoever is called like it.
    const other = await issue(accountId);
    expect((await callerOfToken(database.sql, other.token)).accountId).not.toBe(accountId);
  });

  it('keeps nothing that a token could be made from', async () => {
    const { token } = await issue('ann');
    const rows = await database.sql.query<Record<string, unknown>>('SELECT api_token::text AS row FROM api_token');
    const all = JSON.stringify(rows);
    expect(all.length).toBeGreaterThan(100);
    expect(all).not.toContain(token);
    expect(all).not.toContain(token.slice(36));
  });

  it('lets a token for reading read and change nothing', async () => {
    const { token } = await issue('ann', 'READ');
    expect((await ask(`Bearer ${token}`)).status).toBe(200);
    const { status, json } = await ask(`Bearer ${token}`, update);
    expect([status, json?.errors[0]?.extensions?.code]).toEqual([403, 'FORBIDDEN']);
    const client = createClient({ url, token });
    await expect(client.importHistory(history)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const { token: full } = await issue('ann');
    expect((await ask(`Bearer ${full}`, update)).json?.errors[0]?.extensions?.code).toBe('NOT_FOUND');
  });

  it('writes down that a token was used, once an hour', async () => {
    const { token, kept } = await issue('ann');
    const lastUsed = async () =>
      (
        await database.sql.query<{ at: string | null }>(
          'SELECT last_used_at::text AS at FROM api_token WHERE id = $1::uuid',
          [kept.id],
        )
      )[0]?.at;
    expect(await lastUsed()).toBeNull();
    await viewerOf(token);
    const first = await lastUsed();
    expect(first).not.toBeNull();
    await viewerOf(token);
    expect(await lastUsed()).toBe(first);
    await database.sql.query(`UPDATE api_token SET last_used_at = now() - interval '2 hours' WHERE id = $1::uuid`, [
      kept.id,
    ]);
    const old = await lastUsed();
    await viewerOf(token);
    expect(await lastUsed()).not.toBe(old);
  });

  it('reads and keeps nothing of what a stranger uploads', async () => {
    const start = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\nGraphql-Require-Preflight: 1\r\n`;
    const asking = await sendBytes(
      port,
      `${start}Expect: 100-continue\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n`,
    );
    // Not even asked to go on.
    expect(asking).toMatch(/^HTTP\/1\.1 401 [\s\S]*UNAUTHENTICATED/);
    const client = createClient({ url });
    await expect(client.importHistory(history)).rejects.toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
    expect(await readdir(join(home, 'temporary'))).toEqual([]);
    const { token } = await issue('ann');
    const invited = await sendBytes(
      port,
      `${start.replace('multipart/form-data; boundary=x', 'application/json')}Authorization: Bearer ${token}\r\nExpect: 100-continue\r\nContent-Length: ${viewer.length}\r\nConnection: close\r\n\r\n${viewer}`,
    );
    expect(invited).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 /);
  });

  it('shows its page to anybody, and nothing else', async () => {
    const page = await send(port, { method: 'GET', headers: { accept: 'text/html' } });
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html']);
    expect((await send(port, { method: 'GET', path: '/' })).status).toBe(302);
    const query = `/graphql?query=${encodeURIComponent('{ viewer { id } }')}`;
    const asked = await send(port, { method: 'GET', path: query, headers: { accept: 'text/html' } });
    expect(asked.headers['content-type']).toBe('text/html');
    for (const accept of ['application/json', 'application/graphql-response+json', '*/*'])
      expect((await send(port, { method: 'GET', path: query, headers: { accept } })).status).toBe(401);
    for (const path of ['/other', '/graphql/other', '/graphqlx'])
      expect((await send(port, { method: 'GET', path, headers: { accept: 'text/html' } })).status).toBe(401);
    // A body is never anybody's page.
    expect((await ask(null, viewer, { accept: 'text/html' })).status).toBe(401);
  });

  it('does the whole of an import over the SDK, progress with it', async () => {
    const { token } = await issue('carl');
    const client = createClient({ url, token });
    const done = await client.importHistory(history);
    expect(done).toMatchObject({ status: 'COMPLETED', rowsImported: 1 });
    const { token: other } = await issue('dora');
    expect(await createClient({ url, token: other }).import(done.id)).toBeNull();
    const stranger = createClient({ url });
    await expect(stranger.import(done.id)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('asks the same of a request without a port, unless the program says whose it is', async () => {
    const request = (headers: Record<string, string> = {}) =>
      new Request('http://embedded.invalid/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: viewer,
      });
    const refused = await server.fetch(request());
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    const { token } = await issue('ann');
    const idOf = async (answer: Response) =>
      ((await answer.json()) as { data: { viewer: { id: string } } }).data.viewer.id;
    const byToken = await idOf(await server.fetch(request({ authorization: `Bearer ${token}` })));
    expect(await idOf(await server.fetch(request(), { account: 'ann' }))).toBe(byToken);
    expect(await idOf(await server.fetch(request({ authorization: `Bearer ${token}` }), { account: 'eve' }))).not.toBe(
      byToken,
    );
    // The database would keep every half of a character as one and the same.
    for (const account of ['', ' ', 'x'.repeat(201), 'a\nb', 'a\ud800', 'a\udfff'])
      expect((await server.fetch(request(), { account })).status).toBe(400);
  });

  it('answers to the names that it was given, and lets pages of allowed origins in', async () => {
    const { token } = await issue('ann');
    const authorization = `Bearer ${token}`;
    for (const host of ['watch.example', 'WATCH.example:8443', `localhost:${port}`])
      expect((await ask(authorization, viewer, { host })).status).toBe(200);
    for (const host of ['other.example', 'watch.example.other', '0.0.0.0'])
      expect((await ask(authorization, viewer, { host })).status).toBe(421);
    // A proxy that speaks TLS stands before it.
    const own = await ask(authorization, viewer, { host: 'watch.example', origin: 'https://watch.example' });
    expect([own.status, own.headers['access-control-allow-origin']]).toEqual([200, undefined]);

    const origin = 'https://app.example';
    const preflight = await send(port, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-headers': expect.stringContaining('authorization'),
      vary: expect.stringMatching(/origin/i),
    });
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();
    const answer = await ask(authorization, viewer, { origin });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([200, origin]);
    // Its page can read that it has to sign in.
    expect((await ask(null, viewer, { origin })).headers['access-control-allow-origin']).toBe(origin);
    for (const foreign of ['https://app.example.other', 'http://app.example', 'null'])
      expect((await ask(authorization, viewer, { origin: foreign })).status).toBe(403);
  });
});
