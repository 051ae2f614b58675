import { describe, expect, it } from 'vitest';
import {
  canonical,
  challenge,
  credit,
  edges,
  factsOf,
  film,
  filmFacts,
  filmId,
  jsonLdScript,
  nextJson,
  nextPage,
  read,
} from '../../test/made-imdb-pages.ts';
import { imdbTitle } from './imdb-title.ts';

const route = '/title/[tconst]';
const page = (pageProps: unknown) => nextPage(route, pageProps);
const above = (parts: Readonly<Record<string, unknown>>) => ({
  ...film,
  aboveTheFoldData: { ...film.aboveTheFoldData, ...parts },
});

describe('a title page of IMDb', () => {
  it('is asked for in English, by an id of a title alone', () => {
    expect(imdbTitle.request([filmId], 'https://www.imdb.com')).toEqual({
      url: 'https://www.imdb.com/title/tt9900000001/',
      headers: { 'accept-language': 'en-US,en;q=0.9' },
    });
    for (const key of ['tt0133093', 'tt9900000001']) expect([key, imdbTitle.isKey(key)]).toEqual([key, true]);
    for (const key of ['tt133093', 'nm0133093', 'tt0133093/', 'tt01330930000', ' tt0133093', 'TT0133093', ''])
      expect([key, imdbTitle.isKey(key)]).toEqual([key, false]);
  });

  it('is read whole, and its __NEXT_DATA__ alone the same', () => {
    expect(factsOf(imdbTitle, page(film), filmId)).toEqual(filmFacts);
    expect(factsOf(imdbTitle, `\n${nextJson(route, film)}`, filmId)).toEqual(filmFacts);
  });

  it('names everybody once, those first who are billed first, with ids from the lists that have them', () => {
    const { cast } = factsOf(
      imdbTitle,
      page({
        ...above({ castPageTitle: edges(credit('Tom Reed'), credit('Jo Twin'), credit('Nobody Else')) }),
        mainColumnData: {
          cast: edges(credit('Jo Twin', 'nm9900008'), credit('Tom Reed', 'nm9900003'), credit('Jo Twin', 'nm9900009')),
        },
      }),
      filmId,
    );
    expect(cast).toEqual([
      { name: 'Tom Reed', imdbId: 'nm9900003' },
      { name: 'Nobody Else', imdbId: null },
      // Which of the two is billed is not said.
      { name: 'Jo Twin', imdbId: 'nm9900008' },
      { name: 'Jo Twin', imdbId: 'nm9900009' },
    ]);
  });

  it('as it is since 2025, with groupings for categories, is read too', () => {
    const facts = factsOf(
      imdbTitle,
      page({
        aboveTheFoldData: {
          id: 'tt9900000002',
          titleText: { text: 'Salt Year' },
          titleType: { id: 'tvSeries' },
          releaseYear: { year: 2024, endYear: null },
          titleGenres: { genres: [{ genre: { text: 'Drama' } }, { genre: { text: 'Western' } }] },
          principalCreditsV2: [
            {
              grouping: {
                text: 'Creators',
                groupingId: 'amzn1.imdb.concept.name_credit_group.85198717-6c2d-481e-93a5-47858774bcce',
              },
              credits: [credit('Max Form', 'nm9900005')],
            },
            {
              grouping: {
                text: 'Stars',
                groupingId: 'amzn1.imdb.concept.name_credit_group.7510356e-fde9-438e-b3ad-0099ba6bc8ce',
              },
              credits: [credit('Ada Quill', 'nm9900002')],
            },
          ],
        },
        mainColumnData: {
          id: 'tt9900000002',
          castV2: [
            {
              grouping: { text: 'Top Cast' },
              credits: [credit('Tom Reed', 'nm9900003'), credit('Ada Quill', 'nm9900002')],
            },
          ],
          crewV2: [
            {
              grouping: { groupingId: 'amzn1.imdb.concept.name_credit_category.ace5cb4c-8708-4238-9542-04641e7c8171' },
              credits: [credit('Iris Blank', 'nm9900001')],
            },
          ],
          episodes: { seasons: [{ number: 1 }, { number: 2 }, { number: null }] },
        },
      }),
      'tt9900000002',
    );
    expect(facts).toMatchObject({
      titleType: 'tvSeries',
      genres: ['Drama', 'Western'],
      creators: [{ name: 'Max Form', imdbId: 'nm9900005' }],
      directors: [{ name: 'Iris Blank', imdbId: 'nm9900001' }],
      cast: [
        { name: 'Tom Reed', imdbId: 'nm9900003' },
        { name: 'Ada Quill', imdbId: 'nm9900002' },
      ],
      seasonCount: 2,
      originalName: null,
      certificateCountry: null,
    });
  });

  it('of an episode says which one of which series it is', () => {
    const series = {
      episodeNumber: { episodeNumber: 3, seasonNumber: 1 },
      series: { id: 'tt9900000002', titleText: { text: 'Salt Year' } },
    };
    expect(factsOf(imdbTitle, nextPage('/title/[tconst]/reference', above({ series })), filmId)).toMatchObject({
      seriesImdbId: 'tt9900000002',
      seasonNumber: 1,
      episodeNumber: 3,
    });
  });

  it('counts the seasons that have a number, of all where the page lists only some', () => {
    const seasonCount = (displayableSeasons: unknown) =>
      factsOf(imdbTitle, page({ ...film, mainColumnData: { episodes: { displayableSeasons } } }), filmId).seasonCount;
    const [one, two, unknown] = [{ season: '1' }, { season: '2' }, { season: 'unknown' }];
    expect(seasonCount({ total: 3, ...edges(unknown, two, one) })).toBe(2);
    expect(seasonCount({ total: 40, ...edges(unknown, two, one) })).toBe(39);
    expect(seasonCount({ total: 11 })).toBe(11);
    expect(seasonCount({ total: 0, edges: [] })).toBeNull();
  });

  it('that nobody rated has no rating, and what is empty is not what is missing', () => {
    const bare = { id: filmId, titleText: { text: 'Quiet' }, ratingsSummary: { aggregateRating: 0, voteCount: 0 } };
    expect(factsOf(imdbTitle, page({ aboveTheFoldData: bare }), filmId)).toEqual({
      ...Object.fromEntries(Object.keys(filmFacts).map((field) => [field, null])),
      imdbId: filmId,
      name: 'Quiet',
      voteCount: 0,
    });
    const empty = { ...bare, genres: { genres: [] }, castPageTitle: { edges: [] }, directorsPageTitle: [] };
    expect(factsOf(imdbTitle, page({ aboveTheFoldData: empty }), filmId)).toMatchObject({
      genres: [],
      cast: [],
      directors: [],
      creators: null,
    });
  });

  it('has no rating where a number stands and nobody voted', () => {
    const ratingOf = (ratingsSummary: unknown) => factsOf(imdbTitle, page(above({ ratingsSummary })), filmId).rating;
    expect(ratingOf({ aggregateRating: 5, voteCount: 0 })).toBeNull();
    expect(ratingOf({ aggregateRating: 5, voteCount: null })).toBe(5);
  });

  it('loses no other field by one that is missing or of another kind', () => {
    const lost: Record<string, readonly (keyof typeof filmFacts)[]> = {
      originalTitleText: ['originalName'],
      titleType: ['titleType'],
      releaseYear: ['year'],
      ratingsSummary: ['rating', 'voteCount'],
      runtime: ['runtimeMinutes'],
      certificate: ['certificate', 'certificateCountry'],
      genres: ['genres'],
      plot: ['plot'],
      primaryImage: ['posterUrl'],
      metacritic: ['metascore'],
      series: [],
      // The other lists name the same people.
      castPageTitle: [],
      directorsPageTitle: [],
      creatorsPageTitle: [],
      principalCredits: [],
    };
    for (const [part, fields] of Object.entries(lost))
      for (const odd of [undefined, null, 7, 'odd', ['odd'], { odd: 1 }]) {
        const facts = factsOf(imdbTitle, page(above({ [part]: odd })), filmId);
        const { cast, ...rest } = { ...filmFacts, ...Object.fromEntries(fields.map((field) => [field, null])) };
        expect([part, odd, facts]).toMatchObject([part, odd, rest]);
        expect([part, facts.cast?.length]).toEqual([part, cast.length]);
      }
  });

  it('does not say that there are none where the entries of a list have another shape', () => {
    const facts = factsOf(
      imdbTitle,
      page({
        aboveTheFoldData: {
          ...film.aboveTheFoldData,
          genres: { genres: [{ name: 'Drama' }, { name: 'War' }] },
          castPageTitle: { edges: [{ person: {} }] },
          directorsPageTitle: [{ people: [] }],
          principalCredits: null,
        },
      }),
      filmId,
    );
    expect(facts).toMatchObject({ genres: null, cast: null, directors: null });
  });

  it('keeps what is in range only', () => {
    const facts = factsOf(
      imdbTitle,
      page(
        above({
          ratingsSummary: { aggregateRating: 73, voteCount: -1 },
          releaseYear: { year: 20190, endYear: '2021' },
          runtime: { seconds: 20 },
          metacritic: { metascore: { score: 0 } },
          primaryImage: { url: 'javascript:alert(1)' },
        }),
      ),
      filmId,
    );
    expect(facts).toMatchObject({
      rating: null,
      voteCount: null,
      year: null,
      endYear: 2021,
      runtimeMinutes: null,
      metascore: null,
      posterUrl: null,
    });
  });

  it('names the country of a certificate by the list of all, where there is one', () => {
    const countryOf = (rating: string, ...listed: readonly (readonly [rating: string, country: string])[]) =>
      factsOf(
        imdbTitle,
        page({
          ...above({ certificate: { rating } }),
          mainColumnData: { certificates: edges(...listed.map(([of, id]) => ({ rating: of, country: { id } }))) },
        }),
        filmId,
      ).certificateCountry;
    expect(countryOf('PG', ['PG', 'CA'], ['PG', 'US'])).toBe('CA');
    expect(countryOf('TV-14', ['18', 'CA'], ['TV-14', 'US'], ['TV-14', 'US'])).toBe('US');
    expect(countryOf('PG', ['PG', 'US'], ['PG', 'SG'])).toBeNull();
    expect(countryOf('12', ['12', 'XWG'])).toBeNull();
    expect(countryOf('PG')).toBe('CA');
  });
});

