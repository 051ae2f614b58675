import type { CuratedDatabaseTable } from './curated-table.ts';

const netflix = ['netflix'] as const;
const watchprint = ['watchprint'] as const;

/** The profile of a row; one that is being deleted is nobody's any more. */
const withProfile = `JOIN profile ON profile.account_id = $1::uuid AND profile.id = stored.profile_id
  AND profile.deleting_since IS NULL`;

/** The curated tables that are an account's, all of them. */
export const accountTables: readonly CuratedDatabaseTable[] = [
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
