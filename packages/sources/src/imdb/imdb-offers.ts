import type { OfferedWork } from '@watchprint/engine';
import { readPage } from '../fact-kind.ts';
import { askedName, type OfferKind } from '../offer-kind.ts';
import { type ImdbSuggestion, imdbSuggestion } from './imdb-suggestion.ts';

/** What IMDb offers for a name while somebody types it into its search field. */
export const imdbOffers: OfferKind<readonly ImdbSuggestion[]> = {
  kind: 'imdb-offers',
  source: 'imdb',
  nature: 'IDENTITY',
  needsItem: false,
  batch: 1,
  page: imdbSuggestion,
  subjectOf: ({ imdbId: name }) => askedName(name),
  subjectFor: (name) => askedName(name),
  keyOf: (subject) => subject,
  subjectOfKey: async (key) => askedName(key),
  read: (keys, ask, options) => readPage(imdbSuggestion, keys, ask, options),
  nameIn: (subject) => subject,
  offersIn: (suggestions) => suggestions.flatMap((one) => offerOf(one) ?? []),
};

/** Of episodes, games and music nothing. */
const kinds: Readonly<Record<string, Pick<OfferedWork, 'kind' | 'minor'>>> = {
  movie: { kind: 'MOVIE', minor: false },
  tvMovie: { kind: 'MOVIE', minor: false },
  tvSpecial: { kind: 'MOVIE', minor: true },
  tvShort: { kind: 'MOVIE', minor: true },
  short: { kind: 'MOVIE', minor: true },
  video: { kind: 'MOVIE', minor: true },
  tvSeries: { kind: 'SERIES', minor: false },
  tvMiniSeries: { kind: 'SERIES', minor: false },
};

/** Null for what is no film or series, and for what has no year: it is not out yet. */
function offerOf({ imdbId, name, year, endYear, titleType }: ImdbSuggestion): OfferedWork | null {
  const kind = kinds[titleType ?? ''];
  return kind === undefined || year === null
    ? null
    : { imdbId, ...kind, name, otherName: null, year, endYear, runtimeMinutes: null };
}
