import type { Page } from '../source.ts';
import { wikidataCodes } from './wikidata-codes.ts';
import { wikidataIds } from './wikidata-ids.ts';
import { wikidataItems } from './wikidata-items.ts';
import { wikidataSearch } from './wikidata-search.ts';

export const wikidataPages: readonly Page<unknown>[] = [wikidataIds, wikidataItems, wikidataCodes, wikidataSearch];
