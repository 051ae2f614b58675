import type { Source } from '../source.ts';
import { wikidataCodes } from './wikidata-codes.ts';
import { wikidataCodeFacts, wikidataItemFacts, wikidataLookupFacts } from './wikidata-facts.ts';
import { wikidataIds } from './wikidata-ids.ts';
import { wikidataItems } from './wikidata-items.ts';
import { wikidataOffers } from './wikidata-offers.ts';
import { wikidataSearch } from './wikidata-search.ts';

/** Wikidata: what a title is called elsewhere. Other sources are found by way of it. */
export const wikidata: Source = {
  id: 'wikidata',
  isOnAtFirst: true,
  gapMs: 1000,
  needsContact: true,
  termsUrl: 'https://www.mediawiki.org/wiki/Wikimedia_APIs/Access_policy',
  sites: { wikidata: 'https://www.wikidata.org', wikidataQuery: 'https://query.wikidata.org' },
  siteOfKind: { ids: 'wikidataQuery' },
  pages: [wikidataIds, wikidataItems, wikidataCodes, wikidataSearch],
  factKinds: [wikidataItemFacts, wikidataLookupFacts, wikidataCodeFacts],
  offerKind: wikidataOffers,
  titleFacts: wikidataItemFacts,
};
