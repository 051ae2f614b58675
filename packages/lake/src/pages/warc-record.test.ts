import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exchange } from '../../test/exchanges.ts';
import type { Header, PageExchange } from './exchange.ts';
import { cleanUrl } from './secrets.ts';
import { readExchanges, writeExchange, writeWarcinfo } from './warc-record.ts';

const token = fc
  .stringMatching(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,12}$/)
  .filter((name) => !/^(host|content-length|transfer-encoding|__proto__)$/i.test(name));
/** What a header may say: no control characters, nothing around it. */
const value = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('a,,,b', ',,,', 'WARC/1.1', 'x: y', '\u{FEFF}a', 'a\u{2028}b'),
  )
  .map((text) => text.replace(/\p{Cc}+/gu, ' ').trim())
  .filter((text) => text !== '');
const headers = fc.array(fc.tuple(token, value), { maxLength: 6 }) as fc.Arbitrary<Header[]>;
const body = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.constantFrom(
    ...['', '\r\n\r\n', 'WARC/1.1\r\nWARC-Type: metadata\r\n\r\n', '\u{1f}\u{8b}\u{8}'].map(
      (text) => new Uint8Array(Buffer.from(text, 'latin1')),
    ),
  ),
);

const exchanges = fc.record({
  key: fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `k${text.replace(/\p{Cc}/gu, '')}k`),
  url: fc.webUrl({ withQueryParameters: true }).map((url) => cleanUrl(url)),
  method: fc.constantFrom('GET', 'POST', 'HEAD'),
  requestHeaders: headers,
  responseHeaders: headers,
  requestBody: fc.option(fc.uint8Array({ minLength: 1, maxLength: 50 }), { nil: undefined }),
  status: fc.integer({ min: 200, max: 599 }),
  body,
  fetchedAt: fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }),
  elapsed: fc.option(fc.nat(), { nil: undefined }),
  peer: fc.option(fc.ipV4(), { nil: undefined }),
});

/**
 * A header that is there several times stands where it stood first. What it says is one list either way, and what is empty in a list
 * means nothing (RFC 9110, section 5.6.1).
 */
const grouped = (all: readonly Header[]): Record<string, string> => {
  const found: Record<string, string> = {};
  for (const [name, text] of all) {
    const lower = name.toLowerCase();
    found[lower] = lower in found ? `${found[lower]},,,${text}` : text;
  }
  const items = (list: string) => list.split(',,,').filter((item) => item !== '');
  return Object.fromEntries(Object.entries(found).map(([name, list]) => [name, items(list).join(',,,')]));
};

it('what is written is read, whatever it says', async () => {
  const { id, bytes: warcinfo } = await writeWarcinfo('x.warc.gz', new Date(0));
  await fc.assert(
    fc.asyncProperty(fc.array(exchanges, { minLength: 1, maxLength: 3 }), async (given) => {
      const before: PageExchange[] = given.map((one) => exchange(one));
      const written = await Promise.all(before.map((one) => writeExchange(one, id)));
      const after: PageExchange[] = [];
      const all = Buffer.concat([warcinfo, ...written.map(({ bytes }) => bytes)]);
      for await (const { exchange: read } of readExchanges([all])) after.push(read);
      expect(after).toHaveLength(before.length);
      for (const [index, read] of after.entries()) {
        const { requestHeaders, responseHeaders, ...rest } = before[index] as PageExchange;
        const { requestHeaders: readRequest, responseHeaders: readResponse, ...readRest } = read;
        expect({ ...readRest, body: Buffer.from(read.body) }).toEqual({ ...rest, body: Buffer.from(rest.body) });
        expect(grouped(readRequest)).toMatchObject(grouped(requestHeaders));
        expect(grouped(readResponse)).toMatchObject(grouped(responseHeaders));
      }
    }),
    { numRuns: 200 },
  );
});
