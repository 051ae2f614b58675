import type { AccountSql } from './account-store.ts';
import type { MatchStatus } from './match-store.ts';

/** Where a string stands in a profile's list: those with most viewings first, then by the string. */
export interface MatchPlace {
  readonly id: string;
  readonly viewings: number;
  /** What the string begins with: whole, it may be longer than a cursor. */
  readonly beginning: string;
}

const beginning = 'left(raw_title, 200) COLLATE "C"';

const counted = `SELECT match_id, count(*)::int AS viewings FROM viewing
  WHERE account_id = $1::uuid AND profile_id = $2::uuid AND NOT supplemental AND NOT covered GROUP BY match_id`;

/** The strings of a profile, by how many of its viewings have each; after another place. */
export function matchPage(
  sql: AccountSql,
  profileId: string,
  status: MatchStatus | null,
  after: MatchPlace | null,
  limit: number,
): Promise<MatchPlace[]> {
  // By code point, so that the order is the same on every machine.
  return sql.query<MatchPlace>(
    `SELECT match.id::text, counted.viewings, ${beginning} AS beginning
     FROM (${counted}) counted JOIN match ON match.account_id = $1::uuid AND match.id = counted.match_id
     WHERE ($3::text IS NULL OR status = $3::text::"MatchStatus") AND ($4::int IS NULL OR counted.viewings < $4::int
       OR (counted.viewings = $4::int AND (${beginning}, match.id) > ($5::text COLLATE "C", $6::uuid)))
     ORDER BY counted.viewings DESC, ${beginning}, match.id LIMIT $7::int`,
    [profileId, status, after?.viewings ?? null, after?.beginning ?? null, after?.id ?? null, limit],
  );
}

export async function countMatches(sql: AccountSql, profileId: string, status: MatchStatus | null): Promise<number> {
  const [count] = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (${counted}) counted
     JOIN match ON match.account_id = $1::uuid AND match.id = counted.match_id
     WHERE $3::text IS NULL OR status = $3::text::"MatchStatus"`,
    [profileId, status],
  );
  return count?.count ?? 0;
}

/** How many viewings of the account have each of some strings; those with none are left out. */
export async function viewingCounts(sql: AccountSql, matchIds: readonly string[]): Promise<Map<string, number>> {
  const counts = await sql.query<{ id: string; viewings: number }>(
    `SELECT match_id::text AS id, count(*)::int AS viewings FROM viewing
     WHERE account_id = $1::uuid AND match_id = ANY($2::uuid[]) AND NOT supplemental AND NOT covered GROUP BY match_id`,
    [matchIds],
  );
  return new Map(counts.map(({ id, viewings }) => [id, viewings]));
}
