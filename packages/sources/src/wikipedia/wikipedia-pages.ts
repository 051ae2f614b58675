import type { Page } from '../source.ts';
import { wikipediaInfobox } from './wikipedia-infobox.ts';
import { wikipediaRestSummary } from './wikipedia-rest-summary.ts';
import { wikipediaSearch } from './wikipedia-search.ts';
import { wikipediaSummaries } from './wikipedia-summaries.ts';

export const wikipediaPages: readonly Page<unknown>[] = [
  wikipediaSummaries,
  wikipediaRestSummary,
  wikipediaInfobox,
  wikipediaSearch,
];
