import type { Source } from '../source.ts';
import { netflixTitleFacts } from './netflix-facts.ts';
import { netflixFalcorEpisodes } from './netflix-falcor-episodes.ts';
import { netflixFalcorTitles } from './netflix-falcor-titles.ts';
import { netflixMetadata } from './netflix-metadata.ts';
import { netflixTitle } from './netflix-title.ts';
import { netflixTop10 } from './netflix-top10.ts';

const termsUrl = 'https://help.netflix.com/legal/termsofuse';

/** What is known of Netflix without asking its pages: the lists come by `lake sync`. */
export const netflix: Source = {
  id: 'netflix',
  description: 'Netflix’s Top 10 lists, and the account’s own viewings.',
  isOnAtFirst: true,
  gapMs: 5000,
  needsContact: false,
  termsUrl,
  sites: {},
  pages: [],
  factKinds: [],
  titleFacts: null,
};

/** Its robots.txt turns those away that it does not name: only somebody who may do that switches it on. */
export const netflixTitlePages: Source = {
  id: 'netflix-pages',
  description: 'Netflix’s public title pages: off unless somebody switches them on.',
  isOnAtFirst: false,
  gapMs: 5000,
  needsContact: false,
  termsUrl,
  sites: { netflix: 'https://www.netflix.com' },
  pages: [netflixTitle, netflixMetadata, netflixFalcorTitles, netflixFalcorEpisodes, netflixTop10],
  factKinds: [netflixTitleFacts],
  titleFacts: netflixTitleFacts,
};
