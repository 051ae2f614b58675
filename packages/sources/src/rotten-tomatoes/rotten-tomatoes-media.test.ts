import type { RottenTomatoesPage } from '@watchprint/engine';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../page.ts';
import { rottenTomatoesMedia } from './rotten-tomatoes-media.ts';

const site = 'https://www.rottentomatoes.com';

interface Made {
  readonly path?: string;
  readonly scorecard?: unknown;
  readonly vanity?: unknown;
  readonly linked?: unknown;
  readonly hero?: unknown;
  readonly more?: string;
  readonly canonical?: string | null;
}

const script = (attributes: string, value: unknown) =>
  value === null
    ? ''
    : `<script ${attributes} type="application/json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`;

/** A page of today's layout of a film that there is not. */
function madePage({
  path = 'm/harbour_lights_2031',
  scorecard = {
    criticsScore: { score: '71', reviewCount: 132, averageRating: '6.40', certified: false, sentiment: 'POSITIVE' },
    audienceScore: { score: '88', averageRating: '4.1', bandedRatingCount: '250+ Ratings', scoreType: 'ALL' },
    description: 'A pilot boat does not come back.',
  },
  vanity = { emsId: '00000000-1111-2222-3333-444444444444', href: `/${path}`, title: 'Harbour Lights' },
  linked = {
    '@type': 'Movie',
    name: 'Harbour Lights (2031)',
    url: `${site}/${path}`,
    aggregateRating: { name: 'Tomatometer', ratingValue: '71', reviewCount: 132 },
    contentRating: 'PG-13',
    dateCreated: '2031-03-07',
    director: [{ name: 'Ada Example' }, { name: 'NA' }],
    genre: ['Drama', 'Mystery & Thriller'],
    video: { '@type': 'VideoObject', duration: '2:29' },
  },
  hero = {
    content: { title: 'Harbour Lights', metadataProps: ['PG-13', '2031', '1h 52m'], metadataGenres: ['Drama'] },
  },
  more = '',
  canonical = `${site}/${path}`,
}: Made = {}): string {
  return `<!doctype html><html><head>
    ${canonical === null ? '' : `<link rel="canonical" href="${canonical}" />`}
    <script id="mps-page-integration">window.mpscall = {"cag[score]":"3","cag[fresh_rotten]":"rotten"};</script>
    ${linked === null ? '' : `<script type="application/ld+json">${typeof linked === 'string' ? linked : JSON.stringify(linked)}</script>`}
    </head><body>
    ${script('id="media-hero-json"\n data-json="mediaHero"', hero)}
    ${script('data-json="vanity"', vanity)}
    ${script('\n id="media-scorecard-json"\n data-json="mediaScorecard"', scorecard)}
    ${more}</body></html>`;
}

const read = (
  body: string,
  key = 'm/harbour_lights_2031',
  url = `${site}/${key}`,
): Reading<RottenTomatoesPage> | undefined =>
  rottenTomatoesMedia.read({ url, status: 200, headers: {}, body }, [key]).get(key);

function factsIn(body: string, key?: string, url?: string): RottenTomatoesPage {
  const reading = read(body, key, url);
  if (reading?.status !== 'FOUND') throw new Error(`It is ${reading?.status}`);
  return reading.facts;
}

