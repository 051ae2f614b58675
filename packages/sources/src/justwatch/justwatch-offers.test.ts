import type { JustWatchOffers } from '@watchprint/engine';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../page.ts';
import { justWatchOffers } from './justwatch-offers.ts';

const key = 'AU tt9900001 Harbour Lights';

const offer = (
  monetizationType: string,
  shortName: string,
  clearName: string,
  technicalName: string,
  standardWebURL = '',
) => ({
  monetizationType,
  standardWebURL,
  package: { shortName, clearName, technicalName },
});
const netflix = offer('FLATRATE', 'nfx', 'Netflix', 'netflix', 'https://www.netflix.com/title/99000001');

const node = (imdbId: string | null, offers: unknown, title: unknown = 'Harbour Lights') => ({
  node: {
    id: 'tm9900001',
    objectType: 'MOVIE',
    content: { title, originalReleaseYear: 2031, externalIds: { imdbId, tmdbId: '9' } },
    offers,
  },
});
const answerOf = (...edges: unknown[]) => JSON.stringify({ data: { popularTitles: { edges } } });

const read = (body: string): Reading<JustWatchOffers> | undefined =>
  justWatchOffers.read({ url: '', status: 200, headers: {}, body }, [key]).get(key);

function factsIn(body: string): JustWatchOffers {
  const reading = read(body);
  if (reading?.status !== 'FOUND') throw new Error(`It is ${reading?.status}`);
  return reading.facts;
}

describe('justWatchOffers', () => {
  it('searches for the name in the country', () => {
    const { url, method, headers, body } = justWatchOffers.request([key], 'https://apis.justwatch.com');
    expect([url, method, headers?.['Content-Type']]).toEqual([
      'https://apis.justwatch.com/graphql',
      'POST',
      'application/json',
    ]);
    expect(JSON.parse(body ?? '').variables).toEqual({
      country: 'AU',
      language: 'en',
      first: 10,
      filter: { searchQuery: 'Harbour Lights' },
    });
  });

  it('has keys of a country, an id and a name', () => {
    expect([key, 'PL tt15239678 Diuna: Część druga', 'AU tt0000001 "x" } y'].every(justWatchOffers.isKey)).toBe(true);
    expect(
      ['AU', 'AU tt9900001', 'AU tt9900001 ', 'au tt9900001 X', 'AU 9900001 X', `AU tt9900001 ${'x'.repeat(301)}`].some(
        justWatchOffers.isKey,
      ),
    ).toBe(false);
  });

  it('takes the title by its id, never the first that was found', () => {
    const other = node('tt9900002', [netflix], 'Harbour Lights');
    expect(factsIn(answerOf(other, node('tt9900001', [])))).toMatchObject({ imdbId: 'tt9900001', onNetflix: false });
    expect(read(answerOf(other, node(null, [netflix])))).toEqual({ status: 'NOT_FOUND' });
    expect(read(answerOf())).toEqual({ status: 'NOT_FOUND' });
  });

  it('names each service once, and those alone whose subscription has it', () => {
    const offers = [
      netflix,
      netflix,
      offer('ADS', 'nfa', 'Netflix Standard with Ads', 'netflixbasicwithads'),
      offer('FLATRATE', 'bng', 'Binge', 'binge'),
      offer('BUY', 'itu', 'Apple TV', 'itunes'),
      offer('RENT', 'amz', 'Amazon Video', 'amazon'),
      { monetizationType: 'FLATRATE' },
      null,
    ];
    expect(factsIn(answerOf(node('tt9900001', offers)))).toEqual({
      justWatchId: 'tm9900001',
      imdbId: 'tt9900001',
      name: 'Harbour Lights',
      year: 2031,
      country: 'AU',
      includedIn: ['Binge', 'Netflix', 'Netflix Standard with Ads'],
      onNetflix: true,
      netflixId: '99000001',
    });
  });

  it('knows Netflix by its short or its technical name, and its id by the address', () => {
    const only = (of: unknown) => factsIn(answerOf(node('tt9900001', [of])));
    const technical = { ...netflix, package: { clearName: 'Netflix', technicalName: 'netflix' } };
    expect(only(technical)).toMatchObject({ onNetflix: true, netflixId: '99000001' });
    const carried = `https://click.justwatch.com/a?r=${encodeURIComponent('https://www.netflix.com/title/99000001')}`;
    expect(only({ ...netflix, standardWebURL: carried }).netflixId).toBe('99000001');
    expect(only({ ...netflix, standardWebURL: 'https://films.example/title/5' })).toMatchObject({
      onNetflix: true,
      netflixId: null,
    });
    expect(only({ ...netflix, monetizationType: 'RENT' })).toMatchObject({
      onNetflix: false,
      netflixId: null,
      includedIn: [],
    });
    expect(only(offer('FLATRATE', 'xyz', 'Not Netflix', 'notnetflix'))).toMatchObject({ onNetflix: false });
  });

  it('can be asked again where it is only too busy, and not where the question is wrong', () => {
    const refusing = (message: unknown) => JSON.stringify({ errors: [{ message }], data: null });
    for (const message of ['Operation is too complex', 'internal system error', 'request timed out'])
      expect(read(refusing(message))).toEqual({ status: 'UNAVAILABLE', reason: message });
    for (const message of ['rate limit exceeded', 'Too many requests'])
      expect(read(refusing(message))).toMatchObject({ status: 'BLOCKED', code: 'TOO_MANY_REQUESTS' });
    expect(() => read(refusing('invalid value XX for Country, internal error'))).toThrow(
      'JustWatch refuses the question',
    );
    expect(() => read(refusing('Cannot query field "offers"'))).toThrow('JustWatch refuses the question');
    expect(() => read(refusing(5))).toThrow('an error without words');
  });

  it('is told of an answer of another shape, and never finds nothing in it', () => {
    for (const body of ['', 'null', '[]', '<html></html>', '{}', '{"data":null}', '{"data":{"popularTitles":null}}'])
      expect(() => read(body)).toThrow();
    expect(() => read(answerOf({ node: null }))).toThrow('no id or no content');
    expect(factsIn(answerOf({ node: null }, node('tt9900001', []))).imdbId).toBe('tt9900001');
    expect(() => read(answerOf(node('tt9900001', null)))).toThrow('no list of offers');
    expect(() => read(answerOf(node('tt9900001', [], 7)))).toThrow('no name');
  });

  it('knows its answers', () => {
    expect(justWatchOffers.recognises(answerOf())).toBe(true);
    for (const body of [
      '',
      'null',
      '{}',
      '{"data":{"title":{}}}',
      '{"errors":[{"message":"x"}]}',
      '{"data":{"__proto__":{"popularTitles":{}}}}',
    ])
      expect(justWatchOffers.recognises(body)).toBe(false);
  });
});
