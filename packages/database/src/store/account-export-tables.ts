/**
 * What an export of an account says: one list, from which its statements, its JSON, its CSV files and their dictionary come. A test
 * compares it with the database: a column of an account's that is neither here nor among those left out fails it.
 */
export interface ExportedTable {
  /** As the export calls it. */
  readonly name: string;
  readonly description: string;
  /** As the database calls it; its rows are called `stored` in what follows. */
  readonly table: string;
  /** The column that has the account's id. */
  readonly owner: 'account_id' | 'id';
  /** What rows are ordered and paged by, with the types: the rest of the primary key. */
  readonly key: Readonly<Record<string, string>>;
  /** What stands beside each row. */
  readonly joins?: string;
  readonly columns: readonly ExportedColumn[];
}

export interface ExportedColumn {
  readonly name: string;
  readonly description: string;
  /** Its value, as SQL over `stored` and what is joined. */
  readonly value: string;
  /** The database's columns that it tells, as `table.column`. */
  readonly tells: readonly string[];
}

/** Tables of the database that have an account's rows and no place of their own in the export, or columns: and why not. */
export const leftOut: Readonly<Record<string, string>> = {
  'import.lake_id': 'Where this installation keeps the file.',
  'import.recognised': 'How to read the file, found again whenever it is read.',
  'import.batches_done': 'How far a worker is.',
  'import.attempts': 'How often a worker began.',
  'import.leased_by': 'Which worker has it.',
  'import.leased_until': 'Until when a worker has it.',
  'profile.deleting_since': 'A profile that is being deleted is not exported any more.',
  'account.deleting_since': 'Likewise an account.',
  'profile.history_version': 'Counts changes, so that figures are worked out anew.',
  'api_token.id': 'What opens the account is no part of it: watchprint token list shows it.',
  'api_token.name': 'Likewise.',
  'api_token.scope': 'Likewise.',
  'api_token.sha256': 'Likewise.',
  'api_token.created_at': 'Likewise.',
  'api_token.expires_at': 'Likewise.',
  'api_token.last_used_at': 'Likewise.',
  'title.joined_to_id': 'A title of the shared catalogue: matches name it.',
  'title.catalogue_series_id': 'Likewise.',
  ...leftOutOf('title', 'Of titles of the shared catalogue, which are no account’s.', [
    'imdb_id',
    'year',
    'end_year',
    'runtime_minutes',
    'vote_count',
    'episodes_from',
  ]),
  'match.first_year': 'Counted from the viewings.',
  'match.longest_seconds': 'Likewise.',
  'match.matched_with': 'Whether it is to be matched anew.',
  'correction.id': 'Follows from the string.',
  ...leftOutOf('look_up', 'Which names sources were asked for: strings have them, and matches say what came of it.', [
    'name',
    'match_id',
    'languages',
    'answered_at',
    'wants_facts',
  ]),
  ...leftOutOf('matching', 'How far the matcher is, and what it changed: matches say what it made of each string.', [
    'status',
    'again',
    'strings_total',
    'strings_done',
    'matched_with',
    'changes',
    'error_code',
    'error_message',
    'attempts',
    'leased_by',
    'leased_until',
    'created_at',
    'started_at',
    'finished_at',
  ]),
};

function leftOutOf(table: string, reason: string, columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [`${table}.${column}`, reason]));
}

/** RFC 3339, in UTC, whatever the session's time zone. */
const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A table's columns that are told as they are stored. */
const of =
  (table: string) =>
  (name: string, column: string, description: string, value = `stored.${column}`): ExportedColumn => ({
    name,
    description,
    value,
    tells: [`${table}.${column}`],
  });

const account = of('account');
const profile = of('profile');
const alias = of('profile_alias');
const imported = of('import');
const file = of('imported_file');
const rejected = of('rejected_row');
const viewing = of('viewing');
const row = of('export_row');
const match = of('match');
const title = of('title');
const correction = of('correction');

/** One row each, looked up by key: joined as tables, they would be read whole for every page. */
const one = (name: string, from: string) => `LEFT JOIN LATERAL (SELECT * FROM ${from} OFFSET 0) ${name} ON true`;
const profileOfRow = one('profile', 'profile WHERE profile.account_id = $1::uuid AND profile.id = stored.profile_id');

/** A season that was joined to the catalogue is what it was joined to. */
const seasonOfTitle =
  'title found WHERE found.id = (SELECT coalesce(joined_to_id, id) FROM title season WHERE season.id = title.season_id)';

