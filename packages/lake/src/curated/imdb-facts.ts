import { sqlText } from '../duckdb.ts';
import type { CuratedColumn, CuratedTable } from './curated-table.ts';

/** What a source says of a title, one kind of statement. */
export interface Property {
  readonly name: string;
  readonly unit?: string;
  readonly description: string;
  /** Columns in place of those that are null, over `said`. */
  readonly columns: Readonly<Record<string, string>>;
  /** Which rows say something. */
  readonly where: string;
}

interface DatasetProperty extends Property {
  /** The dataset's table that has it. */
  readonly table: 'title_basics' | 'title_akas';
}

const plain = (name: string, column: string, description: string): DatasetProperty => ({
  name,
  description,
  table: 'title_basics',
  columns: { value: `said."${column}"` },
  where: `said."${column}" IS NOT NULL`,
});

const number = (name: string, column: string, unit: string, description: string): DatasetProperty => ({
  ...plain(name, column, description),
  unit,
  columns: { value: `said."${column}"::VARCHAR`, number: `said."${column}"::DOUBLE` },
});

/** What facts have of IMDb's datasets. A further source adds rows with `source=…`, and properties of its own. */
export const imdbProperties: readonly DatasetProperty[] = [
  plain('title_type', 'titleType', 'IMDb’s kind of title: movie, tvSeries, tvMiniSeries, tvEpisode, short, video …'),
  plain('primary_title', 'primaryTitle', 'The name by which it is known best.'),
  plain('original_title', 'originalTitle', 'Its name in its own language.'),
  {
    ...plain('is_adult', 'isAdult', 'true or false.'),
    columns: { value: 'said."isAdult"::VARCHAR' },
  },
  number('start_year', 'startYear', 'calendar year', 'Of first release.'),
  number('end_year', 'endYear', 'calendar year', 'Of a series that has ended: its last.'),
  number('runtime_minutes', 'runtimeMinutes', 'minute', 'How long it is; of a series, an episode.'),
  {
    name: 'genre',
    description: 'A genre, in English; up to three, in IMDb’s order.',
    table: 'title_basics',
    columns: { value: 'unnest(said.genres)', ordinal: 'generate_subscripts(said.genres, 1)::INTEGER' },
    where: 'said.genres IS NOT NULL',
  },
  {
    name: 'alternative_title',
    description: 'What it is called in a region or language.',
    table: 'title_akas',
    columns: {
      value: 'said.title',
      ordinal: 'said.ordering',
      region: 'said.region',
      language: 'said.language',
      qualifiers: 'nullif(list_concat(said.types, said.attributes), [])',
    },
    where: 'said.title IS NOT NULL',
  },
];

const everySource = ['imdb', 'wikidata', 'wikipedia', 'rotten-tomatoes', 'netflix', 'justwatch'] as const;
const rating = ['imdb', 'rotten-tomatoes'] as const;

const source: CuratedColumn = {
  name: 'source',
  type: 'VARCHAR',
  description: 'Who says it: a source of the dictionary.',
  sources: ['watchprint'],
};
const titleId: CuratedColumn = {
  name: 'title_id',
  type: 'VARCHAR',
  description: 'The title, among the titles.',
  sources: ['watchprint'],
};
const imdbId: CuratedColumn = {
  name: 'imdb_id',
  type: 'VARCHAR',
  isNullable: true,
  description: 'IMDb’s id (tconst) of the title.',
  sources: ['imdb'],
};
const knownOn: CuratedColumn = {
  name: 'known_on',
  type: 'DATE',
  unit: 'day, UTC',
  description: 'The day on which it was taken from the source.',
  sources: ['watchprint'],
};

