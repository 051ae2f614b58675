import { accountTables } from './curated-account-tables.ts';
import { pageFactsTable } from './curated-page-facts.ts';
import type { CuratedDatabaseTable } from './curated-table.ts';

const imdb = ['imdb'] as const;
const netflix = ['netflix'] as const;
const watchprint = ['watchprint'] as const;

/** Of shared titles, those that the account's strings mean, with their season and series: which others are stored is others' business. */
const titlesOfAccount = `title stored WHERE stored.account_id = $1::uuid OR stored.account_id IS NULL AND stored.id IN (
  WITH meant AS (
    SELECT found.id, found.season_id, found.series_id FROM title found WHERE found.account_id IS NULL AND found.id IN (
      SELECT catalogue_title_id FROM match WHERE account_id = $1::uuid
      UNION SELECT joined_to_id FROM title WHERE account_id = $1::uuid))
  SELECT id FROM meant UNION SELECT season_id FROM meant UNION SELECT series_id FROM meant)`;

const titlesOfNobody = 'title stored WHERE stored.account_id IS NULL';

/**
 * Strings that the matcher itself knew for a public title. Whose they are, how often and when they were watched is not told, nor what
 * rests on that (confidence, evidence); strings that were not known may be anybody's words, and corrections are somebody's.
 */
const stringsOfNobody = `(
  SELECT DISTINCT raw_title, status, catalogue_title_id FROM match JOIN account ON account.id = match.account_id
  WHERE status = 'MATCHED' AND account.deleting_since IS NULL) stored
  JOIN title meant ON meant.id = stored.catalogue_title_id AND meant.account_id IS NULL`;

/**
 * What the curated tables of the lake have of the database: one list, from which the statements, the Parquet files and their dictionary
 * come. Which of it tells of an account is said by `isPersonal`, and is read for one account alone.
 */
