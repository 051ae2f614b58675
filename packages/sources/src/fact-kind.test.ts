import { describe, expect, it } from 'vitest';
import { type Ask, readPage, splitSubject } from './fact-kind.ts';
import { found, type Page, type Reading } from './page.ts';
import { readAnswer } from './read-answer.ts';
import type { PageResult } from './reader/page-result.ts';
import type { ReadOptions } from './reader/reader.ts';

const fetchedAt = new Date('2026-11-30T00:00:00Z');
const rest = { code: null, retryAt: null, fetchedAt, validators: null } as const;

const page: Page<string> = {
  source: 'made-up',
  kind: 'several',
  keys: 'any text',
  isKey: () => true,
  batch: 50,
  policy: 'api',
  types: ['application/json'],
  request: () => ({ url: 'https://www.made-up.example/' }),
  recognises: () => true,
  read: ({ body }) =>
    new Map(Object.entries(JSON.parse(body) as Record<string, string>).map(([key, facts]) => [key, found(facts)])),
};

/** Answers with no more than some at once. */
function askSome(most: number): { ask: Ask; asked: string[][]; options: unknown[] } {
  const asked: string[][] = [];
  const options: unknown[] = [];
  const ask = (async (
    _page: Page<string>,
    keys: readonly string[],
    given?: ReadOptions,
  ): Promise<PageResult<string>> => {
    asked.push([...keys]);
    options.push(given);
    const body = JSON.stringify(Object.fromEntries(keys.slice(0, most).map((key) => [key, key.toUpperCase()])));
    const answer = { url: '', status: 200, headers: {}, body };
    return { ...rest, readings: readAnswer(page, answer, keys) };
  }) as Ask;
  return { ask, asked, options };
}

describe('a page of several', () => {
  it('is asked once where it answers all, with the options that were given', async () => {
    const { ask, asked, options } = askSome(50);
    const given = { priority: 3 };
    expect(await readPage(page, ['a', 'b'], ask, given)).toEqual(
      new Map([
        ['a', { ...rest, reading: found('A') }],
        ['b', { ...rest, reading: found('B') }],
      ]),
    );
    expect(asked).toEqual([['a', 'b']]);
    expect(options).toEqual([given]);
  });

  it('is asked once more for what it left out, until nothing is left', async () => {
    const { ask, asked } = askSome(2);
    const outcomes = await readPage(page, ['a', 'b', 'c', 'd', 'e'], ask);
    expect([...outcomes].map(([key, { reading }]) => [key, reading])).toEqual(
      ['a', 'b', 'c', 'd', 'e'].map((key) => [key, found(key.toUpperCase())]),
    );
    expect(asked).toEqual([['a', 'b', 'c', 'd', 'e'], ['c', 'd', 'e'], ['e']]);
  });

  it('is not asked again where it left out everything', async () => {
    const { ask, asked } = askSome(0);
    const outcomes = await readPage(page, ['a', 'b'], ask);
    expect(asked).toEqual([['a', 'b']]);
    expect([...outcomes.values()].map(({ reading }) => reading.status)).toEqual(['UNAVAILABLE', 'UNAVAILABLE']);
  });

  it.each<Reading<never>>([
    { status: 'BLOCKED', reason: 'a challenge' },
    { status: 'UNAVAILABLE', reason: 'the source answers 503' },
    { status: 'UNREADABLE', reason: 'the answer is empty' },
    { status: 'NOT_FOUND' },
  ])('is not asked again for what was answered, in whatever way: %j', async (reading) => {
    let asked = 0;
    const retryAt = new Date('2026-12-01T00:00:00Z');
    const ask = (async (_page: unknown, keys: readonly string[]) => {
      asked += 1;
      return { ...rest, code: 'CHALLENGE', retryAt, readings: new Map(keys.map((key) => [key, reading])) };
    }) as Ask;
    expect(await readPage(page, ['a'], ask)).toEqual(
      new Map([['a', { ...rest, code: 'CHALLENGE', retryAt, reading }]]),
    );
    expect(asked).toBe(1);
  });

  it('is not asked for nothing', async () => {
    const { ask, asked } = askSome(50);
    expect(await readPage(page, [], ask)).toEqual(new Map());
    expect(asked).toEqual([]);
  });

  it('ends with the error of whoever asks', async () => {
    const ask = (async () => {
      throw new Error('The disk is full');
    }) as Ask;
    await expect(readPage(page, ['a'], ask)).rejects.toThrow('The disk is full');
  });
});

it('takes a subject apart', () => {
  expect(splitSubject('tt0903747 en')).toEqual(['tt0903747', 'en']);
  expect(splitSubject('tt0903747')).toEqual(['tt0903747', '']);
  expect(splitSubject('tt0903747 3 AU')).toEqual(['tt0903747', '3 AU']);
});
