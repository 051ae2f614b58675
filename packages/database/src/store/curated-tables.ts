/**
 * What the curated tables of the lake have of the database: one list, from which the statements, the Parquet files and their dictionary
 * come. Which of it tells of an account is said by `isPersonal`, and is read for one account alone.
 */
export interface CuratedDatabaseTable {
  readonly name: string;
  readonly description: string;
  /** All of it is an account's. */
  readonly isPersonal?: boolean;
  /** A column that is folders, not a column of the files. */
  readonly partition?: CuratedDatabaseColumn;
  /** What rows of a file are sorted by. */
  readonly orderBy: readonly string[];
  readonly columns: readonly CuratedDatabaseColumn[];
  /** What stands behind FROM, with its conditions; rows are called `stored`. The account's id is `$1`. */
  readonly ofAccount: string;
  /** Likewise for an export that is of nobody; null where there is nothing but personal rows. */
  readonly ofNobody: string | null;
}

export interface CuratedDatabaseColumn {
  readonly name: string;
  readonly type: 'VARCHAR' | 'INTEGER' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP WITH TIME ZONE';
  readonly isNullable?: boolean;
  readonly unit?: string;
  readonly description: string;
  /** Who says it. */
  readonly sources: readonly ('imdb' | 'netflix' | 'watchprint')[];
  readonly isPersonal?: boolean;
  /** Its value, as SQL over `stored` and what stands beside it. */
  readonly value: string;
}

const imdb = ['imdb'] as const;
const netflix = ['netflix'] as const;
const watchprint = ['watchprint'] as const;

/** The profile of a row; one that is being deleted is nobody's any more. */
const withProfile = `JOIN profile ON profile.account_id = $1::uuid AND profile.id = stored.profile_id
  AND profile.deleting_since IS NULL`;

/** Of shared titles, those that the account's strings mean, with their season and series: which others are stored is others' business. */
const titlesOfAccount = `title stored WHERE stored.account_id = $1::uuid OR stored.account_id IS NULL AND stored.id IN (
  WITH meant AS (
    SELECT found.id, found.season_id, found.series_id FROM title found WHERE found.account_id IS NULL AND found.id IN (
      SELECT catalogue_title_id FROM match WHERE account_id = $1::uuid
      UNION SELECT joined_to_id FROM title WHERE account_id = $1::uuid))
  SELECT id FROM meant UNION SELECT season_id FROM meant UNION SELECT series_id FROM meant)`;

/**
 * Strings that the matcher itself knew for a public title. Whose they are, how often and when they were watched is not told, nor what
 * rests on that (confidence, evidence); strings that were not known may be anybody's words, and corrections are somebody's.
 */
