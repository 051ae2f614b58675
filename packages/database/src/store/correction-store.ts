import { nameId } from '../batch/name-id.ts';
import type { AccountSql } from './account-store.ts';

/** What a person says that a string is. */
export interface CorrectionToSave {
  readonly rawTitle: string;
  /** The catalogue's film or series; null: none of them. */
  readonly workId: string | null;
  readonly episodeId: string | null;
}

/** Where the correction of a string is: there before the string, and after it. */
export const correctionId = (rawTitle: string): string => nameId('correction', rawTitle);

/** Keeps corrections, each in the place of an earlier one of its string. */
export async function saveCorrections(sql: AccountSql, corrections: readonly CorrectionToSave[]): Promise<void> {
  const distinct = [...new Map(corrections.map((correction) => [correction.rawTitle, correction])).values()];
  await sql.query(
    `INSERT INTO correction (account_id, id, raw_title, work_id, episode_id)
     SELECT $1::uuid, id, raw_title, work_id, episode_id
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) AS given(id, raw_title, work_id, episode_id)
     ON CONFLICT (account_id, id) DO UPDATE SET work_id = excluded.work_id, episode_id = excluded.episode_id`,
    [
      distinct.map(({ rawTitle }) => correctionId(rawTitle)),
      distinct.map(({ rawTitle }) => rawTitle),
      distinct.map(({ workId }) => workId),
      distinct.map(({ episodeId }) => episodeId),
    ],
  );
}

export async function removeCorrection(sql: AccountSql, rawTitle: string): Promise<void> {
  await sql.query('DELETE FROM correction WHERE account_id = $1::uuid AND id = $2::uuid', [correctionId(rawTitle)]);
}

/** Those that there are of some strings, by the string. */
export async function correctionsOf(
  sql: AccountSql,
  rawTitles: readonly string[],
): Promise<Map<string, CorrectionToSave>> {
  const found = await sql.query<CorrectionToSave>(
    `SELECT raw_title AS "rawTitle", work_id AS "workId", episode_id AS "episodeId" FROM correction
     WHERE account_id = $1::uuid AND id = ANY($2::uuid[])`,
    [rawTitles.map(correctionId)],
  );
  return new Map(found.map((correction) => [correction.rawTitle, correction]));
}

/** Removes corrections of strings that the account no longer has: whose they were, nobody knows. */
export async function removeCorrectionsWithoutString(sql: AccountSql): Promise<void> {
  await sql.query(
    `DELETE FROM correction WHERE account_id = $1::uuid
       AND raw_title NOT IN (SELECT raw_title FROM match WHERE account_id = $1::uuid)`,
  );
}
