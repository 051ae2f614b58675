import { storableText } from '../batch/storable-text.ts';
import type { Sql } from '../connection/sql.ts';

/** Which kind of page of which source: `wikidata`, `items`. */
export interface PageKind {
  readonly source: string;
  readonly kind: string;
}

/** A page that turned us away. */
export interface RefusedPage {
  readonly key: string;
  readonly errorCode: string;
  readonly reason: string;
  /** When it may be asked again. */
  readonly until: Date;
}

/** Those of some pages that are to be left alone. */
export const refusedPages = (sql: Sql, { source, kind }: PageKind, keys: readonly string[]): Promise<RefusedPage[]> =>
  sql.query<RefusedPage>(
    `SELECT key, error_code AS "errorCode", reason, until FROM refused_page
     WHERE source = $1 AND kind = $2 AND key = ANY($3::text[]) AND until > now()`,
    [source, kind, keys.map(storableText)],
  );

/** Remembers refusals, and forgets those that are over. */
export async function rememberRefusals(
  sql: Sql,
  { source, kind }: PageKind,
  refused: readonly RefusedPage[],
): Promise<void> {
  // In one order, or two who are refused the same would wait for each other.
  const distinct = [...new Map(refused.map((one) => [storableText(one.key), one]))].sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  if (distinct.length === 0) return;
  await sql.query(
    `INSERT INTO refused_page (source, kind, key, error_code, reason, until)
     SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[])
     ON CONFLICT (source, kind, key) DO UPDATE SET error_code = excluded.error_code, reason = excluded.reason, until = excluded.until`,
    [
      source,
      kind,
      distinct.map(([key]) => key),
      distinct.map(([, { errorCode }]) => errorCode),
      distinct.map(([, { reason }]) => storableText(reason)),
      distinct.map(([, { until }]) => until.toISOString()),
    ],
  );
  await sql.query(
    `DELETE FROM refused_page USING (
       SELECT source, kind, key FROM refused_page WHERE until <= now() ORDER BY source, kind, key FOR UPDATE SKIP LOCKED) AS past
     WHERE refused_page.source = past.source AND refused_page.kind = past.kind AND refused_page.key = past.key`,
    [],
  );
}
