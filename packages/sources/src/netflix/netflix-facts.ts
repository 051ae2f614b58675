import type { NetflixTitlePage } from '@watchprint/engine';
import { type FactKind, readPage, splitSubject } from '../fact-kind.ts';
import { netflixTitle } from './netflix-title.ts';

/** What Netflix's public page of a title says in a region. */
export const netflixTitleFacts: FactKind<NetflixTitlePage> = {
  kind: 'netflix-title',
  source: 'netflix-pages',
  nature: 'AVAILABILITY',
  needsItem: true,
  batch: 1,
  page: netflixTitle,
  subjectOf: ({ imdbId, region = 'AU' }) => `${imdbId} ${region}`,
  keyOf(subject, item) {
    const [, region] = splitSubject(subject);
    return item?.netflixId == null ? null : `${region}/${item.netflixId}`;
  },
  async subjectOfKey(key, _facts, findItem) {
    const [region = '', netflixId = ''] = key.split('/');
    const imdbId = await findItem({ netflixId });
    return imdbId === null ? null : `${imdbId} ${region}`;
  },
  read: (keys, ask, options) => readPage(netflixTitle, keys, ask, options),
};
