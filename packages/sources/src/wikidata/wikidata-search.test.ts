import { describe, expect, it } from 'vitest';
import { UnknownLayoutError } from '../page.ts';
import { wikidataSearch } from './wikidata-search.ts';

const key = 'nb:Havna: Natt';
const read = (body: unknown) =>
  wikidataSearch.read({ url: 'x', status: 200, headers: {}, body: JSON.stringify(body) }, [key]).get(key);
const answer = (...search: unknown[]) => ({ searchinfo: { search: 'Havna: Natt' }, search, success: 1 });

describe('a search for items by name', () => {
  it('asks in the language of the key', () => {
    const asked = new URL(wikidataSearch.request([key], 'https://www.wikidata.org').url).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      action: 'wbsearchentities',
      search: 'Havna: Natt',
      language: 'nb',
      type: 'item',
    });
  });

  it('brings items with label and description, in order', () => {
    const hits = [
      {
        id: 'Q900000002',
        title: 'Q900000002',
        label: 'Havna',
        description: 'film fra 2031',
        match: { type: 'alias', language: 'nb', text: 'Havna: Natt' },
      },
      { id: 'P31', label: 'x' },
      { id: 'Q900000001', label: 7, description: '' },
    ];
    expect(read(answer(...hits))).toEqual({
      status: 'FOUND',
      facts: [
        { wikidataId: 'Q900000002', label: 'Havna', description: 'film fra 2031', matchedName: 'Havna: Natt' },
        { wikidataId: 'Q900000001', label: null, description: null, matchedName: null },
      ],
    });
  });

  it('that brought nothing is NOT_FOUND', () => {
    expect(read(answer())).toEqual({ status: 'NOT_FOUND' });
  });

  it('is not taken for another, or for an empty one, where its answer is odd', () => {
    expect(() => read({ ...answer(), searchinfo: { search: 'Pier' } })).toThrow(/another search: Pier/);
    expect(() => read({ searchinfo: { search: 'Havna: Natt' } })).toThrow(UnknownLayoutError);
    expect(() => read(answer('x'))).toThrow(UnknownLayoutError);
    expect(read({ error: { code: 'maxlag', info: 'x' } })).toMatchObject({
      status: 'UNAVAILABLE',
      retryAfterMs: 5_000,
    });
  });

  it('is recognised by what it was for', () => {
    expect(wikidataSearch.recognises(JSON.stringify(answer()))).toBe(true);
    expect(wikidataSearch.recognises(JSON.stringify({ search: [] }))).toBe(false);
    expect(wikidataSearch.recognises('')).toBe(false);
  });
});
