import { bigInteger, type Column, day, decimal, type FieldKind, integer, text, trueOrFalse } from './column.ts';
import type { DelimitedLayout } from './delimited-table.ts';

/** JSON that was quoted as CSV quotes, in a file that has no quoting otherwise. */
const quotedText: FieldKind = {
  pattern: null,
  cast: (value) =>
    `CASE WHEN ${value} LIKE '"%"' THEN replace(substr(${value}, 2, length(${value}) - 2), '""', '"') ELSE ${value} END`,
};

const shared: readonly Column[] = [
  { name: 'category', kind: text, notNull: true },
  { name: 'show_title', kind: text, notNull: true },
  { name: 'season_title', kind: text, nulls: ['N/A'] },
];
const weekly: readonly Column[] = [
  { name: 'week', kind: day, notNull: true },
  ...shared,
  { name: 'weekly_rank', kind: integer, notNull: true },
  { name: 'cumulative_weeks_in_top_10', kind: integer },
];
const runtime: Column = { name: 'runtime_hours', headers: ['runtime'], kind: decimal, optional: true };

const countries: DelimitedLayout = {
  table: 'top10_countries',
  null: '',
  columns: [
    { name: 'country_name', kind: text, notNull: true },
    { name: 'country_iso2', kind: text, notNull: true },
    ...weekly,
  ],
};

const global: DelimitedLayout = {
  table: 'top10_global',
  null: '',
  columns: [
    ...weekly,
    { name: 'weekly_hours_viewed', kind: bigInteger },
    runtime,
    { name: 'weekly_views', kind: bigInteger, optional: true },
    { name: 'is_staggered_launch', kind: trueOrFalse, optional: true },
    // What stands in it is no flag: `[{is_staggered_launch=0, is_live_title=0}]`.
    { name: 'runtime_override_flag', kind: text, optional: true },
    {
      name: 'episode_launch_details',
      headers: ['episode_launch_details', 'episode_launch_dtls'],
      kind: quotedText,
      optional: true,
    },
  ],
};

const mostPopular = (days: number): DelimitedLayout => ({
  table: 'most_popular',
  null: '',
  columns: [
    ...shared,
    { name: 'rank', kind: integer, notNull: true },
    { name: 'hours_viewed', headers: [`hours_viewed_first_${days}_days`], kind: bigInteger, notNull: true },
    runtime,
    { name: 'views', headers: [`views_first_${days}_days`], kind: bigInteger, optional: true },
  ],
});

/** A list as files have it, and how those of several weeks become one table. */
export interface Top10List {
  readonly layout: DelimitedLayout;
  /** What is known of all rows of a file, as a SELECT's fields beside those of the layout. @param date of the file, ISO 8601. */
  facts(date: string): string;
  readonly factNames: readonly string[];
  readonly key: readonly string[];
  readonly latestBy: string;
  readonly orderBy: readonly string[];
}

/** A week's row is the same row in every list that has the week; the list that goes on longest says it best. */
const weeklyList = (layout: DelimitedLayout, place: readonly string[]): Top10List => ({
  layout,
  facts: () => 'max(week) OVER () AS list_week',
  factNames: ['list_week'],
  key: [...place, 'week', 'category', 'weekly_rank'],
  latestBy: 'list_week',
  orderBy: ['week DESC', ...place, 'category', 'weekly_rank'],
});

/** The most popular of all time have no weeks: the whole list takes the place of the one before, for as many days. */
const popularList = (days: number): Top10List => ({
  layout: mostPopular(days),
  facts: (date) => `${days} AS days, DATE '${date.slice(0, 10)}' AS list_date`,
  factNames: ['days', 'list_date'],
  key: ['days'],
  latestBy: 'list_date',
  orderBy: ['days DESC', 'category', 'rank'],
});

export const top10Lists: readonly Top10List[] = [
  weeklyList(countries, ['country_iso2']),
  weeklyList(global, []),
  popularList(91),
  popularList(28),
];
