import type { AccountSql, AccountStore } from './account-store.ts';
import { lockAccount } from './title-store.ts';

/** A profile's time zone, and what there is to assume one from. */
export interface ProfileZone {
  readonly id: string;
  readonly timeZone: string;
  /** False once somebody has set it. */
  readonly isAssumed: boolean;
  /** ISO 3166-1 alpha-2; of an assumed zone only, and null where no row names one. The first of those that are equally frequent. */
  readonly mainCountry: string | null;
}

export function profileZones(sql: AccountSql): Promise<ProfileZone[]> {
  return sql.query(
    `SELECT id::text, time_zone AS "timeZone", time_zone_assumed AS "isAssumed", CASE WHEN time_zone_assumed THEN (
       SELECT country FROM viewing
       WHERE viewing.account_id = $1::uuid AND viewing.profile_id = profile.id AND country IS NOT NULL
       GROUP BY country ORDER BY count(*) DESC, country LIMIT 1) END::text AS "mainCountry"
     FROM profile WHERE account_id = $1::uuid ORDER BY id`,
  );
}

/**
 * Counts a profile's days in a time zone from now on. Rows that came without times keep their day.
 * @param word whose word it is: what the rows say never overrules what somebody set.
 */
export function moveToTimeZone(
  account: AccountStore,
  profileId: string,
  timeZone: string,
  word: 'SET' | 'ASSUMED',
): Promise<void> {
  return account.transaction(async (sql) => {
    await lockAccount(sql);
    const moved = await sql.query(
      `UPDATE profile SET time_zone = $3, time_zone_assumed = time_zone_assumed AND $4
       WHERE account_id = $1::uuid AND id = $2::uuid AND (time_zone_assumed OR NOT $4 OR time_zone = $3) RETURNING id`,
      [profileId, timeZone, word === 'ASSUMED'],
    );
    if (moved.length === 0) return;
    await sql.query(
      `UPDATE viewing SET watched_on = (ordered_at AT TIME ZONE $3)::date
       WHERE account_id = $1::uuid AND profile_id = $2::uuid AND occurrence = 0
         AND watched_on <> (ordered_at AT TIME ZONE $3)::date`,
      [profileId, timeZone],
    );
  });
}
