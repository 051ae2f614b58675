import type { PreparedExportRows } from '../batch/prepared-export-rows.ts';
import type { AccountSql } from './account-store.ts';
import { historyChanged } from './history-version-store.ts';
import { firstFileOf } from './imported-file-store.ts';

/** Adds those of the rows that are not there, and remembers that this import contains the others too. @returns how many were added. */
export async function addExportRows(sql: AccountSql, { importId, table, rows }: PreparedExportRows): Promise<number> {
  if (rows.length === 0) return 0;
  const [counts] = await sql.query<{ added: number }>(
    `WITH row AS (
       SELECT * FROM jsonb_to_recordset($2::text::jsonb)
         AS row(id uuid, "profileId" uuid, at float8, "rawTitle" text, details jsonb)),
     known AS (
       INSERT INTO export_row_import (account_id, import_id, row_id)
       SELECT $1::uuid, $3::uuid, row.id FROM row JOIN export_row stored ON stored.account_id = $1::uuid AND stored.id = row.id
       WHERE stored.import_id <> $3::uuid ON CONFLICT DO NOTHING),
     added AS (
       INSERT INTO export_row (account_id, id, import_id, profile_id, export_table, at, raw_title, details)
       SELECT $1::uuid, id, $3::uuid, "profileId", $4::text::"ExportTable", to_timestamp(at), "rawTitle", details FROM row
       ON CONFLICT (account_id, id) DO NOTHING RETURNING 1)
     SELECT count(*)::int AS added FROM added`,
    [JSON.stringify(rows), importId, table],
  );
  return counts?.added ?? 0;
}

/** Lets go of every row of an import; each goes to the earliest of the other imports that contained it, with the counts. */
export async function releaseExportRows(sql: AccountSql, importId: string): Promise<void> {
  await sql.query('DELETE FROM export_row_import WHERE account_id = $1::uuid AND import_id = $2::uuid', [importId]);
  await sql.query(
    `WITH heir AS (
       SELECT DISTINCT ON (row.id) row.id, other.import_id
       FROM export_row row
       JOIN export_row_import other ON other.account_id = $1::uuid AND other.row_id = row.id
       JOIN import ON import.account_id = $1::uuid AND import.id = other.import_id
       WHERE row.account_id = $1::uuid AND row.import_id = $2::uuid
       ORDER BY row.id, import.created_at, import.id),
     passed AS (
       UPDATE export_row row SET import_id = heir.import_id FROM heir
       WHERE row.account_id = $1::uuid AND row.id = heir.id
       RETURNING row.id, heir.import_id, row.export_table),
     freed AS (
       DELETE FROM export_row_import other USING passed
       WHERE other.account_id = $1::uuid AND other.row_id = passed.id AND other.import_id = passed.import_id),
     counts AS (SELECT import_id, export_table, count(*)::int AS rows FROM passed GROUP BY import_id, export_table)
     UPDATE imported_file file SET rows_imported = rows_imported + counts.rows FROM counts
     WHERE file.account_id = $1::uuid AND file.import_id = counts.import_id
       AND file.place = (${firstFileOf('counts.export_table')})`,
    [importId],
  );
  const [removed] = await sql.query<{ rows: number; profiles: string[] | null }>(
    `WITH gone AS (DELETE FROM export_row WHERE account_id = $1::uuid AND import_id = $2::uuid RETURNING profile_id)
     SELECT (count(*) FILTER (WHERE profile_id IS NULL))::int AS rows,
       array_agg(DISTINCT profile_id::text) FILTER (WHERE profile_id IS NOT NULL) AS profiles FROM gone`,
    [importId],
  );
  // What is no profile's is every profile's: what was paid.
  await historyChanged(sql, (removed?.rows ?? 0) > 0 ? 'all' : (removed?.profiles ?? []));
}
