import { commaList, controlList, decimal, integer, nameId, text, titleId, zeroOrOne } from './column.ts';
import type { DelimitedLayout } from './delimited-table.ts';

/** IMDb asks for it wherever its data is shown. */
export const imdbNotice = 'Information courtesy of IMDb (https://www.imdb.com). Used with permission.';

const tconst = { name: 'tconst', kind: titleId, notNull: true };
const nconst = { name: 'nconst', kind: nameId, notNull: true };
const imdb = (table: string, columns: DelimitedLayout['columns']): DelimitedLayout => ({ table, columns, null: '\\N' });

/** The non-commercial datasets, with IMDb's own names for columns: developer.imdb.com/non-commercial-datasets. */
export const imdbTables: readonly DelimitedLayout[] = [
  imdb('title_basics', [
    tconst,
    { name: 'titleType', kind: text, notNull: true },
    { name: 'primaryTitle', kind: text },
    { name: 'originalTitle', kind: text },
    { name: 'isAdult', kind: zeroOrOne },
    { name: 'startYear', kind: integer },
    { name: 'endYear', kind: integer },
    { name: 'runtimeMinutes', kind: integer },
    { name: 'genres', kind: commaList },
  ]),
  imdb('title_akas', [
    { name: 'titleId', kind: titleId, notNull: true },
    { name: 'ordering', kind: integer, notNull: true },
    { name: 'title', kind: text },
    { name: 'region', kind: text },
    { name: 'language', kind: text },
    { name: 'types', kind: controlList },
    { name: 'attributes', kind: controlList },
    { name: 'isOriginalTitle', kind: zeroOrOne },
  ]),
  imdb('title_episode', [
    tconst,
    { name: 'parentTconst', kind: titleId, notNull: true },
    { name: 'seasonNumber', kind: integer },
    { name: 'episodeNumber', kind: integer },
  ]),
  imdb('title_ratings', [
    tconst,
    { name: 'averageRating', kind: decimal, notNull: true },
    { name: 'numVotes', kind: integer, notNull: true },
  ]),
  imdb('title_crew', [tconst, { name: 'directors', kind: commaList }, { name: 'writers', kind: commaList }]),
  imdb('title_principals', [
    tconst,
    { name: 'ordering', kind: integer, notNull: true },
    nconst,
    { name: 'category', kind: text },
    { name: 'job', kind: text },
    // JSON, as IMDb writes it: `["Self"]`.
    { name: 'characters', kind: text },
  ]),
  imdb('name_basics', [
    nconst,
    { name: 'primaryName', kind: text },
    { name: 'birthYear', kind: integer },
    { name: 'deathYear', kind: integer },
    { name: 'primaryProfession', kind: commaList },
    { name: 'knownForTitles', kind: commaList },
  ]),
];
