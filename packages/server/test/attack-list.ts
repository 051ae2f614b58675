import { gzipSync } from 'node:zlib';
import { fileMap, formHeaders, importHistory, type RequestParts } from './http-client.ts';

export type RequestToSend = RequestParts & { readonly body?: string | Uint8Array };

// What is sent to the server to harm it, after the OWASP GraphQL cheat sheet and with uploads besides, and what comes of each.

/** A code that the answer has to have; `data`: none, and no error. */
export type Outcome = string;

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

export const documents: Record<string, [query: string, outcome: Outcome]> = {
  'a query that asks for itself in itself': [recursive(3), 'QUERY_TOO_COSTLY'],
  'the same, deeper': [recursive(8), 'QUERY_TOO_DEEP'],
  'thousands of levels': [`{ ${nested(1600, 'viewer', 'id')} }`, 'QUERY_TOO_DEEP'],
  'levels that are never closed': ['{ viewer '.repeat(2400), 'QUERY_TOO_DEEP'],
  'a list value in lists': [`{ node(id: ${'['.repeat(1000)}1${']'.repeat(1000)}) { id } }`, 'QUERY_TOO_DEEP'],
  'a type in lists': [`query($a: ${'['.repeat(1000)}Int${']'.repeat(1000)}) { viewer { id } }`, 'QUERY_TOO_DEEP'],
  'hundreds of aliases': [`{ ${words(600, (at) => `a${at}: viewer { id }`)} }`, 'TOO_MANY_ALIASES'],
  'aliases of what costs most': [
    `{ node(id: "x") { ... on Profile { ${words(40, (at) => `a${at}: analytics { totals { viewings } }`)} ${words(5, (at) => `b${at}: viewings(first: 500) { nodes { match { viewingCount candidates { confidence } } } }`)} } } }`,
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

export const viewer = '{ viewer { id } }';
const search = 'query($s: String!) { viewer { profiles { viewings(filter: { search: $s }) { totalCount } } } }';
export const bodies: Record<string, [body: unknown, outcome: Outcome]> = {
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

export const json = { 'content-type': 'application/json' };
export const benign = JSON.stringify({ query: viewer });
const mutation = 'mutation { deleteImport(input: { importId: "x" }) { viewingsRemoved } }';
export const requests: Record<string, [parts: RequestToSend, outcome: Outcome]> = {
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

export const history = 'Title,Date\n"Paper Moons","28/07/2020"\n';
export const operations = ['operations', importHistory] as const;
export const map = ['map', fileMap] as const;
export const file = ['0', history, 'history.csv'] as const;
export type Parts = readonly (readonly [name: string, content: string, fileName?: string])[];
const withMap = (paths: object): Parts => [operations, ['map', JSON.stringify(paths)], file];
export const forms: Record<string, [parts: Parts, outcome: Outcome]> = {
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

export const start = 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
const chunk = `${benign.length.toString(16)}\r\n${benign}\r\n0\r\n\r\n`;
export const bytes: Record<string, [bytes: string, answer: RegExp]> = {
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
