import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from './client.ts';

/** A server that is none of ours: what it answers is asked of it as the token. */
const answers: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
  page: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Sign in to the hotel</h1>'),
  'no-page': (response) => response.writeHead(404).end('<h1>Nothing here</h1>'),
  'bad-gateway': (response) => response.writeHead(502).end('<h1>Bad gateway</h1>'),
  nothing: (response) => response.end(),
  null: (response) => response.end('null'),
  number: (response) => response.end('5'),
  'no-data': (response) => response.end('{}'),
  'null-data': (response) => response.end('{"data":null}'),
  'odd-errors': (response) => response.end('{"errors":[null]}'),
  'broken-off': (response) => {
    response.writeHead(200, { 'content-length': 100 }).write('{"data"');
    setTimeout(() => response.destroy(), 20);
  },
  busy: (response) => {
    const limit = { setting: 'ACCOUNT_OPERATIONS_AT_ONCE', most: 16, found: 17 };
    response
      .writeHead(429, { 'retry-after': '5' })
      .end(JSON.stringify({ errors: [{ message: 'Too many', extensions: { code: 'TOO_MANY_OPERATIONS', limit } }] }));
  },
  'busy-elsewhere': (response) => response.writeHead(429, { 'retry-after': '7' }).end('Slow down'),
  'no-answer': () => {},
  token: (response, { headers }) =>
    response.end(JSON.stringify({ errors: [{ message: headers.authorization ?? 'none' }] })),
};

const server = createServer((request, response) => {
  request.resume();
  const asked = request.headers.authorization?.replace('Bearer ', '') ?? 'token';
  (answers[asked] ?? answers.token)?.(response, request);
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const failure = (work: Promise<unknown>) =>
  work.then(
    (answer) => new Error(`it answered ${JSON.stringify(answer)}`),
    (error: unknown) => error as Error,
  );

describe('an answer that is none of ours', () => {
  const unreachable = { name: 'UnreachableError', code: 'UNREACHABLE', retryable: true };
  it.each([
    ['page', unreachable],
    ['bad-gateway', unreachable],
    ['nothing', unreachable],
    ['null', unreachable],
    ['number', unreachable],
    ['no-data', unreachable],
    ['null-data', unreachable],
    ['odd-errors', unreachable],
    ['broken-off', unreachable],
    ['no-page', { name: 'RefusedError', code: 'HTTP_404', retryable: false, status: 404, retryAfter: null }],
    ['busy-elsewhere', { name: 'RefusedError', code: 'HTTP_429', retryable: true, status: 429, retryAfter: 7 }],
  ])('is told apart with a code: %s', async (token, expected) => {
    const client = createClient({ url, token });
    expect(await failure(client.profiles())).toMatchObject(expected);
    expect(await failure(client.importHistory(new Uint8Array([1])))).toMatchObject(expected);
  });
});

it('says which limit was reached, and when to try again', async () => {
  expect(await failure(createClient({ url, token: 'busy' }).profiles())).toMatchObject({
    code: 'TOO_MANY_OPERATIONS',
    retryable: true,
    retryAfter: 5,
    extensions: { limit: { setting: 'ACCOUNT_OPERATIONS_AT_ONCE', most: 16, found: 17 } },
  });
});

describe('a token', () => {
  it('is sent without the end of the line that it stood on, and not at all when it is empty', async () => {
    for (const [token, sent] of [
      ['wp_1', 'Bearer wp_1'],
      ['wp_1\n', 'Bearer wp_1'],
      ['', 'none'],
      [undefined, 'none'],
    ])
      expect((await failure(createClient({ url, token }).profiles())).message).toBe(sent);
  });

  it('that could not be sent is refused, and not repeated', () => {
    for (const token of ['wp_€', 'wp_1\r\nx: y', 'wp 1', 7]) {
      const expected = { code: 'BAD_ARGUMENT', message: expect.not.stringContaining(String(token)) };
      expect(() => createClient({ url, token: token as string })).toThrow(expect.objectContaining(expected));
    }
  });
});

it('refuses options that are none with a code', () => {
  for (const wrong of [undefined, null, {}, { url: undefined }, 'http://127.0.0.1:4000', { url: 5 }])
    expect(() => createClient(wrong as never)).toThrow(expect.objectContaining({ code: 'BAD_ARGUMENT' }));
});

describe('a signal', () => {
  const aborted = { name: 'AbortedError', code: 'ABORTED', retryable: false, cause: 'enough' };
  const calls: Record<string, (signal: AbortSignal) => Promise<unknown>> = {
    importHistory: (signal) => createClient({ url, token: 'no-answer' }).importHistory(new Blob(['x']), { signal }),
    query: (signal) => createClient({ url, token: 'no-answer' }).query('{ viewer { name } }', {}, { signal }),
    analytics: (signal) => createClient({ url, token: 'no-answer' }).analytics('profile', { signal }),
    viewings: async (signal) => {
      for await (const viewing of createClient({ url, token: 'no-answer' }).viewings('profile', { signal }))
        throw new Error(viewing.id);
    },
  };
  it.each(Object.keys(calls))('ends %s, and its request', async (name) => {
    const controller = new AbortController();
    const arrived = new Promise<IncomingMessage>((resolve) => server.once('request', resolve));
    const work = failure(calls[name]?.(controller.signal) ?? Promise.resolve());
    const request = await arrived;
    const gone = new Promise((resolve) => request.socket.once('close', resolve));
    controller.abort('enough');
    expect(await work).toMatchObject(aborted);
    await gone;
    expect(await failure(calls[name]?.(controller.signal) ?? Promise.resolve())).toMatchObject(aborted);
  });
});
