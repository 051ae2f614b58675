import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Answer, found, type Page, type Reading, singlePage, UnknownLayoutError } from './page.ts';
import { decodeBody, isLeftOut, mediaType, readAnswer } from './read-answer.ts';

const url = 'https://www.made-up.example/one';
const answer = (given: Partial<Answer> = {}): Answer => ({
  url,
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<p>body</p>',
  ...given,
});

const common = {
  source: 'made-up',
  kind: 'page',
  keys: 'any text',
  isKey: () => true,
  policy: 'robots',
  types: ['text/html', 'application/xhtml+xml'],
  recognises: () => true,
} as const;

const single = (read: (answer: Answer, key: string) => Reading<string>): Page<string> =>
  singlePage<string>({ ...common, request: () => ({ url }), read });

const several = (read: Page<string>['read']): Page<string> => ({
  ...common,
  batch: 10,
  request: () => ({ url }),
  read,
});

const quoting = single(({ body }, key) => found(`${key}: ${body}`));
const unread = single(() => {
  throw new Error('It must not be read');
});

const readingOf = (page: Page<string>, given: Partial<Answer>) => readAnswer(page, answer(given), ['one']).get('one');

describe('an answer', () => {
  it('is read by its page where nothing is wrong', () => {
    expect(readingOf(quoting, {})).toEqual({ status: 'FOUND', facts: 'one: <p>body</p>' });
    expect(readingOf(quoting, { headers: {} })).toMatchObject({ status: 'FOUND' });
    expect(readingOf(quoting, { headers: { 'content-type': 'APPLICATION/XHTML+XML;charset=x' } })).toMatchObject({
      status: 'FOUND',
    });
  });

  it.each([404, 410])('says with %i that there is none, and is not read', (status) => {
    expect(readingOf(unread, { status })).toEqual({ status: 'NOT_FOUND' });
    // Whatever type the page of an error has.
    expect(readingOf(unread, { status, headers: { 'content-type': 'text/plain' }, body: '' })).toEqual({
      status: 'NOT_FOUND',
    });
  });

  it('of several at once says nothing of any of them with 404', () => {
    const readings = readAnswer(
      several(() => new Map()),
      answer({ status: 404 }),
      ['one', 'two'],
    );
    for (const key of ['one', 'two'])
      expect(readings.get(key)).toEqual({ status: 'UNREADABLE', reason: 'the source answers 404' });
  });

  it.each([408, 425, 500, 502, 503, 504, 522, 599])('says with %i that the source is not there now', (status) => {
    const reason = `the source answers ${status}`;
    expect(readingOf(unread, { status })).toEqual({ status: 'UNAVAILABLE', reason });
    expect(readingOf(unread, { status, headers: { 'retry-after': '120' } })).toEqual({
      status: 'UNAVAILABLE',
      reason,
      retryAfterMs: 120_000,
    });
    expect(readingOf(unread, { status, headers: { 'retry-after': 'soon' } })).toEqual({
      status: 'UNAVAILABLE',
      reason,
    });
  });

  it.each([300, 301, 302, 304, 307, 400, 406, 409, 414, 418, 422])('is unreadable with %i', (status) => {
    expect(readingOf(unread, { status })).toEqual({ status: 'UNREADABLE', reason: `the source answers ${status}` });
  });

  it('turns us away before anything else: with 404, 503, any type and an empty body', () => {
    const challenge = '<html><head><title>Just a moment...</title></head></html>';
    for (const status of [200, 404, 503])
      expect(readingOf(unread, { status, body: challenge })?.status).toBe('BLOCKED');
    expect(readingOf(unread, { status: 202, body: '', headers: {} })?.status).toBe('BLOCKED');
    expect(readingOf(unread, { status: 403, headers: { 'content-type': 'application/pdf' } })?.status).toBe('BLOCKED');
  });

  it('is unreadable where it is of another type, or empty', () => {
    expect(readingOf(unread, { headers: { 'content-type': 'application/json' } })).toEqual({
      status: 'UNREADABLE',
      reason: 'the answer is application/json, not text/html or application/xhtml+xml',
    });
    for (const body of ['', ' \n\t'])
      expect(readingOf(unread, { body })).toEqual({ status: 'UNREADABLE', reason: 'the answer is empty' });
  });
});

