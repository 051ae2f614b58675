import type { Source } from '../source.ts';
import { rottenTomatoesBrowse } from './rotten-tomatoes-browse.ts';
import { rottenTomatoesFacts } from './rotten-tomatoes-facts.ts';
import { rottenTomatoesMedia } from './rotten-tomatoes-media.ts';
import { rottenTomatoesSearch } from './rotten-tomatoes-search.ts';

export const rottenTomatoes: Source = {
  id: 'rotten-tomatoes',
  isOnAtFirst: true,
  gapMs: 3000,
  needsContact: false,
  termsUrl: 'https://www.rottentomatoes.com/robots.txt',
  sites: { rottenTomatoes: 'https://www.rottentomatoes.com' },
  pages: [rottenTomatoesMedia, rottenTomatoesSearch, rottenTomatoesBrowse],
  factKinds: [rottenTomatoesFacts],
  titleFacts: rottenTomatoesFacts,
};
