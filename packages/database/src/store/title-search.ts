import type { AccountSql } from './account-store.ts';

export interface NamedTitle {
  /** Of what it was joined to, where it was. */
  readonly id: string;
  readonly name: string;
}

/** Titles that were read from the account's strings and have a text in their names, by way of the strings: theirs are few. */
export function titlesByName(sql: AccountSql, text: string, kind: string | null, limit: number): Promise<NamedTitle[]> {
  return sql.query<NamedTitle>(
    `SELECT DISTINCT coalesce(title.joined_to_id, title.id)::text AS id, title.name
     FROM match JOIN title leaf ON leaf.id = match.title_id
     CROSS JOIN LATERAL unnest(ARRAY[leaf.id, leaf.series_id, leaf.season_id]) AS part(id)
     JOIN title ON title.id = part.id
     WHERE match.account_id = $1::uuid AND title.name ILIKE $2 AND ($3::text IS NULL OR title.kind = $3::text::"TitleKind")
     ORDER BY 1, 2 LIMIT $4::int`,
    [`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`, kind, limit],
  );
}
