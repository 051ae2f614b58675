import { headOfId } from '../batch/name-id.ts';
import type { Sql, SqlValue } from '../connection/sql.ts';
import type { AccountSql } from './account-store.ts';

/** A title that a profile watched, which sources can be asked about. */
export interface WatchedTitle {
  /** Its own; of a season, null. */
  readonly imdbId: string | null;
  readonly kind: 'MOVIE' | 'SERIES' | 'SEASON' | 'EPISODE';
  readonly name: string;
  readonly year: number | null;
  readonly endYear: number | null;
  /** Of an episode or season: its series'. */
  readonly seriesImdbId: string | null;
  readonly seriesName: string | null;
  readonly seriesYear: number | null;
  readonly seriesEndYear: number | null;
  readonly seasonNumber: number | null;
  readonly viewings: number;
}

/** Of which viewings: a profile's, or those of the groups of some strings. */
export type WatchedBy = { readonly profileId: string } | { readonly matchIds: readonly string[] };

/** The titles of the catalogue that viewings show, the most watched first. */
export function watchedTitles(sql: AccountSql, by: WatchedBy): Promise<WatchedTitle[]> {
  const [condition, value] =
    'profileId' in by
      ? ['profile_id = $2::uuid', by.profileId]
      : ['left(match_id::text, 18) = ANY($2::text[])', by.matchIds.map(headOfId)];
  return sql.query<WatchedTitle>(
    `WITH counted AS (
       SELECT match_id, count(*)::int AS viewings FROM viewing
       WHERE account_id = $1::uuid AND ${condition} AND NOT supplemental AND NOT covered GROUP BY match_id),
     shown AS (
       SELECT match.shown_title_id AS id, sum(viewings)::int AS viewings
       FROM counted JOIN match ON match.account_id = $1::uuid AND match.id = counted.match_id
       WHERE match.shown_title_id IS NOT NULL GROUP BY 1)
     SELECT title.imdb_id AS "imdbId", title.kind::text, title.name, title.year::int, title.end_year::int AS "endYear",
       series.imdb_id AS "seriesImdbId", series.name AS "seriesName", series.year::int AS "seriesYear",
       series.end_year::int AS "seriesEndYear", title.season_number AS "seasonNumber", shown.viewings
     FROM shown JOIN title ON title.id = shown.id
     LEFT JOIN title series ON series.id = coalesce(title.catalogue_series_id, title.series_id)
     WHERE title.imdb_id IS NOT NULL OR series.imdb_id IS NOT NULL
     ORDER BY shown.viewings DESC, title.id`,
    [value as SqlValue],
  );
}

/** How many of some facts are known, failed, or waited for; what nobody ever asked for is none of them. */
export interface EnrichmentCounts {
  readonly done: number;
  readonly failed: number;
  readonly pending: number;
}

export async function countEnrichments(
  sql: Sql,
  keys: readonly { readonly kind: string; readonly subject: string }[],
): Promise<EnrichmentCounts> {
  const [counts] = await sql.query<EnrichmentCounts>(
    `SELECT count(*) FILTER (WHERE wanted_at IS NOT NULL)::int AS pending,
       count(*) FILTER (WHERE wanted_at IS NULL AND failure IS NOT NULL)::int AS failed,
       count(*) FILTER (WHERE wanted_at IS NULL AND failure IS NULL AND answer IS NOT NULL)::int AS done
     FROM unnest($1::text[], $2::text[]) AS asked(kind, subject) JOIN enrichment USING (kind, subject)`,
    [keys.map(({ kind }) => kind), keys.map(({ subject }) => subject)],
  );
  return counts ?? { done: 0, failed: 0, pending: 0 };
}
