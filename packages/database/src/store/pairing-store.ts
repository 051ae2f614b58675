import type { DatedRow } from '@watchprint/engine';
import type { AccountSql } from './account-store.ts';
import { historyChanged } from './history-version-store.ts';
import { firstFileOf } from './imported-file-store.ts';

/** A row with an instant, as pairing needs it. */
export interface PlayedRow {
  readonly rawTitle: string;
  /** Seconds since 1970. */
  readonly startedAt: number;
  /** -1 where the file does not say. */
  readonly seconds: number;
}

/** Profiles that have rows with days only beside rows with instants. */
export async function profilesToPair(sql: AccountSql): Promise<string[]> {
  const has = (condition: string) => `EXISTS (SELECT FROM viewing WHERE viewing.account_id = $1::uuid
    AND viewing.profile_id = profile.id AND ${condition})`;
  // A row that is covered but has lost what covered it must be found too.
  const profiles = await sql.query<{ id: string }>(
    `SELECT id::text FROM profile WHERE account_id = $1::uuid
       AND ${has('occurrence > 0')} AND (${has('occurrence = 0')} OR ${has('covered')})`,
  );
  return profiles.map(({ id }) => id);
}

export async function rowsToPair(
  sql: AccountSql,
  profileId: string,
): Promise<{ timeZone: string; dated: DatedRow[]; played: PlayedRow[] }> {
  const [profile] = await sql.query<{ timeZone: string }>(
    'SELECT time_zone AS "timeZone" FROM profile WHERE account_id = $1::uuid AND id = $2::uuid',
    [profileId],
  );
  const from = `FROM viewing JOIN match ON match.account_id = viewing.account_id AND match.id = viewing.match_id
    WHERE viewing.account_id = $1::uuid AND viewing.profile_id = $2::uuid AND NOT supplemental`;
  const dated = await sql.query<DatedRow>(
    `SELECT viewing.id::text, match.raw_title AS "rawTitle", watched_on - date '1970-01-01' AS day ${from} AND occurrence > 0`,
    [profileId],
  );
  const played = await sql.query<PlayedRow>(
    `SELECT match.raw_title AS "rawTitle", extract(epoch FROM ordered_at)::float8 AS "startedAt", seconds ${from} AND occurrence = 0`,
    [profileId],
  );
  // A profile that has gone meanwhile has no rows either.
  return { timeZone: profile?.timeZone ?? 'UTC', dated, played };
}

/**
 * Marks the rows that another stands for, and no others. Each counts as a duplicate of its import while it is marked,
 * whichever of the two came first: so the counts, like the rows, depend only on the imports that are there.
 */
export async function saveCovered(sql: AccountSql, profileId: string, covered: ReadonlySet<string>): Promise<void> {
  const [changed] = await sql.query(
    `WITH wanted AS (SELECT unnest($3::bigint[]) AS id),
     changed AS (
       UPDATE viewing SET covered = NOT covered
       WHERE account_id = $1::uuid AND profile_id = $2::uuid AND occurrence > 0
         AND covered <> (id IN (SELECT id FROM wanted))
       RETURNING import_id, covered),
     counts AS (
       SELECT import_id, sum(CASE WHEN covered THEN 1 ELSE -1 END)::int AS newly FROM changed GROUP BY import_id),
     files AS (
       UPDATE imported_file file SET rows_imported = rows_imported - newly
       FROM counts WHERE file.account_id = $1::uuid AND file.import_id = counts.import_id AND file.place = (
         ${firstFileOf("'VIEWING_HISTORY'")}))
     UPDATE import SET rows_imported = rows_imported - newly, rows_duplicate = rows_duplicate + newly
     FROM counts WHERE import.account_id = $1::uuid AND import.id = counts.import_id RETURNING 1 AS one`,
    [profileId, [...covered]],
  );
  if (changed !== undefined) await historyChanged(sql, [profileId]);
}
