import type { Sql } from '../connection/sql.ts';

/** What is stored of one kind of facts; facts are null where the source has no such title. */
export type StoredFacts = readonly [
  kind: string,
  subject: string,
  fetchedAtMs: number,
  pageKey: string | null,
  facts: unknown,
];

/**
 * What sources answered about many titles, in one statement and as one text.
 * @param kinds Of which `subjects` are looked for.
 * @param wholeKinds Of which all there is comes too: codes, of which there are few.
 */
export async function readFactsOf(
  sql: Sql,
  kinds: readonly string[],
  subjects: readonly string[],
  wholeKinds: readonly string[],
): Promise<readonly StoredFacts[]> {
  const [row] = await sql.query<{ facts: string | null }>(
    `SELECT json_agg(json_build_array(kind, subject, (extract(epoch FROM fetched_at) * 1000)::float8, page_key,
       CASE WHEN answer = 'FOUND' THEN facts END))::text AS facts
     FROM enrichment
     WHERE answer IS NOT NULL AND ((kind = ANY($1::text[]) AND subject = ANY($2::text[])) OR kind = ANY($3::text[]))`,
    [kinds, subjects, wholeKinds],
  );
  return row?.facts == null ? [] : (JSON.parse(row.facts) as StoredFacts[]);
}
