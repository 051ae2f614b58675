import type { WikidataCode } from '@watchprint/engine';
import type { Page } from '../page.ts';
import { isItemId, textsOf } from './wikidata-claims.ts';
import { type Entity, entitiesIn, entitiesMaxBytes, entitiesRequest, readEntities } from './wikidata-entities.ts';

const properties = { country: 'P297', language: 'P218', languageOfThreeLetters: 'P220' } as const;
export const codeProperties: readonly string[] = Object.values(properties);

/**
 * Codes of the countries and languages that items name.
 * Policy: https://www.wikidata.org/wiki/Wikidata:Data_access and https://www.mediawiki.org/wiki/API:Etiquette
 */
export const wikidataCodes: Page<WikidataCode> = {
  source: 'wikidata',
  kind: 'codes',
  keys: 'id of the item of a country or language (Q30)',
  isKey: isItemId,
  // Countries have the longest items of all.
  batch: 10,
  policy: 'api',
  types: ['application/json'],
  maxBytes: entitiesMaxBytes,
  request: (keys, origin) => entitiesRequest(keys, origin, 'claims'),
  recognises: (body) => entitiesIn(body).some(({ claims }) => codeProperties.some((property) => property in claims)),
  read: (answer, keys) => readEntities(answer, keys, codeOf),
};

function codeOf({ id, claims }: Entity): WikidataCode {
  const [country = null] = textsOf(claims, properties.country, /^[A-Za-z]{2}$/);
  const [language] = textsOf(claims, properties.language, /^[A-Za-z]{2}$/);
  const [ofThreeLetters = null] = textsOf(claims, properties.languageOfThreeLetters, /^[A-Za-z]{3}$/);
  return {
    wikidataId: id,
    country: country?.toUpperCase() ?? null,
    language: (language ?? ofThreeLetters)?.toLowerCase() ?? null,
  };
}