export const factsTable: CuratedTable = {
  name: 'facts',
  description:
    'What sources say of the titles: a row a statement, so that a source more is rows more and no other columns.',
  partition: source,
  orderBy: ['imdb_id', 'title_id', 'property', 'ordinal', 'language', 'region', 'value'],
  columns: [
    titleId,
    imdbId,
    {
      name: 'property',
      type: 'VARCHAR',
      description: 'What is said: one of the properties that the dictionary lists.',
      sources: ['watchprint'],
    },
    { name: 'value', type: 'VARCHAR', description: 'What is said, as text.', sources: everySource },
    {
      name: 'number',
      type: 'DOUBLE',
      isNullable: true,
      unit: 'the property’s',
      description: 'The same where it is a number.',
      sources: everySource,
    },
    {
      name: 'ordinal',
      type: 'INTEGER',
      isNullable: true,
      description: 'Its place among several of one property, from 1, in the source’s order.',
      sources: everySource,
    },
    {
      name: 'region',
      type: 'VARCHAR',
      isNullable: true,
      description: 'Where it holds, as the source has it: mostly ISO 3166-1 alpha-2.',
      sources: everySource,
    },
    {
      name: 'language',
      type: 'VARCHAR',
      isNullable: true,
      description: 'The language of the value, as the source has it: mostly ISO 639-1.',
      sources: everySource,
    },
    {
      name: 'qualifiers',
      type: 'VARCHAR[]',
      isNullable: true,
      description: 'What the source says of the value besides: imdbDisplay, working, "informal title", nm0000206 …',
      sources: everySource,
    },
    knownOn,
  ],
};

export const ratingsTable: CuratedTable = {
  name: 'ratings',
  description: 'How a source’s public rates the titles. What the account’s profiles gave is in profile_ratings.',
  partition: source,
  orderBy: ['imdb_id', 'title_id', 'rated_by'],
  columns: [
    titleId,
    imdbId,
    {
      name: 'rated_by',
      type: 'VARCHAR',
      description: 'users; of Rotten Tomatoes critics or audience.',
      sources: ['watchprint'],
    },
    {
      name: 'rating',
      type: 'DOUBLE',
      unit: 'from worst_rating to best_rating',
      description: 'Of IMDb the mean, weighted as it weights it; of Rotten Tomatoes how many in a hundred liked it.',
      sources: rating,
    },
    { name: 'worst_rating', type: 'DOUBLE', description: 'The least that the scale has.', sources: rating },
    { name: 'best_rating', type: 'DOUBLE', description: 'The most that the scale has.', sources: rating },
    {
      name: 'rating_count',
      type: 'INTEGER',
      isNullable: true,
      unit: 'vote',
      description: 'How many rated it; null where the source does not count them out.',
      sources: rating,
    },
    knownOn,
  ],
};

/** Where a version of IMDb's datasets has a table, and from which day; null where it has none. */
export type ImdbTable = (name: string) => { readonly path: string; readonly knownOn: string } | null;

/** A fact's columns that say nothing, beside its title. @param of relation that has the title. */
export const nothingBut = (of: string): Readonly<Record<string, string>> => ({
  title_id: `${of}.title_id`,
  imdb_id: `${of}.imdb_id`,
  value: 'NULL',
  number: 'NULL',
  ordinal: 'NULL',
  region: 'NULL',
  language: 'NULL',
  qualifiers: 'NULL',
});

/** The facts of IMDb as a query. @param titles a relation with `title_id` and `imdb_id`. */
export function factsOfImdb(titles: string, table: ImdbTable): string {
  const kept = nothingBut('asked');
  const selects = imdbProperties.flatMap(({ name, table: from, columns, where }) => {
    const found = table(from);
    if (found === null) return [];
    const key = from === 'title_akas' ? '"titleId"' : 'tconst';
    const all = { ...kept, ...columns, property: sqlText(name), known_on: `DATE ${sqlText(found.knownOn)}` };
    const list = Object.entries(all).map(([column, value]) => `${value} AS ${column}`);
    return `SELECT ${list.join(', ')}, 'imdb' AS source FROM read_parquet(${sqlText(found.path)}, hive_partitioning = false) said
      JOIN ${titles} asked ON asked.imdb_id = said.${key} WHERE ${where}`;
  });
  return selects.length === 0 ? nothing(factsTable) : selects.join('\nUNION ALL BY NAME\n');
}

/** The ratings of IMDb as a query. */
export function ratingsOfImdb(titles: string, table: ImdbTable): string {
  const found = table('title_ratings');
  if (found === null) return nothing(ratingsTable);
  return `SELECT asked.title_id, asked.imdb_id, 'users' AS rated_by, said."averageRating" AS rating, 1 AS worst_rating, 10 AS best_rating,
      said."numVotes" AS rating_count, DATE ${sqlText(found.knownOn)} AS known_on, 'imdb' AS source
    FROM read_parquet(${sqlText(found.path)}, hive_partitioning = false) said JOIN ${titles} asked ON asked.imdb_id = said.tconst`;
}

const nothing = ({ columns }: CuratedTable) =>
  `SELECT ${columns.map(({ name, type }) => `NULL::${type} AS ${name}`).join(', ')}, 'imdb' AS source WHERE false`;
