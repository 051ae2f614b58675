import type { Source } from '../source.ts';
import { justWatchFacts } from './justwatch-facts.ts';
import { justWatchOffers } from './justwatch-offers.ts';

export const justWatch: Source = {
  id: 'justwatch',
  description: 'Off unless somebody switches it on.',
  isOnAtFirst: false,
  gapMs: 3000,
  needsContact: false,
  termsUrl: 'https://www.justwatch.com',
  sites: { justwatch: 'https://apis.justwatch.com' },
  pages: [justWatchOffers],
  factKinds: [justWatchFacts],
  titleFacts: justWatchFacts,
};
