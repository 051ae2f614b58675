import { describe, expect, it } from 'vitest';
import { wikidataItems } from './wikidata-items.ts';

const snak = (value: unknown, rank = 'normal') => ({
  mainsnak: { snaktype: 'value', datavalue: { value } },
  rank,
});
const item = (id: string) => ({ 'entity-type': 'item', id });
const date = (year: number) => ({ time: `+${year}-05-02T00:00:00Z`, precision: 11 });
const minutes = (amount: number) => ({ amount: `+${amount}`, unit: 'http://www.wikidata.org/entity/Q7727' });

const claims = {
  P31: [snak(item('Q11424'))],
  P345: [snak('nm9000001'), snak('tt9000001'), snak('tt9000002')],
  P1258: [snak('celebrity/ana_ruiz'), snak('m/the_harbour')],
  P1874: [snak('90000001')],
  P4947: [snak('9001')],
  P4983: [snak('9002')],
  P577: [snak(date(2032)), snak(date(2031)), snak(date(2033), 'deprecated')],
  P580: [snak(date(2029))],
  P2047: [snak({ amount: '+1', unit: '1' }), snak(minutes(101)), snak(minutes(120))],
  P495: [snak(item('Q20')), snak(item('Q664'))],
  P364: [snak(item('Q9043'))],
  P407: [snak(item('Q1860'))],
};
const harbour = {
  id: 'Q900000001',
  claims,
  labels: { en: { language: 'en', value: 'The Harbour' } },
  sitelinks: { enwiki: { site: 'enwiki', title: 'The Harbour (film)', badges: [] } },
};
const read = (entity: object) => {
  const body = JSON.stringify({ entities: { Q900000001: { ...harbour, ...entity } } });
  const reading = wikidataItems.read({ url: 'x', status: 200, headers: {}, body }, ['Q900000001']).get('Q900000001');
  return reading?.status === 'FOUND' ? reading.facts : reading;
};
const readClaims = (changed: object) => read({ claims: { ...claims, ...changed } });

describe('an item', () => {
  it('is asked with its statements, labels and articles', () => {
    const { url } = wikidataItems.request(['Q1', 'Q2'], 'https://www.wikidata.org');
    expect(new URL(url).searchParams.get('ids')).toBe('Q1|Q2');
    expect(new URL(url).searchParams.get('props')).toBe('claims|labels|sitelinks');
    expect(wikidataItems.isKey('Q83495')).toBe(true);
    expect(wikidataItems.isKey('Q1|Q2')).toBe(false);
  });

  it('has the first id of the form that titles have, the earliest year and a length in a known unit', () => {
    expect(read({})).toEqual({
      wikidataId: 'Q900000001',
      imdbId: 'tt9000001',
      name: 'The Harbour',
      rottenTomatoesId: 'm/the_harbour',
      netflixId: '90000001',
      tmdbId: '9001',
      instanceOf: ['Q11424'],
      year: 2031,
      runtimeMinutes: 101,
      countryItems: ['Q20', 'Q664'],
      languageItems: ['Q9043'],
      articles: { en: 'The Harbour (film)' },
    });
  });

  it('without statements says nothing', () => {
    expect(read({ claims: {}, labels: {}, sitelinks: [] })).toEqual({
      wikidataId: 'Q900000001',
      imdbId: null,
      name: null,
      rottenTomatoesId: null,
      netflixId: null,
      tmdbId: null,
      instanceOf: [],
      year: null,
      runtimeMinutes: null,
      countryItems: [],
      languageItems: [],
      articles: {},
    });
  });

  it('of a series has its id at TMDB, its first episode for a year, and the language of the work', () => {
    expect(readClaims({ P4947: [], P577: [], P364: [] })).toMatchObject({
      tmdbId: '9002',
      year: 2029,
      languageItems: ['Q1860'],
    });
  });

  it.each([
    ['P345', 'nm9000001', { imdbId: null }],
    ['P345', 'tt12', { imdbId: null }],
    ['P1258', 'tv/pier/s02', { rottenTomatoesId: 'tv/pier/s02' }],
    ['P1258', 'tv/pier/s02/e03', { rottenTomatoesId: 'tv/pier/s02/e03' }],
    ['P1258', 'celebrity/x', { rottenTomatoesId: null }],
    ['P1258', 'm/x/../../search', { rottenTomatoesId: null }],
    ['P1258', 'm/x?y', { rottenTomatoesId: null }],
    ['P1874', '80a', { netflixId: null }],
    ['P4947', 603, { tmdbId: '9002' }],
  ])('with %s of %j has %j', (property, value, facts) => {
    expect(readClaims({ [property]: [snak(value)] })).toMatchObject(facts);
  });

  it('has an English name, else that of all languages, else any', () => {
    const label = (value: unknown) => ({ language: 'xx', value });
    expect(read({ labels: { de: label('Der Hafen'), mul: label('Hamn'), en: label('Harbour') } })).toMatchObject({
      name: 'Harbour',
    });
    expect(read({ labels: { de: label('Der Hafen'), mul: label('Hamn'), en: label(' ') } })).toMatchObject({
      name: 'Hamn',
    });
    expect(read({ labels: { de: label(7), nb: label('Havna') } })).toMatchObject({ name: 'Havna' });
    expect(read({ labels: { en: { language: 'mul', value: 'Hamn', 'for-language': 'en' } } })).toMatchObject({
      name: 'Hamn',
    });
  });

  it('has the articles of Wikipedias by the language in their addresses, and nothing of other wikis', () => {
    const sites = [
      'enwiki',
      'nowiki',
      'zh_min_nanwiki',
      'be_x_oldwiki',
      'bewiki',
      'simplewiki',
      'commonswiki',
      'specieswiki',
      'wikidatawiki',
      'metawiki',
      'sourceswiki',
      'tenwiki',
      'enwikiquote',
      'enwiktionary',
      'wiki',
    ];
    const sitelinks = Object.fromEntries(sites.map((site) => [site, { site, title: `X of ${site}` }]));
    expect(read({ sitelinks: { ...sitelinks, frwiki: { site: 'frwiki' }, dewiki: 'x' } })).toMatchObject({
      articles: {
        en: 'X of enwiki',
        no: 'X of nowiki',
        'zh-min-nan': 'X of zh_min_nanwiki',
        'be-tarask': 'X of be_x_oldwiki',
        be: 'X of bewiki',
      },
    });
    expect(Object.keys((read({ sitelinks }) as { articles: object }).articles)).toHaveLength(5);
  });

  it('is recognised, but not one of a country or language', () => {
    const isOne = (entities: object) => wikidataItems.recognises(JSON.stringify({ entities }));
    expect(isOne({ Q900000001: harbour })).toBe(true);
    expect(isOne({ Q20: { id: 'Q20', claims: { P297: [snak('NO')] } } })).toBe(false);
    expect(isOne({ M1: { id: 'M1', claims: {} } })).toBe(false);
    expect(wikidataItems.recognises('')).toBe(false);
  });
});