describe('a title page of another title', () => {
  const moved = page(film);
  it('is never taken', () => {
    expect(() => read(imdbTitle, moved, 'tt9900000009')).toThrow(/tt9900000001, not of tt9900000009/);
    expect(() => read(imdbTitle, moved, 'tt9900000009', 'https://www.imdb.com/title/tt9900000009/')).toThrow(/not of/);
    expect(() => read(imdbTitle, moved, 'tt9900000009', 'https://www.imdb.com/?u=/title/tt9900000001/')).toThrow(
      /not of/,
    );
  });

  it('is taken where IMDb itself sends the old id there', () => {
    for (const path of ['/', '/?ref_=fn', '/reference/', ''])
      expect(factsOf(imdbTitle, moved, 'tt9900000009', `https://www.imdb.com/title/tt9900000001${path}`).imdbId).toBe(
        filmId,
      );
  });
});

describe('a title page without readable __NEXT_DATA__', () => {
  const movie = {
    '@context': 'https://schema.org',
    '@type': 'Movie',
    url: `https://www.imdb.com/title/${filmId}/`,
    name: 'El faro &amp; el papel',
    alternateName: 'The Lighthouse &amp; Paper',
    description: 'She said &quot;it&apos;s &amp;amp; done&quot;.',
    image: 'https://m.media-amazon.com/images/M/made-up.jpg',
    aggregateRating: { ratingCount: 12345, bestRating: 10, worstRating: 1, ratingValue: 7.3 },
    contentRating: '14A',
    genre: ['Drama', 'Sci-Fi', 'War'],
    datePublished: '2021-01-04',
    actor: [{ '@type': 'Person', url: '/name/nm9900002/', name: 'Ada O&apos;Quill' }],
    director: { '@type': 'Person', url: 'https://www.imdb.com/name/nm9900001/', name: 'Iris Blank' },
    creator: [{ '@type': 'Organization', url: '/company/co0000001/' }],
    duration: 'PT1H42M',
  };
  const facts = {
    ...filmFacts,
    name: 'The Lighthouse & Paper',
    originalName: 'El faro & el papel',
    titleType: null,
    year: null,
    certificateCountry: null,
    genres: ['Drama', 'Sci-Fi', 'War'],
    plot: 'She said "it\'s &amp; done".',
    creators: null,
    cast: [{ name: "Ada O'Quill", imdbId: 'nm9900002' }],
    metascore: null,
  };

  it('is read by its JSON-LD, of which the year and the kind are not sure', () => {
    const broken = '<script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":</script>';
    for (const next of ['', broken, nextPage(route, { aboveTheFoldData: null }), nextPage(route, { other: 1 })])
      expect(factsOf(imdbTitle, `<html>${jsonLdScript(movie)}${next}</html>`, filmId)).toEqual(facts);
  });

  it('says nothing of what its JSON-LD leaves out, and less of what is odd in it', () => {
    const url = `/title/${filmId}/`;
    const bare = jsonLdScript([{ '@type': 'TVEpisode', url, name: 'Quiet', genre: 'Drama', aggregateRating: 8 }]);
    expect(factsOf(imdbTitle, bare, filmId)).toEqual({
      ...Object.fromEntries(Object.keys(filmFacts).map((field) => [field, null])),
      imdbId: filmId,
      name: 'Quiet',
      originalName: 'Quiet',
      titleType: 'tvEpisode',
      genres: ['Drama'],
    });
  });

  it('is unreadable where JSON-LD is of something else, or broken, or not there', () => {
    const others = [
      '',
      '<html><h1 itemprop="name">Old</h1></html>',
      jsonLdScript({ '@type': 'ItemList', itemListElement: [{ item: movie }] }),
      jsonLdScript({ ...movie, url: 'https://www.imdb.com/video/vi1/' }),
      jsonLdScript(movie).replace('"name"', 'name'),
      '{"props":',
    ];
    for (const body of others) expect(() => read(imdbTitle, body, filmId)).toThrow(/Neither/);
    expect(() => read(imdbTitle, jsonLdScript(movie), 'tt9900000009')).toThrow(/not of tt9900000009/);
  });

  it('does not matter where __NEXT_DATA__ is good and JSON-LD is broken', () => {
    const broken = '<script type="application/ld+json">{"@type":"Movie",</script>';
    expect(factsOf(imdbTitle, nextPage(route, film, broken), filmId)).toEqual(filmFacts);
  });
});

