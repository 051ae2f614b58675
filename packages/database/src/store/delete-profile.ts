import { namelessProfile } from '../batch/nameless-profile.ts';
import type { StringReader } from '../batch/prepared-strings.ts';
import type { AccountSql, AccountStore } from './account-store.ts';
import { removeCorrectionsWithoutString } from './correction-store.ts';
import { requestMatching } from './matching-queue.ts';
import { lockAccount, type RemovedString, settleRemovedStrings } from './title-store.ts';

/** Rows that go in one transaction: on the embedded database everybody else waits for its end. */
const piece = 10_000;
/** Strings likewise: more, since each piece looks through all strings for what still uses its titles. */
const stringPiece = 20_000;

/** What an original leaves behind on the files of its import. */
const note = 'The file is no longer kept: a profile that it contained was deleted.';

/**
 * Marks a profile as one that is to go: nobody finds it any more, its names are free, and what may hold rows of it beside the rows
 * themselves is blanked.
 *
 * Imports that contained rows of it will have no original; those that failed will not either, since nobody knows whose rows
 * they have.
 *
 * @returns the import that has not ended, in place of beginning: it may hold rows of the profile that are still to come.
 */
export function beginProfileDeletion(
  account: AccountStore,
  profileId: string,
): Promise<'begun' | 'not found' | { readonly waitsFor: string }> {
  return account.transaction(async (sql) => {
    await lockAccount(sql);
    const [profile] = await sql.query('SELECT 1 AS one FROM profile WHERE account_id = $1::uuid AND id = $2::uuid', [
      profileId,
    ]);
    if (profile === undefined) return 'not found';
    const [active] = await sql.query<{ fileName: string }>(
      `SELECT file_name AS "fileName" FROM import WHERE account_id = $1::uuid AND status IN ('QUEUED', 'RUNNING')
       ORDER BY created_at, id LIMIT 1`,
    );
    if (active !== undefined) return { waitsFor: active.fileName };
    await blankImports(sql, profileId);
    await sql.query('DELETE FROM profile_alias WHERE account_id = $1::uuid AND profile_id = $2::uuid', [profileId]);
    await sql.query(
      // Names are kept without space around them: no other can be called so.
      `UPDATE profile SET name = chr(10) || id::text, deleting_since = coalesce(deleting_since, now())
       WHERE account_id = $1::uuid AND id = $2::uuid`,
      [profileId],
    );
    return 'begun';
  });
}

/**
 * Imports that had rows of the profile, and those that may have: a history that was sent as its, also where no row could be read; a
 * table with a row that could not be read and has its name in a field.
 */
async function blankImports(sql: AccountSql, profileId: string): Promise<void> {
  const concerned = await sql.query<{ id: string }>(
    `WITH called AS MATERIALIZED (
       SELECT name FROM profile WHERE account_id = $1::uuid AND id = $2::uuid
       UNION SELECT name FROM profile_alias WHERE account_id = $1::uuid AND profile_id = $2::uuid)
     UPDATE import SET original_kept = false, date_order_reason = NULL, error_message = NULL,
       profile_name = CASE WHEN profile_name NOT IN (SELECT name FROM called) THEN profile_name END
     WHERE account_id = $1::uuid AND (status = 'FAILED' OR (format = 'NETFLIX_VIEWING_HISTORY'
       AND coalesce(profile_name, '${namelessProfile}') IN (SELECT name FROM called)) OR id IN (
       SELECT import_id FROM rejected_row JOIN called
         ON position(',' || name || ',' IN ',' || translate(content, ';"' || chr(9), ',,,') || ',') > 0
         WHERE account_id = $1::uuid
       UNION
       SELECT import_id FROM viewing WHERE account_id = $1::uuid AND profile_id = $2::uuid
       UNION SELECT other.import_id FROM viewing_import other
         JOIN viewing ON viewing.account_id = $1::uuid AND viewing.id = other.viewing_id AND viewing.profile_id = $2::uuid
         WHERE other.account_id = $1::uuid
       UNION SELECT import_id FROM export_row WHERE account_id = $1::uuid AND profile_id = $2::uuid
       UNION SELECT other.import_id FROM export_row_import other
         JOIN export_row ON export_row.account_id = $1::uuid AND export_row.id = other.row_id AND export_row.profile_id = $2::uuid
         WHERE other.account_id = $1::uuid))
     RETURNING id::text`,
    [profileId],
  );
  const ids = concerned.map(({ id }) => id);
  await sql.query(`UPDATE rejected_row SET content = '' WHERE account_id = $1::uuid AND import_id = ANY($2::uuid[])`, [
    ids,
  ]);
  await sql.query(`UPDATE imported_file SET note = $3 WHERE account_id = $1::uuid AND import_id = ANY($2::uuid[])`, [
    ids,
    note,
  ]);
}

