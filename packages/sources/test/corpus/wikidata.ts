import { wikidataIds } from '../../src/wikidata/wikidata-ids.ts';
import { wikidataItems } from '../../src/wikidata/wikidata-items.ts';
import { type CapturedSource, listOf, pageCaptures } from './capture.ts';

const oneOrNone = (id: string | null) => (id === null ? [] : [id]);

const items = (files: string) =>
  pageCaptures(wikidataItems, {
    files,
    key: ({ id }) => String(id),
    fields: (item) => ({
      id: item.wikidataId,
      label_en: item.name,
      enwiki: item.articles.en ?? null,
      P31: item.instanceOf,
      P345: oneOrNone(item.imdbId),
      P1258: oneOrNone(item.rottenTomatoesId),
      P1874: oneOrNone(item.netflixId),
      P4947: oneOrNone(item.tmdbId),
    }),
  });

const ofPeople = {
  fields: ['P345'],
  reason: 'the id of a person: of titles alone it is read',
  compared: (ids: unknown) => (ids as readonly string[]).filter((id) => !id.startsWith('nm')),
};

export const capturedWikidata: CapturedSource = {
  name: 'Wikidata',
  mappings: [
    items('wikidata/entity_'),
    items('wikidata/entities_'),
    items('wikidata/wbgetentities_'),
    pageCaptures(wikidataIds, {
      files: 'wikidata/sparql_ids_',
      key: ({ rows }) => {
        const [row] = listOf(rows);
        return `${String(row?.property).replace(/.*\//, '')}=${row?.value}`;
      },
      fields: (ids, { expected }) => ({
        // Rows of another property or value would have been refused.
        rows: ids.map((id) => ({
          value: listOf(expected.rows)[0]?.value,
          property: listOf(expected.rows)[0]?.property,
          item: `http://www.wikidata.org/entity/${id}`,
        })),
      }),
    }),
  ],
  exceptions: [
    { files: 'wikidata/', fields: ['description_en'], reason: 'what an item is, its statements say' },
    { files: 'wikidata/', fields: ['property_count'], reason: 'says nothing of a title' },
    { files: 'wikidata/entity_Q20145', ...ofPeople },
    { files: 'wikidata/wbgetentities_Q42', ...ofPeople },
    { files: 'wikidata/sparql_ids_', fields: ['vars'], reason: 'somebody else’s query: ours asks for three variables' },
    {
      files: 'wikidata/sparql_ids_',
      fields: ['rows[].tmdb', 'rows[].imdb'],
      reason: 'our query does not ask for them: they are read of the item itself',
    },
  ],
  unverified: [
    'a whole item of a film or series, as it is asked for: one has external ids alone, two are people',
    'items that were redirected to others, or are missing',
    'answers with `formatversion=2`',
    'a query that ran out of time in the middle of its answer',
  ],
};
