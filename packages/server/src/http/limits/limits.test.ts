import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, openDatabase } from '@watchprint/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPlace } from '../../../../database/test/databases.ts';
import { openRequest, send, sendJson } from '../../../test/http-client.ts';
import type { LimitSetting } from '../../limits.ts';
import { createServer, type WatchprintServer } from '../../server.ts';

const limits = {
  QUERY_LENGTH: 1_000,
  QUERY_TOKENS: 100,
  QUERY_NESTING: 20,
  QUERY_DEPTH: 6,
  QUERY_COST: 1_000,
  QUERY_ALIASES: 3,
  QUERY_DIRECTIVES: 3,
  QUERY_ERRORS: 4,
  OPERATION_SECONDS: 1,
  OPERATIONS_AT_ONCE: 3,
  ACCOUNT_OPERATIONS_AT_ONCE: 2,
  OPERATIONS_WAITING: 8,
  SUBSCRIPTIONS_AT_ONCE: 5,
  ACCOUNT_SUBSCRIPTIONS_AT_ONCE: 3,
};

describe('limits', () => {
  let database: Database;
  let server: WatchprintServer;
  let port: number;
  beforeAll(async () => {
    const place = await newPlace('postgres');
    database = await openDatabase(place);
    server = await createServer({
      database,
      config: { home: place.home, port: 0, logLevel: 'silent', limits, sources: [] },
    });
    port = Number(new URL(await server.listen()).port);
  });
  afterAll(() => server.close());

  const query = (text: string) => ({ query: text });
  const over: [setting: LimitSetting, code: string, status: number, body: object, found: number][] = [
    ['QUERY_LENGTH', 'QUERY_TOO_LONG', 413, query(`{ viewer { id } } #${'x'.repeat(1_000)}`), 1_019],
    ['QUERY_TOKENS', 'TOO_MANY_TOKENS', 400, query(`{ viewer { ${'id '.repeat(96)} } }`), 101],
    ['QUERY_NESTING', 'QUERY_TOO_DEEP', 400, query(`{ node(id: ${'['.repeat(20)}${']'.repeat(20)}) { id } }`), 22],
    [
      'QUERY_DEPTH',
      'QUERY_TOO_DEEP',
      400,
      query(
        '{ viewer { profiles { viewings(first: 1) { nodes { profile { name match: viewings(first: 1) { totalCount } } } } } } }',
      ),
      7,
    ],
    [
      'QUERY_COST',
      'QUERY_TOO_COSTLY',
      400,
      { query: 'query($n: Int) { viewer { imports(first: $n) { nodes { id fileName } } } }', variables: { n: 500 } },
      1_003,
    ],
    ['QUERY_ALIASES', 'TOO_MANY_ALIASES', 400, query('{ viewer { a: id b: id c: id d: id } }'), 4],
    [
      'QUERY_DIRECTIVES',
      'TOO_MANY_DIRECTIVES',
      400,
      query('{ viewer { id @skip(if: false) @skip(if: false) @skip(if: false) @a } }'),
      4,
    ],
  ];
  it.each(over)('refuses what is over %s with %s', async (setting, code, status, body, found) => {
    const { status: answered, json } = await sendJson(port, body);
    expect([answered, json?.errors, json?.data]).toEqual([
      status,
      [
        expect.objectContaining({
          extensions: { code, limit: { setting, most: limits[setting as keyof typeof limits], found } },
        }),
      ],
      undefined,
    ]);
    const [{ message } = { message: '' }] = json?.errors ?? [];
    for (const part of [setting, String(found), String(limits[setting as keyof typeof limits])])
      expect(message).toContain(part);
    // The same asked by GET.
    const { query: text, variables = {} } = body as { query: string; variables?: object };
    const path = `/graphql?query=${encodeURIComponent(text)}&variables=${encodeURIComponent(JSON.stringify(variables))}`;
    expect(
      (await send(port, { method: 'GET', path, headers: { accept: 'application/json' } })).json?.errors[0]?.extensions
        ?.code,
    ).toBe(code);
    // A subscription is measured like anything else.
    const events = await send(port, {
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(body),
    });
    expect(events.text).toContain(code);
  });

  it('measures a document that it knows by what is asked with it, and reads its variables anew', async () => {
    const text =
      'query($n: Int, $of: ID!) { viewer { imports(first: $n) { nodes { id fileName } } } node(id: $of) { id } }';
    const answered = async (variables: object) => {
      const { status, json } = await sendJson(port, { query: text, variables });
      return `${status} ${json?.errors?.[0]?.extensions?.code ?? 'data'}`;
    };
    for (const _ of [1, 2]) {
      expect(await answered({ n: 5, of: 'x' })).toBe('200 data');
      expect(await answered({ n: 500, of: 'x' })).toBe('400 QUERY_TOO_COSTLY');
      expect(await answered({ n: 5, of: 'x\0' })).toBe('200 BAD_USER_INPUT');
    }
  });

  it('says so many things that are wrong with a document, and no more', async () => {
    const { json } = await sendJson(
      port,
      query(`{ ${Array.from({ length: 50 }, (_, at) => `nothing${at}`).join(' ')} }`),
    );
    expect(json?.errors.map(({ extensions }) => extensions?.code)).toEqual(Array(5).fill('GRAPHQL_VALIDATION_FAILED'));
    expect(json?.errors.at(-1)?.message).toContain('Too many validation errors');
  });

  /** Holds what is read from profiles until the work is done. */
  const whileLocked = (work: () => Promise<void>) =>
    database.sql.transaction(async (sql) => {
      await sql.query('LOCK TABLE profile IN ACCESS EXCLUSIVE MODE');
      await work();
    });
  const slow = query('{ viewer { profiles { id } } }');
  const codesOf = async (answers: ReturnType<typeof sendJson>[]) =>
    (await Promise.all(answers))
      .map(({ status, json }) => `${status} ${json?.errors?.[0]?.extensions?.code ?? 'data'}`)
      .sort();

  it('answers an operation that takes too long, and takes the next', async () => {
    await whileLocked(async () => {
      expect(await codesOf([sendJson(port, slow)])).toEqual(['503 OPERATION_TIMEOUT']);
      expect(await codesOf([sendJson(port, query('{ viewer { id } }'))])).toEqual(['200 data']);
    });
    expect(await codesOf([sendJson(port, slow)])).toEqual(['200 data']);
  });

  it('runs so many operations of an account at once, has as many wait as it says, and asks the rest to come back', async () => {
    await whileLocked(async () => {
      // Two run, two wait (a quarter of the line), and there is no place for six.
      const answers = Array.from({ length: 10 }, () => sendJson(port, slow));
      const first = await Promise.all(answers.map((answer) => Promise.race([answer, sleep(500)])));
      const refused = first.filter((answer) => answer !== undefined);
      expect(refused).toHaveLength(6);
      for (const { status, headers, json } of refused) {
        expect([status, json?.errors[0]?.extensions]).toEqual([
          429,
          { code: 'TOO_MANY_OPERATIONS', limit: { setting: 'ACCOUNT_OPERATIONS_AT_ONCE', most: 2, found: 3 } },
        ]);
        expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      }
      await Promise.all(answers);
    });
    const after = Array.from({ length: 4 }, () => sendJson(port, slow));
    expect(await codesOf(after)).toEqual(Array(4).fill('200 data'));
  });

  it('has one account’s queries leave room for another’s', async () => {
    const asOther = (account: string) =>
      server.fetch(
        new Request('http://embedded.invalid/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(query('{ viewer { id } }')),
        }),
        { account },
      );
    await whileLocked(async () => {
      const answers = Array.from({ length: 4 }, () => sendJson(port, slow));
      await sleep(200);
      expect((await asOther('another')).status).toBe(200);
      await Promise.all(answers);
    });
  });

  it('keeps so many subscriptions of an account open, and lets go of those whose clients left', async () => {
    const { rows } = { rows: await importInQueue() };
    const subscribe = () => {
      const opened = openRequest(port, {
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      });
      opened.request.end(
        JSON.stringify({
          query: 'subscription($id: ID!) { importProgress(importId: $id) { status } }',
          variables: { id: rows },
        }),
      );
      return opened;
    };
    for (let round = 0; round < 3; round += 1) {
      const open = Array.from({ length: 3 }, subscribe);
      await Promise.all(open.map(({ request }) => new Promise((resolve) => request.once('response', resolve))));
      const { status, text } = await subscribe().answer;
      expect([status, text]).toEqual([429, expect.stringContaining('TOO_MANY_SUBSCRIPTIONS')]);
      for (const { request } of open) request.destroy();
      await Promise.all(
        open.map(({ request }) => request.closed || new Promise((resolve) => request.once('close', resolve))),
      );
      await sleep(200);
    }
  });

  /** The public id of an import that nobody works on: its original is in no store that is here. */
  async function importInQueue(): Promise<string> {
    const [row] = await database.sql.query<{ id: string }>(
      `INSERT INTO import (account_id, id, sha256, lake_id, file_name, format, recognised, bytes_total)
       SELECT id, gen_random_uuid(), '', gen_random_uuid(), 'a.csv', 'NETFLIX_VIEWING_HISTORY', '{}', 1 FROM account WHERE name = 'local' RETURNING id::text`,
    );
    return Buffer.from(`Import:${row?.id}`).toString('base64url');
  }
});