/** What the rows of a piece were to each import that contained them. */
interface Released {
  readonly rows: number;
  /** Of them, viewings that were shown. */
  readonly viewings: number;
}

/** Removes some of a profile's rows, with the counts of the imports that contained them. @returns null when none are left. */
async function removePiece(account: AccountStore, profileId: string): Promise<Released | null> {
  const [released] = await account.transaction(async (sql) => {
    await lockAccount(sql);
    return sql.query<Released>(
      `WITH piece AS MATERIALIZED (
         SELECT id FROM viewing WHERE account_id = $1::uuid AND profile_id = $2::uuid ORDER BY ordered_at LIMIT ${piece}),
       further AS (
         DELETE FROM viewing_import USING piece WHERE account_id = $1::uuid AND viewing_id = piece.id RETURNING import_id),
       gone AS (
         DELETE FROM viewing USING piece WHERE viewing.account_id = $1::uuid AND viewing.id = piece.id
         RETURNING import_id, supplemental, covered),
       counts AS (
         SELECT import_id, sum(imported)::int AS imported, sum(duplicate)::int AS duplicate, sum(supplemental)::int AS supplemental
         FROM (
           SELECT import_id, (NOT covered)::int AS imported, covered::int AS duplicate, supplemental::int FROM gone
           UNION ALL SELECT import_id, 0, 1, 0 FROM further) row
         GROUP BY import_id),
       counted AS (
         UPDATE import SET rows_read = rows_read - imported - duplicate, rows_imported = rows_imported - imported,
           rows_duplicate = rows_duplicate - duplicate, rows_supplemental = rows_supplemental - supplemental
         FROM counts WHERE import.account_id = $1::uuid AND import.id = counts.import_id),
       ${filesCounted("file.export_table IN ('VIEWING_ACTIVITY', 'VIEWING_HISTORY')", 'imported + duplicate')}
       SELECT count(*)::int AS rows, (count(*) FILTER (WHERE NOT supplemental AND NOT covered))::int AS viewings FROM gone`,
      [profileId],
    );
  });
  return released !== undefined && released.rows > 0 ? released : null;
}

/**
 * Takes rows off the files of their imports: off the first that has so many of the table. Which of several files of a table a row
 * stood in is not kept.
 */
const filesCounted = (isOfTable: string, read: string) => `
  files AS (
    SELECT file.import_id, file.place, ${read} AS read, counts.imported,
      coalesce(sum(file.rows_read) OVER before, 0) AS read_before, coalesce(sum(file.rows_imported) OVER before, 0) AS imported_before
    FROM imported_file file JOIN counts ON counts.import_id = file.import_id AND ${isOfTable}
    WHERE file.account_id = $1::uuid
    WINDOW before AS (PARTITION BY counts.* ORDER BY file.place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)),
  files_counted AS (
    UPDATE imported_file SET
      rows_read = rows_read - least(rows_read, greatest(files.read - files.read_before, 0)),
      rows_imported = rows_imported - least(rows_imported, greatest(files.imported - files.imported_before, 0))
    FROM files
    WHERE imported_file.account_id = $1::uuid AND imported_file.import_id = files.import_id AND imported_file.place = files.place)`;

