import type { WikidataCode, WikidataItem } from '@watchprint/engine';
import { type Ask, type FactKind, type Outcome, readPage } from '../fact-kind.ts';
import type { ReadOptions } from '../reader/reader.ts';
import { wikidataCodes } from './wikidata-codes.ts';
import { wikidataIds } from './wikidata-ids.ts';
import { wikidataItems } from './wikidata-items.ts';

/** Finds items by what others call them (`P345=tt0133093`), then reads them: six requests for fifty titles. `Q83495` needs no finding. */
async function readItems(
  keys: readonly string[],
  ask: Ask,
  options?: ReadOptions,
): Promise<ReadonlyMap<string, Outcome<WikidataItem>>> {
  const outcomes = new Map<string, Outcome<WikidataItem>>();
  const itemOf = new Map(keys.filter((key) => wikidataItems.isKey(key)).map((key) => [key, key]));
  const named = keys.filter((key) => !itemOf.has(key));
  if (named.length > 0) {
    const { readings: ids, ...found } = await ask(wikidataIds, named, options);
    for (const [key, reading] of ids) {
      if (reading.status !== 'FOUND') outcomes.set(key, { ...found, reading });
      else if (reading.facts[0] !== undefined) itemOf.set(key, reading.facts[0]);
    }
  }
  const wanted = [...new Set(itemOf.values())];
  for (let start = 0; start < wanted.length; start += wikidataItems.batch) {
    const some = wanted.slice(start, start + wikidataItems.batch);
    const items = await readPage(wikidataItems, some, ask, options);
    for (const [key, id] of itemOf) {
      const outcome = items.get(id);
      if (outcome !== undefined) outcomes.set(key, { ...outcome, pageKey: id });
    }
  }
  return outcomes;
}

/** What Wikidata knows of a title: its ids elsewhere, countries, languages, articles. */
export const wikidataItemFacts: FactKind<WikidataItem> = {
  kind: 'wikidata-item',
  source: 'wikidata',
  nature: 'IDENTITY',
  needsItem: false,
  batch: 50,
  page: wikidataItems,
  absencePage: wikidataIds,
  subjectOf: ({ imdbId }) => imdbId,
  keyOf: (subject) => `P345=${subject}`,
  subjectOfKey: async (key, facts) => facts?.imdbId ?? /^P345=(tt\d+)$/.exec(key)?.[1] ?? null,
  read: readItems,
};

/** The same by another of its ids: `P1874=80057281` is Netflix's, `P1258=m/the_matrix` Rotten Tomatoes'. */
export const wikidataLookupFacts: FactKind<WikidataItem> = {
  ...wikidataItemFacts,
  kind: 'wikidata-lookup',
  // Of no title yet: what it is looked up by stands in its place.
  subjectOf: ({ imdbId }) => imdbId,
  keyOf: (subject) => subject,
  subjectOfKey: async () => null,
  reuses: wikidataItemFacts as FactKind<unknown>,
};

/** Codes of countries and languages, by Wikidata's ids of them. */
export const wikidataCodeFacts: FactKind<WikidataCode> = {
  kind: 'wikidata-code',
  source: 'wikidata',
  nature: 'CODE',
  needsItem: false,
  batch: wikidataCodes.batch,
  page: wikidataCodes,
  // Of no title: Wikidata's id of the country or language stands in its place.
  subjectOf: ({ imdbId }) => imdbId,
  keyOf: (subject) => subject,
  subjectOfKey: async (key) => key,
  read: (keys, ask, options) => readPage(wikidataCodes, keys, ask, options),
};
