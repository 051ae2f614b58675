import { describe, expect, it } from 'vitest';
import { type Answer, UnknownLayoutError } from '../page.ts';
import { wikipediaSummaries } from './wikipedia-summaries.ts';

const answer = (body: unknown): Answer => ({
  url: 'https://en.wikipedia.org/w/api.php',
  status: 200,
  headers: {},
  body: JSON.stringify(body),
});
const read = (body: unknown, ...keys: string[]) => Object.fromEntries(wikipediaSummaries.read(answer(body), keys));

const harbour = {
  pageid: 900_001,
  ns: 0,
  title: 'The Harbour (film)',
  extract: 'The Harbour is a 2031 film.\nIt was made up.',
  description: '2031 film of Wikidata',
  pageprops: { wikibase_item: 'Q900000001', 'wikibase-shortdesc': '2031 film' },
  thumbnail: { source: 'https://upload.wikimedia.org/made-up.jpg', width: 400, height: 300 },
  fullurl: 'https://en.wikipedia.org/wiki/The_Harbour_(film)',
};
const query = (query: object, rest: object = { batchcomplete: true }) => ({ ...rest, query });

describe('what summaries ask', () => {
  it('is for the first sections of at most twenty titles at once', () => {
    const { url } = wikipediaSummaries.request(['en:The Harbour', 'en:Q & A'], 'https://en.wikipedia.org');
    const asked = new URL(url).searchParams;
    expect(asked.get('titles')).toBe('The Harbour|Q & A');
    expect(asked.get('exintro')).toBe('1');
    expect(asked.get('exlimit')).toBe('20');
    expect(asked.get('redirects')).toBe('1');
    expect(wikipediaSummaries.batch).toBe(20);
  });

  it('cannot be titles of two languages, or what is no title', () => {
    const ask = (...keys: string[]) => wikipediaSummaries.request(keys, 'https://en.wikipedia.org');
    expect(() => ask('en:The Harbour', 'de:Der Hafen')).toThrow(RangeError);
    expect(() => ask('en:A|B')).toThrow(RangeError);
    expect(wikipediaSummaries.isKey('en:A|B')).toBe(false);
    expect(wikipediaSummaries.isKey('en:The Harbour')).toBe(true);
  });
});

