import type { AccountSql } from './account-store.ts';

/**
 * Says that figures of some profiles are to be worked out anew: their viewings, rows of their export or what their strings are taken for
 * have changed. Whoever changes any of that says so in the same transaction, so that nobody sees the one without the other.
 * @param profileIds `all` for all of the account's.
 */
export async function historyChanged(sql: AccountSql, profileIds: readonly string[] | 'all'): Promise<void> {
  if (profileIds.length === 0) return;
  await sql.query(
    `UPDATE profile SET history_version = history_version + 1
     WHERE account_id = $1::uuid AND ($2::uuid[] IS NULL OR id = ANY($2::uuid[]))`,
    [profileIds === 'all' ? null : profileIds],
  );
}

/** What the figures of a profile rest on, that is its own. */
export interface ProfileState {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** Those that somebody has set. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** In decimal. */
  readonly historyVersion: string;
}

/** Of one profile, or of all of the account's, by name. */
export function profileStates(sql: AccountSql, profileId: string | null = null): Promise<ProfileState[]> {
  return sql.query(
    `SELECT id::text, name, time_zone AS "timeZone", thresholds, history_version::text AS "historyVersion" FROM profile
     WHERE account_id = $1::uuid AND ($2::uuid IS NULL OR id = $2::uuid) AND deleting_since IS NULL ORDER BY name, id`,
    [profileId],
  );
}

/** Sets thresholds; null for one puts the usual one in its place again. */
export async function setThresholds(
  sql: AccountSql,
  profileId: string,
  thresholds: Readonly<Record<string, number | null>>,
): Promise<void> {
  await sql.query(
    `UPDATE profile SET thresholds = jsonb_strip_nulls(thresholds || $3::text::jsonb)
     WHERE account_id = $1::uuid AND id = $2::uuid`,
    [profileId, JSON.stringify(thresholds)],
  );
}