describe('a hostile title page', () => {
  it('of a hundred thousand nested tags is read at once', () => {
    const nested = '<div><p><b>'.repeat(100_000);
    expect(factsOf(imdbTitle, `${nested}${page(film)}${nested}`, filmId)).toEqual(filmFacts);
  });

  it('cannot put a script into a comment or a text', () => {
    const other = JSON.stringify({ props: { pageProps: above({ titleText: { text: 'False' } }) } });
    const inComment = `<!-- <script id="__NEXT_DATA__">${other}</script> -->`;
    const inScript = `<script>var a = '<script id="__NEXT_DATA__">${other.replaceAll("'", '')}'</script>`;
    expect(factsOf(imdbTitle, inComment + inScript + page(film), filmId).name).toBe('The Paper Lighthouse');
    const text = { plotText: { plainText: 'It ends with </script><script>alert(1)</script>' } };
    expect(factsOf(imdbTitle, page(above({ plot: text })), filmId).plot).toBe(text.plotText.plainText);
  });

  it('changes nothing outside of itself', () => {
    const polluting = nextJson(route, film).replace(
      '"id":',
      '"__proto__":{"polluted":true},"constructor":{"a":1},"id":',
    );
    expect(factsOf(imdbTitle, polluting, filmId)).toEqual(filmFacts);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('among saved pages', () => {
  it('a title page is known by its route, else by its address', () => {
    const known = [
      page(film),
      nextJson(route, film),
      JSON.stringify(JSON.parse(nextJson('/title/[tconst]/reference', film)), null, 2),
      `<html><head>${canonical('/title/tt9900000001/')}</head></html>`,
      `<html><head>${canonical('/title/tt9900000001/reference')}</head></html>`,
    ];
    for (const body of known) expect(imdbTitle.recognises(body)).toBe(true);
    const others = [
      '',
      challenge,
      nextPage('/title/[tconst]/episodes', {}),
      nextPage('/name/[nconst]', {}),
      `<html><head>${canonical('/title/tt9900000001/episodes/')}</head></html>`,
      `<html><head>${canonical('/chart/top/')}</head></html>`,
      `<a href="https://www.imdb.com/title/${filmId}/">"page" of a film</a>`,
    ];
    for (const body of others) expect(imdbTitle.recognises(body)).toBe(false);
  });
});
