import type { Source } from '../source.ts';
import { wikipediaInfoboxFacts, wikipediaSummaryFacts } from './wikipedia-facts.ts';
import { wikipediaInfobox } from './wikipedia-infobox.ts';
import { wikipediaRestSummary } from './wikipedia-rest-summary.ts';
import { wikipediaSearch } from './wikipedia-search.ts';
import { wikipediaSummaries } from './wikipedia-summaries.ts';

/** The Wikipedias of all languages. */
export const wikipedia: Source = {
  id: 'wikipedia',
  isOnAtFirst: true,
  gapMs: 1000,
  needsContact: true,
  termsUrl: 'https://www.mediawiki.org/wiki/Wikimedia_APIs/Access_policy',
  sites: { wikipedia: 'https://{language}.wikipedia.org' },
  pages: [wikipediaSummaries, wikipediaRestSummary, wikipediaInfobox, wikipediaSearch],
  factKinds: [wikipediaSummaryFacts, wikipediaInfoboxFacts],
  titleFacts: wikipediaSummaryFacts,
};
