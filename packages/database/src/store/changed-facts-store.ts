import type { Sql } from '../connection/sql.ts';

/**
 * Which facts have changed since somebody looked last. Rows carry the number of the transaction that changed them: numbers of what is
 * under way lie at or above the least one that is still running, so who asks from there on misses nothing, whichever commits first.
 * (PostgreSQL's manual, System Information Functions: pg_current_xact_id, pg_snapshot_xmin.)
 */
export interface ChangedFacts {
  /** From where to ask next, in decimal. */
  readonly next: string;
  /** Some may be told more than once: `changedIn` tells which are. */
  readonly changed: readonly { readonly kind: string; readonly subject: string; readonly changedIn: string }[];
}

/** SQL for the number of the transaction that it stands in. */
export const thisTransaction = 'pg_current_xact_id()::text::bigint';

/** @param since What was answered last; null: from now on. */
export async function changedFacts(sql: Sql, since: string | null): Promise<ChangedFacts> {
  const [answer] = await sql.query<{ next: string; changed: [string, string, string][] | null }>(
    `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS next, (
       SELECT json_agg(json_build_array(kind, subject, changed_in::text)) FROM enrichment
       WHERE changed_in >= $1::bigint AND changed_in < pg_snapshot_xmax(pg_current_snapshot())::text::bigint) AS changed`,
    [since],
  );
  if (answer === undefined) throw new Error('A statement without a table answered no row');
  return {
    next: answer.next,
    changed: (answer.changed ?? []).map(([kind, subject, changedIn]) => ({ kind, subject, changedIn })),
  };
}

/** For a database whose rows were written by another: their numbers mean nothing here. */
export async function forgetChanges(sql: Sql): Promise<void> {
  await sql.query('UPDATE enrichment SET changed_in = 0 WHERE changed_in <> 0');
}
