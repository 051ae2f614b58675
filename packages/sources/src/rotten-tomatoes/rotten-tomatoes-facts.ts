import type { RottenTomatoesPage } from '@watchprint/engine';
import { type FactKind, readPage } from '../fact-kind.ts';
import { rottenTomatoesMedia } from './rotten-tomatoes-media.ts';

/**
 * What Rotten Tomatoes says of a film, series or season, by the path that Wikidata has: a path that is guessed gives wrong films. A
 * season's page lies under its series' path.
 */
export const rottenTomatoesFacts: FactKind<RottenTomatoesPage> = {
  kind: 'rotten-tomatoes',
  source: 'rotten-tomatoes',
  nature: 'RATINGS',
  needsItem: true,
  parts: 'SEASONS',
  batch: 1,
  page: rottenTomatoesMedia,
  subjectOf: ({ imdbId, seasonNumber }) => (seasonNumber === undefined ? imdbId : `${imdbId}/${seasonNumber}`),
  keyOf(subject, item) {
    const path = item?.rottenTomatoesId ?? null;
    const [, season] = subject.split('/');
    if (path === null || season === undefined) return path;
    // A film has no seasons, and the path of one season is no series'.
    if (!/^tv\/[^/]+$/.test(path)) return null;
    return `${path}/s${season.padStart(2, '0')}`;
  },
  async subjectOfKey(key, _facts, findItem) {
    const [, path = key, season] = /^(tv\/[^/]+)\/s(\d+)$/.exec(key) ?? [];
    const imdbId = await findItem({ rottenTomatoesId: path });
    return imdbId === null || season === undefined ? imdbId : `${imdbId}/${Number(season)}`;
  },
  read: (keys, ask, options) => readPage(rottenTomatoesMedia, keys, ask, options),
};
