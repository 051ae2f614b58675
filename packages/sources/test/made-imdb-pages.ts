import type { Page, Reading } from '../src/page.ts';

/** Pages in IMDb's shapes, for tests. Nobody and nothing in them is real. */

export function read<Facts>(page: Page<Facts>, body: string, key: string, url = ''): Reading<Facts> | undefined {
  return page.read({ url, status: 200, headers: {}, body }, [key]).get(key);
}

export function factsOf<Facts>(page: Page<Facts>, body: string, key: string, url = ''): Facts {
  const reading = read(page, body, key, url);
  if (reading?.status !== 'FOUND') throw new Error(`Not found: ${JSON.stringify(reading)}`);
  return reading.facts;
}

/** `__NEXT_DATA__` as it is saved alone. */
export const nextJson = (route: string, pageProps: unknown): string =>
  JSON.stringify({ props: { pageProps, __N_SSP: true }, page: route, query: {}, buildId: 'made-up' });

export const nextPage = (route: string, pageProps: unknown, head = ''): string => `<!DOCTYPE html><html lang="en-US">
<head><script>if (1 < 2) { uet("bb") }</script>${head}</head><body><div><h1>A page</h1></div>
<script
  id="__NEXT_DATA__" type="application/json">${nextJson(route, pageProps).replaceAll('<', '\\u003c')}</script></body></html>`;

export const canonical = (path: string): string => `<link rel="canonical" href="https://www.imdb.com${path}"/>`;

export const jsonLdScript = (value: unknown): string =>
  `<script type="application/ld+json">${JSON.stringify(value)}</script>`;

export const credit = (name: string, id?: string) => ({
  name: { ...(id === undefined ? {} : { id }), nameText: { text: name, __typename: 'NameText' } },
});
export const edges = (...nodes: readonly unknown[]) => ({ edges: nodes.map((node) => ({ node })) });

export const filmId = 'tt9900000001';

/** A film's page as it was from 2021 to 2025: the names at its top have no ids. */
export const film = {
  tconst: filmId,
  aboveTheFoldData: {
    id: filmId,
    titleText: { text: 'The Paper Lighthouse' },
    originalTitleText: { text: 'El faro de papel' },
    titleType: { id: 'movie', text: 'Movie', isSeries: false },
    releaseYear: { year: 2019, endYear: null },
    releaseDate: { day: 4, month: 1, year: 2021 },
    ratingsSummary: { aggregateRating: 7.3, voteCount: 12345 },
    runtime: { seconds: 6120 },
    certificate: { rating: '14A' },
    genres: { genres: [{ text: 'Drama' }, { text: 'Mystery' }, { text: 'Romance' }, { text: 'War' }] },
    plot: { plotText: { plainText: "A keeper's daughter folds a light of her own." } },
    primaryImage: { url: 'https://m.media-amazon.com/images/M/made-up.jpg' },
    metacritic: { metascore: { score: 68 } },
    series: null,
    castPageTitle: edges(credit('Ada Quill'), credit('Tom Reed')),
    directorsPageTitle: [{ credits: [credit('Iris Blank')] }],
    creatorsPageTitle: [],
    principalCredits: [{ category: { id: 'director' }, credits: [credit('Iris Blank', 'nm9900001')] }],
  },
  mainColumnData: {
    id: filmId,
    cast: edges(credit('Sol Star', 'nm9900004'), credit('Ada Quill', 'nm9900002'), credit('Tom Reed', 'nm9900003')),
    directors: [{ credits: [credit('Iris Blank', 'nm9900001')] }],
    creators: [],
    episodes: null,
  },
  requestContext: { sidecar: { localizationResponse: { userCountryCode: 'CA', geolocationCountryCode: 'AU' } } },
};

/** What page `title` says of `film`. */
export const filmFacts = {
  imdbId: filmId,
  name: 'The Paper Lighthouse',
  originalName: 'El faro de papel',
  titleType: 'movie',
  year: 2019,
  endYear: null,
  rating: 7.3,
  voteCount: 12345,
  runtimeMinutes: 102,
  certificate: '14A',
  certificateCountry: 'CA',
  genres: ['Drama', 'Mystery', 'Romance', 'War'],
  plot: "A keeper's daughter folds a light of her own.",
  directors: [{ name: 'Iris Blank', imdbId: 'nm9900001' }],
  creators: [],
  cast: [
    { name: 'Ada Quill', imdbId: 'nm9900002' },
    { name: 'Tom Reed', imdbId: 'nm9900003' },
    { name: 'Sol Star', imdbId: 'nm9900004' },
  ],
  posterUrl: 'https://m.media-amazon.com/images/M/made-up.jpg',
  metascore: 68,
  seriesImdbId: null,
  seasonNumber: null,
  episodeNumber: null,
  seasonCount: null,
};

/** A page that stands in the way of all others. */
export const challenge =
  '<html><head><script src="https://made-up.token.awswaf.com/challenge.js"></script></head>' +
  '<body><div id="challenge-container"></div><script>AwsWafIntegration.getToken()</script></body></html>';
