import { readdir } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  endOfForm,
  fileMap,
  formHeaders,
  type HttpAnswer,
  importHistory,
  type ListeningServer,
  leftovers,
  openOnPort,
  openRequest,
  openUpload,
  partHead,
  send,
  sendBytes,
  sendForm,
  sendJson,
} from '../../test/http-client.ts';

// After the OWASP GraphQL cheat sheet, and the uploads besides. Each is answered with a code, or with data where it asks for nothing
// that it may not have; afterwards nothing of it is left.

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

const descriptors = async () => (await readdir('/proc/self/fd').catch(() => [])).length;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
function heap(): number {
  collectGarbage();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

/** More than the test's own strings and what the compiler keeps; less than any of these keeps if it is kept. */
const mostGrowth = 40 * 1024 * 1024;

/** A code that the answer has to have; `data`: none, and no error. */
type Outcome = string;

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

const chain = (count: number, body: (next: string) => string) =>
  Array.from({ length: count }, (_, at) => `fragment F${at} on Account { ${body(`...F${at + 1}`)} }`).join(' ') +
  ` fragment F${count} on Account { id }`;
const nested = (levels: number, head: string, leaf: string) =>
  `${`${head} { `.repeat(levels)}${leaf}${' }'.repeat(levels)}`;
const recursive = (levels: number) =>
  `{ viewer { profiles { ${'viewings(first: 500) { nodes { profile { '.repeat(levels)}id${' } } }'.repeat(levels)} } } }`;
const words = (count: number, word: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => word(at)).join(' ');
const long = 'x'.repeat(900_000);

const documents: Record<string, [query: string, outcome: Outcome]> = {
  'a query that asks for itself in itself': [recursive(3), 'QUERY_TOO_COSTLY'],
  'the same, deeper': [recursive(8), 'QUERY_TOO_DEEP'],
  'thousands of levels': [`{ ${nested(1600, 'viewer', 'id')} }`, 'QUERY_TOO_DEEP'],
  'levels that are never closed': ['{ viewer '.repeat(2400), 'QUERY_TOO_DEEP'],
  'a list value in lists': [`{ node(id: ${'['.repeat(1000)}1${']'.repeat(1000)}) { id } }`, 'QUERY_TOO_DEEP'],
  'a type in lists': [`query($a: ${'['.repeat(1000)}Int${']'.repeat(1000)}) { viewer { id } }`, 'QUERY_TOO_DEEP'],
  'hundreds of aliases': [`{ ${words(600, (at) => `a${at}: viewer { id }`)} }`, 'TOO_MANY_ALIASES'],
  'aliases of what costs most': [
    `{ node(id: "x") { ... on Profile { ${words(40, (at) => `a${at}: analytics { totals { viewings } }`)} ${words(5, (at) => `b${at}: viewings(first: 500) { nodes { match { viewingCount } } }`)} } } }`,
    'QUERY_TOO_COSTLY',
  ],
  'guesses by alias': [`{ ${words(300, (at) => `a${at}: node(id: "UHJvZmlsZTox${at}") { id }`)} }`, 'TOO_MANY_ALIASES'],
  'changes by alias': [
    `mutation { ${words(60, (at) => `a${at}: deleteImport(input: { importId: "x${at}" }) { viewingsRemoved }`)} }`,
    'TOO_MANY_ALIASES',
  ],
  'thousands of equal fields': [`{ viewer { ${'id '.repeat(20_000)} } }`, 'QUERY_TOO_LONG'],
  'as many equal fields as there may be': [`{ viewer { ${'id '.repeat(4_900)} } }`, 'GRAPHQL_VALIDATION_FAILED'],
  'equal fields with fields in them': [`{ ${'node(id: "a") { id } '.repeat(490)} }`, 'GRAPHQL_VALIDATION_FAILED'],
  'equal fields that conflict': [`{ ${words(350, (at) => `node(id: "${at}") { id }`)} }`, 'GRAPHQL_VALIDATION_FAILED'],
  'fields that there are none of': [`{ ${words(4_000, (at) => `viewr${at}`)} }`, 'GRAPHQL_VALIDATION_FAILED'],
  'a directive over and over': [`{ viewer { id ${'@skip(if: false) '.repeat(500)} } }`, 'TOO_MANY_DIRECTIVES'],
  'directives that there are none of': [`{ viewer { id ${words(900, (at) => `@a${at}`)} } }`, 'TOO_MANY_DIRECTIVES'],
  'directives in fragments in fragments': [
    `{ viewer { ...F0 } } ${chain(40, (next) => `${next} @skip(if: false) ${next} @include(if: true)`)}`,
    'TOO_MANY_DIRECTIVES',
  ],
  'a fragment in itself': ['{ viewer { ...A } } fragment A on Account { id ...A }', 'GRAPHQL_VALIDATION_FAILED'],
  'fragments in a circle': [
    '{ viewer { ...A } } fragment A on Account { ...B } fragment B on Account { ...C } fragment C on Account { ...A }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  'fragments that double': [`{ viewer { ...F0 } } ${chain(300, (next) => `${next} ${next}`)}`, 'QUERY_TOO_COSTLY'],
  'fragments that double, level by level': [
    `{ viewer { ...F0 } } ${chain(100, (next) => `profiles { id } a: imports { nodes { id } } ${next} ${next}`)}`,
    'TOO_MANY_ALIASES',
  ],
  'fragments in a long row': [`{ viewer { ...F0 } } ${chain(550, (next) => next)}`, 'data'],
  'fragments that nobody uses': [`{ viewer { id } } ${chain(500, (next) => next)}`, 'GRAPHQL_VALIDATION_FAILED'],
  'hundreds of operations': [words(500, (at) => `query A${at} { viewer { id } }`), 'OPERATION_RESOLUTION_FAILURE'],
  'hundreds of variables': [
    `query(${words(900, (at) => `$a${at}: Int`)}) { viewer { id } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  'a page without end': ['{ viewer { imports(first: 2000000000) { nodes { id } } } }', 'QUERY_TOO_COSTLY'],
  'a page larger than any': ['{ viewer { imports(first: 501) { totalCount } } }', 'BAD_USER_INPUT'],
  'a page below nothing': ['{ viewer { imports(first: -1) { totalCount } } }', 'BAD_USER_INPUT'],
  'a number beyond numbers': [
    `{ viewer { imports(first: ${'9'.repeat(4000)}) { totalCount } } }`,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  'a fraction for a count': ['{ viewer { imports(first: 1e400) { totalCount } } }', 'GRAPHQL_VALIDATION_FAILED'],
  'a string as long as may be': [`{ node(id: "${'x'.repeat(49_000)}") { id } }`, 'data'],
  'a block string of indents': [`{ node(id: """${'\n  '.repeat(15_000)}""") { id } }`, 'data'],
  'a document too long': [`{ viewer { id } } #${long}`, 'QUERY_TOO_LONG'],
  'a comment of brackets': [`{ viewer { id } } #${'{[('.repeat(15_000)}`, 'data'],
  'commas and nothing else': [','.repeat(49_000), 'GRAPHQL_PARSE_FAILED'],
  'a NUL outside of strings': ['{ viewer\0 { id } }', 'GRAPHQL_PARSE_FAILED'],
  'a NUL in a string': ['{ node(id: "\\u0000") { id } }', 'BAD_USER_INPUT'],
  'half a surrogate pair': ['{ node(id: "\\ud800") { id } }', 'GRAPHQL_PARSE_FAILED'],
  'introspection in circles': [
    `{ __schema { types { ${'fields { type { '.repeat(6)}name${' } }'.repeat(6)} } } }`,
    'QUERY_TOO_COSTLY',
  ],
  'introspection in fragments': [
    '{ __type(name: "Account") { ...T } } fragment T on __Type { fields { type { ...U } } } fragment U on __Type { fields { type { ...V } } } fragment V on __Type { fields { type { name } } }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  'introspection over and over': [
    `{ ${words(50, (at) => `a${at}: __schema { types { fields { args { type { name ofType { name } } } type { fields { name } } } } }`)} }`,
    'QUERY_TOO_COSTLY',
  ],
  'a deferred part': ['{ viewer { ... @defer { id } } }', 'GRAPHQL_VALIDATION_FAILED'],
  'fields of objects’ own': ['{ __proto__ constructor toString hasOwnProperty }', 'GRAPHQL_VALIDATION_FAILED'],
  'names of objects’ own': ['{ constructor: viewer { __proto__: id toString: id } }', 'data'],
  'a subscription that wants everything': [
    'subscription { importProgress(importId: "x") { id } b: importProgress(importId: "y") { id } }',
    'GRAPHQL_VALIDATION_FAILED',
  ],
  nothing: ['', 'GRAPHQL_PARSE_FAILED'],
  'a schema of its own': ['type Query { mine: Int } { viewer { id } }', 'GRAPHQL_VALIDATION_FAILED'],
};

const viewer = '{ viewer { id } }';
const search = 'query($s: String!) { viewer { profiles { viewings(filter: { search: $s }) { totalCount } } } }';
const bodies: Record<string, [body: unknown, outcome: Outcome]> = {
  'a batch': [[{ query: viewer }, { query: viewer }], 'BAD_REQUEST'],
  'a batch of guesses': [Array.from({ length: 1000 }, () => ({ query: viewer })), 'BAD_REQUEST'],
  'no query': [{}, 'BAD_REQUEST'],
  'only the hash of one': [
    { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
    'BAD_REQUEST',
  ],
  'a query that is a list': [{ query: [viewer] }, 'BAD_REQUEST'],
  'the same key twice': [`{"query":"{ nothing }","query":"${viewer}"}`, 'data'],
  'a prototype among the variables': [
    `{"query":"${viewer}","variables":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}`,
    'data',
  ],
  'a prototype beside them': [`{"query":"${viewer}","__proto__":{"polluted":1}}`, 'BAD_REQUEST'],
  'a prototype as operation': [
    `{"query":"query A ${viewer}","operationName":"__proto__"}`,
    'OPERATION_RESOLUTION_FAILURE',
  ],
  'a prototype for an extension': [`{"query":"${viewer}","extensions":{"__proto__":{"polluted":1}}}`, 'data'],
  'lists in lists for variables': [
    `{"query":"${viewer}","variables":{"a":${'['.repeat(400_000)}${']'.repeat(400_000)}}}`,
    'data',
  ],
  'objects in objects': [`{"query":"${viewer}","variables":${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}}`, 'data'],
  'lists that are never closed': [`{"query":"${viewer}","variables":{"a":${'['.repeat(900_000)}`, 'BAD_REQUEST'],
  'more than a megabyte': [{ query: viewer, variables: { a: long + long } }, 'PAYLOAD_TOO_LARGE'],
  'a very long value': [{ query: search, variables: { s: long } }, 'data'],
  'a value of wildcards': [{ query: search, variables: { s: '%_'.repeat(100_000) } }, 'data'],
  'a very long id': [{ query: 'query($s: ID!) { node(id: $s) { id } }', variables: { s: long } }, 'data'],
  'a very long cursor': [
    { query: 'query($s: String) { viewer { imports(after: $s) { totalCount } } }', variables: { s: long } },
    'BAD_CURSOR',
  ],
  'a page from a variable': [
    { query: 'query($n: Int) { viewer { imports(first: $n) { nodes { id } } } }', variables: { n: 2_000_000_000 } },
    'QUERY_TOO_COSTLY',
  ],
  'a wrong value, very long': [
    { query: 'query($n: Int) { viewer { imports(first: $n) { totalCount } } }', variables: { n: long } },
    'BAD_USER_INPUT',
  ],
  'a file that is none': [
    {
      query: 'mutation($f: Upload!) { importHistory(input: { file: $f }) { import { id } } }',
      variables: { f: { promise: {}, file: {} } },
    },
    'INVALID_UPLOAD_VALUE',
  ],
  'a NUL in a variable': [{ query: search, variables: { s: 'a\0b' } }, 'BAD_USER_INPUT'],
  'half a surrogate pair in a variable': [
    '{"query":"query($s: String!) { viewer { profiles { viewings(filter: { search: $s }) { totalCount } } } }","variables":{"s":"\\ud800"}}',
    'data',
  ],
  'a subscription without a stream': [{ query: 'subscription { importProgress(importId: "x") { id } }' }, 'NOT_FOUND'],
};

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

const json = { 'content-type': 'application/json' };
const benign = JSON.stringify({ query: viewer });
const mutation = 'mutation { deleteImport(input: { importId: "x" }) { viewingsRemoved } }';
const requests: Record<string, [parts: Parameters<typeof send>[1], outcome: Outcome]> = {
  'a change by GET': [{ method: 'GET', path: `/graphql?query=${encodeURIComponent(mutation)}` }, 'BAD_REQUEST'],
  'a change by GET, among others': [
    {
      method: 'GET',
      path: `/graphql?operationName=B&query=${encodeURIComponent(`query A ${viewer} ${mutation.replace('mutation', 'mutation B')}`)}`,
    },
    'BAD_REQUEST',
  ],
  'a method told in a header': [
    {
      method: 'GET',
      path: `/graphql?query=${encodeURIComponent(mutation)}`,
      headers: { 'x-http-method-override': 'POST' },
    },
    'BAD_REQUEST',
  ],
  'an address without end': [{ method: 'GET', path: `/graphql?query=${'x'.repeat(60_000)}` }, 'HEADERS_TOO_LARGE'],
  'a header without end': [{ headers: { ...json, 'x-long': 'x'.repeat(60_000) }, body: benign }, 'HEADERS_TOO_LARGE'],
  'a form': [
    { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `query=${viewer}` },
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  'a form as text': [{ headers: { 'content-type': 'text/plain' }, body: benign }, 'UNSUPPORTED_MEDIA_TYPE'],
  'a form with a file': [{ headers: { 'content-type': formHeaders['content-type'] }, body: 'x' }, 'FORBIDDEN'],
  'a type that only begins like ours': [
    { headers: { 'content-type': 'application/jsonp' }, body: benign },
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  'two types in one': [
    { headers: { 'content-type': 'text/plain, application/json' }, body: benign },
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  'no type': [{ body: benign }, 'UNSUPPORTED_MEDIA_TYPE'],
  'another alphabet': [
    { headers: { 'content-type': 'application/json; charset=utf-16' }, body: Buffer.from(benign, 'utf16le') },
    'BAD_REQUEST',
  ],
  'what is no UTF-8': [
    {
      headers: json,
      body: Buffer.concat([
        Buffer.from('{"query":"{ viewer { id } } #'),
        Buffer.from([0xff, 0xfe, 0xc0, 0x80]),
        Buffer.from('"}'),
      ]),
    },
    'BAD_REQUEST',
  ],
  'a compressed body': [
    { headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(benign) },
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  'a compressed bomb': [
    { headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(50_000_000)) },
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  'a compressed form': [
    { headers: { ...formHeaders, 'content-encoding': 'deflate' }, body: 'x' },
    'UNSUPPORTED_MEDIA_TYPE',
  ],
  'another site’s page': [{ headers: { ...json, origin: 'https://other.example' }, body: benign }, 'FORBIDDEN'],
  'another site’s name': [{ headers: { ...json, host: 'other.example' }, body: benign }, 'MISDIRECTED_REQUEST'],
  'a name in a forwarded header': [
    { headers: { ...json, 'x-forwarded-host': 'other.example', forwarded: 'host=other.example' }, body: benign },
    'data',
  ],
};

describe('a request', () => {
  it.each(Object.keys(requests))('%s', async (name) => {
    const [parts, outcome] = requests[name] as [Parameters<typeof send>[1], Outcome];
    expect(outcomeOf(await send(port, parts))).toBe(outcome);
    await expectNothingLeft();
  });
});

const history = 'Title,Date\n"Paper Moons","28/07/2020"\n';
const operations = ['operations', importHistory] as const;
const map = ['map', fileMap] as const;
const file = ['0', history, 'history.csv'] as const;
type Parts = readonly (readonly [name: string, content: string, fileName?: string])[];
const withMap = (paths: object): Parts => [operations, ['map', JSON.stringify(paths)], file];
const forms: Record<string, [parts: Parts, outcome: Outcome]> = {
  'a file put at fifty thousand places': [withMap({ 0: Array(50_000).fill('variables.file') }), 'BAD_REQUEST'],
  'fifty thousand files that do not come': [
    withMap(Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [at, []]))),
    'PAYLOAD_TOO_LARGE',
  ],
  'a file put into a prototype': [withMap({ 0: ['__proto__.polluted'] }), 'BAD_REQUEST'],
  'a file put into the variables’ prototype': [withMap({ 0: ['variables.__proto__.polluted'] }), 'BAD_REQUEST'],
  'a file put into a constructor': [withMap({ 0: ['constructor.prototype.polluted'] }), 'BAD_REQUEST'],
  'a file put in place of the query': [withMap({ 0: ['query'] }), 'BAD_REQUEST'],
  'a file put nowhere': [withMap({ 0: [''] }), 'BAD_REQUEST'],
  'a file put very deep': [withMap({ 0: [`variables${'.a'.repeat(100_000)}`] }), 'BAD_REQUEST'],
  'a map that is a list': [[operations, ['map', '[["variables.file"]]'], file], 'BAD_REQUEST'],
  'a map with a prototype': [[operations, ['map', '{"__proto__":["variables.file"]}'], file], 'BAD_REQUEST'],
  'no file': [[operations, map], 'BAD_REQUEST'],
  'a file that is a field': [[operations, map, ['0', history]], 'BAD_REQUEST'],
  'parts in the wrong order': [[file, map, operations], 'BAD_REQUEST'],
  'operations twice': [[operations, operations, map, file], 'BAD_REQUEST'],
  'operations as a file': [[['operations', importHistory, 'operations.json'], map, file], 'BAD_REQUEST'],
  'a batch of operations': [
    [['operations', `[${importHistory}]`], ['map', '{"0":["0.variables.file"]}'], file],
    'BAD_REQUEST',
  ],
  'operations without end': [[['operations', `{"query":"${long}${long}"}`], map, file], 'PAYLOAD_TOO_LARGE'],
  'a map without end': [[operations, ['map', `{"0":["${long}${long}"]}`], file], 'PAYLOAD_TOO_LARGE'],
  'thousands of fields': [
    [operations, map, ...Array.from({ length: 5_000 }, (_, at): [string, string] => [`f${at}`, 'x'])],
    'BAD_REQUEST',
  ],
  'thousands of files': [
    [operations, map, ...Array.from({ length: 5_000 }, (_, at): [string, string, string] => [`${at}`, 'x', 'x.csv'])],
    'FORMAT_UNKNOWN',
  ],
  'a field’s name without end': [[operations, map, [long, 'x'], file], 'BAD_REQUEST'],
  'a file too large': [[operations, map, ['0', history + history.repeat(50_000), 'history.csv']], 'PAYLOAD_TOO_LARGE'],
  'a prototype among its operations': [
    [
      ['operations', `{"__proto__":{"polluted":1},"query":"${viewer}"}`],
      ['map', '{}'],
    ],
    'BAD_REQUEST',
  ],
  'a costly query': [
    [
      ['operations', JSON.stringify({ query: recursive(3) })],
      ['map', '{}'],
    ],
    'QUERY_TOO_COSTLY',
  ],
};

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

const start = 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
const chunk = `${benign.length.toString(16)}\r\n${benign}\r\n0\r\n\r\n`;
const bytes: Record<string, [bytes: string, answer: RegExp]> = {
  'no HTTP': ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n', /^HTTP\/1\.1 400 [\s\S]*BAD_REQUEST/],
  'a length beside chunks': [
    `${start}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n${chunk}`,
    /^HTTP\/1\.1 400 [\s\S]*BAD_REQUEST/,
  ],
  'chunks that only look so': [`${start}Transfer-Encoding: xchunked\r\n\r\n${chunk}`, /^HTTP\/1\.1 400 /],
  'chunks, and then not': [`${start}Transfer-Encoding: chunked, identity\r\n\r\n${chunk}`, /^HTTP\/1\.1 400 /],
  'two lengths': [
    `${start}Content-Length: 5\r\nContent-Length: 6\r\n\r\n${benign}`,
    /^HTTP\/1\.1 400 [\s\S]*BAD_REQUEST/,
  ],
  'a length below nothing': [`${start}Content-Length: -5\r\n\r\n`, /^HTTP\/1\.1 400 /],
  'a chunk without end': [`${start}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n`, /^HTTP\/1\.1 400 /],
  'a header on two lines': [
    `${start}X: a\r\n b: c\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    /^HTTP\/1\.1 400 /,
  ],
  'a space before a colon': [`${start}Content-Length : 5\r\n\r\n12345`, /^HTTP\/1\.1 400 /],
  'a NUL in a header': [`${start}X: a\0b\r\nContent-Length: 0\r\n\r\n`, /^HTTP\/1\.1 400 /],
  'two hosts': [
    'GET /graphql HTTP/1.1\r\nHost: localhost\r\nHost: other.example\r\nConnection: close\r\n\r\n',
    /^HTTP\/1\.1 4\d\d /,
  ],
  'no host': ['GET /graphql HTTP/1.1\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 4\d\d /],
  'HTTP of 1996': ['GET /graphql HTTP/1.0\r\n\r\n', /^HTTP\/1\.1 421 [\s\S]*MISDIRECTED_REQUEST/],
  'HTTP of none': ['GET /graphql\r\n\r\n', /^HTTP\/1\.1 4\d\d /],
  'a tunnel': ['CONNECT other.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n', /^$/],
  'an upgrade': [
    `GET /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Key: eA==\r\n\r\n`,
    /^HTTP\/1\.1 200 [\s\S]*BAD_REQUEST/,
  ],
  'an expectation that there is none of': [
    `${start}Expect: 200-ok\r\nContent-Length: 5\r\nConnection: close\r\n\r\n12345`,
    /^HTTP\/1\.1 417 /,
  ],
  'a body longer than it says': [
    `${start}Content-Length: ${benign.length}\r\nConnection: close\r\n\r\n${benign}${benign}`,
    /^HTTP\/1\.1 [24]00 /,
  ],
};

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
    const answers = await Promise.all(
      opened.map(({ answer }) =>
        Promise.race([answer.then(({ status }) => status), new Promise((resolve) => setTimeout(resolve, 2_000))]),
      ),
    );
    expect(answers.filter((status) => status === 429)).toHaveLength(192);
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
