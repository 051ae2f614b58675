import type { AccountSql, AccountStore } from './account-store.ts';
import { historyChanged } from './history-version-store.ts';
import { lockAccount } from './title-store.ts';

/** A profile's time zone, and what there is to assume one from. */
export interface ProfileZone {
  readonly id: string;
  readonly timeZone: string;
  /** False once somebody has set it. */
  readonly isAssumed: boolean;
  /**
   * ISO 3166-1 alpha-2; of an assumed zone only, and null where no row names one. Rows of the export's other tables are asked where
   * there is no viewing. The first of those that are equally frequent.
   */
  readonly mainCountry: string | null;
}

/** Of one profile, or of all that the account has. */
export function profileZones(sql: AccountSql, profileId: string | null = null): Promise<ProfileZone[]> {
  return sql.query(
    `SELECT id::text, time_zone AS "timeZone", time_zone_assumed AS "isAssumed", CASE WHEN time_zone_assumed THEN coalesce((
       SELECT country FROM viewing
       WHERE viewing.account_id = $1::uuid AND viewing.profile_id = profile.id AND country IS NOT NULL
       GROUP BY country ORDER BY count(*) DESC, country LIMIT 1), (
       SELECT details->>'country' AS country FROM export_row row
       WHERE row.account_id = $1::uuid AND row.profile_id = profile.id AND details->>'country' ~ '^[A-Z]{2}$'
       GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1)) END::text AS "mainCountry"
     FROM profile WHERE account_id = $1::uuid AND ($2::uuid IS NULL OR id = $2::uuid) ORDER BY id`,
    [profileId],
  );
}

/** Counts a profile's days in the time zone that somebody has set, from now on. */
export function setTimeZone(account: AccountStore, profileId: string, timeZone: string): Promise<void> {
  return account.transaction(async (sql) => {
    await lockAccount(sql);
    await countDaysIn(sql, profileId, timeZone, false);
  });
}

/**
 * Counts a profile's days anew, as its rows stand now: in the time zone that is assumed from their main country, or in that
 * which somebody has set.
 */
export function settleTimeZone(
  account: AccountStore,
  profileId: string,
  assume: (mainCountry: string | null) => string,
): Promise<void> {
  return account.transaction(async (sql) => {
    // Under the lock: another import that ends meanwhile would assume a zone from fewer rows, and write it last.
    await lockAccount(sql);
    for (const { timeZone, isAssumed, mainCountry } of await profileZones(sql, profileId))
      await countDaysIn(sql, profileId, isAssumed ? assume(mainCountry) : timeZone, isAssumed);
  });
}

/** Rows that came without times keep their day. */
async function countDaysIn(sql: AccountSql, profileId: string, timeZone: string, isAssumed: boolean): Promise<void> {
  await sql.query(
    'UPDATE profile SET time_zone = $3, time_zone_assumed = $4 WHERE account_id = $1::uuid AND id = $2::uuid',
    [profileId, timeZone, isAssumed],
  );
  await sql.query(
    `UPDATE viewing SET watched_on = (ordered_at AT TIME ZONE $3)::date
     WHERE account_id = $1::uuid AND profile_id = $2::uuid AND occurrence = 0
       AND watched_on <> (ordered_at AT TIME ZONE $3)::date`,
    [profileId, timeZone],
  );
  // The zone itself is one of the settings that figures rest on; the days are their rows.
  await historyChanged(sql, [profileId]);
}
