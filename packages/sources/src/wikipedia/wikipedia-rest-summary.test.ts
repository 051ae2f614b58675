import { describe, expect, it } from 'vitest';
import { UnknownLayoutError } from '../page.ts';
import { wikipediaRestSummary } from './wikipedia-rest-summary.ts';

const origin = 'https://en.wikipedia.org';
const harbour = {
  type: 'standard',
  title: 'The Harbour (film)',
  lang: 'en',
  wikibase_item: 'Q900000001',
  description: '2031 film',
  extract: 'The Harbour is a 2031 film.\nIt was made up.',
  thumbnail: { source: 'https://upload.wikimedia.org/made-up.jpg' },
  content_urls: { desktop: { page: 'https://en.wikipedia.org/wiki/The_Harbour_(film)' } },
};
const read = (body: unknown, key = 'en:The Harbour (film)', url = `${origin}/api/rest_v1/page/summary/x`) =>
  wikipediaRestSummary
    .read({ url, status: 200, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) }, [key])
    .get(key);

describe('the summary of one article', () => {
  it('is asked by its title, as one part of the path', () => {
    const { url } = wikipediaRestSummary.request(['en:Face/Off (film)?'], origin);
    expect(url).toBe(`${origin}/api/rest_v1/page/summary/Face%2FOff_(film)%3F`);
    expect(wikipediaRestSummary.isKey('en:..')).toBe(false);
  });

  it('is read with its item and address', () => {
    expect(read(harbour)).toEqual({
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
    });
  });

  it('needs a title and an extract alone', () => {
    expect(read({ title: 'The Harbour (film)', extract: '', type: 3, thumbnail: [], content_urls: 'x' })).toEqual({
      status: 'FOUND',
      facts: {
        pageTitle: 'The Harbour (film)',
        language: 'en',
        wikidataId: null,
        description: null,
        summary: null,
        thumbnailUrl: null,
        url: 'https://en.wikipedia.org/wiki/The_Harbour_(film)',
      },
    });
    expect(() => read({ title: 'The Harbour (film)' })).toThrow(UnknownLayoutError);
    expect(() => read('<html></html>')).toThrow(UnknownLayoutError);
  });

  it('is NOT_FOUND of a disambiguation page', () => {
    expect(read({ ...harbour, type: 'disambiguation' })).toEqual({ status: 'NOT_FOUND' });
  });

  it.each([
    [
      { type: 'https://mediawiki.org/wiki/HyperSwitch/errors/not_found', title: 'Not found.', method: 'get' },
      'NOT_FOUND',
    ],
    [{ errorKey: 'rest-nonexistent-title', httpCode: 404, httpReason: 'Not Found' }, 'NOT_FOUND'],
    [{ type: 'https://mediawiki.org/wiki/HyperSwitch/errors/request_rate_exceeded', title: 'Too many' }, 'BLOCKED'],
    [{ httpCode: 403, httpReason: 'Forbidden' }, 'BLOCKED'],
    [{ httpCode: 503, httpReason: 'Service Unavailable' }, 'UNAVAILABLE'],
    [{ httpCode: 451, httpReason: 'Unavailable For Legal Reasons' }, 'BLOCKED'],
    [{ httpCode: 400, httpReason: 'Bad Request' }, 'UNREADABLE'],
    [{ type: 'https://mediawiki.org/wiki/HyperSwitch/errors/constructor', title: 'Unknown' }, 'UNREADABLE'],
  ])('is what the interface says in its own words, as a saved answer has them: %j', (body, status) => {
    expect(read(body)).toMatchObject({ status });
    expect(wikipediaRestSummary.recognises(JSON.stringify(body))).toBe(true);
  });

  it('is taken of another title only where the address in the end was redirected to it', () => {
    expect(() => read(harbour, 'en:Harbour')).toThrow(UnknownLayoutError);
    expect(read(harbour, 'en:Harbour', `${origin}/api/rest_v1/page/summary/The_Harbour_(film)`)).toMatchObject({
      status: 'FOUND',
    });
  });

  it('is not taken of another Wikipedia', () => {
    expect(() => read(harbour, 'de:The Harbour (film)')).toThrow(/another Wikipedia/);
  });

  it('is recognised by its title, extract and language', () => {
    expect(wikipediaRestSummary.recognises(JSON.stringify(harbour))).toBe(true);
    expect(wikipediaRestSummary.recognises(JSON.stringify({ title: 'A book', extract: 'of another site' }))).toBe(
      false,
    );
    expect(wikipediaRestSummary.recognises('')).toBe(false);
  });
});