describe('rottenTomatoesMedia', () => {
  it('asks for the page under the path that is its key', () => {
    expect(rottenTomatoesMedia.request(['tv/dark/s01'], 'http://127.0.0.1:5000')).toEqual({
      url: 'http://127.0.0.1:5000/tv/dark/s01',
    });
    const { isKey } = rottenTomatoesMedia;
    expect(
      ['m/dune_2021', 'm/10008578-top_gun', 'tv/dark', 'tv/dark/s01', 'tv/dark/s01/e01'].filter(isKey),
    ).toHaveLength(5);
    expect(
      ['', 'dune', '/m/dune', 'm/', 'm/../tv', 'm/a/reviews', 'tv/dark/1', 'x/m/dune', 'm/a?b', 'm/a b'].filter(isKey),
    ).toEqual([]);
  });

  it('reads every fact of a page of today', () => {
    const more = `<div id="critics-consensus"><p>Slow, <em>salty</em> and sure.</p></div>
      <div id="audience-consensus"><p>You smell the tide.</p></div>
      ${script('id="where-to-watch-json"', {
        affiliates: [{ url: 'https://tv.example/1' }, { url: 'https://www.netflix.com/watch/99000001?cmp=x' }],
      })}`;
    expect(factsIn(madePage({ more }))).toEqual({
      rottenTomatoesId: 'm/harbour_lights_2031',
      emsId: '00000000-1111-2222-3333-444444444444',
      name: 'Harbour Lights',
      kind: 'MOVIE',
      year: 2031,
      tomatometer: 71,
      criticReviewCount: 132,
      criticAverage: 6.4,
      certifiedFresh: false,
      audienceScore: 88,
      audienceScoreType: 'ALL',
      audienceAverage: 4.1,
      audienceRatingCount: '250+ Ratings',
      consensus: 'Slow, salty and sure.',
      audienceConsensus: 'You smell the tide.',
      synopsis: 'A pilot boat does not come back.',
      certificate: 'PG-13',
      genres: ['Drama', 'Mystery & Thriller'],
      directors: ['Ada Example'],
      runtimeMinutes: 112,
      releaseDate: '2031-03-07',
      seasonCount: null,
      netflixId: '99000001',
    });
  });

  it('has no score where too few wrote, even where averages or other places have numbers', () => {
    const scorecard = {
      criticsScore: { reviewCount: 2, averageRating: '9.50', certified: true, title: 'Tomatometer' },
      audienceScore: { bandedRatingCount: '0 Verified Ratings', scoreType: 'VERIFIED', averageRating: '0' },
    };
    expect(factsIn(madePage({ scorecard }))).toMatchObject({
      tomatometer: null,
      criticReviewCount: 2,
      criticAverage: null,
      certifiedFresh: null,
      audienceScore: null,
      audienceScoreType: null,
      audienceAverage: null,
      audienceRatingCount: '0 Verified Ratings',
    });
  });

  it('takes 0 per cent for a score, and nothing beyond 100', () => {
    const none = { criticsScore: { score: 0, averageRating: '0' }, audienceScore: { score: 1, averageRating: '5.1' } };
    expect(factsIn(madePage({ scorecard: none }))).toMatchObject({ criticAverage: null, audienceAverage: null });
    const withScore = (score: unknown) => factsIn(madePage({ scorecard: { criticsScore: { score } } })).tomatometer;
    expect([0, '0', '100', 54].map(withScore)).toEqual([0, 0, 100, 54]);
    expect(['101', '-1', '', null, {}, [], true, '54 of 100', '54.5'].map(withScore)).toEqual(Array(9).fill(null));
  });

  it('loses one odd field alone', () => {
    const scorecard = {
      criticsScore: { score: '71', reviewCount: {}, averageRating: [], certified: 'perhaps' },
      audienceScore: 'none',
      description: 7,
    };
    const linked = {
      '@type': 'Movie',
      url: `${site}/m/harbour_lights_2031`,
      genre: 5,
      director: 8,
      dateCreated: '2031-02-30',
    };
    const hero = { content: { title: ['x'], metadataProps: 'PG', metadataGenres: [null, 'Drama'] } };
    const vanity = { emsId: 4, href: {} };
    const empty = { '@type': 'Movie', url: `${site}/m/harbour_lights_2031`, genre: [], director: [] };
    expect(factsIn(madePage({ linked: empty }))).toMatchObject({ genres: ['Drama'], directors: [] });
    expect(factsIn(madePage({ scorecard, linked, hero, vanity }))).toMatchObject({
      tomatometer: 71,
      criticReviewCount: null,
      certifiedFresh: null,
      audienceScore: null,
      genres: ['Drama'],
      directors: null,
      releaseDate: null,
      certificate: 'PG',
      emsId: null,
    });
  });

  it("reads the scorecard's own text where its script is broken", () => {
    const more = `<tile-dynamic><rt-text slot="critics-score">12%</rt-text></tile-dynamic>
      <media-scorecard><rt-button slot="critics-score-icon"><score-icon-critics certified="true"></score-icon-critics></rt-button>
      <rt-text slot="critics-score">71%</rt-text><rt-link slot="critics-reviews">1,132 Reviews</rt-link>
      <rt-text slot="audience-score">90%</rt-text>
      <rt-link slot="audience-reviews" href="/m/harbour_lights_2031/reviews/verified-audience">500+ Verified Ratings</rt-link></media-scorecard>
`;
    expect(factsIn(madePage({ scorecard: '{"criticsScore":{{', linked: null, more }))).toMatchObject({
      tomatometer: 71,
      criticReviewCount: 1132,
      certifiedFresh: true,
      audienceScore: 90,
      audienceScoreType: 'VERIFIED',
      audienceRatingCount: '500+ Verified Ratings',
    });
  });

  it('reads JSON-LD where the script is broken and the text not yet written', () => {
    const more = '<media-scorecard><rt-text slot="critics-score"></rt-text></media-scorecard>';
    expect(factsIn(madePage({ scorecard: '{', more })).tomatometer).toBe(71);
  });

  it('finds its scripts by their id or by what they are called for', () => {
    const more = `<script data-json="mediaScorecard" type="application/json">{"criticsScore":{"score":"55"}}</script>
      <script data-json="whereToWatch">{"affiliates":[{"url":"https://www.netflix.com/title/99000001"}]}</script>`;
    expect(factsIn(madePage({ scorecard: null, more }))).toMatchObject({ tomatometer: 55, netflixId: '99000001' });
  });

  it('reads JSON-LD where there is no scorecard, the share of critics alone', () => {
    const facts = factsIn(madePage({ scorecard: null, hero: null, vanity: null }));
    expect(facts).toMatchObject({ name: 'Harbour Lights', year: 2031, tomatometer: 71, criticReviewCount: 132 });
    expect(facts).toMatchObject({ audienceScore: null, runtimeMinutes: null, certifiedFresh: null });
    const viewers = {
      '@type': 'Movie',
      url: `${site}/m/harbour_lights_2031`,
      aggregateRating: { name: 'Popcornmeter', ratingValue: 90 },
    };
    expect(factsIn(madePage({ scorecard: null, linked: viewers })).tomatometer).toBeNull();
  });

  it('does not lose the scorecard to JSON-LD that is broken, or nested without end', () => {
    for (const linked of [
      '{"@type":"Movie",',
      `${'['.repeat(60_000)}${']'.repeat(60_000)}`,
      '{"__proto__":{"name":"x"},"@type":"Movie"}',
    ])
      expect(factsIn(madePage({ linked }))).toMatchObject({
        tomatometer: 71,
        name: 'Harbour Lights',
        genres: ['Drama'],
      });
    expect(({} as { name?: unknown }).name).toBeUndefined();
  });

  it('reads the score board of pages from 2021 to 2024, with numbers, text or objects', () => {
    const board = (tomatometerScore: unknown, info = '2031, Drama/Mystery & thriller, 1h 52m') =>
      madePage({
        scorecard: null,
        vanity: null,
        hero: null,
        linked: { '@type': 'Movie', url: `${site}/m/harbour_lights_2031`, dateCreated: '2030-12-01T02:51:37-07:00' },
        more: `<score-board tomatometerscore="1" audiencescore="2" tomatometerstate="rotten"></score-board>
          <span data-qa="critics-consensus">Slow and sure.</span>
          ${script('id="score-details-json"', {
            scoreboard: {
              title: 'Harbour Lights',
              info,
              tomatometerScore,
              tomatometerCount: 40,
              tomatometerState: 'certified-fresh',
              audienceScore: '80',
              audienceBandedRatingCount: '500+',
              hasVerifiedAudienceScore: true,
            },
            modal: {
              tomatometerScoreAll: { averageRating: '7.10' },
              audienceScoreAll: { averageRating: '3.9' },
              audienceScoreVerified: { averageRating: '4.2' },
            },
          })}`,
      });
    for (const score of [93, '93', { value: 93 }])
      expect(factsIn(board(score))).toMatchObject({
        name: 'Harbour Lights',
        year: 2031,
        runtimeMinutes: 112,
        tomatometer: 93,
        criticReviewCount: 40,
        criticAverage: 7.1,
        certifiedFresh: true,
        audienceScore: 80,
        audienceScoreType: 'VERIFIED',
        audienceAverage: 4.2,
        audienceRatingCount: '500+',
        consensus: 'Slow and sure.',
        // What JSON-LD has there is when the record was made.
        releaseDate: null,
      });
    expect(factsIn(board(93, 'Drama'))).toMatchObject({ year: null, runtimeMinutes: null });
  });

  it('reads the attributes of the score board where its script is broken', () => {
    const more = `<score-board-deprecated tomatometerscore="64" audiencescore="" tomatometerstate="fresh">
      <h1 slot="title">Harbour Lights</h1><p slot="info">2031, Drama, 1h 52m</p><a slot="critics-count">31 Reviews</a></score-board-deprecated>
      <script id="score-details-json" type="application/json">{</script>`;
    expect(factsIn(madePage({ scorecard: null, vanity: null, hero: null, linked: null, more }))).toMatchObject({
      name: 'Harbour Lights',
      year: 2031,
      tomatometer: 64,
      criticReviewCount: 31,
      certifiedFresh: false,
      audienceScore: null,
    });
  });

  it('knows year, length and certificate by their shape, wherever they stand', () => {
    const withProps = (...metadataProps: string[]) =>
      factsIn(madePage({ hero: { content: { metadataProps } }, linked: null, vanity: null, more: '' }));
    expect(withProps('2h', 'TV-MA', '2024')).toMatchObject({ year: 2024, runtimeMinutes: 120, certificate: 'TV-MA' });
    expect(withProps('Now playing')).toMatchObject({ year: null, runtimeMinutes: null, certificate: null });
    expect(withProps('2019–2023', '4 Seasons')).toMatchObject({ year: 2019, runtimeMinutes: null });
  });

  it("takes length and date from the list of details, not the trailer's", () => {
    const item = (label: string, ...values: string[]) =>
      `<div data-qa="item"><dt><rt-text data-qa="item-label">${label}</rt-text></dt>
       <dd>${values.map((value) => `<rt-link data-qa="item-value">${value}</rt-link>`).join(', ')}</dd></div>`;
    const more = `<rt-text slot="iconic-video-runtime">2:29</rt-text><dl>
      ${item('Director', 'Ada Example', 'Bo Example')}${item('Rating', 'R (Salt|Spray)')}${item('Genre', 'Drama', 'Sea')}
      ${item('Release Date (Streaming)', 'Apr 9, 2031')}${item('Release Date (Theaters)', 'Mar 7, 2031, Limited')}${item('Runtime', '1h 52m')}</dl>`;
    expect(factsIn(madePage({ hero: null, linked: null, vanity: null, more }))).toMatchObject({
      directors: ['Ada Example', 'Bo Example'],
      certificate: 'R',
      genres: ['Drama', 'Sea'],
      releaseDate: '2031-03-07',
      year: 2031,
      runtimeMinutes: 112,
    });
  });

  it('reads the list of details of pages until 2024, whose values hold links or plain words', () => {
    const item = (label: string, value: string) =>
      `<li data-qa="movie-info-item"><div data-qa="movie-info-item-label">${label}:</div>
       <div data-qa="movie-info-item-value">${value}</div></li>`;
    const more = `${item('Genre', 'mystery and thriller,\n horror')}${item('Director', '<a>Ada Example</a>, <a>Bo Example</a>')}
      ${item('Release Date (Streaming)', '<time datetime="">Mar 7, 2031</time>')}${item('Runtime', '<time datetime="P57mM">57m</time>')}`;
    expect(factsIn(madePage({ hero: null, linked: null, vanity: null, more }))).toMatchObject({
      genres: ['mystery and thriller', 'horror'],
      directors: ['Ada Example', 'Bo Example'],
      releaseDate: '2031-03-07',
      runtimeMinutes: 57,
    });
  });

  it('reads a season as a season, and the count of seasons of a series alone', () => {
    const linked = {
      '@type': 'TVSeason',
      name: 'Season 1',
      url: `${site}/tv/made_up_show/s01`,
      dateCreated: '2029-05-01',
      numberOfSeasons: 3,
      partOfSeries: { '@type': 'TVSeries', name: 'Made-Up Show', url: `${site}/tv/made_up_show` },
    };
    expect(
      factsIn(madePage({ path: 'tv/made_up_show/s01', linked, hero: null, vanity: null }), 'tv/made_up_show/s01'),
    ).toMatchObject({
      rottenTomatoesId: 'tv/made_up_show/s01',
      kind: 'SEASON',
      name: 'Season 1',
      year: 2029,
      tomatometer: 71,
      seasonCount: null,
    });
    const series = { ...linked, '@type': 'TVSeries', url: `${site}/tv/made_up_show` };
    expect(factsIn(madePage({ path: 'tv/made_up_show', linked: series }), 'tv/made_up_show')).toMatchObject({
      kind: 'SERIES',
      seasonCount: 3,
    });
  });

  it('follows a path that has moved, when page and address agree', () => {
    const facts = factsIn(madePage(), 'm/harbour_lights', `${site}/m/harbour_lights_2031?x=1`);
    expect(facts.rottenTomatoesId).toBe('m/harbour_lights_2031');
    expect(() => read(madePage(), 'm/harbour_lights')).toThrow(
      'should be of m/harbour_lights, and is of m/harbour_lights_2031',
    );
  });

  it("never takes another title's page, nor one that does not say whose it is", () => {
    const other = `${site}/m/other_film`;
    expect(() => read(madePage({ canonical: other }))).toThrow('is of m/other_film');
    expect(() => read(madePage({ vanity: { href: '/m/other_film' } }))).toThrow('is of m/other_film');
    expect(() => read(madePage({ linked: { '@type': 'Movie', url: other } }))).toThrow('is of m/other_film');
    expect(() => read(madePage({ canonical: `${site}/m/harbour_lights_2031/reviews` }))).toThrow("no title's own");
    expect(() => read(madePage({ canonical: null, vanity: null, linked: null }))).toThrow('does not say which title');
    expect(() => read(madePage(), undefined, `${site}/`)).toThrow("from no title's address");
    expect(() => read(madePage({ path: 'tv/a' }), 'tv/a/s01', `${site}/tv/a`)).toThrow(
      'Asked for tv/a/s01, and led to tv/a',
    );
    expect(() => read(madePage({ path: 'tv/a/s02' }), 'tv/a/s01', `${site}/tv/a/s02`)).toThrow('led to tv/a/s02');
    expect(factsIn(madePage({ path: 'tv/b/s01', linked: null }), 'tv/a/s1', `${site}/tv/b/s01`).kind).toBe('SEASON');
    expect(() => read(madePage({ path: 'tv/a/s02' }), 'tv/a/s01')).toThrow('is of tv/a/s02');
  });

  it("takes a saved page for its key's, where that is what it says", () => {
    expect(factsIn(madePage(), undefined, '').tomatometer).toBe(71);
    expect(() => read(madePage(), 'm/other_film', 'file:///tmp/page.html')).toThrow('should be of m/other_film');
  });

  it('knows nobody by the name of NA', () => {
    const directed = (director: unknown) =>
      factsIn(madePage({ linked: { '@type': 'Movie', url: `${site}/m/harbour_lights_2031`, director } })).directors;
    expect(directed([{ name: 'NA' }])).toBeNull();
    expect(directed([])).toEqual([]);
    expect(directed({ name: 'Ada Example' })).toEqual(['Ada Example']);
    expect(directed('Ada Example')).toEqual(['Ada Example']);
  });

  it('is told of a page without any place for scores', () => {
    expect(() => read(madePage({ scorecard: null, linked: null }))).toThrow('without scorecard');
    expect(() => read(madePage({ scorecard: '{', linked: '{' }))).toThrow('without scorecard');
  });

  it('knows its pages, and neither pages that link to them nor pages of something else', () => {
    const { recognises } = rottenTomatoesMedia;
    expect(recognises(madePage())).toBe(true);
    expect(recognises(JSON.stringify({ '@type': 'Movie', name: 'X', url: `${site}/m/x` }))).toBe(true);
    const elsewhere = `<html><head><link rel="canonical" href="https://films.example/m/x"><script type="application/ld+json">
      {"@type":"Movie","name":"X"}</script></head><a href="${site}/m/x">media-scorecard</a></html>`;
    for (const body of [
      '',
      'null',
      '{',
      '<html></html>',
      elsewhere,
      `<title>Just a moment...</title><a href="${site}/m/x"></a>`,
    ])
      expect(recognises(body)).toBe(false);
  });

  it('neither hangs nor dies of a hundred thousand nested tags', () => {
    const nested = madePage({ more: '<div>'.repeat(100_000) });
    expect(() => read(nested)).toThrow('nested more than 500 deep');
    expect(() => read(madePage({ more: '<b>'.repeat(30_000) }))).toThrow('nested more than 500 deep');
    expect(rottenTomatoesMedia.recognises(nested)).toBe(false);
    expect(
      factsIn(madePage({ more: `<p>${'x<br>'.repeat(9000)}</p><p>${' '.repeat(200_000)}(</p>` })).tomatometer,
    ).toBe(71);
  });

  it('reads text with the end of a script in it as far as HTML does', () => {
    const scorecard = '{"criticsScore":{"score":"71"},"description":"a </script><b>b"}';
    expect(factsIn(madePage({ scorecard }))).toMatchObject({ tomatometer: 71, synopsis: null });
  });
});
