import type { SqlConnection } from '../connection/sql.ts';

/** An import that this process has taken on. */
export interface ImportJob {
  readonly accountId: string;
  readonly id: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly fileName: string;
  /** What recognising the file found, as JSON. */
  readonly recognised: string;
  readonly profileName: string | null;
  readonly askedDateOrder: string | null;
  readonly askedTimeZone: string | null;
  readonly batchesDone: number;
  /** How often it was taken on since it last got further, this time included. */
  readonly attempts: number;
}

/** How long a worker may be silent before another takes its import over. */
const leaseSeconds = 15;

/** Notices to whoever works on imports or watches one; the payload is `account/import`. */
export const importChannel = 'watchprint_import';

/** Gives notice of a row of the import table, heard when its transaction is whole. @param channel Where the statement has it. */
export const importNotice = (channel: string): string => `pg_notify(${channel}, account_id::text || '/' || id::text)`;

/** The queue of imports: rows of the import table itself, so that an upload and its job are one row, written at once. */
export interface ImportQueue {
  /**
   * The oldest import that may start: of one account, only one at a time, in the order they came; of those alone whose original
   * is in the store of originals that the worker has.
   */
  claim(workerId: string, lakeId: string): Promise<ImportJob | null>;
  /** False when the import was taken over or deleted: then stop. */
  renew(job: ImportJob, workerId: string): Promise<boolean>;
  /** Puts an import back as it stands, for whoever comes next; that was no attempt. */
  giveBack(job: ImportJob, workerId: string): Promise<void>;
  /** Frees what earlier processes held; only where no other process can be at work. */
  releaseAll(): Promise<void>;
}

export function createImportQueue(sql: SqlConnection): ImportQueue {
  return {
    claim: (workerId, lakeId) =>
      sql.transaction(async (transaction) => {
        // Claims queue behind one another, so that two workers never take two imports of one account.
        await transaction.query(`SELECT pg_advisory_xact_lock(hashtextextended('watchprint import queue', 0))::text`);
        const [job] = await transaction.query<ImportJob>(
          `UPDATE import SET status = 'RUNNING', leased_by = $1::uuid, attempts = attempts + 1,
             leased_until = now() + make_interval(secs => $2::int)
           WHERE (account_id, id) = (
             SELECT account_id, id FROM import waiting
             WHERE (status = 'QUEUED' OR (status = 'RUNNING' AND leased_until < now()))
               AND (lake_id IS NULL OR lake_id = $3::uuid)
               AND NOT EXISTS (
                 SELECT FROM import running
                 WHERE running.account_id = waiting.account_id AND running.id <> waiting.id
                   AND running.status = 'RUNNING'
                   -- One that died where nobody has its original must not hold up the others for ever.
                   AND (running.leased_until >= now() OR running.lake_id IS NULL OR running.lake_id = $3::uuid))
             ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
           RETURNING account_id::text AS "accountId", id::text, sha256, bytes_total::float8 AS bytes, file_name AS "fileName",
             recognised::text, profile_name AS "profileName", asked_date_order AS "askedDateOrder", asked_time_zone AS "askedTimeZone",
             batches_done AS "batchesDone", attempts`,
          [workerId, leaseSeconds, lakeId],
        );
        return job ?? null;
      }),
    async renew(job, workerId) {
      const rows = await sql.query(
        `UPDATE import SET leased_until = now() + make_interval(secs => $4::int)
         WHERE account_id = $1::uuid AND id = $2::uuid AND leased_by = $3::uuid AND status = 'RUNNING' RETURNING 1 AS one`,
        [job.accountId, job.id, workerId, leaseSeconds],
      );
      return rows.length > 0;
    },
    async giveBack(job, workerId) {
      await sql.query(
        `UPDATE import SET status = 'QUEUED', leased_by = NULL, leased_until = NULL, attempts = greatest(attempts - 1, 0)
         WHERE account_id = $1::uuid AND id = $2::uuid AND leased_by = $3::uuid AND status = 'RUNNING'`,
        [job.accountId, job.id, workerId],
      );
    },
    async releaseAll() {
      await sql.query(`UPDATE import SET leased_until = now() - interval '1 second' WHERE status = 'RUNNING'`);
    },
  };
}
