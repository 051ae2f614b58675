import type { AccountSql } from './account-store.ts';

/** A row of an export's other table: its table, seconds since 1970, title as it stands there, what else it says. */
export type StoredExportRow = readonly [
  table: string,
  at: number | null,
  rawTitle: string | null,
  details: Readonly<Record<string, unknown>>,
];

/** Rows of some tables, of a profile or, where that is null, of none: the account's own. */
export async function readExportRows(
  sql: AccountSql,
  profileId: string | null,
  tables: readonly string[],
): Promise<readonly StoredExportRow[]> {
  const [row] = await sql.query<{ rows: string | null }>(
    `SELECT json_agg(json_build_array(export_table, extract(epoch FROM at)::float8, raw_title, details))::text AS rows
     FROM export_row WHERE account_id = $1::uuid AND profile_id IS NOT DISTINCT FROM $2::uuid
       AND export_table::text = ANY($3::text[])`,
    [profileId, tables],
  );
  return row?.rows == null ? [] : (JSON.parse(row.rows) as StoredExportRow[]);
}

/** What a profile's strings call the films and series that they were taken for. */
export async function readNames(sql: AccountSql, profileId: string): Promise<{ workId: string; name: string }[]> {
  return sql.query(
    `SELECT DISTINCT coalesce(title.catalogue_series_id, title.series_id, title.id)::text AS "workId",
       coalesce(series.name, read.name) AS name
     FROM (SELECT DISTINCT match_id FROM viewing
       WHERE account_id = $1::uuid AND profile_id = $2::uuid AND NOT supplemental AND NOT covered) own
     JOIN match ON match.account_id = $1::uuid AND match.id = own.match_id
     JOIN title ON title.id = match.shown_title_id
     JOIN title read ON read.id = match.title_id
     LEFT JOIN title series ON series.id = read.series_id
     ORDER BY 1, 2`,
    [profileId],
  );
}