const stringsOfNobody = `(
  SELECT DISTINCT raw_title, status, catalogue_title_id FROM match JOIN account ON account.id = match.account_id
  WHERE status = 'MATCHED' AND account.deleting_since IS NULL) stored
  JOIN title meant ON meant.id = stored.catalogue_title_id AND meant.account_id IS NULL`;

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
    ofNobody: 'title stored WHERE stored.account_id IS NULL',
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
        value: 'stored.series_id',
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
  {
    name: 'viewings',
    isPersonal: true,
    description:
      'The account’s viewings, a row a row of its files. Figures of Watchprint count those with supplemental and covered false.',
    partition: {
      name: 'year',
      type: 'INTEGER',
      unit: 'calendar year',
      description: 'Of watched_on.',
      sources: netflix,
      value: 'extract(year FROM stored.watched_on)::int',
    },
    orderBy: ['watched_on', 'viewing_id'],
    ofAccount: `viewing stored ${withProfile}
      JOIN match ON match.account_id = $1::uuid AND match.id = stored.match_id WHERE stored.account_id = $1::uuid`,
    ofNobody: null,
    columns: [
      {
        name: 'viewing_id',
        type: 'BIGINT',
        description: 'Id of the row: the key of this table.',
        sources: watchprint,
        value: 'stored.id',
      },
      {
        name: 'profile_id',
        type: 'VARCHAR',
        description: 'The profile that watched (a UUID).',
        sources: watchprint,
        value: 'stored.profile_id',
      },
      { name: 'profile', type: 'VARCHAR', description: 'Its name.', sources: netflix, value: 'profile.name' },
      {
        name: 'match_id',
        type: 'VARCHAR',
        description: 'The string, among the matches.',
        sources: watchprint,
        value: 'stored.match_id',
      },
      {
        name: 'title_id',
        type: 'VARCHAR',
        isNullable: true,
        description:
          'What was watched, among the titles, as Watchprint shows it: IMDb’s title, else as it was read. Null where the string could not be read.',
        sources: watchprint,
        value: 'match.shown_title_id',
      },
      {
        name: 'started_at',
        type: 'TIMESTAMP WITH TIME ZONE',
        isNullable: true,
        unit: 'instant, UTC, to the second',
        description: 'When it began; null where the file has days only.',
        sources: netflix,
        value: 'CASE WHEN stored.occurrence = 0 THEN stored.ordered_at END',
      },
      {
        name: 'watched_on',
        type: 'DATE',
        unit: 'day, in the profile’s time zone',
        description: 'The day.',
        sources: netflix,
        value: 'stored.watched_on',
      },
      {
        name: 'occurrence',
        type: 'INTEGER',
        description: 'Which of equal rows of a day, from 1; 0 where the file has times.',
        sources: watchprint,
        value: 'stored.occurrence',
      },
      {
        name: 'seconds_watched',
        type: 'INTEGER',
        isNullable: true,
        unit: 'second',
        description: 'How long; null where the file does not say.',
        sources: netflix,
        value: 'nullif(stored.seconds, -1)',
      },
      {
        name: 'accidental',
        type: 'BOOLEAN',
        description: 'Whether it was started by itself.',
        sources: netflix,
        value: 'stored.accidental',
      },
      {
        name: 'supplemental',
        type: 'BOOLEAN',
        description: 'Whether it is a trailer or the like, and no viewing.',
        sources: netflix,
        value: 'stored.supplemental',
      },
      {
        name: 'covered',
        type: 'BOOLEAN',
        description: 'Whether another row, with a time, is the same viewing: then that one counts.',
        sources: watchprint,
        value: 'stored.covered',
      },
      {
        name: 'device',
        type: 'VARCHAR',
        isNullable: true,
        description: 'What it was watched on, as Netflix calls it.',
        sources: netflix,
        value: 'stored.device',
      },
      {
        name: 'country',
        type: 'VARCHAR',
        isNullable: true,
        description: 'Where: ISO 3166-1 alpha-2.',
        sources: netflix,
        value: 'stored.country',
      },
    ],
  },
  {
    name: 'profile_ratings',
    isPersonal: true,
    description: 'Stars and thumbs that the account’s profiles gave on Netflix. What others gave is in ratings.',
    orderBy: ['rated_at', 'rating_id'],
    ofAccount: `export_row stored ${withProfile} WHERE stored.account_id = $1::uuid AND stored.export_table = 'RATINGS'`,
    ofNobody: null,
    columns: [
      {
        name: 'rating_id',
        type: 'VARCHAR',
        description: 'Id of the row (a UUID): the key of this table.',
        sources: watchprint,
        value: 'stored.id',
      },
      {
        name: 'profile_id',
        type: 'VARCHAR',
        description: 'The profile that rated (a UUID).',
        sources: watchprint,
        value: 'stored.profile_id',
      },
      { name: 'profile', type: 'VARCHAR', description: 'Its name.', sources: netflix, value: 'profile.name' },
      {
        name: 'raw_title',
        type: 'VARCHAR',
        isNullable: true,
        description: 'The film or show, as it stands in the file.',
        sources: netflix,
        value: 'stored.raw_title',
      },
      {
        name: 'rated_at',
        type: 'TIMESTAMP WITH TIME ZONE',
        isNullable: true,
        unit: 'instant, UTC',
        description: 'When.',
        sources: netflix,
        value: 'stored.at',
      },
      {
        name: 'rating_type',
        type: 'VARCHAR',
        isNullable: true,
        description: 'star or thumb.',
        sources: netflix,
        value: `stored.details ->> 'type'`,
      },
      {
        name: 'stars',
        type: 'INTEGER',
        isNullable: true,
        unit: 'star',
        description: '1 to 5; 0 a rating taken back, -1 not interested, -2 not seen.',
        sources: netflix,
        value: `(stored.details ->> 'stars')::int`,
      },
      {
        name: 'thumbs',
        type: 'INTEGER',
        isNullable: true,
        description: '0 not rated, 1 down, 2 up, 3 two thumbs up.',
        sources: netflix,
        value: `(stored.details ->> 'thumbs')::int`,
      },
      {
        name: 'device',
        type: 'VARCHAR',
        isNullable: true,
        description: 'On what, as Netflix calls it.',
        sources: netflix,
        value: `stored.details ->> 'device'`,
      },
    ],
  },
];
