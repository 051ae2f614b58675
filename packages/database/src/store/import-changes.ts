import type { AccountSql } from './account-store.ts';
import type { ViewingPlace } from './viewing-page.ts';

export type ViewingChange = 'ADDED' | 'GONE' | 'MOVED';

/** How many rows of one import and the one before it differ. */
export interface ChangeCounts {
  readonly added: number;
  readonly gone: number;
  readonly moved: number;
}

export interface ChangedRow extends ViewingPlace {
  readonly change: ViewingChange;
  /** Days since 1970: the day that a moved row had before; null for the others. */
  readonly previouslyOn: number | null;
}

/** Rows that an import contained, those too that an earlier one had brought; trailers are no viewings. */
const rowsOf = (importId: string) => `
  SELECT viewing.* FROM viewing WHERE account_id = $1::uuid AND import_id = ${importId}::uuid AND NOT supplemental
  UNION ALL
  SELECT viewing.* FROM viewing_import other JOIN viewing ON viewing.account_id = $1::uuid AND viewing.id = other.viewing_id
  WHERE other.account_id = $1::uuid AND other.import_id = ${importId}::uuid AND NOT supplemental`;

/**
 * The completed import before this one that it can be compared with: it has rows of one of the same profiles, and of the same kind
 * (with days only, or with instants). Null for the first of its kind.
 */
export async function importBefore(sql: AccountSql, importId: string): Promise<string | null> {
  const [before] = await sql.query<{ id: string }>(
    `WITH kinds AS (SELECT DISTINCT profile_id, occurrence > 0 AS is_dated FROM (${rowsOf('$2')}) AS row)
     SELECT before.id::text FROM import before JOIN import own ON own.account_id = $1::uuid AND own.id = $2::uuid
     WHERE before.account_id = $1::uuid AND before.status = 'COMPLETED' AND own.status = 'COMPLETED'
       AND (before.created_at, before.id) < (own.created_at, own.id)
       AND EXISTS (SELECT FROM (${rowsOf('before.id')}) AS row
         JOIN kinds ON kinds.profile_id = row.profile_id AND kinds.is_dated = (row.occurrence > 0))
     ORDER BY before.created_at DESC, before.id DESC LIMIT 1`,
    [importId],
  );
  return before?.id ?? null;
}

/**
 * What differs, by profile and kind of row that both imports have. A history has a video once, on the day it was last watched:
 * where that day is gone and a later one has come, the row has moved.
 */
const changed = `
  WITH before AS (${rowsOf('$2')}), after AS (${rowsOf('$3')}),
  shared AS (
    SELECT profile_id, occurrence > 0 AS is_dated FROM before INTERSECT SELECT profile_id, occurrence > 0 FROM after),
  gone AS (
    SELECT before.*, row_number() OVER (PARTITION BY before.profile_id, match_id, occurrence > 0 ORDER BY ordered_at DESC, id) AS nth
    FROM before JOIN shared ON shared.profile_id = before.profile_id AND is_dated = (occurrence > 0)
    WHERE NOT EXISTS (SELECT FROM after WHERE after.id = before.id)),
  added AS (
    SELECT after.*, row_number() OVER (PARTITION BY after.profile_id, match_id, occurrence > 0 ORDER BY ordered_at DESC, id) AS nth
    FROM after JOIN shared ON shared.profile_id = after.profile_id AND is_dated = (occurrence > 0)
    WHERE NOT EXISTS (SELECT FROM before WHERE before.id = after.id)),
  moved AS (
    SELECT added.id, added.ordered_at, gone.id AS gone_id, gone.watched_on AS previously_on
    FROM added JOIN gone ON gone.profile_id = added.profile_id AND gone.match_id = added.match_id AND gone.nth = added.nth
    WHERE added.occurrence > 0 AND gone.occurrence > 0 AND added.ordered_at > gone.ordered_at),
  change AS (
    SELECT id, ordered_at, 'MOVED' AS change, previously_on - date '1970-01-01' AS previously_on FROM moved
    UNION ALL
    SELECT id, ordered_at, 'ADDED', NULL FROM added WHERE NOT EXISTS (SELECT FROM moved WHERE moved.id = added.id)
    UNION ALL
    SELECT id, ordered_at, 'GONE', NULL FROM gone WHERE NOT EXISTS (SELECT FROM moved WHERE moved.gone_id = gone.id))`;

/** @param before As `importBefore` found it. */
export async function changeCounts(sql: AccountSql, before: string, importId: string): Promise<ChangeCounts> {
  const [counts] = await sql.query<ChangeCounts>(
    `${changed}
     SELECT (count(*) FILTER (WHERE change = 'ADDED'))::int AS added, (count(*) FILTER (WHERE change = 'GONE'))::int AS gone,
       (count(*) FILTER (WHERE change = 'MOVED'))::int AS moved
     FROM change`,
    [before, importId],
  );
  if (counts === undefined) throw new Error('count(*) answered no row');
  return counts;
}

/** A page of what differs, newest first. @param only One kind of change; null for all. */
export function changedRows(
  sql: AccountSql,
  before: string,
  importId: string,
  only: ViewingChange | null,
  after: ViewingPlace | null,
  limit: number,
): Promise<ChangedRow[]> {
  return sql.query<ChangedRow>(
    `${changed}
     SELECT id::text, (extract(epoch FROM ordered_at) * 1000)::float8 AS "orderedAt", change, previously_on AS "previouslyOn"
     FROM change
     WHERE ($4::text IS NULL OR change = $4) AND ($5::float8 IS NULL OR ordered_at < to_timestamp($5)
       OR (ordered_at = to_timestamp($5) AND id > $6::bigint))
     ORDER BY ordered_at DESC, change.id LIMIT $7::int`,
    [before, importId, only, after === null ? null : after.orderedAt / 1000, after?.id ?? null, limit],
  );
}
