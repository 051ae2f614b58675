import type { Sql } from '../connection/sql.ts';

/** A host's turn was taken. */
export interface TakenTurn {
  readonly breaker: unknown;
}

/** What a host's turn ended with. */
export interface EndedTurn {
  readonly gapMs: number;
  readonly breaker: unknown;
  readonly openUntil: Date | null;
  readonly wasAnswered: boolean;
}

export interface HostRobots {
  readonly status: number | null;
  readonly text: string;
  readonly fetchedAt: Date;
}

/** How soon to look again for a turn that somebody has, in milliseconds. */
const lookAgainMs = 25;

/**
 * Takes a host's turn where it is free: nobody has it, and the gap since the last is over. By the database's clock, which all share.
 * @returns the turn; or how long to wait, in milliseconds.
 */
export async function takeTurn(
  sql: Sql,
  { host, source, workerId, holdMs }: { host: string; source: string; workerId: string; holdMs: number },
): Promise<TakenTurn | { readonly waitMs: number }> {
  const [turn] = await sql.query<{ isTaken: boolean; breaker: unknown; waitMs: number }>(
    `WITH taken AS (
       INSERT INTO source_host AS known (host, source, taken_by, taken_until)
       VALUES ($1, $2, $3::uuid, clock_timestamp() + make_interval(secs => $4::float8 / 1000))
       ON CONFLICT (host) DO UPDATE SET taken_by = excluded.taken_by, taken_until = excluded.taken_until
       WHERE (known.taken_until IS NULL OR known.taken_until < clock_timestamp()) AND known.next_at <= clock_timestamp()
       RETURNING breaker)
     SELECT true AS "isTaken", breaker, 0::int AS "waitMs" FROM taken
     UNION ALL
     SELECT false, NULL, CASE WHEN taken_until IS NOT NULL AND taken_until > clock_timestamp() THEN $5::int
       ELSE greatest(1, ceil(extract(epoch FROM next_at - clock_timestamp()) * 1000))::int END
     FROM source_host WHERE host = $1 AND NOT EXISTS (SELECT FROM taken)`,
    [host, source, workerId, holdMs, lookAgainMs],
  );
  if (turn === undefined) return { waitMs: lookAgainMs };
  return turn.isTaken ? { breaker: turn.breaker } : { waitMs: turn.waitMs };
}

/** Instants are kept to the millisecond, so the gap is one longer: never one too short. */
export async function endTurn(sql: Sql, host: string, workerId: string, ended: EndedTurn): Promise<void> {
  const { gapMs, breaker, openUntil, wasAnswered } = ended;
  await sql.query(
    `UPDATE source_host SET taken_by = NULL, taken_until = NULL,
       next_at = clock_timestamp() + make_interval(secs => ($3::float8 + 1) / 1000), breaker = $4::jsonb, open_until = $5::timestamptz,
       pages_read = pages_read + $6::int, last_read_at = CASE WHEN $6::int = 1 THEN now() ELSE last_read_at END
     WHERE host = $1 AND taken_by = $2::uuid`,
    [
      host,
      workerId,
      gapMs,
      breaker === null ? null : JSON.stringify(breaker),
      openUntil?.toISOString() ?? null,
      wasAnswered ? 1 : 0,
    ],
  );
}

/** Frees turns of earlier processes; only where no other process can be at work. */
export async function releaseTurns(sql: Sql): Promise<void> {
  await sql.query('UPDATE source_host SET taken_by = NULL, taken_until = NULL WHERE taken_by IS NOT NULL');
}

export async function hostRobots(sql: Sql, host: string): Promise<HostRobots | null> {
  const [row] = await sql.query<HostRobots & { fetchedAt: Date | null }>(
    `SELECT robots_status::int AS status, coalesce(robots_text, '') AS text, robots_fetched_at AS "fetchedAt"
     FROM source_host WHERE host = $1`,
    [host],
  );
  return row === undefined || row.fetchedAt === null ? null : row;
}

export async function keepHostRobots(
  sql: Sql,
  host: string,
  source: string,
  { status, text, fetchedAt }: HostRobots,
): Promise<void> {
  await sql.query(
    `INSERT INTO source_host (host, source, robots_status, robots_text, robots_fetched_at) VALUES ($1, $2, $3::int, $4, $5::timestamptz)
     ON CONFLICT (host) DO UPDATE SET robots_status = excluded.robots_status, robots_text = excluded.robots_text,
       robots_fetched_at = excluded.robots_fetched_at`,
    [host, source, status, text.replaceAll('\0', ''), fetchedAt.toISOString()],
  );
}
