import { headOfId } from '../batch/name-id.ts';
import type { Sql } from '../connection/sql.ts';
import type { AccountSql } from './account-store.ts';
import { matchingChannel, queueAgain } from './matching-queue.ts';
import { idRanges } from './title-store.ts';

/** A film or series that was only read, of which nothing was found. */
export interface UnknownTitle {
  readonly kind: 'MOVIE' | 'SERIES';
  readonly name: string;
  /** One of its strings. */
  readonly matchId: string;
}

/** Whether nothing was found for a string; where several works are as likely, more of them are no help. */
const isUnknown = "match.status IN ('READ', 'UNMATCHED')";

/** Which of these films and series have strings that nothing was found for. @param titleIds of titles that were only read. */
export function unknownTitles(account: AccountSql, titleIds: readonly string[]): Promise<UnknownTitle[]> {
  if (titleIds.length === 0) return Promise.resolve([]);
  // Ids of a series' parts begin like its own.
  return account.query<UnknownTitle>(
    `WITH strings AS MATERIALIZED (
       SELECT DISTINCT ON (head) left(title_id::text, 18) AS head, id FROM match
       WHERE account_id = $1::uuid AND ${isUnknown} AND left(title_id::text, 18) = ANY($2::text[]) ORDER BY head, id)
     SELECT title.kind::text, title.name, strings.id::text AS "matchId"
     FROM title JOIN strings ON strings.head = left(title.id::text, 18)
     WHERE title.id = ANY($3::uuid[]) AND title.account_id = $1::uuid AND title.kind IN ('MOVIE', 'SERIES')`,
    [titleIds.map(headOfId), titleIds],
  );
}

/** All of a profile's films and series that nothing was found for, the most watched first. */
export function unknownTitlesOf(account: AccountSql, profileId: string): Promise<UnknownTitle[]> {
  return account.query<UnknownTitle>(
    `WITH counted AS (
       SELECT match_id, count(*)::int AS viewings FROM viewing
       WHERE account_id = $1::uuid AND profile_id = $2::uuid AND NOT supplemental AND NOT covered GROUP BY match_id),
     whole AS (
       SELECT coalesce(title.series_id, title.id) AS id, sum(viewings) AS viewings, min(match.id::text) AS match_id
       FROM counted JOIN match ON match.account_id = $1::uuid AND match.id = counted.match_id
       JOIN title ON title.id = match.title_id
       WHERE ${isUnknown} GROUP BY 1)
     SELECT title.kind::text, title.name, whole.match_id AS "matchId"
     FROM whole JOIN title ON title.id = whole.id
     WHERE title.account_id = $1::uuid AND title.kind IN ('MOVIE', 'SERIES')
     ORDER BY whole.viewings DESC, title.id`,
    [profileId],
  );
}

/** A name under which sources are asked for what a string may be. */
export interface LookUp {
  /** In small letters. */
  readonly name: string;
  /** Of one of its strings, which may be gone: ids of its group begin alike. */
  readonly matchId: string;
}

export interface StoredLookUp extends LookUp {
  /** ISO 639: in which it was looked up. */
  readonly languages: readonly string[];
}

/**
 * Remembers what an account looks up, so that its strings are matched when a source has answered. One that is new is due: what it is for may be
 * known already.
 * @param wantsFacts Whether facts of what they turn out to be are to be read then.
 */
export async function saveLookUps(
  account: AccountSql,
  lookUps: readonly LookUp[],
  language: string,
  wantsFacts = false,
): Promise<void> {
  const distinct = [...new Map(lookUps.map((one) => [one.name, one])).values()].sort((one, other) =>
    one.name < other.name ? -1 : 1,
  );
  if (distinct.length === 0) return;
  await account.query(
    `INSERT INTO look_up (account_id, name, match_id, languages, wants_facts, answered_at)
     SELECT $1::uuid, *, ARRAY[$4::text], $5::boolean, now() FROM unnest($2::text[], $3::uuid[])
     ON CONFLICT (account_id, name) DO UPDATE SET match_id = excluded.match_id,
       wants_facts = look_up.wants_facts OR excluded.wants_facts,
       languages = CASE WHEN $4::text = ANY(look_up.languages) THEN look_up.languages ELSE look_up.languages || $4::text END,
       answered_at = CASE WHEN $4::text = ANY(look_up.languages) THEN look_up.answered_at ELSE now() END
     WHERE look_up.match_id <> excluded.match_id OR (excluded.wants_facts AND NOT look_up.wants_facts)
       OR NOT $4::text = ANY(look_up.languages)`,
    [distinct.map(({ name }) => name), distinct.map(({ matchId }) => matchId), language, wantsFacts],
  );
}

