import type { OfferedWork, WikidataItem } from '@watchprint/engine';
import type { AlsoTold, Ask, FactKind, Outcome } from '../fact-kind.ts';
import { askedName, type OfferKind } from '../offer-kind.ts';
import { found, type Reading } from '../page.ts';
import type { PageResult } from '../reader/page-result.ts';
import type { ReadOptions } from '../reader/reader.ts';
import { wikidataItemFacts } from './wikidata-facts.ts';
import { wikidataItems } from './wikidata-items.ts';
import { type WikidataCandidate, wikidataSearch } from './wikidata-search.ts';

/** An item that was found by a name. */
export interface FoundItem {
  readonly item: WikidataItem;
  /** The name by which it was found; null where the search does not say. */
  readonly matchedName: string | null;
}

const subjectFor = (name: string, language: string): string => `${language}:${askedName(name)}`;

/** What Wikidata has under a name in one language: it is searched, and what comes first is read. Two requests a name. */
export const wikidataOffers: OfferKind<readonly FoundItem[]> = {
  kind: 'wikidata-offers',
  source: 'wikidata',
  nature: 'IDENTITY',
  needsItem: false,
  batch: 1,
  page: wikidataItems,
  absencePage: wikidataSearch,
  reuses: wikidataItemFacts as FactKind<unknown>,
  subjectOf: ({ imdbId: name, language = 'en' }) => subjectFor(name, language),
  subjectFor,
  keyOf: (subject) => subject,
  subjectOfKey: async (key, facts) => (facts === null && wikidataSearch.isKey(key) ? key : null),
  read: searchItems,
  nameIn: (subject) => subject.slice(subject.indexOf(':') + 1),
  offersIn: (items) => items.flatMap((one) => offerOf(one) ?? []),
  also: (items) => items.flatMap(itemFacts),
};

async function searchItems(
  keys: readonly string[],
  ask: Ask,
  options?: ReadOptions,
): Promise<ReadonlyMap<string, Outcome<readonly FoundItem[]>>> {
  const outcomes = new Map<string, Outcome<readonly FoundItem[]>>();
  for (const key of keys) {
    const { readings, ...searched } = await ask(wikidataSearch, [key], options);
    const reading = readings.get(key);
    if (reading === undefined) continue;
    if (reading.status !== 'FOUND') outcomes.set(key, { ...searched, reading });
    else {
      const candidates = reading.facts.slice(0, wikidataItems.batch);
      const ids = candidates.map(({ wikidataId }) => wikidataId);
      const { readings: items, ...read } = await ask(wikidataItems, ids, options);
      // Two pages have it: neither can say that nothing has changed.
      outcomes.set(key, { ...read, validators: null, pageKey: key, reading: itemsFor(candidates, items) });
    }
  }
  return outcomes;
}

/**
 * Those that the answer left out are not there. Where one was refused or could not be read now nothing is said of the name: what it lacks may
 * be what was meant.
 */
function itemsFor(
  candidates: readonly WikidataCandidate[],
  items: PageResult<WikidataItem>['readings'],
): Reading<readonly FoundItem[]> {
  const all = candidates.flatMap(({ wikidataId, matchedName }): FoundItem[] => {
    const item = items.get(wikidataId);
    return item?.status === 'FOUND' ? [{ item: item.facts, matchedName }] : [];
  });
  const readings = [...items.values()];
  const missing = readings.find((one) => one.status === 'BLOCKED' || one.status === 'UNAVAILABLE');
  if (missing !== undefined) return missing;
  if (all.length > 0) return found(all);
  return readings.find((one) => one.status === 'UNREADABLE') ?? { status: 'NOT_FOUND' };
}

/** The item itself, of a film or series. */
function itemFacts(one: FoundItem): AlsoTold[] {
  const offer = offerOf(one);
  if (offer === null) return [];
  const { imdbId, name, kind, year, endYear } = offer;
  const { kind: ownKind, nature } = wikidataItemFacts;
  return [
    {
      ...{ kind: ownKind, nature, subject: imdbId, pageKey: one.item.wikidataId, facts: one.item },
      about: { name, kind, year, endYear },
    },
  ];
}

/** What an item is an instance of: https://www.wikidata.org/wiki/Wikidata:WikiProject_Movies/Properties */
const classes: Readonly<Record<string, Pick<OfferedWork, 'kind' | 'minor'> | null>> = {
  // Film, television, animated, animated feature, documentary, anime, silent and feature film.
  ...Object.fromEntries(
    ['Q11424', 'Q506240', 'Q202866', 'Q29168811', 'Q93204', 'Q20650540', 'Q226730', 'Q24869'].map(
      (id) => [id, { kind: 'MOVIE', minor: false }] as const,
    ),
  ),
  // Short film, television special.
  Q24862: { kind: 'MOVIE', minor: true },
  Q1261214: { kind: 'MOVIE', minor: true },
  // Television, animated, animated television, anime and web series, miniseries, television program, telenovela.
  ...Object.fromEntries(
    ['Q5398426', 'Q581714', 'Q117467246', 'Q63952888', 'Q526877', 'Q1259759', 'Q15416', 'Q23745'].map(
      (id) => [id, { kind: 'SERIES', minor: false }] as const,
    ),
  ),
  // A season, an episode.
  Q3464665: null,
  Q21191270: null,
};

/** Null for what IMDb does not have, and for what is neither film nor series. */
function offerOf({ item, matchedName }: FoundItem): OfferedWork | null {
  const { imdbId, instanceOf, rottenTomatoesId, name, year, runtimeMinutes } = item;
  const kind =
    instanceOf.map((id) => classes[id]).find((one) => one !== undefined) ?? kindByPath(instanceOf, rottenTomatoesId);
  const called = name ?? matchedName;
  if (imdbId === null || kind === null || called === null) return null;
  const otherName = matchedName === called ? null : matchedName;
  return { imdbId, ...kind, name: called, otherName, year, endYear: null, runtimeMinutes };
}

/** Of rarer classes the address at Rotten Tomatoes tells. */
function kindByPath(instanceOf: readonly string[], path: string | null): Pick<OfferedWork, 'kind' | 'minor'> | null {
  if (path === null || instanceOf.some((id) => classes[id] === null)) return null;
  if (path.startsWith('m/')) return { kind: 'MOVIE', minor: false };
  return /^tv\/[^/]+$/.test(path) ? { kind: 'SERIES', minor: false } : null;
}
