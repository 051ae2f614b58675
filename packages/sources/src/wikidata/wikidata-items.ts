import type { WikidataItem } from '@watchprint/engine';
import { z } from 'zod';
import { tidy } from '../html.ts';
import type { Page } from '../page.ts';
import { isItemId, itemsOf, minutesOf, textsOf, yearsOf } from './wikidata-claims.ts';
import { codeProperties } from './wikidata-codes.ts';
import { type Entity, entitiesIn, entitiesMaxBytes, entitiesRequest, readEntities } from './wikidata-entities.ts';

const label = z.object({ value: z.string() });
const sitelink = z.object({ site: z.string(), title: z.string().min(1) });

/** Of films, series and whatever else has an id that we look for. */
const properties = {
  instanceOf: 'P31',
  imdb: 'P345',
  rottenTomatoes: 'P1258',
  netflix: 'P1874',
  tmdbMovie: 'P4947',
  tmdbSeries: 'P4983',
  publicationDate: 'P577',
  /** Series have it in place of a date of publication: when the first episode was shown. */
  startTime: 'P580',
  duration: 'P2047',
  countryOfOrigin: 'P495',
  originalLanguage: 'P364',
  languageOfWork: 'P407',
} as const;

/**
 * Items of Wikidata, with ids, facts and articles. Their statements cannot be asked for by property.
 * Policy: https://www.wikidata.org/wiki/Wikidata:Data_access and https://www.mediawiki.org/wiki/API:Etiquette
 */
export const wikidataItems: Page<WikidataItem> = {
  source: 'wikidata',
  kind: 'items',
  keys: 'id of an item (Q83495)',
  isKey: isItemId,
  // Fifty whole items are more than the interface answers at once, which it cuts short with a mere warning.
  keysIn: ({ pathname }) => /\/(Q[1-9]\d*)$/.exec(pathname)?.slice(1) ?? [],
  batch: 10,
  policy: 'api',
  types: ['application/json'],
  maxBytes: entitiesMaxBytes,
  request: (keys, origin) => entitiesRequest(keys, origin, 'claims|labels|sitelinks'),
  recognises(body) {
    const all = entitiesIn(body);
    // Those that have codes are of countries and languages.
    return all.length > 0 && !all.some(({ claims }) => codeProperties.some((property) => property in claims));
  },
  read: (answer, keys) => readEntities(answer, keys, itemOf),
};

function itemOf({ id, claims, labels, sitelinks }: Entity): WikidataItem {
  const first = (property: string, form: RegExp) => textsOf(claims, property, form)[0] ?? null;
  const originalLanguages = itemsOf(claims, properties.originalLanguage);
  return {
    wikidataId: id,
    // People, companies and events have IMDb ids of other kinds.
    imdbId: first(properties.imdb, /^tt\d{7,10}$/),
    name: nameIn(labels),
    rottenTomatoesId: first(properties.rottenTomatoes, /^(?:m|tv)\/[^\s/?#]{1,200}(?:\/s\d{1,3}(?:\/e\d{1,4})?)?$/),
    netflixId: first(properties.netflix, /^\d{1,12}$/),
    tmdbId: first(properties.tmdbMovie, /^\d{1,12}$/) ?? first(properties.tmdbSeries, /^\d{1,12}$/),
    instanceOf: itemsOf(claims, properties.instanceOf),
    year: earliest(yearsOf(claims, properties.publicationDate)) ?? earliest(yearsOf(claims, properties.startTime)),
    runtimeMinutes: minutesOf(claims, properties.duration)[0] ?? null,
    countryItems: itemsOf(claims, properties.countryOfOrigin),
    languageItems: originalLanguages.length > 0 ? originalLanguages : itemsOf(claims, properties.languageOfWork),
    articles: articlesIn(sitelinks),
  };
}

const earliest = (years: readonly number[]): number | null => (years.length > 0 ? Math.min(...years) : null);

/** English, else what it has for all languages, else the first of any. */
function nameIn(labels: Record<string, unknown>): string | null {
  const names = [labels.en, labels.mul, ...Object.values(labels)];
  for (const value of names) {
    const name = tidy(label.safeParse(value).data?.value);
    if (name !== null) return name;
  }
  return null;
}

/** Titles of Wikipedias alone: `enwiktionary` ends otherwise, `commonswiki` and `simplewiki` begin with no code of a language. */
function articlesIn(sitelinks: Record<string, unknown>): Record<string, string> {
  const articles = Object.values(sitelinks).flatMap((value): [string, string][] => {
    const { site = '', title = '' } = sitelink.safeParse(value).data ?? {};
    const [, code] = /^([a-z]{2,3}(?:_[a-z]{1,12}){0,3})wiki$/.exec(site) ?? [];
    return code === undefined || code === 'ten' ? [] : [[languages[code] ?? code.replaceAll('_', '-'), title]];
  });
  return Object.fromEntries(articles);
}

/** Where the address of a Wikipedia no longer has the name that its database began with. */
const languages: Readonly<Record<string, string>> = { be_x_old: 'be-tarask' };