/** All that an account ever looked up. */
export const lookUpsOf = (account: AccountSql): Promise<StoredLookUp[]> =>
  account.query<StoredLookUp>(
    `SELECT name, match_id::text AS "matchId", languages FROM look_up WHERE account_id = $1::uuid ORDER BY name`,
  );

/** Has the strings matched that these names were looked up for, of whichever account. */
export async function lookUpsAnswered(sql: Sql, names: readonly string[]): Promise<void> {
  await sql.query(
    `WITH answered AS (UPDATE look_up SET answered_at = clock_timestamp() WHERE name = ANY($1::text[]) RETURNING account_id)
     INSERT INTO matching (account_id) SELECT DISTINCT account_id FROM answered ORDER BY account_id
     ${queueAgain('$2')}`,
    [names, matchingChannel],
  );
}

/** A look-up whose strings are still to be matched with what sources have answered. */
export interface DueLookUp extends LookUp {
  readonly answeredAt: Date;
}

/** @param names of which; null: all. */
export const dueLookUps = (account: AccountSql, names: readonly string[] | null = null): Promise<DueLookUp[]> =>
  account.query<DueLookUp>(
    `SELECT name, match_id::text AS "matchId", answered_at AS "answeredAt" FROM look_up
     WHERE account_id = $1::uuid AND answered_at IS NOT NULL AND ($2::text[] IS NULL OR name = ANY($2::text[])) ORDER BY name`,
    [names],
  );

/** Has the groups of some strings matched anew. */
export async function matchGroupsAnew(account: AccountSql, matchIds: readonly string[]): Promise<void> {
  if (matchIds.length === 0) return;
  await account.query(
    `UPDATE match SET matched_with = NULL FROM unnest($2::uuid[], $3::uuid[]) AS wanted(first, last)
     WHERE match.account_id = $1::uuid AND match.id BETWEEN wanted.first AND wanted.last AND matched_with IS NOT NULL`,
    idRanges([...new Set(matchIds.map(headOfId))]),
  );
}

/** Those of the groups that an account looked up which are not matched with this matcher and catalogue: an id of each. */
export async function staleLookedUp(account: AccountSql, matchedWith: string): Promise<string[]> {
  const rows = await account.query<{ id: string }>(
    `SELECT DISTINCT ON (left(match.id::text, 18)) match.id::text FROM match
     JOIN (SELECT DISTINCT left(match_id::text, 18) AS head FROM look_up WHERE account_id = $1::uuid) looked
       ON left(match.id::text, 18) = looked.head
     WHERE match.account_id = $1::uuid AND matched_with IS DISTINCT FROM $2 ORDER BY left(match.id::text, 18)`,
    [matchedWith],
  );
  return rows.map(({ id }) => id);
}

/**
 * Their strings are matched now, with all that was answered until then.
 * @returns strings of those whose facts are to be read.
 */
export async function settleLookUps(account: AccountSql, due: readonly DueLookUp[]): Promise<string[]> {
  if (due.length === 0) return [];
  const settled = await account.query<{ matchId: string; wantsFacts: boolean }>(
    `UPDATE look_up SET answered_at = NULL FROM unnest($2::text[], $3::text[]) AS matched(name, answered_at)
     WHERE account_id = $1::uuid AND look_up.name = matched.name AND look_up.answered_at = matched.answered_at::timestamptz
     RETURNING match_id::text AS "matchId", wants_facts AS "wantsFacts"`,
    [due.map(({ name }) => name), due.map(({ answeredAt }) => answeredAt.toISOString())],
  );
  return settled.flatMap(({ matchId, wantsFacts }) => (wantsFacts ? matchId : []));
}