describe('what a page says', () => {
  const throwing = (error: unknown) =>
    several(() => {
      throw error;
    });
  const reasonOf = (error: unknown) => readAnswer(throwing(error), answer(), ['one', 'two']);

  it('is unreadable for all keys where its parser throws, with the reason', () => {
    const reading = { status: 'UNREADABLE', reason: 'the title is missing' };
    expect(reasonOf(new UnknownLayoutError('the title is missing'))).toEqual(
      new Map([
        ['one', reading],
        ['two', reading],
      ]),
    );
  });

  it.each([undefined, null, 'text', 7, Symbol('s'), {}, { message: undefined }, new Error('x'.repeat(10_000))])(
    'never throws, whatever its parser throws: %s',
    (error) => {
      const reading = reasonOf(error).get('one');
      expect(reading?.status).toBe('UNREADABLE');
      expect(reading).toMatchObject({ reason: expect.any(String) });
      expect((reading as { reason: string }).reason.length).toBeLessThanOrEqual(300);
    },
  );

  it('is unreadable with the fields that a schema complains of, and not with all of its words', () => {
    const schema = z.object({ a: z.object({ b: z.number() }), c: z.string(), d: z.string(), e: z.string() });
    const { error } = schema.safeParse({ a: { b: 'text' } });
    const reading = reasonOf(error).get('one') as { reason: string };
    expect(reading.reason).toMatch(/^a\.b: .*; c: .*; d: [^;]*$/);
    expect((reasonOf(schema.safeParse(7).error).get('one') as { reason: string }).reason).toMatch(/^the page: /);
  });

  it('leaves out some keys, which were not answered; others that nobody asked for are not told', () => {
    const page = several(
      () =>
        new Map<string, Reading<string>>([
          ['one', found('1')],
          ['three', { status: 'NOT_FOUND' }],
          ['nobody asked', found('9')],
        ]),
    );
    const readings = readAnswer(page, answer(), ['one', 'two', 'three']);
    expect([...readings.keys()]).toEqual(['one', 'two', 'three']);
    expect(readings.get('one')).toEqual(found('1'));
    expect(readings.get('two')).toMatchObject({ status: 'UNAVAILABLE' });
    expect(readings.get('three')).toEqual({ status: 'NOT_FOUND' });
    expect([...readings.values()].map(isLeftOut)).toEqual([false, true, false]);
    expect(isLeftOut({ status: 'UNAVAILABLE', reason: 'the source answers 503' })).toBe(false);
    expect(isLeftOut({ status: 'UNCHANGED' })).toBe(false);
  });
});

describe('the text of an answer', () => {
  const latin = Uint8Array.from([0x47, 0x72, 0xfc, 0xdf, 0x65]);

  it('is UTF-8 where it does not say, or says what nobody knows', () => {
    const bytes = new TextEncoder().encode('Grüße');
    for (const type of [
      undefined,
      '',
      'text/html',
      'text/html; charset=',
      'text/html; charset=made-up',
      'text/html; charset=replacement',
    ])
      expect([type, decodeBody(bytes, type)]).toEqual([type, 'Grüße']);
    expect(decodeBody(latin, undefined)).toBe('Gr\ufffd\ufffde');
  });

  it('is what it says', () => {
    for (const type of [
      'text/html; charset=iso-8859-1',
      'text/html;CHARSET="windows-1252"',
      'text/html; a=b; charset=latin1',
    ])
      expect([type, decodeBody(latin, type)]).toEqual([type, 'Grüße']);
  });

  it('is what a page says in its head, where nothing else says it, and never what JSON quotes', () => {
    const page = (charset: string) => Buffer.from(`<!DOCTYPE html><meta charset="${charset}"><p>Grüße`, 'latin1');
    for (const type of [undefined, 'text/html']) expect(decodeBody(page('windows-1252'), type)).toContain('Grüße');
    expect(decodeBody(page('windows-1252'), 'text/html; charset=utf-8')).toContain('Gr\ufffd');
    expect(decodeBody(page('made-up'), undefined)).toContain('Gr\ufffd');
    const json = '{"html":"<meta charset=windows-1252>","name":"Grüße"}';
    expect(decodeBody(Buffer.from(json), undefined)).toBe(json);
  });

  it('is in the order of its mark', () => {
    for (const encoding of ['utf16le', 'utf8'] as const)
      expect(decodeBody(Buffer.from('\ufeff{"name":"Grüße"}', encoding), undefined)).toBe('{"name":"Grüße"}');
  });

  it('does not begin with a mark of its order of bytes', () => {
    expect(decodeBody(Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), 'application/json')).toBe('{}');
  });

  it('has a type without its parameters', () => {
    expect(mediaType('Text/HTML ; charset=utf-8')).toBe('text/html');
    expect(mediaType('application/json')).toBe('application/json');
    for (const none of [undefined, '', ' ', ';charset=utf-8']) expect(mediaType(none)).toBeNull();
  });
});
