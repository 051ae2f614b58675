import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WikidataItem } from '@watchprint/engine';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import type { Page } from '../source.ts';
import { wikidataCodes } from './wikidata-codes.ts';
import { wikidataIds } from './wikidata-ids.ts';
import { wikidataItems } from './wikidata-items.ts';
import { wikidataPages } from './wikidata-pages.ts';
import { wikidataSearch } from './wikidata-search.ts';

interface Captured {
  readonly file: string;
  readonly url: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

const folder = join(corpus ?? '', 'pages');
const captures: Captured[] =
  corpus === null ? [] : JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')).files;
const bodyOf = (file: string) => readFileSync(join(folder, file), 'utf8');

const sparqlFile = 'wikidata/sparql_ids_empire_of_the_sun_2026.json';
/** By file: which kind reads it. What is not here is no page of ours. */
const pages: Readonly<Record<string, Page<unknown>>> = {
  'wikidata/entity_Q20145_2017-02.json': wikidataItems,
  'wikidata/entities_Q83495_external_ids_2026_excerpt.json': wikidataItems,
  'wikidata/wbgetentities_Q42.json': wikidataItems,
  [sparqlFile]: wikidataIds,
};

/** Fields of `expected` that are not read, on purpose. */
const unread: Readonly<Record<string, string>> = {
  description_en: 'what an item is, its statements say',
  property_count: 'says nothing of a title',
};

const listOf = (value: string | null) => (value === null ? [] : [value]);

const fieldsOf = (facts: WikidataItem): Record<string, unknown> => ({
  id: facts.wikidataId,
  label_en: facts.name,
  enwiki: facts.articles.en ?? null,
  P31: facts.instanceOf,
  P345: listOf(facts.imdbId),
  P1258: listOf(facts.rottenTomatoesId),
  P1874: listOf(facts.netflixId),
  P4947: listOf(facts.tmdbId),
});

/** The captures of people have ids that begin with `nm`: a right reader of titles leaves them. */
const withoutPeople = (value: unknown) =>
  Array.isArray(value) ? value.filter((id) => !String(id).startsWith('nm')) : value;

describe.skipIf(corpus === null)('real pages of Wikidata', () => {
  const items = captures.filter(({ file }) => pages[file] === wikidataItems);

  it.each(items)('$file is read in every field', ({ file, url, expected }) => {
    const key = String(expected.id);
    const reading = wikidataItems.read({ url, status: 200, headers: {}, body: bodyOf(file) }, [key]).get(key);
    if (reading?.status !== 'FOUND') throw new Error(`Not found: ${reading?.status}`);
    const compared = Object.keys(expected).filter((field) => unread[field] === undefined);
    const fields = fieldsOf(reading.facts);
    expect(Object.fromEntries(compared.map((field) => [field, fields[field]]))).toEqual(
      Object.fromEntries(compared.map((field) => [field, withoutPeople(expected[field])])),
    );
  });

  it('of the query service are read beside variables of others', () => {
    const { expected, url } = captures.find(({ file }) => file === sparqlFile) ?? {};
    const rows = (expected?.rows ?? []) as { property: string; value: string; item: string }[];
    const keys = rows.map(({ property, value }) => `${property.replace(/.*\//, '')}=${value}`);
    expect(keys).toEqual(['P6127=empire-of-the-sun']);
    // Its other two variables, and the list of all, are not asked for by our query.
    const readings = wikidataIds.read({ url: url ?? '', status: 200, headers: {}, body: bodyOf(sparqlFile) }, keys);
    expect([...readings.values()]).toEqual(
      rows.map(({ item }) => ({ status: 'FOUND', facts: [item.replace(/.*\//, '')] })),
    );
  });

  it('are all of them read', () => {
    const ours = captures.filter(({ file }) => file.startsWith('wikidata/')).map(({ file }) => file);
    expect(ours.sort()).toEqual(Object.keys(pages).sort());
  });

  it("are recognised by the kind that reads them, and no other site's page by any", () => {
    const recognised = captures.map(({ file }) => {
      const body = bodyOf(file);
      return [file, wikidataPages.filter((page) => page.recognises(body)).map(({ kind }) => kind)];
    });
    expect(recognised).toEqual(captures.map(({ file }) => [file, pages[file] === undefined ? [] : [pages[file].kind]]));
  });

  it('say themselves that a server lags', () => {
    const answer = { url: 'x', status: 200, headers: {}, body: bodyOf('errors/wikidata_maxlag_200.json') };
    const lagging = { status: 'UNAVAILABLE', reason: expect.stringContaining('2.8 seconds'), retryAfterMs: 5_000 };
    expect(wikidataItems.read(answer, ['Q1', 'Q2'])).toEqual(
      new Map([
        ['Q1', lagging],
        ['Q2', lagging],
      ]),
    );
    expect(wikidataCodes.read(answer, ['Q1']).get('Q1')).toEqual(lagging);
    expect(wikidataSearch.read(answer, ['en:Pier']).get('en:Pier')).toEqual(lagging);
  });
});
