import type { JustWatchOffers } from '@watchprint/engine';
import { type FactKind, readPage, splitSubject } from '../fact-kind.ts';
import { justWatchOffers } from './justwatch-offers.ts';

/** Where a title can be watched in a country, by JustWatch: found by its name, taken by its id. */
export const justWatchFacts: FactKind<JustWatchOffers> = {
  kind: 'justwatch-offers',
  source: 'justwatch',
  nature: 'AVAILABILITY',
  needsItem: false,
  batch: 1,
  page: justWatchOffers,
  subjectOf: ({ imdbId, region = 'AU' }) => `${imdbId} ${region}`,
  keyOf(subject, _item, { name }) {
    const [imdbId, region] = splitSubject(subject);
    return `${region} ${imdbId} ${name.replace(/[\p{Cc}|]+/gu, ' ').trim()}`;
  },
  async subjectOfKey(key) {
    const [region = '', imdbId = ''] = key.split(' ');
    return `${imdbId} ${region}`;
  },
  read: (keys, ask, options) => readPage(justWatchOffers, keys, ask, options),
};
