import type { Sql } from '../connection/sql.ts';

/** A source's switches, and how its hosts are doing. */
export interface SourceRow {
  readonly name: string;
  readonly enabled: boolean;
  /** Between two requests to one of its hosts, in milliseconds; null: the default. */
  readonly gapMs: number | null;
}

/** What is switched on at first start; what somebody set since stays. */
export async function seedSources(sql: Sql, sources: readonly { name: string; enabled: boolean }[]): Promise<void> {
  await sql.query(
    `INSERT INTO source (name, enabled) SELECT * FROM unnest($1::text[], $2::boolean[]) ON CONFLICT (name) DO NOTHING`,
    [sources.map(({ name }) => name), sources.map(({ enabled }) => enabled)],
  );
}

export const readSources = (sql: Sql): Promise<SourceRow[]> =>
  sql.query<SourceRow>('SELECT name, enabled, gap_ms AS "gapMs" FROM source ORDER BY name');

/** Notices to every process: a source was switched. */
export const sourcesChannel = 'watchprint_sources';

/** @param change What is left out stays. */
export async function updateSourceRow(
  sql: Sql,
  name: string,
  change: { readonly enabled?: boolean | undefined; readonly gapMs?: number | undefined },
): Promise<void> {
  await sql.query(
    `UPDATE source SET enabled = coalesce($2::boolean, enabled), gap_ms = coalesce($3::int, gap_ms)
     WHERE name = $1 RETURNING pg_notify($4, name)`,
    [name, change.enabled ?? null, change.gapMs ?? null, sourcesChannel],
  );
}

/** How a source's hosts are doing, all together. */
export interface SourceHealth {
  readonly source: string;
  readonly pagesRead: number;
  readonly lastReadAt: Date | null;
  /** Until when its most troubled host is left alone; null: no host is, and none was until lately. */
  readonly openUntil: Date | null;
}

export const readSourceHealth = (sql: Sql): Promise<SourceHealth[]> =>
  sql.query<SourceHealth>(
    `SELECT source, sum(pages_read)::int AS "pagesRead", max(last_read_at) AS "lastReadAt", max(open_until) AS "openUntil"
     FROM source_host GROUP BY source`,
  );
