import { type Database, openDatabase } from '@watchprint/database';
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPlace } from '../../../database/test/databases.ts';
import { createServer, type WatchprintServer } from '../server.ts';
import { issueToken } from '../sign-in/api-token.ts';

/** What the GraphQL over HTTP specification asks of servers, by the suite that its authors keep. */
describe.each(['local', 'tokens'] as const)('GraphQL over HTTP (AUTH=%s)', (auth) => {
  let database: Database;
  let server: WatchprintServer;
  let url: string;
  let authorization: string;
  beforeAll(async () => {
    const place = await newPlace('embedded');
    database = await openDatabase(place);
    server = await createServer({
      database,
      config: { home: place.home, port: 0, logLevel: 'silent', auth, sources: [] },
    });
    url = `${await server.listen()}/graphql`;
    const asked = { account: 'ann', scope: 'FULL', name: null, expiresInDays: null } as const;
    authorization = `Bearer ${(await issueToken(database.sql, asked)).token}`;
  });
  afterAll(() => server.close());

  const signedIn = (input: string, init: RequestInit = {}) =>
    fetch(input, auth === 'local' ? init : { ...init, headers: { ...(init.headers as object), authorization } });
  const audits = serverAudits({ url: () => url, fetchFn: signedIn });

  it.each(audits.map(({ id, name, fn }) => ({ id, name, fn })))('$name ($id)', async ({ fn }) => {
    const result = await fn();
    expect(result).toMatchObject({ status: 'ok' });
  });

  it('is asked all of it', () => expect(audits.length).toBeGreaterThan(30));
});
