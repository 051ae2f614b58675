import type { StringReader } from '../batch/prepared-strings.ts';
import type { AccountSql, AccountStore, AccountTransaction } from './account-store.ts';
import { releaseExportRows } from './export-row-store.ts';
import { historyChanged } from './history-version-store.ts';
import { firstFileOf } from './imported-file-store.ts';
import { requestMatching } from './matching-queue.ts';
import { removeUnusedProfiles } from './profile-store.ts';
import { lockAccount, type RemovedString, settleRemovedStrings } from './title-store.ts';

/** What a deletion took with it. */
export interface DeletedImport {
  readonly viewingsRemoved: number;
  /** Its original, which other imports may have too. */
  readonly sha256: string;
}

/**
 * Takes one import back. A row stays while any import that contained it stays; what was only this import's goes, with the
 * strings, titles and profiles that nothing else uses. Counts of the imports that take rows over read as if it had never been
 * sent; groups that lost a string are read anew.
 *
 * @returns null when the account has no such import.
 */
export function deleteImport(
  account: AccountStore,
  importId: string,
  reader: StringReader,
): Promise<DeletedImport | null> {
  return account.transaction(async (sql) => {
    await lockAccount(sql);
    const [found] = await sql.query<{ sha256: string }>(
      'SELECT sha256 FROM import WHERE account_id = $1::uuid AND id = $2::uuid FOR UPDATE',
      [importId],
    );
    if (found === undefined) return null;
    const viewingsRemoved = await releaseRows(sql, importId, reader);
    await requestMatching(sql);
    await sql.query('DELETE FROM import WHERE account_id = $1::uuid AND id = $2::uuid', [importId]);
    return { viewingsRemoved, sha256: found.sha256 };
  });
}

/**
 * Lets go of every row of an import, and of the strings, titles and profiles that nothing else uses then. Needs the lock on
 * the account's strings.
 * @returns how many viewings that removed, trailers not counted.
 */
export async function releaseRows(sql: AccountTransaction, importId: string, reader: StringReader): Promise<number> {
  await sql.query('DELETE FROM viewing_import WHERE account_id = $1::uuid AND import_id = $2::uuid', [importId]);
  await passRowsOn(sql, importId);
  await releaseExportRows(sql, importId);
  const [removed] = await sql.query<{ viewings: number; profiles: string[] | null }>(
    `WITH gone AS (
       DELETE FROM viewing WHERE account_id = $1::uuid AND import_id = $2::uuid RETURNING profile_id, supplemental, covered)
     SELECT (count(*) FILTER (WHERE NOT supplemental AND NOT covered))::int AS viewings,
       array_agg(DISTINCT profile_id::text) AS profiles FROM gone`,
    [importId],
  );
  await historyChanged(sql, removed?.profiles ?? []);
  const strings = await sql.query<RemovedString>(
    `DELETE FROM match WHERE account_id = $1::uuid
       AND NOT EXISTS (SELECT FROM viewing WHERE viewing.account_id = $1::uuid AND viewing.match_id = match.id)
     RETURNING id::text, title_id::text AS "titleId"`,
  );
  await settleRemovedStrings(sql, strings, reader);
  await removeUnusedProfiles(sql, importId);
  return removed?.viewings ?? 0;
}

/** Hands each row to the earliest of the other imports that contained it. */
async function passRowsOn(sql: AccountSql, importId: string): Promise<void> {
  await sql.query(
    `WITH heir AS (
       SELECT DISTINCT ON (viewing.id) viewing.id, other.import_id
       FROM viewing
       JOIN viewing_import other ON other.account_id = $1::uuid AND other.viewing_id = viewing.id
       JOIN import ON import.account_id = $1::uuid AND import.id = other.import_id
       WHERE viewing.account_id = $1::uuid AND viewing.import_id = $2::uuid
       ORDER BY viewing.id, import.created_at, import.id),
     passed AS (
       UPDATE viewing SET import_id = heir.import_id FROM heir
       WHERE viewing.account_id = $1::uuid AND viewing.id = heir.id
       RETURNING viewing.id, heir.import_id, viewing.supplemental, viewing.covered, viewing.occurrence),
     freed AS (
       DELETE FROM viewing_import USING passed
       WHERE viewing_import.account_id = $1::uuid AND viewing_import.viewing_id = passed.id
         AND viewing_import.import_id = passed.import_id),
     counts AS (
       SELECT import_id, (count(*) FILTER (WHERE NOT covered))::int AS rows, (count(*) FILTER (WHERE supplemental))::int AS supplemental
       FROM passed GROUP BY import_id),
     by_table AS (
       SELECT import_id, (CASE WHEN occurrence > 0 THEN 'VIEWING_HISTORY' ELSE 'VIEWING_ACTIVITY' END)::"ExportTable" AS export_table,
         (count(*) FILTER (WHERE NOT covered))::int AS rows
       FROM passed GROUP BY 1, 2),
     files AS (
       UPDATE imported_file file SET rows_imported = rows_imported + counts.rows
       FROM by_table counts WHERE file.account_id = $1::uuid AND file.import_id = counts.import_id
         AND file.place = (${firstFileOf('counts.export_table')}))
     UPDATE import SET rows_imported = rows_imported + counts.rows, rows_duplicate = rows_duplicate - counts.rows,
       rows_supplemental = rows_supplemental + counts.supplemental
     FROM counts WHERE import.account_id = $1::uuid AND import.id = counts.import_id`,
    [importId],
  );
}
