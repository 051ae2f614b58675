import type { Page } from '../source.ts';
import { rottenTomatoesBrowse } from './rotten-tomatoes-browse.ts';
import { rottenTomatoesMedia } from './rotten-tomatoes-media.ts';
import { rottenTomatoesSearch } from './rotten-tomatoes-search.ts';

export const rottenTomatoesPages: readonly Page<unknown>[] = [
  rottenTomatoesMedia,
  rottenTomatoesSearch,
  rottenTomatoesBrowse,
];
