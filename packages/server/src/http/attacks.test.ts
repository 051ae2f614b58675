import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  benign,
  bodies,
  bytes,
  documents,
  file,
  forms,
  history,
  json,
  map,
  type Outcome,
  operations,
  type Parts,
  type RequestToSend,
  requests,
  start,
} from '../../test/attack-list.ts';
import { collectGarbage } from '../../test/collect-garbage.ts';
import {
  endOfForm,
  fileMap,
  formHeaders,
  type HttpAnswer,
  importHistory,
  type ListeningServer,
  leftovers,
  openDescriptors,
  openOnPort,
  openRequest,
  openUpload,
  partHead,
  send,
  sendBytes,
  sendForm,
  sendJson,
} from '../../test/http-client.ts';

// Each attack of the list is answered with a code, or with data where it asks for nothing that it may not have; afterwards nothing of
// it is left.

let listening: ListeningServer;
let port: number;
let before: { descriptors: number; heap: number };
beforeAll(async () => {
  listening = await openOnPort({ uploadLimit: 1024 * 1024 });
  ({ port } = listening);
  // What the first requests of each kind load.
  await sendJson(port, { query: getIntrospectionQuery() });
  await sendForm(port, [
    ['operations', importHistory],
    ['map', fileMap],
    ['0', 'Title,Date\n"Paper Moons","28/07/2020"\n', 'history.csv'],
  ]);
  before = { descriptors: await descriptors(), heap: heap() };
});
afterAll(() => listening.close());

const descriptors = async () => (await openDescriptors(listening.home)).length;

