import type { ImdbTitlePage } from '@watchprint/engine';
import { type FactKind, readPage } from '../fact-kind.ts';
import { imdbTitle } from './imdb-title.ts';

/** What IMDb's page of a film, series or episode says. The datasets in the lake come first: the page is asked for what they lack. */
export const imdbFacts: FactKind<ImdbTitlePage> = {
  kind: 'imdb-title',
  source: 'imdb',
  nature: 'RATINGS',
  needsItem: false,
  parts: 'EPISODES',
  batch: 1,
  page: imdbTitle,
  subjectOf: ({ imdbId }) => imdbId,
  keyOf: (subject) => subject,
  subjectOfKey: async (key) => key,
  read: (keys, ask, options) => readPage(imdbTitle, keys, ask, options),
};