export const curatedTables: readonly CuratedDatabaseTable[] = [
  {
    name: 'titles',
    description: 'Films, series, seasons and episodes.',
    partition: {
      name: 'source',
      type: 'VARCHAR',
      description:
        'imdb: as IMDb has it. netflix: as it was read from the account’s strings, in an export of an account alone.',
      sources: watchprint,
      value: `CASE WHEN stored.account_id IS NULL THEN 'imdb' ELSE 'netflix' END`,
    },
    orderBy: ['series_id', 'season_number', 'episode_number', 'title_id'],
    ofAccount: titlesOfAccount,
    ofNobody: titlesOfNobody,
    columns: [
      {
        name: 'title_id',
        type: 'VARCHAR',
        description: 'Watchprint’s id (a UUID): the key of this table.',
        sources: watchprint,
        value: 'stored.id',
      },
      {
        name: 'kind',
        type: 'VARCHAR',
        description: 'MOVIE, SERIES, SEASON or EPISODE.',
        sources: ['imdb', 'netflix'],
        value: 'stored.kind',
      },
      {
        name: 'name',
        type: 'VARCHAR',
        description: 'Its name. A season, and an episode that IMDb has no name of, is called by its number.',
        sources: ['imdb', 'netflix'],
        value: 'stored.name',
      },
      {
        name: 'series_id',
        type: 'VARCHAR',
        isNullable: true,
        description: 'Of a season or episode: its series, among the titles.',
        sources: ['imdb', 'netflix'],
        value: 'coalesce(stored.catalogue_series_id, stored.series_id)',
      },
      {
        name: 'season_id',
        type: 'VARCHAR',
        isNullable: true,
        description: 'Of an episode: its season, among the titles.',
        sources: ['imdb', 'netflix'],
        value: 'stored.season_id',
      },
      {
        name: 'season_number',
        type: 'INTEGER',
        isNullable: true,
        description: 'Number of the season.',
        sources: ['imdb', 'netflix'],
        value: 'stored.season_number',
      },
      {
        name: 'episode_number',
        type: 'INTEGER',
        isNullable: true,
        description: 'Number of the episode in its season.',
        sources: ['imdb', 'netflix'],
        value: 'stored.episode_number',
      },
      {
        name: 'imdb_id',
        type: 'VARCHAR',
        isNullable: true,
        description: 'IMDb’s id (tconst). A season has none, nor what was read only.',
        sources: imdb,
        value: 'stored.imdb_id',
      },
      {
        name: 'year',
        type: 'INTEGER',
        isNullable: true,
        unit: 'calendar year',
        description: 'Of first release.',
        sources: imdb,
        value: 'stored.year',
      },
      {
        name: 'end_year',
        type: 'INTEGER',
        isNullable: true,
        unit: 'calendar year',
        description: 'Of a series that has ended: its last.',
        sources: imdb,
        value: 'stored.end_year',
      },
      {
        name: 'runtime_minutes',
        type: 'INTEGER',
        isNullable: true,
        unit: 'minute',
        description: 'How long it is; of a series, an episode.',
        sources: imdb,
        value: 'stored.runtime_minutes',
      },
      {
        name: 'netflix_label',
        type: 'VARCHAR',
        isNullable: true,
        isPersonal: true,
        description: 'What Netflix calls the season, where that is not its number.',
        sources: netflix,
        value: 'stored.netflix_label',
      },
      {
        name: 'joined_to_title_id',
        type: 'VARCHAR',
        isNullable: true,
        isPersonal: true,
        description: 'Of a title that was read: IMDb’s that it turned out to be, among the titles.',
        sources: watchprint,
        value: 'stored.joined_to_id',
      },
    ],
  },
  {
    name: 'matches',
    description:
      'Title strings of Netflix’s files, and what each was taken for. Without an account: those alone that the matcher knew by itself for a title of the catalogue, each once, whoever’s it is.',
    orderBy: ['raw_title', 'title_id'],
    ofAccount: `match stored LEFT JOIN title meant ON meant.id = stored.catalogue_title_id WHERE stored.account_id = $1::uuid`,
    ofNobody: stringsOfNobody,
    columns: [
      {
        name: 'match_id',
        type: 'VARCHAR',
        isPersonal: true,
        description: 'Id of the string in the account (a UUID): the key of this table.',
        sources: watchprint,
        value: 'stored.id',
      },
      {
        name: 'raw_title',
        type: 'VARCHAR',
        description: 'The string, as it stands in the file.',
        sources: netflix,
        value: 'stored.raw_title',
      },
      {
        name: 'status',
        type: 'VARCHAR',
        description:
          'MATCHED; in an export of an account also AMBIGUOUS, UNMATCHED, CORRECTED (a person said it) and READ (no catalogue was asked: there was none, or it is a trailer or the like).',
        sources: watchprint,
        value: 'stored.status',
      },
      {
        name: 'title_id',
        type: 'VARCHAR',
        isNullable: true,
        description:
          'What it was taken for, among the titles with source=imdb; of an episode that the catalogue lacks, its series. Null where nothing was accepted.',
        sources: watchprint,
        value: 'stored.catalogue_title_id',
      },
      {
        name: 'imdb_id',
        type: 'VARCHAR',
        isNullable: true,
        description: 'IMDb’s id (tconst) of that title.',
        sources: imdb,
        value: 'meant.imdb_id',
      },
      {
        name: 'read_title_id',
        type: 'VARCHAR',
        isNullable: true,
        isPersonal: true,
        description:
          'What it was read as by itself, among the titles with source=netflix; null where it could not be read.',
        sources: watchprint,
        value: 'stored.title_id',
      },
      {
        name: 'shown_title_id',
        type: 'VARCHAR',
        isNullable: true,
        isPersonal: true,
        description: 'The one of the two that Watchprint shows.',
        sources: watchprint,
        value: 'stored.shown_title_id',
      },
      {
        name: 'confidence',
        type: 'DOUBLE',
        isNullable: true,
        isPersonal: true,
        unit: 'probability, 0 to 1',
        description: 'That the best candidate is right, accepted or not; null where there is none.',
        sources: watchprint,
        value: 'stored.confidence',
      },
      {
        name: 'read_evidence',
        type: 'VARCHAR',
        isPersonal: true,
        description: 'What spoke for the reading, a line each.',
        sources: watchprint,
        value: 'stored.evidence',
      },
      {
        name: 'match_evidence',
        type: 'VARCHAR',
        isNullable: true,
        isPersonal: true,
        description: 'What spoke for or against the best candidate, a line each; null until it was matched.',
        sources: ['watchprint', 'imdb'],
        value: 'stored.match_evidence',
      },
      {
        name: 'candidates',
        type: 'VARCHAR',
        isNullable: true,
        isPersonal: true,
        description: 'What it may be, best first, as a JSON array; null until it was matched.',
        sources: ['watchprint', 'imdb'],
        value: 'stored.candidates::text',
      },
    ],
  },
  pageFactsTable({ ofAccount: titlesOfAccount, ofNobody: titlesOfNobody }),
  ...accountTables,
];
