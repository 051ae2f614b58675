import { randomUUID } from 'node:crypto';
import {
  accountStore,
  createImportQueue,
  type Database,
  type ImportJob,
  ImportLostError,
  importChannel,
  lockAccount,
  releaseRows,
} from '@watchprint/database';
import { EngineError } from '@watchprint/engine';
import type { Originals } from '@watchprint/lake';
import type { Logger } from 'pino';
import { createBell } from './bell.ts';
import { readRows } from './run-import.ts';
import { settleProfiles } from './settle-profiles.ts';
import { stringReader } from './string-reader.ts';
import { tidy } from './tidy.ts';

export interface ImportWorker {
  stop(): Promise<void>;
}

/** How often to look for imports that another process left behind; new ones announce themselves. */
const lookEveryMs = 5000;
const renewEveryMs = 4000;
/** An import that brought its process down so often is given up. */
const mostAttempts = 5;

/** Takes queued imports one after another until stopped. Imports that a dead process left half way are gone on with. */
export async function startImportWorker(
  database: Database,
  originals: Originals,
  region: string,
  log: Logger,
): Promise<ImportWorker> {
  const workerId = randomUUID();
  const queue = createImportQueue(database.sql);
  if (database.kind === 'embedded') await queue.releaseAll();
  const stopping = new AbortController();
  const news = createBell();
  const stopListening = await database.sql.listen(importChannel, () => news.ring());

  const loop = (async () => {
    while (!stopping.signal.aborted) {
      const job = await queue.claim(workerId).catch((error: unknown) => {
        log.error({ err: error }, 'the import queue could not be read');
        return null;
      });
      if (job !== null) await run(job);
      else await news.heard(lookEveryMs);
    }
  })();

  async function run(job: ImportJob): Promise<void> {
    const began = Date.now();
    const account = accountStore(database, job.accountId);
    log.info({ importId: job.id, attempt: job.attempts, fromBatch: job.batchesDone }, 'import running');
    const renewing = setInterval(() => void queue.renew(job, workerId).catch(() => {}), renewEveryMs);
    try {
      if (job.attempts > mostAttempts) throw new GivenUpError(job.attempts);
      const stages: Record<string, number> = {};
      const timed = async <Result>(stage: string, work: Promise<Result>): Promise<Result> => {
        const start = Date.now();
        const result = await work;
        stages[stage] = Date.now() - start;
        return result;
      };
      const read = readRows(account, originals, job, workerId, region, stopping.signal);
      const { written, countedIn } = await timed('rows', read);
      await timed('profiles', settleProfiles(account, region, countedIn));
      await timed('end', finish(job, null));
      // The import has ended: whatever happens to the tables' upkeep must not make it a failed one, whose rows go.
      const untidy = (error: unknown) => log.warn({ err: error }, 'the tables could not be tidied');
      await timed('tidy', tidy(database, written).catch(untidy));
      log.info({ importId: job.id, milliseconds: Date.now() - began, stages }, 'import completed');
    } catch (error) {
      if (stopping.signal.aborted && error === stopping.signal.reason) {
        await queue.giveBack(job, workerId);
        log.info({ importId: job.id }, 'import put back: the server stops');
        return;
      }
      if (error instanceof ImportLostError) {
        log.info({ importId: job.id }, 'import was deleted or taken over');
        return;
      }
      const expected = error instanceof EngineError || error instanceof GivenUpError;
      log.warn({ importId: job.id, ...(expected ? { code: error.code } : { err: error }) }, 'import failed');
      await finish(
        job,
        expected ? error : { code: 'INTERNAL', message: 'The import failed unexpectedly; the log says why.' },
      );
    } finally {
      clearInterval(renewing);
    }
  }

  /** Ends an import. One that failed leaves no rows behind. */
  async function finish(job: ImportJob, error: { code: string; message: string } | null): Promise<void> {
    await accountStore(database, job.accountId).transaction(async (sql) => {
      if (error !== null) {
        await lockAccount(sql);
        await releaseRows(sql, job.id, stringReader);
      }
      await sql.query(
        `UPDATE import SET status = $3::"ImportStatus", error_code = $4, error_message = $5, finished_at = now(),
           leased_by = NULL, leased_until = NULL,
           bytes_read = CASE WHEN $4::text IS NULL THEN bytes_total ELSE bytes_read END
         WHERE account_id = $1::uuid AND id = $2::uuid`,
        [job.id, error === null ? 'COMPLETED' : 'FAILED', error?.code ?? null, error?.message ?? null],
      );
    });
    await database.sql.notify(importChannel, `${job.accountId}/${job.id}`);
  }

  return {
    async stop() {
      stopping.abort();
      news.ring();
      await loop;
      await stopListening();
    },
  };
}

class GivenUpError extends Error {
  readonly code = 'GIVEN_UP';
  constructor(attempts: number) {
    super(`Given up after ${attempts - 1} attempts: each ended with its process.`);
  }
}