export const exportedTables: readonly ExportedTable[] = [
  {
    name: 'accounts',
    description: 'The account itself: one row.',
    table: 'account',
    owner: 'id',
    key: { id: 'uuid' },
    columns: [
      account('id', 'id', 'Id of the account.'),
      account('name', 'name', 'Its name; local on a server without sign-in.'),
      account('createdAt', 'created_at', 'When it was opened.', instant('stored.created_at')),
    ],
  },
  {
    name: 'profiles',
    description: 'The people whose histories were imported.',
    table: 'profile',
    owner: 'account_id',
    key: { id: 'uuid' },
    columns: [
      profile('id', 'id', 'Id of the profile.'),
      profile('name', 'name', 'Its name now.'),
      profile('timeZone', 'time_zone', 'IANA time zone in which its days are counted.'),
      profile('timeZoneAssumed', 'time_zone_assumed', 'True while nobody has set the time zone.'),
      profile('language', 'language', 'ISO 639 code of the language that texts are wanted in; null: English.'),
      profile(
        'thresholds',
        'thresholds',
        'Where figures draw their lines, as JSON: those that somebody has set.',
        'stored.thresholds::text',
      ),
      profile('createdAt', 'created_at', 'When an import first had rows of it.', instant('stored.created_at')),
    ],
  },
  {
    name: 'profileAliases',
    description: 'Names under which imports know a profile.',
    table: 'profile_alias',
    owner: 'account_id',
    key: { name: 'text' },
    columns: [
      alias('name', 'name', 'The name.'),
      alias('profileId', 'profile_id', 'The profile that is meant by it.'),
      alias('fromFile', 'from_file', 'True where a file said it, false where only who sent one did.'),
    ],
  },
  {
    name: 'imports',
    description: 'The files that were sent.',
    table: 'import',
    owner: 'account_id',
    key: { id: 'uuid' },
    columns: [
      imported('id', 'id', 'Id of the import.'),
      imported('fileName', 'file_name', 'What the file was called.'),
      imported('sha256', 'sha256', 'SHA-256 of the file, in hexadecimal.'),
      imported('originalKept', 'original_kept', 'Whether the file is still kept as it came.'),
      imported('status', 'status', 'QUEUED, RUNNING, COMPLETED or FAILED.'),
      imported('errorCode', 'error_code', 'Why it failed, as a code.'),
      imported('errorMessage', 'error_message', 'Why it failed, in words.'),
      imported('format', 'format', 'Which of Netflix’s files it is.'),
      imported('dateOrder', 'date_order', 'DAY_FIRST, MONTH_FIRST or YEAR_FIRST: how its dates were read.'),
      imported('dateOrderReason', 'date_order_reason', 'What settled that.'),
      imported('askedProfileName', 'profile_name', 'Whose history it is, as who sent it said.'),
      imported('askedDateOrder', 'asked_date_order', 'The order of dates, as who sent it said.'),
      imported('askedTimeZone', 'asked_time_zone', 'The time zone, as who sent it said.'),
      imported('bytesTotal', 'bytes_total', 'Size of the file in bytes.'),
      imported('bytesRead', 'bytes_read', 'How many of them were read.'),
      imported('rowsRead', 'rows_read', 'Rows of viewings: imported, duplicate and rejected together.'),
      imported('rowsImported', 'rows_imported', 'Rows that count for this import.'),
      imported('rowsDuplicate', 'rows_duplicate', 'Rows that were there already.'),
      imported('rowsRejected', 'rows_rejected', 'Rows that could not be read.'),
      imported('rowsSupplemental', 'rows_supplemental', 'Of the imported: trailers and the like.'),
      imported('createdAt', 'created_at', 'When it was sent.', instant('stored.created_at')),
      imported('finishedAt', 'finished_at', 'When it ended.', instant('stored.finished_at')),
    ],
  },
  {
    name: 'importedFiles',
    description: 'The files that uploads contained, and what became of each.',
    table: 'imported_file',
    owner: 'account_id',
    key: { import_id: 'uuid', place: 'int' },
    columns: [
      file('importId', 'import_id', 'The import that contained it.'),
      file('place', 'place', 'Where it stands among the files of the import, from 0.'),
      file('path', 'path', 'Its path in the archive; the name of a file that was sent alone.'),
      file('use', 'use', 'USED, EMPTY, PRIVATE (left alone on purpose), UNKNOWN or UNREADABLE.'),
      file('exportTable', 'export_table', 'Which table of Netflix’s export it is.'),
      file('note', 'note', 'Why it was not used, or only in part.'),
      file('rowsRead', 'rows_read', 'How many rows were read.'),
      file('rowsImported', 'rows_imported', 'How many of them were new.'),
      file('rowsRejected', 'rows_rejected', 'How many could not be read.'),
    ],
  },
  {
    name: 'rejectedRows',
    description: 'Rows of files that could not be read.',
    table: 'rejected_row',
    owner: 'account_id',
    key: { import_id: 'uuid', file_name: 'text', line: 'int' },
    columns: [
      rejected('importId', 'import_id', 'The import whose row it is.'),
      rejected('fileName', 'file_name', 'The file that it stands in.'),
      rejected('line', 'line', 'Its line in the file, from 1.'),
      rejected('reason', 'reason', 'Why it could not be read.'),
      rejected('content', 'content', 'What stands there.'),
    ],
  },
  {
    name: 'viewings',
    description: 'Every row of the histories: viewings, and trailers and the like.',
    table: 'viewing',
    owner: 'account_id',
    key: { id: 'bigint' },
    joins: [
      profileOfRow,
      one('match', 'match WHERE match.account_id = $1::uuid AND match.id = stored.match_id'),
      one('title', 'title found WHERE found.id = match.shown_title_id'),
      one('series', 'title found WHERE found.id = coalesce(title.catalogue_series_id, title.series_id)'),
      one('season', seasonOfTitle),
    ].join('\n'),
    columns: [
      viewing('id', 'id', 'Id of the row.', 'stored.id::text'),
      viewing('profileId', 'profile_id', 'The profile that watched.'),
      { name: 'profile', description: 'Its name.', value: 'profile.name', tells: [] },
      { name: 'rawTitle', description: 'The title, as it stands in the file.', value: 'match.raw_title', tells: [] },
      {
        name: 'kind',
        description: 'MOVIE, SERIES, SEASON or EPISODE, as it was matched, else as it was read.',
        value: 'title.kind',
        tells: [],
      },
      {
        name: 'title',
        description: 'Name of the film or episode, of the catalogue where it was matched.',
        value: 'title.name',
        tells: [],
      },
      { name: 'series', description: 'Name of its series.', value: 'series.name', tells: [] },
      { name: 'season', description: 'Name of its season.', value: 'season.name', tells: [] },
      { name: 'seasonNumber', description: 'Number of its season.', value: 'title.season_number', tells: [] },
      { name: 'episodeNumber', description: 'Its number in the season.', value: 'title.episode_number', tells: [] },
      { name: 'imdbId', description: 'IMDb’s id of the film or episode.', value: 'title.imdb_id', tells: [] },
      { name: 'seriesImdbId', description: 'IMDb’s id of its series.', value: 'series.imdb_id', tells: [] },
      {
        name: 'startedAt',
        description: 'When it began, in UTC; empty where the file has days only.',
        value: `CASE WHEN stored.occurrence = 0 THEN ${instant('stored.ordered_at')} END`,
        tells: ['viewing.ordered_at'],
      },
      viewing('watchedOn', 'watched_on', 'The day, in the profile’s time zone.'),
      viewing('occurrence', 'occurrence', 'Which of equal rows of a day, from 1; 0 where the file has times.'),
      viewing(
        'secondsWatched',
        'seconds',
        'How long; empty where the file does not say.',
        'nullif(stored.seconds, -1)',
      ),
      viewing('positionSeconds', 'position_seconds', 'Where in the title it was stopped: Netflix’s bookmark.'),
      viewing('accidental', 'accidental', 'Whether it was started by itself.'),
      viewing('supplemental', 'supplemental', 'Whether it is a trailer or the like, and no viewing.'),
      viewing('covered', 'covered', 'Whether another row, with a time, is the same viewing: then that one is shown.'),
      viewing('device', 'device', 'What it was watched on, as Netflix calls it.'),
      viewing('country', 'country', 'Where: ISO 3166-1 alpha-2.'),
      viewing('matchId', 'match_id', 'The string, among the matches.'),
      {
        name: 'importIds',
        description: 'The imports that contained it; the first is the one that it counts for.',
        value: `array_prepend(stored.import_id, ARRAY(SELECT import_id FROM viewing_import other
          WHERE other.account_id = $1::uuid AND other.viewing_id = stored.id ORDER BY import_id))`,
        tells: ['viewing.import_id', 'viewing_import.import_id', 'viewing_import.viewing_id'],
      },
    ],
  },
  {
    name: 'exportRows',
    description: 'Rows of the other tables of Netflix’s export: ratings, My List, searches and so on.',
    table: 'export_row',
    owner: 'account_id',
    key: { id: 'uuid' },
    joins: profileOfRow,
    columns: [
      row('id', 'id', 'Id of the row.'),
      row('exportTable', 'export_table', 'Which table of Netflix’s export it stands in.'),
      row('profileId', 'profile_id', 'The profile; empty for what is the account’s.'),
      { name: 'profile', description: 'Its name.', value: 'profile.name', tells: [] },
      row('at', 'at', 'When, in UTC; noon of the day where the table has days.', instant('stored.at')),
      row('rawTitle', 'raw_title', 'What it is about, as it stands in the file.'),
      row('details', 'details', 'What else the table says, as JSON.'),
      {
        name: 'importIds',
        description: 'The imports that contained it; the first is the one that it counts for.',
        value: `array_prepend(stored.import_id, ARRAY(SELECT import_id FROM export_row_import other
          WHERE other.account_id = $1::uuid AND other.row_id = stored.id ORDER BY import_id))`,
        tells: ['export_row.import_id', 'export_row_import.import_id', 'export_row_import.row_id'],
      },
    ],
  },
  {
    name: 'matches',
    description: 'Every title string of the histories, and what it was taken for.',
    table: 'match',
    owner: 'account_id',
    key: { id: 'uuid' },
    joins: [
      one('accepted', 'title found WHERE found.id = stored.catalogue_title_id'),
      one('series', 'title found WHERE found.id = accepted.series_id'),
    ].join('\n'),
    columns: [
      match('id', 'id', 'Id of the string.'),
      match('rawTitle', 'raw_title', 'The string, as it stands in the file.'),
      match('status', 'status', 'READ, MATCHED, AMBIGUOUS, UNMATCHED or CORRECTED.'),
      match('titleId', 'title_id', 'What it was read as, among the titles; empty where it could not be read.'),
      match('evidence', 'evidence', 'What spoke for that, a line each.'),
      {
        name: 'imdbId',
        description:
          'IMDb’s id of what it was taken for in the catalogue; of an episode that the catalogue lacks, its series.',
        value: 'accepted.imdb_id',
        tells: ['match.catalogue_title_id'],
      },
      { name: 'catalogueTitle', description: 'What that is called.', value: 'accepted.name', tells: [] },
      { name: 'catalogueYear', description: 'The year of its first release.', value: 'accepted.year', tells: [] },
      { name: 'catalogueSeries', description: 'Of an episode, its series.', value: 'series.name', tells: [] },
      {
        name: 'showsCatalogue',
        description: 'Whether that is what is shown of it, and not what was read.',
        value: 'coalesce(stored.shown_title_id = stored.catalogue_title_id, false)',
        tells: ['match.shown_title_id'],
      },
      match('matchEvidence', 'match_evidence', 'What spoke for or against it, a line each.'),
      match('confidence', 'confidence', 'That the best candidate is right, accepted or not, 0 to 1.'),
      match('candidates', 'candidates', 'What it may be, best first, as JSON.'),
    ],
  },
  {
    name: 'corrections',
    description: 'What people said that strings are, also of strings that no import has now.',
    table: 'correction',
    owner: 'account_id',
    key: { id: 'uuid' },
    columns: [
      correction('rawTitle', 'raw_title', 'The string, as it stands in the file.'),
      correction('imdbId', 'work_id', 'IMDb’s id of the film or series; empty: none of them.'),
      correction('imdbEpisodeId', 'episode_id', 'IMDb’s id of the episode.'),
    ],
  },
  {
    name: 'titles',
    description: 'Films, series, seasons and episodes that were read from the strings.',
    table: 'title',
    owner: 'account_id',
    key: { id: 'uuid' },
    columns: [
      title('id', 'id', 'Id of the title.'),
      title('kind', 'kind', 'MOVIE, SERIES, SEASON or EPISODE.'),
      title('name', 'name', 'Its name.'),
      title('seriesId', 'series_id', 'The series that it is part of.'),
      title('seasonId', 'season_id', 'The season that an episode is part of.'),
      title('seasonNumber', 'season_number', 'Number of the season.'),
      title('episodeNumber', 'episode_number', 'Number of the episode in its season.'),
      title('netflixLabel', 'netflix_label', 'What Netflix calls the season.'),
    ],
  },
];