describe('what summaries read', () => {
  it('is the first paragraph, the description of the article itself, its item and address', () => {
    expect(read(query({ pages: [harbour] }), 'en:The Harbour (film)')).toEqual({
      'en:The Harbour (film)': {
        status: 'FOUND',
        facts: {
          pageTitle: 'The Harbour (film)',
          language: 'en',
          wikidataId: 'Q900000001',
          description: '2031 film',
          summary: 'The Harbour is a 2031 film.',
          thumbnailUrl: 'https://upload.wikimedia.org/made-up.jpg',
          url: 'https://en.wikipedia.org/wiki/The_Harbour_(film)',
        },
      },
    });
  });

  it('is the same of format version 1, whose pages are keyed by id', () => {
    const first = read({ batchcomplete: '', query: { pages: { 900001: harbour } } }, 'en:The Harbour (film)');
    expect(first).toEqual(read(query({ pages: [harbour] }), 'en:The Harbour (film)'));
  });

  it('belongs to the key that was asked, through normalised titles and redirects', () => {
    const pages = {
      normalized: [{ fromencoded: false, from: 'the_harbour', to: 'The harbour' }],
      redirects: [
        { from: 'The harbour', to: 'The Harbour' },
        { from: 'The Harbour', to: 'The Harbour (film)' },
      ],
      pages: [harbour],
    };
    const readings = read(query(pages), 'en:the_harbour', 'en:The Harbour');
    expect(readings['en:the_harbour']).toMatchObject({ facts: { pageTitle: 'The Harbour (film)' } });
    expect(readings['en:The Harbour']).toMatchObject({ facts: { pageTitle: 'The Harbour (film)' } });
  });

  it.each([
    ['a missing page', { ns: 0, title: 'X', missing: true }],
    ['a missing page of format version 1', { ns: 0, title: 'X', missing: '' }],
    ['a title that cannot be', { title: 'X', invalid: true, invalidreason: 'made up' }],
    ['a disambiguation page', { ns: 0, title: 'X', pageid: 1, pageprops: { disambiguation: '' }, extract: 'X may be' }],
    ['a page that is no article', { ns: 14, title: 'X', pageid: 1, extract: 'X' }],
  ])('is NOT_FOUND of %s', (_, page) => {
    expect(read(query({ pages: [page] }), 'en:X')).toEqual({ 'en:X': { status: 'NOT_FOUND' } });
  });

  it('is NOT_FOUND of a redirect to a section, and of a title on another wiki', () => {
    const redirects = [{ from: 'Pier (film)', to: 'The Harbour (film)', tofragment: 'Sequel' }];
    const interwiki = [{ title: 'de:Hafen', iw: 'de' }];
    expect(read(query({ redirects, interwiki, pages: [harbour] }), 'en:Pier (film)', 'en:de:Hafen')).toEqual({
      'en:Pier (film)': { status: 'NOT_FOUND' },
      'en:de:Hafen': { status: 'NOT_FOUND' },
    });
  });

  it('is nothing yet of titles whose extract the answer goes on with', () => {
    const pages = [harbour, { ns: 0, title: 'Pier', pageid: 2 }, { ns: 0, title: 'Quay', missing: true }];
    const readings = read(
      query({ pages }, { continue: { excontinue: 1, continue: '||pageprops' } }),
      'en:The Harbour (film)',
      'en:Pier',
      'en:Quay',
    );
    expect(Object.keys(readings)).toEqual(['en:The Harbour (film)', 'en:Quay']);
  });

  it('is nothing yet of titles that may turn out to be disambiguation pages', () => {
    const pages = [{ ...harbour, pageprops: undefined }];
    const going = (next: object) => query({ pages }, { continue: { ...next, continue: '||' } });
    expect(read(going({ ppcontinue: '2' }), 'en:The Harbour (film)')).toEqual({});
    expect(read(going({ picontinue: '2' }), 'en:The Harbour (film)')).not.toEqual({});
  });

  it('is null, and not left out, where the whole answer has no extract', () => {
    const going = { batchcomplete: true, continue: { excontinue: 1, continue: '||' } };
    expect(read(query({ pages: [{ ns: 0, title: 'Pier', pageid: 2 }] }, going), 'en:Pier')).not.toEqual({});
    const readings = read(query({ pages: [{ ns: 0, title: 'Pier', pageid: 2 }] }), 'en:Pier');
    expect(readings['en:Pier']).toMatchObject({ status: 'FOUND', facts: { summary: null, wikidataId: null } });
  });

  it('is nothing of a key that the answer leaves out', () => {
    expect(Object.keys(read(query({ pages: [harbour] }), 'en:The Harbour (film)', 'en:Pier'))).toEqual([
      'en:The Harbour (film)',
    ]);
  });

  it('is not taken of another title, or another Wikipedia', () => {
    expect(() => read(query({ pages: [harbour] }), 'en:Pier')).toThrow(UnknownLayoutError);
    expect(read(query({ pages: [harbour] }), 'de:The Harbour (film)')).toMatchObject({
      'de:The Harbour (film)': { status: 'UNREADABLE' },
    });
  });

  it('keeps the good fields of a page that has odd ones', () => {
    const odd = {
      ...harbour,
      description: 7,
      pageprops: { wikibase_item: ['Q1'] },
      thumbnail: 'x',
      fullurl: 'javascript:0',
    };
    expect(read(query({ pages: [odd, 'x', null] }), 'en:The Harbour (film)')).toMatchObject({
      'en:The Harbour (film)': {
        facts: {
          summary: 'The Harbour is a 2031 film.',
          wikidataId: null,
          description: null,
          thumbnailUrl: null,
          url: 'https://en.wikipedia.org/wiki/The_Harbour_(film)',
        },
      },
    });
  });

  it.each([
    ['\n \n First.\nSecond.', 'First.'],
    ['== Plot ==\nText.', null],
    ['', null],
  ])('takes the first line with text for the first paragraph: %j', (extract, summary) => {
    expect(read(query({ pages: [{ ...harbour, extract }] }), 'en:The Harbour (film)')).toMatchObject({
      'en:The Harbour (film)': { facts: { summary } },
    });
  });

  it('throws where the answer has no query, and says so of a lagging server', () => {
    expect(() => read({ batchcomplete: true }, 'en:Pier')).toThrow(UnknownLayoutError);
    expect(read({ error: { code: 'maxlag', info: 'x' } }, 'en:Pier', 'en:Quay')).toMatchObject({
      'en:Pier': { status: 'UNAVAILABLE', retryAfterMs: 5_000 },
      'en:Quay': { status: 'UNAVAILABLE' },
    });
  });

  it('does not take __proto__ for a page', () => {
    const body = '{"batchcomplete":true,"query":{"pages":{"__proto__":{"title":"Pier","ns":0,"extract":"x"}}}}';
    expect(() => wikipediaSummaries.read({ ...answer(null), body }, ['en:Pier'])).toThrow(UnknownLayoutError);
    expect({}).not.toHaveProperty('title');
  });
});

describe('what is recognised as summaries', () => {
  it('is an answer with articles, and none with their source, or on pictures', () => {
    const isOne = (body: unknown) => wikipediaSummaries.recognises(JSON.stringify(body));
    expect(isOne(query({ pages: [harbour] }))).toBe(true);
    expect(isOne(query({ pages: [{ ...harbour, revisions: [] }] }))).toBe(false);
    expect(isOne(query({ pages: [{ ns: 6, title: 'File:X', imageinfo: [] }] }))).toBe(false);
    expect(isOne(query({ pages: [] }))).toBe(false);
    expect(isOne({ error: { code: 'maxlag' } })).toBe(false);
    expect(wikipediaSummaries.recognises('')).toBe(false);
  });
});