function heap(): number {
  collectGarbage();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

/** More than the test's own strings and what the compiler keeps; less than any of these keeps if it is kept. */
const mostGrowth = 40 * 1024 * 1024;

function outcomeOf({ status, text, json }: HttpAnswer): Outcome {
  expect(text).not.toMatch(
    /\bat .+:\d+:\d+|node_modules|file:\/\/|\/packages\/|[A-Z]\w+Error:|SELECT |INSERT |[Pp]risma/,
  );
  expect(text).not.toContain(listening.home);
  expect(text.length).toBeLessThan(100_000);
  expect(status).toBeLessThan(500);
  if (json === undefined) return `no JSON, ${status}`;
  return json.errors === undefined ? 'data' : (json.errors[0]?.extensions?.code ?? 'no code');
}

async function expectNothingLeft(): Promise<void> {
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  await expect.poll(() => leftovers(listening.home), { timeout: 10_000 }).toEqual([]);
  // Connections that the test has closed take a moment to be gone.
  await expect.poll(descriptors, { timeout: 10_000 }).toBeLessThanOrEqual(before.descriptors + 2);
  expect(heap() - before.heap).toBeLessThan(mostGrowth);
  expect(outcomeOf(await sendJson(port, { query: '{ viewer { id } }' }))).toBe('data');
}

describe('a document', () => {
  it.each(Object.keys(documents))('%s', async (name) => {
    const [query, outcome] = documents[name] as [string, Outcome];
    expect(outcomeOf(await sendJson(port, { query }))).toBe(outcome);
    const path = `/graphql?query=${encodeURIComponent(query)}`;
    // What fits into an address is no better there.
    if (path.length < 10_000 && !query.startsWith('mutation') && query !== '')
      expect(outcomeOf(await send(port, { method: 'GET', path, headers: { accept: 'application/json' } }))).toBe(
        outcome,
      );
    await expectNothingLeft();
  });
});

describe('a body', () => {
  it.each(Object.keys(bodies))('%s', async (name) => {
    const [body, outcome] = bodies[name] as [unknown, Outcome];
    expect(outcomeOf(await sendJson(port, body))).toBe(outcome);
    await expectNothingLeft();
  });
});

describe('a request', () => {
  it.each(Object.keys(requests))('%s', async (name) => {
    const [parts, outcome] = requests[name] as [RequestToSend, Outcome];
    expect(outcomeOf(await send(port, parts))).toBe(outcome);
    await expectNothingLeft();
  });
});

describe('a form', () => {
  it.each(Object.keys(forms))('%s', async (name) => {
    const [parts, outcome] = forms[name] as [Parts, Outcome];
    const imports = await importCount();
    expect(outcomeOf(await sendForm(port, parts))).toBe(outcome);
    expect(await importCount()).toBe(imports);
    await expectNothingLeft();
  });

  it.each([
    ['../../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['/etc/passwd', 'passwd'],
    ['a%00b.csv', 'a%00b.csv'],
    [`${'x'.repeat(5_000)}.csv`, 'x'.repeat(255)],
    ['<script>alert(1)</script>.csv', 'script>.csv'],
    ["'); DROP TABLE import; --.csv", "'); DROP TABLE import; --.csv"],
  ])('a file called %s is kept under its content', async (fileName, kept) => {
    const query = JSON.stringify({
      query: 'mutation ($file: Upload!) { importHistory(input: { file: $file }) { import { fileName } } }',
      variables: { file: null },
    });
    const answer = await sendForm(port, [['operations', query], map, ['0', history, fileName]]);
    expect(answer.json?.data).toEqual({ importHistory: { import: { fileName: kept } } });
    await expectNothingLeft();
  });

  it.each([
    ['no boundary', { 'content-type': 'multipart/form-data' }, 'x'],
    ['an empty boundary', { 'content-type': 'multipart/form-data; boundary=' }, 'x'],
    ['a boundary without end', { 'content-type': `multipart/form-data; boundary=${'b'.repeat(8_000)}` }, 'x'],
    [
      'another boundary in it',
      {},
      '--other\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}\r\n--other--\r\n',
    ],
    ['nothing in it', {}, ''],
    ['only its end', {}, endOfForm],
    [
      'a form in it',
      {},
      `${partHead('operations').replace('form-data; name="operations"', 'form-data; name="operations"\r\nContent-Type: multipart/mixed; boundary=inner')}--inner\r\n\r\n{}\r\n--inner--${endOfForm}`,
    ],
    ['a head without end', {}, `\r\n--a-boundary\r\n${'X: y\r\n'.repeat(50_000)}\r\n${endOfForm}`],
    [
      'a part without a name',
      {},
      `\r\n--a-boundary\r\nContent-Disposition: form-data\r\n\r\n${importHistory}${endOfForm}`,
    ],
    ['a part without a head', {}, `\r\n--a-boundary\r\n\r\n${importHistory}${endOfForm}`],
    [
      'a NUL in a head',
      {},
      `\r\n--a-boundary\r\nContent-Disposition: form-data; name="opera\0tions"\r\n\r\n{}${endOfForm}`,
    ],
  ])('with %s', async (_name, headers, body) => {
    expect(outcomeOf(await send(port, { headers: { ...formHeaders, ...headers }, body }))).toBe('BAD_REQUEST');
    await expectNothingLeft();
  });
});

async function importCount(): Promise<number> {
  const { text } = await sendJson(port, { query: '{ viewer { imports { totalCount } } }' });
  return (JSON.parse(text) as { data: { viewer: { imports: { totalCount: number } } } }).data.viewer.imports.totalCount;
}

describe('bytes', () => {
  it.each(Object.keys(bytes))('%s', async (name) => {
    const [sent, answer] = bytes[name] as [string, RegExp];
    expect(await sendBytes(port, sent)).toMatch(answer);
    await expectNothingLeft();
  });

  it('hundreds of requests on one connection, before the first answer', async () => {
    const one = `${start}Content-Length: ${benign.length}\r\n\r\n${benign}`;
    const last = one.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n');
    const answers = await sendBytes(port, one.repeat(299) + last);
    const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status);
    expect(statuses).toHaveLength(300);
    // Those for which there is no place, and none to wait for one, are asked to come back.
    expect(statuses.filter((status) => status === '200').length).toBeGreaterThanOrEqual(80);
    expect(statuses.filter((status) => status !== '200' && status !== '429')).toEqual([]);
    await expectNothingLeft();
  });

  it('a request smuggled behind a refused one is a request of its own, and refused or answered as one', async () => {
    const hidden = `POST /graphql HTTP/1.1\r\nHost: other.example\r\nContent-Length: 0\r\n\r\n`;
    const answers = await sendBytes(
      port,
      `${start.replace('localhost', 'other.example')}Content-Length: 0\r\n\r\n${hidden}GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
    );
    expect([...answers.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status)).toEqual(['421', '421', '302']);
    await expectNothingLeft();
  });
});

describe('many at once', () => {
  it('hundreds of subscriptions, opened and left', async () => {
    const upload = await sendForm(port, [operations, map, file]);
    const { id } = (JSON.parse(upload.text) as { data: { importHistory: { import: { id: string } } } }).data
      .importHistory.import;
    const opened = Array.from({ length: 300 }, () => {
      const one = openRequest(port, { headers: { ...json, accept: 'text/event-stream' } });
      one.request.end(
        JSON.stringify({ query: 'subscription($id: ID!) { importProgress(importId: $id) { id } }', variables: { id } }),
      );
      return one.request;
    });
    await Promise.all(opened.map((request) => new Promise((resolve) => request.once('response', resolve))));
    for (const request of opened) request.destroy();
    await expectNothingLeft();
  });

  it('hundreds of uploads that stop half way', async () => {
    const opened = Array.from({ length: 200 }, () => openUpload(port, history));
    const outcomes: unknown[] = [];
    for (const { answer } of opened)
      answer.then(({ status }) => status, String).then((outcome) => outcomes.push(outcome));
    await expect.poll(() => outcomes.length, { timeout: 60_000 }).toBeGreaterThanOrEqual(192);
    // The others go on.
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(outcomes).toEqual(Array(192).fill(429));
    for (const { request } of opened) request.destroy();
    await expectNothingLeft();
  });

  it('hundreds of costly queries', async () => {
    const costly = {
      query:
        '{ viewer { profiles { viewings(first: 200) { nodes { rawTitle match { viewingCount } } totalCount } } } }',
    };
    const answers = await Promise.all(Array.from({ length: 300 }, () => sendJson(port, costly)));
    const outcomes = new Set(answers.map(outcomeOf));
    for (const outcome of outcomes) expect(['data', 'TOO_MANY_OPERATIONS']).toContain(outcome);
    await expectNothingLeft();
  });
});
