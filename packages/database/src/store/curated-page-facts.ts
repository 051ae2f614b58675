import type { CuratedDatabaseTable } from './curated-table.ts';

const everySource = ['imdb', 'wikidata', 'wikipedia', 'rotten-tomatoes', 'netflix', 'justwatch'] as const;

/**
 * Pages beside the titles that they are of: a subject is an id of IMDb, with a season behind `/` or a language or region behind a space.
 * Codes of countries and languages are of no title.
 */
const pagesOf = (titles: string) => `(
  SELECT found.id AS title_id, found.imdb_id, page.kind, nullif(split_part(page.subject, ' ', 2), '') AS place, page.facts, page.fetched_at
  FROM enrichment page JOIN (SELECT stored.* FROM ${titles}) found
    ON found.account_id IS NULL AND found.imdb_id = split_part(page.subject, ' ', 1)
  WHERE page.answer = 'FOUND' AND page.kind IN (
    'imdb-dataset', 'imdb-title', 'wikidata-item', 'wikipedia-summary', 'wikipedia-infobox', 'rotten-tomatoes', 'netflix-title', 'justwatch-offers')
  UNION ALL
  SELECT season.id, NULL, page.kind, NULL, page.facts, page.fetched_at
  FROM enrichment page JOIN title series ON series.imdb_id = split_part(page.subject, '/', 1) AND series.account_id IS NULL
    JOIN (SELECT stored.* FROM ${titles}) season ON season.series_id = series.id AND season.kind = 'SEASON'
      AND season.account_id IS NULL AND season.season_number::text = split_part(page.subject, '/', 2)
  WHERE page.answer = 'FOUND' AND page.kind = 'rotten-tomatoes'
  UNION ALL
  SELECT NULL, NULL, page.kind, page.subject, page.facts, page.fetched_at
  FROM enrichment page WHERE page.answer = 'FOUND' AND page.kind = 'wikidata-code') stored`;

/** What sources' pages say of the titles of an export: facts and ratings are made of it, and it is no table of theirs. */
export const pageFactsTable = (titles: {
  readonly ofAccount: string;
  readonly ofNobody: string;
}): CuratedDatabaseTable => ({
  name: 'page_facts',
  description: 'What a source’s page says of a title.',
  orderBy: ['title_id', 'kind'],
  ofAccount: pagesOf(titles.ofAccount),
  ofNobody: pagesOf(titles.ofNobody),
  columns: [
    {
      name: 'title_id',
      type: 'VARCHAR',
      isNullable: true,
      description: 'The title, among the titles.',
      sources: ['watchprint'],
      value: 'stored.title_id',
    },
    {
      name: 'imdb_id',
      type: 'VARCHAR',
      isNullable: true,
      description: 'IMDb’s id of it; a season has none.',
      sources: ['imdb'],
      value: 'stored.imdb_id',
    },
    {
      name: 'kind',
      type: 'VARCHAR',
      description: 'Kind of page.',
      sources: ['watchprint'],
      value: 'stored.kind',
    },
    {
      name: 'place',
      type: 'VARCHAR',
      isNullable: true,
      description: 'Its language or region, or the item that a code is of.',
      sources: ['watchprint'],
      value: 'stored.place',
    },
    {
      name: 'facts',
      type: 'VARCHAR',
      description: 'As JSON.',
      sources: everySource,
      value: 'stored.facts',
    },
    {
      name: 'known_on',
      type: 'DATE',
      description: 'Day, UTC, on which it was read.',
      sources: ['watchprint'],
      value: 'stored.fetched_at::date',
    },
  ],
});
