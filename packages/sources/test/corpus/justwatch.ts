import { justWatchOffers, justWatchTitles } from '../../src/justwatch/justwatch-offers.ts';
import { readAnswer } from '../../src/read-answer.ts';
import { type CapturedSource, type Expected, listOf, pageCaptures } from './capture.ts';

const keyOf = (imdbId: unknown) => `PL ${imdbId} Diuna`;

/** What is said of a title that is asked for by its id, wherever it stands. */
function offersOf(body: string, imdbId: string | null): Expected | undefined {
  const key = keyOf(imdbId);
  const reading = readAnswer(justWatchOffers, { url: '', status: 200, headers: {}, body }, [key]).get(key);
  if (reading?.status !== 'FOUND') return undefined;
  const { justWatchId, name, year, includedIn } = reading.facts;
  return { justwatch_id: justWatchId, title: name, year, flatrate_providers: includedIn };
}

export const capturedJustWatch: CapturedSource = {
  name: 'JustWatch',
  mappings: [
    pageCaptures(justWatchOffers, {
      files: 'justwatch/graphql_search_',
      key: ({ results }) => keyOf(listOf(results)[0]?.imdb_id),
      fields(_, { body }) {
        const { titles } = justWatchTitles(body);
        return {
          result_count: titles.length,
          results: titles.map(({ imdbId, objectType, tmdbId }) => ({
            object_type: objectType,
            imdb_id: imdbId,
            tmdb_id: tmdbId,
            ...offersOf(body, imdbId),
          })),
        };
      },
    }),
  ],
  exceptions: [],
  unverified: [
    'an offer of Netflix: the one answer that was captured has none',
    'offers with advertisements (`ADS`)',
    'bodies of errors',
  ],
};
