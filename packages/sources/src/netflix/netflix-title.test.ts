import type { NetflixTitlePage } from '@watchprint/engine';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../page.ts';
import { netflixTitle } from './netflix-title.ts';

const key = 'AU/99000001';
const asked = 'https://www.netflix.com/au/title/99000001';

const series = {
  '@context': 'http://schema.org',
  '@type': 'TVSeries',
  url: asked,
  name: 'Harbour &amp; Lights',
  description: 'A pilot boat does not come back.',
  genre: 'Dramas',
  contentRating: 'MA 15+',
  dateCreated: '2031-3-7',
  numberOfSeasons: 2,
  actors: [{ '@type': 'Person', name: 'Ada Example' }, { name: 'Bo Example' }],
  image: 'https://images.example/poster.jpg',
};

const pageOf = (headline: string | null, linked: unknown = null, more = '') =>
  `<html><head><title>Harbour Lights | Netflix Official Site</title>
  ${headline === null ? '' : `<meta data-rh="true" property="og:title" content="${headline}"/>`}
  ${linked === null ? '' : `<script data-rh="true" type="application/ld+json">${JSON.stringify(linked)}</script>`}
  ${more}</head><body></body></html>`;

const read = (body: string, url = asked): Reading<NetflixTitlePage> | undefined =>
  netflixTitle.read({ url, status: 200, headers: {}, body }, [key]).get(key);

function factsIn(body: string, url?: string): NetflixTitlePage {
  const reading = read(body, url);
  if (reading?.status !== 'FOUND') throw new Error(`It is ${reading?.status}`);
  return reading.facts;
}

describe('netflixTitle', () => {
  it('asks for the page of the region, in small letters', () => {
    expect(netflixTitle.request([key], 'https://www.netflix.com').url).toBe(asked);
    expect(['AU/1', 'US/80057281'].every(netflixTitle.isKey)).toBe(true);
    expect(['au/1', '80057281', 'AU/', 'AU/1/2', 'AUS/1', 'AU/tt1'].some(netflixTitle.isKey)).toBe(false);
  });

  it('reads every fact of JSON-LD', () => {
    expect(factsIn(pageOf('Watch Harbour &amp; Lights | Netflix Official Site', series))).toEqual({
      netflixId: '99000001',
      region: 'AU',
      name: 'Harbour & Lights',
      kind: 'SERIES',
      synopsis: 'A pilot boat does not come back.',
      maturityRating: 'MA 15+',
      genres: ['Dramas'],
      year: 2031,
      seasonCount: 2,
      cast: ['Ada Example', 'Bo Example'],
      posterUrl: 'https://images.example/poster.jpg',
    });
    const film = {
      '@type': 'Movie',
      name: 'X',
      genre: ['A', 'B'],
      actors: [],
      numberOfSeasons: 4,
      dateCreated: 'soon',
      image: 5,
    };
    expect(factsIn(pageOf(null, film))).toMatchObject({
      kind: 'MOVIE',
      genres: ['A', 'B'],
      cast: [],
      seasonCount: null,
      year: null,
      synopsis: null,
      posterUrl: null,
    });
  });

  it("takes the service's words off the ends of the headline, and no others", () => {
    const nameIn = (headline: string) => factsIn(pageOf(headline)).name;
    expect(nameIn('Watch Harbour Lights | Netflix Official Site')).toBe('Harbour Lights');
    expect(nameIn('Watch Night Watch | Netflix')).toBe('Night Watch');
    expect(nameIn('Watch Watch Out | Netflix Official Site')).toBe('Watch Out');
    expect(nameIn('Watch A | Netflix Story | B | Netflix Official Site')).toBe('A | Netflix Story | B');
    expect(nameIn('Watchful | Netflix Official Site')).toBe('Watchful');
  });

  it('reads description and picture of the head where there is no JSON-LD', () => {
    const more = `<meta content="A boat." property="og:description"><meta property="og:image" content="https://images.example/a.jpg">
      <script type="application/ld+json">{"@type":"TVSeries",</script>`;
    expect(factsIn(pageOf('Watch Harbour Lights | Netflix Official Site', null, more))).toMatchObject({
      kind: null,
      synopsis: 'A boat.',
      posterUrl: 'https://images.example/a.jpg',
      genres: null,
      cast: null,
    });
  });

  it('says that a title is not in the catalogue when it is led to the start, to browse or to sign in', () => {
    const start = pageOf('Netflix Australia - Watch Shows Online');
    for (const path of [
      '/',
      '/au/',
      '/au',
      '/au-en/',
      '/browse',
      '/browse/genre/34399',
      '/au/browse',
      '/login',
      '/au/login',
    ])
      expect(read(start, `https://www.netflix.com${path}`)).toEqual({ status: 'NOT_FOUND' });
  });

  it("never takes another title's or region's page", () => {
    const page = pageOf('Watch Harbour Lights | Netflix Official Site', series);
    expect(() => read(page, 'https://www.netflix.com/au/title/99000002')).toThrow('answer is from /au/title/99000002');
    expect(() => read(page, 'https://www.netflix.com/nl-en/title/99000001')).toThrow('answer is of NL');
    expect(() => read(page, 'https://www.netflix.com/signup')).toThrow('answer is from /signup');
    const canonical = '<link rel="canonical" href="https://www.netflix.com/au/title/99000002">';
    expect(() => read(pageOf('Watch X | Netflix', null, canonical))).toThrow('page is of /au/title/99000002');
    expect(() =>
      read(pageOf('Watch X | Netflix', { ...series, url: 'https://www.netflix.com/title/99000002' })),
    ).toThrow('JSON-LD is of 99000002');
    expect(factsIn(page, 'https://www.netflix.com/title/99000001?s=i').netflixId).toBe('99000001');
    expect(factsIn(page, 'http://127.0.0.1:5000/au-en/title/99000001').netflixId).toBe('99000001');
  });

  it("takes a saved page for its key's", () => {
    expect(factsIn(pageOf('Watch Harbour Lights | Netflix Official Site'), '').name).toBe('Harbour Lights');
  });

  it('is told of a page that is no title', () => {
    expect(() => read(pageOf(null))).toThrow('without og:title and without JSON-LD');
    expect(() => read(pageOf('Netflix Australia - Watch Shows Online'))).toThrow(
      'without og:title and without JSON-LD',
    );
    expect(() => read('<div>'.repeat(100_000))).toThrow('nested more than 500 deep');
  });

  it('knows its pages, and neither the start page nor other sites', () => {
    const { recognises } = netflixTitle;
    expect(recognises(pageOf('Watch Harbour Lights | Netflix Official Site'))).toBe(true);
    expect(recognises(pageOf(null, series))).toBe(true);
    const browse = '<link rel="canonical" href="https://www.netflix.com/browse/genre/34399">';
    for (const body of [
      '',
      '{}',
      pageOf('Netflix Australia - Watch Shows Online'),
      pageOf('Films | Netflix Official Site', null, browse),
      pageOf('Everything on Netflix in May'),
      pageOf(null, { ...series, url: 'https://films.example/title/1' }),
      '<div>netflix'.repeat(100_000),
    ])
      expect(recognises(body)).toBe(false);
  });
});
