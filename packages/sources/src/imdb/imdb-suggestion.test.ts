import { describe, expect, it } from 'vitest';
import { challenge, factsOf, read } from '../../test/made-imdb-pages.ts';
import { imdbSuggestion } from './imdb-suggestion.ts';

const answer = (d: unknown, q?: string) => JSON.stringify({ d, ...(q === undefined ? {} : { q }), v: 1 });

const lighthouse = {
  i: { imageUrl: 'https://m.media-amazon.com/images/M/made-up.jpg', width: 1, height: 1 },
  id: 'tt9900000001',
  l: 'The Paper Lighthouse',
  q: 'feature',
  qid: 'movie',
  rank: 281,
  s: 'Ada Quill, Tom Reed',
  y: 2019,
};

describe('a suggestion of IMDb', () => {
  it('is asked for in small letters, escaped', () => {
    const { url } = imdbSuggestion.request([' Amélie: 100% / ¿Qué? '], 'https://v3.sg.media-imdb.com');
    expect(url).toBe(
      'https://v3.sg.media-imdb.com/suggestion/x/am%C3%A9lie%3A%20100%25%20%2F%20%C2%BFqu%C3%A9%3F.json',
    );
  });

  it('is asked for a text or an id, not for nothing, and not for what no address can have', () => {
    for (const key of ['dark', 'tt9900000001', '1917', '.', '千と千尋'])
      expect([key, imdbSuggestion.isKey(key)]).toEqual([key, true]);
    for (const key of ['', '  ', 'a\nb', 'a\u0000', '\ud800', 'a'.repeat(201)])
      expect([key, imdbSuggestion.isKey(key)]).toEqual([key, false]);
  });

  it('has the titles in the order of the answer, and nobody else', () => {
    const d = [
      lighthouse,
      { id: 'in9900001', l: 'Lighthouses', rank: 5 },
      { id: 'nm9900002', l: 'Ada Quill', s: 'Actress, Salt Year (2024)' },
      { id: 'tt9900000002', l: 'Salt Year', qid: 'tvSeries', y: 2020, yr: '2020-2024', s: '' },
      { id: 'tt9900000003', l: 'Lamp', qid: 'tvMiniSeries', y: 2026, yr: '2026-' },
      { id: 'tt9900000004', l: 'Untold' },
    ];
    const nothing = { year: null, endYear: null, titleType: null, stars: null, rank: null };
    expect(factsOf(imdbSuggestion, answer(d, 'paper'), 'paper')).toEqual([
      {
        imdbId: 'tt9900000001',
        name: 'The Paper Lighthouse',
        year: 2019,
        endYear: null,
        titleType: 'movie',
        stars: ['Ada Quill', 'Tom Reed'],
        rank: 281,
      },
      {
        ...nothing,
        imdbId: 'tt9900000002',
        name: 'Salt Year',
        year: 2020,
        endYear: 2024,
        titleType: 'tvSeries',
        stars: [],
      },
      { ...nothing, imdbId: 'tt9900000003', name: 'Lamp', year: 2026, titleType: 'tvMiniSeries' },
      { ...nothing, imdbId: 'tt9900000004', name: 'Untold' },
    ]);
  });

  it('without a title says that there is none', () => {
    expect(read(imdbSuggestion, answer([], 'zzqq'), 'zzqq')).toEqual({ status: 'NOT_FOUND' });
    expect(read(imdbSuggestion, answer([{ id: 'nm9900002', l: 'Ada Quill' }]), 'ada')).toEqual({ status: 'NOT_FOUND' });
  });

  it('keeps what it can of odd fields, and the titles beside an odd one', () => {
    const odd = { ...lighthouse, y: '2019', rank: 'first', s: 7, yr: {}, qid: null };
    expect(factsOf(imdbSuggestion, answer([7, null, { id: 'tt9900000009' }, odd]), 'paper')).toEqual([
      {
        imdbId: 'tt9900000001',
        name: 'The Paper Lighthouse',
        year: 2019,
        endYear: null,
        titleType: null,
        stars: null,
        rank: null,
      },
    ]);
  });

  it('in another shape is unreadable, never empty', () => {
    for (const body of ['', '[]', '{}', '{"d":{}}', '{"d":[', challenge])
      expect(() => read(imdbSuggestion, body, 'paper')).toThrow(/no list/);
    for (const d of [[7], [{ id: 'tt9900000001', title: 'Renamed' }], [{ key: 'tt9900000001', l: 'Renamed' }]])
      expect(() => read(imdbSuggestion, answer(d), 'paper')).toThrow(/neither ids nor names/);
  });

  it('to another text is not taken', () => {
    const same = [
      ['the paper', 'The%20Paper'],
      ['Amélie', 'amelie'],
      ['amélie', 'am%C3%A9lie'],
      ['a very long name of a film', 'a very long name'],
      ['100%', '100%'],
      ['???', ''],
    ] as const;
    for (const [key, echo] of same)
      expect([key, read(imdbSuggestion, answer([lighthouse], echo), key)?.status]).toEqual([key, 'FOUND']);
    for (const echo of ['salt', 'tt9900000001'])
      expect(() => read(imdbSuggestion, answer([lighthouse], echo), 'paper')).toThrow(/another search/);
  });

  it('is known by its list, empty or not', () => {
    for (const body of [answer([lighthouse], 'x'), answer([], 'x'), `\n${answer([lighthouse])}`])
      expect(imdbSuggestion.recognises(body)).toBe(true);
    for (const body of [
      '',
      '{}',
      '{"d":[]}',
      '{"d":[1]}',
      '{"d":[{"id":"a"}]}',
      '[{"id":"tt9900000001","l":"a"}]',
      challenge,
    ])
      expect(imdbSuggestion.recognises(body)).toBe(false);
  });
});
