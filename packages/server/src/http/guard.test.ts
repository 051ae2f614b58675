import { once } from 'node:events';
import { rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fileMap,
  formHeaders,
  type HttpAnswer,
  importHistory,
  type ListeningServer,
  openOnPort,
  openRequest,
  send,
  sendBytes,
  sendForm,
  sendJson,
  upload,
} from '../../test/http-client.ts';
import { exampleQuery } from './example-query.ts';

let listening: ListeningServer;
let port: number;
beforeAll(async () => {
  listening = await openOnPort();
  ({ port } = listening);
});
afterAll(() => listening.close());

const json = { 'content-type': 'application/json' };
const viewerQuery = JSON.stringify({ query: '{ viewer { id } }' });

/** Status and code of an answer that has to be an error, in JSON, and to say nothing of our insides. */
function refusalIn({ status, text, json }: HttpAnswer) {
  expect(json?.errors).toHaveLength(1);
  expectNoInsides(text);
  return [status, json?.errors[0]?.extensions?.code];
}

function expectNoInsides(text: string) {
  expect(text).not.toMatch(/\bat .+:\d+:\d+|node_modules|file:\/\/|[A-Z]\w+Error:/);
  expect(text).not.toContain(listening.home);
}

describe('who may ask', () => {
  it('answers to the names of this machine, and to no other', async () => {
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
      const { status, json: answer } = await send(port, { headers: { ...json, host }, body: viewerQuery });
      expect([status, answer?.data]).toEqual([200, { viewer: { id: expect.any(String) } }]);
    }
    for (const host of ['watchprint.example', `127.0.0.1.example:${port}`, `localhost.:${port}`, '10.0.0.1'])
      expect(refusalIn(await send(port, { headers: { ...json, host }, body: viewerQuery }))).toEqual([
        421,
        'MISDIRECTED_REQUEST',
      ]);
  });

  it('has a clean answer for a Host header that is none', async () => {
    for (const host of ['a b<>', '', '/', 'localhost:99999', `user@localhost:${port}`, '[::1', '"><script>']) {
      const answer = await sendBytes(port, `GET /graphql HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(answer).toMatch(/^HTTP\/1\.1 421 /);
      expectNoInsides(answer);
    }
  });

  it('has a clean answer for a target that is no path', async () => {
    const start = `HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`;
    for (const target of ['GET http://', 'GET http://other.example/graphql', 'GET http://[/', 'OPTIONS *']) {
      const answer = await sendBytes(port, `${target} ${start}`);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expectNoInsides(answer);
    }
    for (const target of ['//', '//[', '/%', '/%E0%A4%A', '/graphql/../x']) {
      const answer = await sendBytes(port, `GET ${target} ${start}`);
      expect(answer).toMatch(/^HTTP\/1\.1 404 /);
      expectNoInsides(answer);
    }
  });

  it('turns pages of other origins away and says nothing that would let them read', async () => {
    const others = ['http://other.example', 'null', `https://127.0.0.1:${port}`, `http://localhost:${port}`, 'http://'];
    for (const origin of others)
      for (const method of ['GET', 'POST', 'OPTIONS']) {
        const answer = await send(port, {
          method,
          headers: { ...json, origin, 'access-control-request-method': 'POST' },
          body: method === 'POST' ? viewerQuery : '',
        });
        expect(refusalIn(answer)).toEqual([403, 'FORBIDDEN']);
        expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
  });

  it('lets its own page pass, with no header that lets others in', async () => {
    const answer = await send(port, { headers: { ...json, origin: `http://127.0.0.1:${port}` }, body: viewerQuery });
    expect(answer.json?.data).toEqual({ viewer: { id: expect.any(String) } });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('takes nothing that a form of another page could send', async () => {
    const query = 'mutation { deleteImport(input: { importId: "x" }) { viewingsRemoved } }';
    const kinds: Record<string, string> = {
      'application/x-www-form-urlencoded': `query=${encodeURIComponent(query)}`,
      'text/plain': JSON.stringify({ query }),
      'text/plain; application/json': JSON.stringify({ query }),
      'application/graphql': query,
    };
    for (const [type, body] of Object.entries(kinds))
      expect(refusalIn(await send(port, { headers: { 'content-type': type }, body }))).toEqual([
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      ]);
    expect(refusalIn(await send(port, { body: JSON.stringify({ query }) }))).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE']);
    for (const type of [formHeaders['content-type'], 'Multipart/Form-Data; boundary=x'])
      expect(refusalIn(await send(port, { headers: { 'content-type': type }, body: 'x' }))).toEqual([403, 'FORBIDDEN']);
  });

  it('lets an upload that it turns away finish, so that its client comes to read why', async () => {
    const socket = connect(port, '127.0.0.1');
    const start = `HTTP/1.1\r\nHost: localhost:${port}\r\n`;
    socket.write(
      `POST /graphql ${start}Content-Type: ${formHeaders['content-type']}\r\nContent-Length: 1000000\r\n\r\n`,
    );
    socket.write('x'.repeat(100_000));
    expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 403 [\s\S]*FORBIDDEN/);
    socket.write('x'.repeat(900_000));
    socket.write(`GET /graphql?query=%7Bviewer%7Bid%7D%7D ${start}\r\n`);
    expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  it('changes nothing on GET, and knows GET and POST only', async () => {
    const mutation = encodeURIComponent('mutation { deleteImport(input: { importId: "x" }) { viewingsRemoved } }');
    const got = await send(port, { method: 'GET', path: `/graphql?query=${mutation}` });
    expect(got.status).toBe(405);
    expect(got.json?.errors[0]?.message).toMatch(/mutation/);
    for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE'])
      expect(refusalIn(await send(port, { method, headers: json, body: viewerQuery }))).toEqual([
        405,
        'METHOD_NOT_ALLOWED',
      ]);
    const head = await send(port, { method: 'HEAD' });
    expect(head.status).toBe(405);
  });
});

describe('what may be asked', () => {
  it('refuses a body that is no request, and says what is wrong with it', async () => {
    const bodies = ['', '{', 'null', '1', '"x"', '[]', `[${viewerQuery}]`, '{"query":1}', '{"query":{"length":1}}'];
    for (const body of bodies) expect(refusalIn(await sendJson(port, body))).toEqual([400, 'BAD_REQUEST']);
    for (const extra of ['"variables":"x"', '"variables":[]', '"extensions":1', '"other":1'])
      expect(refusalIn(await sendJson(port, `{"query":"{ viewer { id } }",${extra}}`))).toEqual([400, 'BAD_REQUEST']);
    for (const wrong of ['variables=x', 'extensions=x'])
      expect(
        refusalIn(await send(port, { method: 'GET', path: `/graphql?query=%7Bviewer%7Bid%7D%7D&${wrong}` })),
      ).toEqual([400, 'BAD_REQUEST']);
  });

  it('refuses more than one megabyte without a file, and the client hears why', async () => {
    const whole = await sendJson(port, { query: '{ viewer { id } }', operationName: 'x'.repeat(5_000_000) });
    expect(refusalIn(whole)).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    const { request, answer } = openRequest(port, { headers: json });
    request.write('x'.repeat(1_200_000));
    expect(refusalIn(await answer)).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    request.destroy();
  });

  it('refuses a document too deep or too long for the parser', async () => {
    const documents: [query: string, code: string][] = [
      ['{a'.repeat(5000) + '}'.repeat(5000), 'TOO_MANY_TOKENS'],
      ['{a'.repeat(5000), 'TOO_MANY_TOKENS'],
      [`{ node(id: ${'['.repeat(2400)}${']'.repeat(2400)}) { id } }`, 'QUERY_TOO_DEEP'],
      [`query ($a: ${'['.repeat(2400)}Int${']'.repeat(2400)}) { viewer { id } }`, 'QUERY_TOO_DEEP'],
      [`{ node(id: ${'{a:'.repeat(1200)}1${'}'.repeat(1200)}) { id } }`, 'QUERY_TOO_DEEP'],
      [`{ viewer { ${'id '.repeat(6000)} } }`, 'TOO_MANY_TOKENS'],
      [
        `${'{ viewer { profiles { viewings { nodes { profile '.repeat(5)} { id } ${'} } } } }'.repeat(5)}`,
        'QUERY_TOO_DEEP',
      ],
    ];
    for (const [query, code] of documents) expect(refusalIn(await sendJson(port, { query }))).toEqual([400, code]);
    const long = await sendJson(port, { query: `{ viewer { id } } #${'x'.repeat(50_000)}` });
    expect(refusalIn(long)).toEqual([413, 'QUERY_TOO_LONG']);
  });

  it('counts brackets of the document, not those in its strings and comments', async () => {
    const brackets = '{[('.repeat(200);
    const query = `{ viewer { id } node(id: "${brackets}") { id } other: node(id: """${brackets}""") { id } } #${brackets}`;
    const { json: answer } = await sendJson(port, { query });
    expect(answer).toEqual({ data: { viewer: { id: expect.any(String) }, node: null, other: null } });
  });

  it('takes variables that nest deeper than the stack', async () => {
    const deep = `${'['.repeat(400_000)}${']'.repeat(400_000)}`;
    const operations = `{"query":"{ viewer { id } }","variables":{"a":${deep}}}`;
    expect((await sendJson(port, operations)).json?.data).toEqual({ viewer: { id: expect.any(String) } });
    const form = await sendForm(port, [
      ['operations', operations],
      ['map', '{}'],
    ]);
    expect(form.json?.data).toEqual({ viewer: { id: expect.any(String) } });
  });

  it('does not send long names and values back', async () => {
    const long = 'x'.repeat(40_000);
    for (const body of [
      { query: `{ ${long} }` },
      { query: `{ viewer { id(${long}: 1) } }` },
      { query: `query ($a: ${long}) { viewer { id } }` },
      { query: '{ viewer { id } }', operationName: long },
      {
        query: 'query ($a: Int!) { viewer { imports(first: $a) { totalCount } } }',
        variables: { a: long.repeat(20) },
      },
    ]) {
      const { text, json: answer } = await sendJson(port, body);
      expect(answer?.errors.length).toBeGreaterThan(0);
      expect(text.length).toBeLessThan(3000);
    }
  });

  it('refuses a form that is no GraphQL request', async () => {
    const query = viewerQuery;
    for (const parts of [
      [['operations', '1']],
      [
        ['operations', 'junk'],
        ['map', '{}'],
      ],
      [['map', '{}']],
      [['operations', query]],
      [
        ['map', '{}'],
        ['operations', query],
      ],
      ...['junk', '1', '[]', 'null', '{"0":1}', '{"0":[1]}', '{"0":["variables.x.y"]}', '{"0":["query"]}'].map(
        (map) => [
          ['operations', query],
          ['map', map],
        ],
      ),
      ...['[]', '[null]', `[${query}]`].map((operations) => [
        ['operations', operations],
        ['map', '{}'],
      ]),
      [
        ['0', 'Title,Date', 'history.csv'],
        ['operations', importHistory],
        ['map', fileMap],
      ],
      [
        ['operations', importHistory],
        ['map', fileMap],
      ],
      [
        ['operations', '{"query":null}'],
        ['map', '{"0":["query"]}'],
        ['0', 'Title,Date', 'history.csv'],
      ],
      [],
    ] as [string, string, string?][][])
      expect(refusalIn(await sendForm(port, parts))).toEqual([400, 'BAD_REQUEST']);
    const large = await sendForm(port, [['operations', `{"query":"${'x'.repeat(2_000_000)}"}`]]);
    expect(refusalIn(large)).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    const preflight = { 'graphql-require-preflight': '1' };
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary='])
      expect(refusalIn(await send(port, { headers: { ...preflight, 'content-type': type }, body: 'junk' }))).toEqual([
        400,
        'BAD_REQUEST',
      ]);
  });

  it('reads a form whatever the case of its content type', async () => {
    const answer = await send(port, {
      headers: { ...formHeaders, 'content-type': formHeaders['content-type'].replace('multipart', 'Multipart') },
      body: `--a-boundary\r\nContent-Disposition: form-data; name="operations"\r\n\r\n${viewerQuery}\r\n--a-boundary\r\nContent-Disposition: form-data; name="map"\r\n\r\n{}\r\n--a-boundary--\r\n`,
    });
    expect(answer.json?.data).toEqual({ viewer: { id: expect.any(String) } });
  });

  it('keeps an error that nobody expected to itself', async () => {
    // The store of originals cannot be made where a file stands.
    const lake = join(listening.home, 'lake');
    await rename(lake, `${lake}-away`).catch(() => {});
    await writeFile(lake, '');
    try {
      const answer = await upload(port, 'Title,Date\n"Paper Moons","28/07/2020"\n');
      expect(refusalIn(answer)[1]).toBe('INTERNAL_SERVER_ERROR');
      expect(answer.json?.errors[0]?.message).toBe('Unexpected error.');
    } finally {
      await rm(lake);
      await rename(`${lake}-away`, lake).catch(() => {});
    }
  });
});

describe('GraphiQL', () => {
  it('opens with a query that works, and fetches nothing from elsewhere', async () => {
    const page = await send(port, { method: 'GET', headers: { accept: 'text/html' } });
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.headers['x-frame-options']).toBe('DENY');
    expect(page.text).toContain(JSON.stringify(exampleQuery(`http://127.0.0.1:${port}`)));
    // Its own scripts hold addresses and tags as text; what the browser itself would fetch stands outside of them.
    const outside = page.text.replace(/<(script|style)>[\s\S]*?<\/\1>/g, '<$1></$1>');
    expect(outside.length).toBeLessThan(page.text.length);
    for (const [, address] of outside.matchAll(/(?:src|href|action|data)\s*=\s*["']?([^"'\s>]*)/g))
      expect(address).toMatch(/^data:/);
    for (const [style] of page.text.matchAll(/<style>[\s\S]*?<\/style>/g))
      expect(style).not.toMatch(/@import|url\(\s*["']?(?!["']?(data:|#))/);
    // Monaco and the page load parts by name from a CDN unless they are built in.
    expect(page.text).not.toMatch(
      /(unpkg\.com|cdn\.jsdelivr\.net|cdnjs\.cloudflare\.com|esm\.sh)\/[^"'`\s]*\.(js|css|mjs)/,
    );

    const { json: answer } = await sendJson(port, { query: exampleQuery('http://127.0.0.1:4000') });
    expect(answer?.errors).toBeUndefined();
    expect(answer?.data).toMatchObject({ viewer: { profiles: [] } });
  });
});
