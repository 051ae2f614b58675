import type { AccountSql } from './account-store.ts';

/** The last day on which each of some titles was watched in a country, by the account: for a series, any part of it. */
export async function lastViewedIn(
  sql: AccountSql,
  titleIds: readonly string[],
  country: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ id: string; day: string }>(
    `SELECT asked.id::text AS id, max(viewing.watched_on)::text AS day
     FROM unnest($2::uuid[]) AS asked(id)
     JOIN title ON title.id = asked.id OR title.series_id = asked.id
     JOIN match ON match.account_id = $1::uuid AND match.shown_title_id = title.id
     JOIN viewing ON viewing.account_id = $1::uuid AND viewing.match_id = match.id AND viewing.country = $3 AND NOT viewing.supplemental
     GROUP BY asked.id`,
    [titleIds, country],
  );
  return new Map(rows.map(({ id, day }) => [id, day]));
}
