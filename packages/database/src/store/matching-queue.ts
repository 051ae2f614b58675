import type { SqlConnection } from '../connection/sql.ts';
import type { AccountSql } from './account-store.ts';

/** The matching of an account's strings that this process has taken on. */
export interface MatchingJob {
  readonly accountId: string;
  /** How often it was taken on since it last got further, this time included. */
  readonly attempts: number;
}

/** How long a worker may be silent before another takes its job over. */
const leaseSeconds = 15;

/** Notices to whoever matches; the payload is the account's id. */
export const matchingChannel = 'watchprint_matching';

const notice = (channel: string) => `pg_notify(${channel}, account_id::text)`;

/** What follows an INSERT of accounts into `matching`: each is queued, and one that is at work goes once more. @param channel the parameter. */
export const queueAgain = (channel: string): string => `ON CONFLICT (account_id) DO UPDATE SET attempts = 0,
    again = matching.status = 'RUNNING', status = CASE WHEN matching.status = 'RUNNING' THEN matching.status ELSE 'QUEUED' END
  RETURNING ${notice(channel)}`;

/**
 * Has the account's strings matched that are not yet: part of the transaction that makes it necessary. A run that is at work goes
 * once more.
 */
export async function requestMatching(sql: AccountSql): Promise<void> {
  await sql.query(`INSERT INTO matching (account_id) VALUES ($1::uuid) ${queueAgain('$2')}`, [matchingChannel]);
}

/** Has the strings of every account matched that were last matched with another matcher or catalogue, or never. */
export async function requestAllMatching(sql: SqlConnection, matchedWith: string): Promise<void> {
  await sql.query(
    `INSERT INTO matching (account_id)
     SELECT id FROM account WHERE deleting_since IS NULL AND EXISTS (SELECT FROM match WHERE account_id = account.id)
       AND NOT EXISTS (SELECT FROM matching WHERE account_id = account.id AND matched_with = $1 AND status <> 'FAILED')
     ${queueAgain('$2')}`,
    [matchedWith, matchingChannel],
  );
}

/** The queue of matchings: an account has one row, so one is matched once at a time. */
export interface MatchingQueue {
  /** The oldest that may start. @param only those whose account looked names up. */
  claim(workerId: string, only?: 'look-ups'): Promise<MatchingJob | null>;
  /** Takes it further. False when it was taken over, or the account is gone: then stop. */
  renew(job: MatchingJob, workerId: string, progress?: MatchingProgress): Promise<boolean>;
  /** Puts it back as it stands, for whoever comes next; that was no attempt. */
  giveBack(job: MatchingJob, workerId: string): Promise<void>;
  /** Keeps what is about to change. */
  report(job: MatchingJob, workerId: string, changes: object): Promise<void>;
  /** @param matchedWith Which matcher and state of the catalogue its strings are matched with now. */
  complete(job: MatchingJob, workerId: string, matchedWith: string): Promise<void>;
  fail(job: MatchingJob, workerId: string, error: { readonly code: string; readonly message: string }): Promise<void>;
  /** Frees what earlier processes held; only where no other process can be at work. */
  releaseAll(): Promise<void>;
}

export interface MatchingProgress {
  readonly total: number;
  readonly done: number;
}

export function createMatchingQueue(sql: SqlConnection): MatchingQueue {
  const held = `account_id = $1::uuid AND leased_by = $2::uuid AND status = 'RUNNING'`;
  return {
    async claim(workerId, only) {
      const [job] = await sql.query<MatchingJob>(
        `UPDATE matching SET status = 'RUNNING', leased_by = $1::uuid, attempts = attempts + 1,
           leased_until = now() + make_interval(secs => $2::int), finished_at = NULL, error_code = NULL, error_message = NULL,
           started_at = CASE WHEN status = 'QUEUED' THEN now() ELSE coalesce(started_at, now()) END, strings_done = 0
         WHERE account_id = (
           SELECT account_id FROM matching waiting JOIN account ON account.id = waiting.account_id AND deleting_since IS NULL
           WHERE (status = 'QUEUED' OR (status = 'RUNNING' AND leased_until < now())) AND (NOT $3::boolean OR EXISTS (
             SELECT FROM look_up WHERE look_up.account_id = waiting.account_id))
           ORDER BY waiting.created_at, account_id LIMIT 1 FOR UPDATE OF waiting SKIP LOCKED)
         RETURNING account_id::text AS "accountId", attempts`,
        [workerId, leaseSeconds, only !== undefined],
      );
      return job ?? null;
    },
    async renew({ accountId }, workerId, progress) {
      const rows = await sql.query(
        `UPDATE matching SET leased_until = now() + make_interval(secs => $3::int),
           attempts = CASE WHEN $4::int IS NULL THEN attempts ELSE 1 END,
           strings_total = coalesce($4::int, strings_total), strings_done = coalesce($5::int, strings_done)
         WHERE ${held} RETURNING 1 AS one`,
        [accountId, workerId, leaseSeconds, progress?.total ?? null, progress?.done ?? null],
      );
      return rows.length > 0;
    },
    async giveBack({ accountId }, workerId) {
      await sql.query(
        `UPDATE matching SET status = 'QUEUED', leased_by = NULL, leased_until = NULL, attempts = greatest(attempts - 1, 0)
         WHERE ${held}`,
        [accountId, workerId],
      );
    },
    async report({ accountId }, workerId, changes) {
      await sql.query(`UPDATE matching SET changes = $3::text::jsonb WHERE ${held}`, [
        accountId,
        workerId,
        JSON.stringify(changes),
      ]);
    },
    async complete({ accountId }, workerId, matchedWith) {
      await sql.query(
        `UPDATE matching SET status = (CASE WHEN again THEN 'QUEUED' ELSE 'COMPLETED' END)::"MatchingStatus", again = false,
           matched_with = $4,
           leased_by = NULL, leased_until = NULL, finished_at = now(), attempts = 0
         WHERE ${held} RETURNING ${notice('$3')}`,
        [accountId, workerId, matchingChannel, matchedWith],
      );
    },
    async fail({ accountId }, workerId, { code, message }) {
      await sql.query(
        `UPDATE matching SET status = 'FAILED', again = false, error_code = $3, error_message = $4, leased_by = NULL,
           leased_until = NULL, finished_at = now() WHERE ${held} RETURNING ${notice('$5')}`,
        [accountId, workerId, code, message, matchingChannel],
      );
    },
    async releaseAll() {
      await sql.query(`UPDATE matching SET leased_until = now() - interval '1 second' WHERE status = 'RUNNING'`);
    },
  };
}
