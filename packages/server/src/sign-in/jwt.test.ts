import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Database, openDatabase } from '@watchprint/database';
import { exportJWK, exportSPKI, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newPlace } from '../../../database/test/databases.ts';
import { createServer } from '../server.ts';
import { createJwtCheck } from './jwt.ts';

const audience = 'watchprint';
type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;
const now = () => Math.floor(Date.now() / 1000);

describe('AUTH=jwt', () => {
  let database: Database;
  let host: Server;
  let issuer: string;
  let keys: KeyPair;
  /** What the issuer's host answers at the moment. */
  let published: JWK[] | null = [];
  let described: object = {};
  let asked = 0;

  beforeAll(async () => {
    database = await openDatabase(await newPlace('embedded'));
    host = createHttpServer((request, response) => {
      const isKeys = request.url === '/keys';
      if (isKeys) asked += 1;
      if (published === null) response.writeHead(500).end('out of order');
      else
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify(isKeys ? { keys: published } : described));
    });
    host.listen(0, '127.0.0.1');
    await once(host, 'listening');
    issuer = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    keys = await generateKeyPair('RS256', { extractable: true });
  });
  beforeEach(async () => {
    published = [await publicKey(keys, 'one')];
    described = { issuer, jwks_uri: `${issuer}/keys` };
    asked = 0;
  });
  afterAll(async () => {
    host.close();
    await database.close();
  });

  const publicKey = async (pair: KeyPair, kid: string, alg = 'RS256') => ({
    ...(await exportJWK(pair.publicKey)),
    kid,
    alg,
    use: 'sig',
  });
  const check = (more: object = {}) =>
    createJwtCheck(database.sql, { issuer, audience, jwksUrl: `${issuer}/keys`, ...more });
  const sign = (claims: JWTPayload = {}, pair = keys, header: { kid?: string; alg?: string } = {}) =>
    new SignJWT({ sub: 'ann', iss: issuer, aud: audience, exp: now() + 300, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'one', ...header })
      .sign(pair.privateKey);
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'let in',
      ({ code }: { code: string }) => code,
    );
  /** A token that no library would make. */
  const byHand = (header: object, claims: object, signature = '') =>
    `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.${signature}`;
  const claims = () => ({ sub: 'ann', iss: issuer, aud: audience, exp: now() + 300 });

  it('opens one account for a subject, also when it is seen several times at once', async () => {
    const verify = check();
    const callers = await Promise.all(Array.from({ length: 20 }, async () => verify(await sign({ sub: 'new here' }))));
    expect(new Set(callers.map(({ accountId }) => accountId)).size).toBe(1);
    expect((await verify(await sign({ sub: 'another' }))).accountId).not.toBe(callers[0]?.accountId);
    // Nobody becomes the local account by being called so.
    const [local] = await database.sql.query<{ id: string }>(
      `INSERT INTO account (id, name) VALUES (gen_random_uuid(), 'local') RETURNING id::text`,
    );
    expect((await verify(await sign({ sub: 'local' }))).accountId).not.toBe(local?.id);
  });

  it('takes a token of these keys, for this service, in its time, and no other', async () => {
    const verify = check();
    const others = await generateKeyPair('RS256');
    const refused: Record<string, string> = {
      expired: await sign({ exp: now() - 60 }),
      'not valid yet': await sign({ nbf: now() + 600 }),
      'for another service': await sign({ aud: 'another' }),
      'for nobody': await sign({ aud: undefined } as never),
      'of another issuer': await sign({ iss: 'https://other.example' }),
      'of no issuer': await sign({ iss: undefined } as never),
      'without an end': await sign({ exp: undefined } as never),
      'without a subject': await sign({ sub: undefined } as never),
      'with an empty subject': await sign({ sub: '' }),
      'with a subject that breaks lines': await sign({ sub: 'a\nb' }),
      'with half a character for a subject': await sign({ sub: 'a\ud800' }),
      'with an endless subject': await sign({ sub: 'x'.repeat(256) }),
      'of keys that are not the issuer’s': await sign({}, others),
      'of a key that there is none of': await sign({}, keys, { kid: 'unknown' }),
      unsigned: byHand({ alg: 'none', kid: 'one' }, claims()),
      'unsigned, in capitals': byHand({ alg: 'NONE' }, claims()),
      'no token': 'abc',
      'two thirds of one': 'abc.def',
    };
    // The public key, taken for a secret that both sides share.
    const spki = await exportSPKI(keys.publicKey);
    for (const secret of [spki, spki.trim(), JSON.stringify(await exportJWK(keys.publicKey))]) {
      const content = byHand({ alg: 'HS256', kid: 'one', typ: 'JWT' }, claims()).slice(0, -1);
      refused[`of a shared secret ${secret.length}`] =
        `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
    }
    const good = await sign();
    const [head, , signature] = good.split('.');
    refused['with other claims under its signature'] =
      `${head}.${Buffer.from(JSON.stringify({ ...claims(), sub: 'eve' })).toString('base64url')}.${signature}`;
    refused['with its own key in its header'] = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'RS256', jwk: await exportJWK(others.publicKey) })
      .sign(others.privateKey);
    for (const [what, token] of Object.entries(refused))
      expect([what, await codeOf(verify(token))]).toEqual([what, 'UNAUTHENTICATED']);
    expect(await codeOf(verify(good))).toBe('let in');
    // Clocks are half a minute apart at most.
    expect(await codeOf(verify(await sign({ exp: now() - 10 })))).toBe('let in');
  });

  it('goes along with new keys, and with several', async () => {
    const verify = check({ cooldownMs: 0 });
    expect(await codeOf(verify(await sign()))).toBe('let in');
    const next = await generateKeyPair('ES256', { extractable: true });
    published = [await publicKey(next, 'two', 'ES256')];
    const token = await sign({}, next, { kid: 'two', alg: 'ES256' });
    expect(await codeOf(verify(token))).toBe('let in');
    expect(await codeOf(verify(await sign()))).toBe('UNAUTHENTICATED');
    const third = await generateKeyPair('RS256', { extractable: true });
    published = [await publicKey(keys, 'one'), await publicKey(third, 'three')];
    const unnamed = await sign({}, third, { kid: undefined } as never);
    const several = check();
    expect(await codeOf(several(unnamed))).toBe('let in');
    const foreign = await sign({}, await generateKeyPair('RS256'), { kid: undefined } as never);
    expect(await codeOf(several(foreign))).toBe('UNAUTHENTICATED');
  });

  it('does not ask the issuer for every token with a key that it does not know', async () => {
    const verify = check();
    for (let count = 0; count < 10; count += 1) await codeOf(verify(await sign({}, keys, { kid: `made up ${count}` })));
    expect(asked).toBe(1);
  });

  it('says that it cannot tell while the issuer is away, and can when it is back', async () => {
    const verify = check({ cooldownMs: 0 });
    const token = await sign();
    published = null;
    expect(await codeOf(verify(token))).toBe('SIGN_IN_UNAVAILABLE');
    expect(await codeOf(check({ jwksUrl: 'http://127.0.0.1:9/' })(token))).toBe('SIGN_IN_UNAVAILABLE');
    published = [await publicKey(keys, 'one')];
    expect(await codeOf(verify(token))).toBe('let in');
  });

  it('finds the keys where the issuer says, unless it speaks for another', async () => {
    const verify = check({ jwksUrl: undefined });
    described = { issuer: 'https://other.example', jwks_uri: `${issuer}/keys` };
    expect(await codeOf(verify(await sign()))).toBe('SIGN_IN_UNAVAILABLE');
    described = { issuer, jwks_uri: `${issuer}/keys` };
    expect(await codeOf(verify(await sign()))).toBe('let in');
  });

  it('lets a token that names our scope for reading read only', async () => {
    const mayWrite = async (scope?: string) => (await check()(await sign({ scope }))).mayWrite;
    expect(await mayWrite()).toBe(true);
    expect(await mayWrite('openid profile email')).toBe(true);
    expect(await mayWrite('openid watchprint:read')).toBe(false);
    expect(await mayWrite('watchprint:read watchprint:write')).toBe(true);
  });

  it('answers over HTTP: 401 to a bad token, 503 while it cannot tell', async () => {
    const server = await createServer({
      config: {
        databaseUrl: 'memory:',
        port: 0,
        logLevel: 'silent',
        auth: 'jwt',
        jwtIssuer: issuer,
        jwtAudience: audience,
      },
    });
    try {
      const url = await server.listen();
      const ask = async (token: string) => {
        const answer = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ query: '{ viewer { id } }' }),
        });
        const { errors } = (await answer.json()) as { errors?: { extensions: { code: string } }[] };
        return [answer.status, errors?.[0]?.extensions.code, answer.headers.get('retry-after')];
      };
      published = null;
      expect(await ask(await sign())).toEqual([503, 'SIGN_IN_UNAVAILABLE', '10']);
      published = [await publicKey(keys, 'one')];
      expect(await ask(await sign())).toEqual([200, undefined, null]);
      expect(await ask(await sign({ exp: now() - 60 }))).toEqual([401, 'UNAUTHENTICATED', null]);
    } finally {
      await server.close();
    }
  });
});
