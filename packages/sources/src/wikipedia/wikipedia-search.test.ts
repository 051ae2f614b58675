import { describe, expect, it } from 'vitest';
import { UnknownLayoutError } from '../page.ts';
import { wikipediaSearch } from './wikipedia-search.ts';

const key = 'en:the harbour film';
const read = (body: unknown) =>
  wikipediaSearch.read({ url: 'x', status: 200, headers: {}, body: JSON.stringify(body) }, [key]).get(key);

const answer = {
  batchcomplete: true,
  continue: { sroffset: 10, continue: '-||' },
  query: {
    searchinfo: { totalhits: 41, suggestion: 'the harbor film' },
    search: [
      {
        ns: 0,
        title: 'The Harbour (film)',
        pageid: 900_001,
        snippet: '<span class="searchmatch">The Harbour</span> is a &quot;made up&quot; film, 1 &lt; 2',
      },
      { ns: 0, title: 'Pier' },
    ],
  },
};

describe('a search', () => {
  it('is for articles alone', () => {
    const asked = new URL(wikipediaSearch.request([key], 'https://en.wikipedia.org').url).searchParams;
    expect(asked.get('srsearch')).toBe('the harbour film');
    expect(asked.get('srnamespace')).toBe('0');
  });

  it('brings titles in order, with snippets as plain text', () => {
    expect(read(answer)).toEqual({
      status: 'FOUND',
      facts: {
        total: 41,
        suggestion: 'the harbor film',
        hits: [
          { pageTitle: 'The Harbour (film)', pageId: 900_001, snippet: 'The Harbour is a "made up" film, 1 < 2' },
          { pageTitle: 'Pier', pageId: null, snippet: null },
        ],
      },
    });
  });

  it('that brought nothing is NOT_FOUND, unless it offers another spelling', () => {
    expect(read({ query: { search: [] } })).toEqual({ status: 'NOT_FOUND' });
    expect(read({ query: { search: [], searchinfo: { suggestion: 'harbor' } } })).toMatchObject({
      facts: { suggestion: 'harbor', hits: [], total: null },
    });
  });

  it('without a list of hits is no empty search', () => {
    expect(() => read({ batchcomplete: true })).toThrow(UnknownLayoutError);
    expect(() => read({ query: { search: [{ title: 'Pier' }, { snippet: 'x' }] } })).toThrow(UnknownLayoutError);
    expect(read({ error: { code: 'cirrussearch-too-busy-error', info: '' } })).toMatchObject({ status: 'UNAVAILABLE' });
  });

  it('keeps hits whose other fields are odd', () => {
    expect(read({ query: { searchinfo: 'x', search: [{ title: 'Pier', pageid: '7', snippet: {} }] } })).toMatchObject({
      facts: { total: null, hits: [{ pageTitle: 'Pier', pageId: null, snippet: null }] },
    });
  });

  it('does not hang on a snippet of elements in one another', () => {
    const snippet = `${'<b>'.repeat(100_000)}Pier`;
    expect(read({ query: { search: [{ title: 'Pier', snippet }] } })).toMatchObject({
      facts: { hits: [{ snippet: 'Pier' }] },
    });
  });

  it('is recognised, but not one of items of Wikidata', () => {
    expect(wikipediaSearch.recognises(JSON.stringify(answer))).toBe(true);
    expect(wikipediaSearch.recognises(JSON.stringify({ query: { search: [{ title: 'Q42' }] } }))).toBe(false);
    expect(wikipediaSearch.recognises('{"query":{}}')).toBe(false);
  });
});