/** Removes some of a profile's rows of an export's other tables. @returns how many. */
async function removeExportPiece(account: AccountStore, profileId: string): Promise<number> {
  const [released] = await account.transaction(async (sql) => {
    await lockAccount(sql);
    return sql.query<{ rows: number }>(
      `WITH piece AS MATERIALIZED (
         SELECT id FROM export_row WHERE account_id = $1::uuid AND profile_id = $2::uuid LIMIT ${piece}),
       further AS (
         DELETE FROM export_row_import other USING piece WHERE account_id = $1::uuid AND row_id = piece.id
         RETURNING other.import_id, other.row_id),
       gone AS (
         DELETE FROM export_row USING piece WHERE export_row.account_id = $1::uuid AND export_row.id = piece.id
         RETURNING export_row.id, import_id, export_table),
       counts AS (
         SELECT import_id, export_table, sum(imported)::int AS imported, count(*)::int AS read FROM (
           SELECT import_id, export_table, 1 AS imported FROM gone
           UNION ALL SELECT further.import_id, export_table, 0 FROM further JOIN gone ON gone.id = further.row_id) row
         GROUP BY import_id, export_table),
       ${filesCounted('file.export_table = counts.export_table', 'counts.read')}
       SELECT count(*)::int AS rows FROM gone`,
      [profileId],
    );
  });
  return released?.rows ?? 0;
}

/**
 * Removes the rows of a profile whose deletion has begun, then the strings and titles that nothing else uses, piece by piece; after
 * each, everything that is left is whole.
 * @param pause Called between two pieces; may stop it all by throwing, to be gone on with another time.
 * @returns how many viewings that removed, trailers not counted.
 */
export async function removeProfileRows(
  account: AccountStore,
  profileId: string,
  reader: StringReader,
  pause: () => void,
): Promise<number> {
  let viewings = 0;
  for (let released = await removePiece(account, profileId); released !== null; ) {
    viewings += released.viewings;
    pause();
    released = await removePiece(account, profileId);
  }
  while ((await removeExportPiece(account, profileId)) > 0) pause();
  await removeUnusedStrings(account, reader, pause);
  return viewings;
}

/** Goes through the account's strings in the order of their ids, in which those of a group stand together. */
async function removeUnusedStrings(account: AccountStore, reader: StringReader, pause: () => void): Promise<void> {
  for (let last: string | null = '00000000-0000-0000-0000-000000000000'; last !== null; ) {
    pause();
    const after: string = last;
    last = await account.transaction(async (sql) => {
      await lockAccount(sql);
      const range = `SELECT id FROM match WHERE account_id = $1::uuid AND id > $2::uuid ORDER BY id LIMIT ${stringPiece}`;
      const [end] = await sql.query<{ last: string | null }>(
        `SELECT (SELECT id FROM (${range}) range ORDER BY id DESC LIMIT 1)::text AS last`,
        [after],
      );
      const strings = await sql.query<RemovedString>(
        `DELETE FROM match WHERE account_id = $1::uuid AND id > $2::uuid AND id <= $3::uuid
           AND NOT EXISTS (SELECT FROM viewing WHERE viewing.account_id = $1::uuid AND viewing.match_id = match.id)
         RETURNING id::text, title_id::text AS "titleId"`,
        [after, end?.last ?? after],
      );
      await settleRemovedStrings(sql, strings, reader);
      return end?.last ?? null;
    });
  }
}

/** Ends the deletion of a profile: it goes, what people said of strings that the account has no more, and with it the imports whose original is gone and of which no row is left. */
export function endProfileDeletion(account: AccountStore, profileId: string): Promise<void> {
  return account.transaction(async (sql) => {
    await lockAccount(sql);
    await removeCorrectionsWithoutString(sql);
    await requestMatching(sql);
    await sql.query(
      `DELETE FROM import WHERE account_id = $1::uuid AND NOT original_kept AND status = 'COMPLETED' AND id NOT IN (
         SELECT import_id FROM viewing WHERE account_id = $1::uuid
         UNION SELECT import_id FROM viewing_import WHERE account_id = $1::uuid
         UNION SELECT import_id FROM export_row WHERE account_id = $1::uuid
         UNION SELECT import_id FROM export_row_import WHERE account_id = $1::uuid)`,
    );
    await sql.query(
      'DELETE FROM profile WHERE account_id = $1::uuid AND id = $2::uuid AND deleting_since IS NOT NULL',
      [profileId],
    );
  });
}

/** Originals that an account's imports no longer have, in hexadecimal. */
export async function releasedOriginals(account: AccountSql): Promise<string[]> {
  const rows = await account.query<{ sha256: string }>(
    'SELECT DISTINCT sha256 FROM import WHERE account_id = $1::uuid AND NOT original_kept ORDER BY sha256',
  );
  return rows.map(({ sha256 }) => sha256);
}
