import { createHash, randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { WARCRecord, WARCRecordOpts } from 'warcio';
import { type Header, PageError, type PageExchange, type Place } from './exchange.ts';

/** The first record of a file: who wrote it, and in which form. */
export async function writeWarcinfo(filename: string, startedAt: Date): Promise<{ id: string; bytes: Uint8Array }> {
  const { WARCRecord } = await warcio();
  const id = newId();
  const record = WARCRecord.createWARCInfo(
    { filename, date: startedAt.toISOString(), warcVersion, warcHeaders: { 'WARC-Record-ID': id } },
    {
      software: 'watchprint',
      format: 'WARC File Format 1.1',
      conformsTo: 'https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/',
      description: 'Answers of one source. Content encodings are undone; cookies, credentials and tokens are left out.',
    },
  );
  return { id, bytes: await serialise(record) };
}

/**
 * The three records of an exchange, each a gzip member: request, response, and metadata, which comes last, so that an exchange
 * without it is known for one that was not written to its end.
 * @param exchange Without secrets.
 * @param warcinfoId Of the file that it goes to.
 */
export async function writeExchange(
  exchange: PageExchange,
  warcinfoId: string,
): Promise<{ bytes: Uint8Array; responsePlace: Place; digest: string }> {
  const { WARCRecord } = await warcio();
  const { url, fetchedAt, peer } = exchange;
  const responseId = newId();
  const record = (type: WARCRecordOpts['type'], id: string, further: Record<string, string> = {}): WARCRecordOpts => ({
    type,
    url,
    date: fetchedAt.toISOString(),
    warcVersion,
    warcHeaders: {
      'WARC-Record-ID': id,
      'WARC-Warcinfo-ID': warcinfoId,
      ...(peer === undefined ? {} : { 'WARC-IP-Address': peer }),
      ...(id === responseId ? {} : { 'WARC-Concurrent-To': responseId }),
      ...further,
    },
  });
  const response = WARCRecord.create(
    {
      ...record('response', responseId),
      statusline: `HTTP/1.1 ${exchange.status} ${STATUS_CODES[exchange.status] ?? ''}`,
      httpHeaders: toHeadersInit(decodedHeaders(exchange.responseHeaders, exchange.body.length)),
    },
    [exchange.body],
  );
  const request = WARCRecord.create(
    {
      ...record('request', newId()),
      statusline: `${exchange.method} ${url.slice(new URL(url).origin.length)} HTTP/1.1`,
      httpHeaders: toHeadersInit(requestHeaders(exchange)),
    },
    [exchange.requestBody ?? new Uint8Array()],
  );
  const metadata = WARCRecord.create(record('metadata', newId(), { 'WARC-Refers-To': responseId }), [
    Buffer.from(metadataFields(exchange)),
  ]);
  const parts = [await serialise(request), await serialise(response), await serialise(metadata)] as const;
  return {
    bytes: Buffer.concat(parts),
    responsePlace: { offset: parts[0].length, length: parts[1].length },
    digest: response.warcPayloadDigest as string,
  };
}

/** An exchange as it was read, and where its records lie in what was read. */
export interface ReadExchange {
  readonly exchange: PageExchange;
  readonly digest: string;
  readonly place: Place;
  readonly responsePlace: Place;
}

/**
 * Reads whole exchanges one after another, one of them in memory at a time. Ends where the bytes do; a last exchange that was not
 * written to its end is left out.
 * @throws whatever reading it throws, PageError among it, at the first thing that is no such record.
 */
export async function* readExchanges(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncIterable<ReadExchange> {
  const { WARCParser } = await warcio();
  const parser = new WARCParser(bytes, { keepHeadersCase: true });
  let parts: Partial<Record<'request' | 'response' | 'metadata', ReadRecord>> = {};
  for await (const record of parser) {
    const { offset } = parser;
    const payload = await record.readFully(false);
    const read: ReadRecord = { record, payload, place: { offset, length: parser.recordLength } };
    if (record.warcType === 'warcinfo') continue;
    checkDigest(read);
    if (record.warcType === 'request') parts = { request: read };
    else if (record.warcType === 'response') parts = { ...parts, response: read };
    else if (record.warcType === 'metadata') {
      const { request, response } = parts;
      parts = {};
      if (request !== undefined && response !== undefined) yield assemble(request, response, read);
    }
  }
}

interface ReadRecord {
  readonly record: WARCRecord;
  readonly payload: Uint8Array;
  readonly place: Place;
}

function assemble(request: ReadRecord, response: ReadRecord, metadata: ReadRecord): ReadExchange {
  const fields = new Map(
    Buffer.from(metadata.payload)
      .toString('utf8')
      .split('\r\n')
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const elapsed = fields.get('fetchTimeMs');
  const exchange: PageExchange = {
    source: fields.get('source') ?? '',
    kind: fields.get('kind') ?? '',
    key: fields.get('key') ?? '',
    url: response.record.warcTargetURI ?? '',
    method: request.record.httpHeaders?.method ?? '',
    requestHeaders: headersOf(request.record),
    requestBody: request.payload.length === 0 ? undefined : request.payload,
    status: Number(response.record.httpHeaders?.statusCode),
    responseHeaders: headersOf(response.record),
    body: response.payload,
    fetchedAt: new Date(response.record.warcDate ?? Number.NaN),
    elapsed: elapsed === undefined ? undefined : Number(elapsed),
    peer: response.record.warcHeader('WARC-IP-Address') ?? undefined,
  };
  const { offset } = request.place;
  return {
    exchange,
    digest: response.record.warcPayloadDigest ?? '',
    place: { offset, length: metadata.place.offset + metadata.place.length - offset },
    responsePlace: response.place,
  };
}

/** A record that was cut off unpacks without a word, to less than it had. */
function checkDigest({ record, payload }: ReadRecord): void {
  const [, said] = /^sha256:(.+)$/i.exec(record.warcPayloadDigest ?? '') ?? [];
  if (said !== base32(createHash('sha256').update(payload).digest()))
    throw new PageError(
      'PAGE_DAMAGED',
      `A ${record.warcType} record of ${record.warcTargetURI} is not what was written`,
    );
}

const warcVersion = 'WARC/1.1';

const newId = () => `<urn:uuid:${randomUUID()}>`;

/** Loaded when it is needed: it takes a tenth of a second, and most of what imports the lake keeps uploads. */
const warcio = () => import('warcio');

async function serialise(record: WARCRecord): Promise<Uint8Array> {
  const { WARCSerializer } = await warcio();
  return WARCSerializer.serialize(record, {
    gzip: true,
    digest: { algo: 'sha-256', prefix: 'sha256:', base32: true },
  });
}

/** Headers that say how a body was packed on its way. Stored as it is now, it would be unpacked again by whoever believes them. */
const packing = /^(content-encoding|transfer-encoding|content-length|content-md5|digest|content-digest)$/i;

function decodedHeaders(headers: readonly Header[], bytes: number): Header[] {
  return [
    ...headers.map(([name, value]): Header => [packing.test(name) ? `X-Archive-Orig-${name}` : name, value]),
    // Also because warcio takes the body of an answer without any header for one.
    ['Content-Length', String(bytes)],
  ];
}

function requestHeaders({ url, requestHeaders: headers, requestBody }: PageExchange): Header[] {
  const others = headers.filter(([name]) => !/^(host|content-length|transfer-encoding)$/i.test(name));
  const length: Header[] = requestBody === undefined ? [] : [['Content-Length', String(requestBody.length)]];
  return [['Host', new URL(url).host], ...others, ...length];
}

function toHeadersInit(headers: readonly Header[]): [string, string][] {
  return (
    headers
      .filter(([name, value]) => /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && value.trim() !== '')
      // A line break in a value would begin the next header, or end them all.
      .map(([name, value]) => [name, value.replace(/\p{Cc}+/gu, ' ').trim()])
  );
}

const headersOf = (record: WARCRecord): Header[] => [...(record.httpHeaders?.headers ?? [])];

function metadataFields({ source, kind, key, elapsed }: PageExchange): string {
  const fields = { source, kind, key, ...(elapsed === undefined ? {} : { fetchTimeMs: Math.round(elapsed) }) };
  return Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

/** RFC 4648, as digests in WARC files are written. */
function base32(bytes: Uint8Array): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += alphabet[(value >>> (bits - 5)) & 31];
    value &= (1 << bits) - 1;
  }
  if (bits > 0) text += alphabet[(value << (5 - bits)) & 31];
  return text.padEnd(Math.ceil(text.length / 8) * 8, '=');
}
