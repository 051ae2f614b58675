import type { Page } from '../source.ts';
import { netflixFalcorEpisodes } from './netflix-falcor-episodes.ts';
import { netflixFalcorTitles } from './netflix-falcor-titles.ts';
import { netflixMetadata } from './netflix-metadata.ts';
import { netflixTitle } from './netflix-title.ts';
import { netflixTop10 } from './netflix-top10.ts';

export const netflixPages: readonly Page<unknown>[] = [
  netflixTitle,
  netflixMetadata,
  netflixFalcorTitles,
  netflixFalcorEpisodes,
  netflixTop10,
];
