import type { SqlValue } from '../connection/sql.ts';
import type { AccountSql } from './account-store.ts';

/** Which viewings of a profile to list. Days since 1970-01-01, inclusive; null and false leave a condition out. */
export interface ViewingConditions {
  readonly from: number | null;
  readonly to: number | null;
  readonly kind: string | null;
  /** A title; a series' or season's brings its parts. */
  readonly titleId: string | null;
  /** Part of the string, whatever its case. */
  readonly search: string | null;
  /** 1 Monday to 7 Sunday, of the day in the profile's time zone. */
  readonly weekday: number | null;
  /** 0 to 23 on the clock of `timeZone`; rows without times have none. */
  readonly hour: number | null;
  readonly timeZone: string;
  readonly device: string | null;
  readonly country: string | null;
  /** Titles that are shown, by their ids; null: any. */
  readonly titleIds: readonly string[] | null;
  readonly includeAccidental: boolean;
}

/** Where a viewing stands in the list: newest first, those of one instant in the order of their file. */
export interface ViewingPlace {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly orderedAt: number;
}

/** The places of one page, after another place; fetches no more rows than `limit`. */
export function viewingPage(
  sql: AccountSql,
  profileId: string,
  conditions: ViewingConditions,
  after: ViewingPlace | null,
  limit: number,
): Promise<ViewingPlace[]> {
  const values = new Values(profileId);
  const where = whereOf(conditions, values);
  if (after !== null) {
    const instant = `to_timestamp($${values.add(after.orderedAt / 1000)}::float8)`;
    // The first condition is what the index is read from; the second settles rows of the same instant.
    where.push(`ordered_at <= ${instant}`);
    where.push(`(ordered_at < ${instant} OR id > $${values.add(after.id)}::bigint)`);
  }
  // `id` alone would be the text that is selected: 10 before 9.
  return sql.query<ViewingPlace>(
    `SELECT id::text, (extract(epoch FROM ordered_at) * 1000)::float8 AS "orderedAt" FROM viewing
     WHERE ${where.join(' AND ')} ORDER BY ordered_at DESC, viewing.id LIMIT $${values.add(limit)}::int`,
    values.given,
  );
}

/** How many viewings the conditions leave. */
export async function countViewings(
  sql: AccountSql,
  profileId: string,
  conditions: ViewingConditions,
): Promise<number> {
  const values = new Values(profileId);
  const where = whereOf(conditions, values).join(' AND ');
  const [row] = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM viewing WHERE ${where}`,
    values.given,
  );
  return row?.count ?? 0;
}

/** The values of a statement behind the account, which is the first. */
class Values {
  readonly given: SqlValue[];

  constructor(...given: SqlValue[]) {
    this.given = given;
  }

  /** @returns its number. */
  add(value: SqlValue): number {
    return this.given.push(value) + 1;
  }
}

function whereOf(conditions: ViewingConditions, values: Values): string[] {
  const where = ['account_id = $1::uuid', 'profile_id = $2::uuid', 'NOT supplemental', 'NOT covered'];
  const add = (condition: (place: string) => string, value: SqlValue) => {
    if (value !== null) where.push(condition(`$${values.add(value)}`));
  };
  if (!conditions.includeAccidental) where.push('NOT accidental');
  add((day) => `watched_on >= date '1970-01-01' + ${day}::int`, conditions.from);
  add((day) => `watched_on <= date '1970-01-01' + ${day}::int`, conditions.to);
  add((weekday) => `extract(isodow FROM watched_on) = ${weekday}::int`, conditions.weekday);
  if (conditions.hour !== null)
    where.push(
      `occurrence = 0 AND extract(hour FROM ordered_at AT TIME ZONE $${values.add(conditions.timeZone)}) =
         $${values.add(conditions.hour)}::int`,
    );
  add((device) => `device = ${device}`, conditions.device);
  add((country) => `country = ${country}`, conditions.country);
  const strings: string[] = [];
  const addString = (condition: (place: string) => string, value: SqlValue) => {
    if (value !== null) strings.push(condition(`$${values.add(value)}`));
  };
  const pattern = conditions.search === null ? null : `%${conditions.search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  addString((text) => `match.raw_title ILIKE ${text}`, pattern);
  if (conditions.titleIds !== null) strings.push(`title.id = ANY($${values.add(conditions.titleIds)}::uuid[])`);
  addString((kind) => `title.kind = ${kind}::"TitleKind"`, conditions.kind);
  addString(
    // The id of a title that was joined to the catalogue means what it was joined to.
    (
      id,
    ) => `coalesce((SELECT joined_to_id FROM title WHERE title.id = ${id}::uuid AND account_id = $1::uuid), ${id}::uuid)
       IN (title.id, coalesce(title.catalogue_series_id, title.series_id), title.season_id, season.joined_to_id)`,
    conditions.titleId,
  );
  if (strings.length > 0)
    where.push(
      `match_id IN (SELECT match.id FROM match LEFT JOIN title ON title.id = match.shown_title_id
         LEFT JOIN title season ON season.id = title.season_id
         WHERE match.account_id = $1::uuid AND ${strings.join(' AND ')})`,
    );
  return where;
}
