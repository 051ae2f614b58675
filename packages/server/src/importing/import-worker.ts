import { randomUUID } from 'node:crypto';
import {
  type AccountStore,
  accountStore,
  completeImport,
  createImportQueue,
  type Database,
  DiskFullError,
  failImport,
  type ImportJob,
  ImportLostError,
  importChannel,
  isConnectionLost,
  isDiskFull,
  lockAccount,
  removeUnusedProfiles,
} from '@watchprint/database';
import { EngineError } from '@watchprint/engine';
import { ArchiveError, type Originals } from '@watchprint/lake';
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
/** How long to leave a database alone that was lost. */
const afterLossMs = 500;
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
  const lakeId = await originals.id();
  const queue = createImportQueue(database.sql);
  if (database.kind === 'embedded') await queue.releaseAll();
  const stopping = new AbortController();
  const news = createBell();
  const stopListening = await database.sql.listen(importChannel, () => news.ring());

  const loop = (async () => {
    while (!stopping.signal.aborted) {
      const job = await queue.claim(workerId, lakeId).catch((error: unknown) => {
        log.error({ err: error }, 'the import queue could not be read');
        return null;
      });
      if (job === null) await news.heard(lookEveryMs);
      else
        await run(job).catch(async (error: unknown) => {
          // Whoever can comes back to it: its lease ends.
          log.error({ importId: job.id, err: error }, 'an import could not be ended');
          await news.heard(lookEveryMs);
        });
    }
  })();

  async function run(job: ImportJob): Promise<void> {
    const began = Date.now();
    const account = accountStore(database, job.accountId);
    log.info({ importId: job.id, attempt: job.attempts, fromBatch: job.batchesDone }, 'import running');
    const lost = new AbortController();
    const renew = async () => {
      if (!(await queue.renew(job, workerId))) lost.abort(new ImportLostError('The import was deleted or taken over'));
    };
    const renewing = setInterval(() => void renew().catch(() => {}), renewEveryMs);
    try {
      if (job.attempts > mostAttempts) throw new GivenUpError(job.attempts);
      const stages: Record<string, number> = {};
      const timed = async <Result>(stage: string, work: Promise<Result>): Promise<Result> => {
        const start = Date.now();
        const result = await work;
        stages[stage] = Date.now() - start;
        return result;
      };
      const ended = AbortSignal.any([stopping.signal, lost.signal]);
      const mayGoOn = async () => {
        ended.throwIfAborted();
        await database.checkRoom();
      };
      const { written, countedIn } = await timed('rows', readRows(account, originals, job, workerId, region, mayGoOn));
      await timed('profiles', settleProfiles(account, region, countedIn));
      await timed('end', completeImport(account, job.id, workerId));
      // Whatever happens to the tables' upkeep must not make a failed import of it, whose rows go.
      const untidy = (error: unknown) => log.warn({ err: error }, 'the tables could not be tidied');
      await timed('tidy', tidy(database, written).catch(untidy));
      log.info({ importId: job.id, milliseconds: Date.now() - began, stages }, 'import completed');
    } catch (error) {
      await endEarly(job, account, error).catch((another: unknown) => {
        if (!(another instanceof ImportLostError)) throw another;
        return endEarly(job, account, another);
      });
    } finally {
      clearInterval(renewing);
    }
  }

  /** What becomes of an import that could not be read to its end. */
  async function endEarly(job: ImportJob, account: AccountStore, error: unknown): Promise<void> {
    if (stopping.signal.aborted && error === stopping.signal.reason) {
      await queue.giveBack(job, workerId);
      log.info({ importId: job.id }, 'import put back: the server stops');
    } else if (error instanceof ImportLostError) {
      log.info({ importId: job.id }, 'import was deleted or taken over');
      // It may have opened one, for rows that never came.
      await account.transaction(async (sql) => {
        await lockAccount(sql);
        await removeUnusedProfiles(sql, job.id);
      });
    } else if (isConnectionLost(error)) {
      log.warn({ importId: job.id, err: error }, 'the database was lost: the import is gone on with when it is back');
      await news.heard(afterLossMs);
      // Where it is not back yet, the lease ends by itself.
      await queue.giveBack(job, workerId).catch(() => {});
    } else {
      const reason = reasonOf(error);
      const isExpected = reason === error;
      log.warn({ importId: job.id, ...(isExpected ? { code: reason.code } : { err: error }) }, 'import failed');
      await failImport(account, job.id, workerId, reason, stringReader);
      await settleProfiles(account, region);
    }
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

/** Why an import failed, in words for whoever sent it. */
function reasonOf(error: unknown): { readonly code: string; readonly message: string } {
  const isExpected =
    error instanceof EngineError ||
    error instanceof ArchiveError ||
    error instanceof DiskFullError ||
    error instanceof GivenUpError;
  if (isExpected) return error;
  if (isDiskFull(error)) return { code: 'DISK_FULL', message: 'The disk of the database is full.' };
  return { code: 'INTERNAL', message: 'The import failed unexpectedly; the log says why.' };
}

class GivenUpError extends Error {
  readonly code = 'GIVEN_UP';
  constructor(attempts: number) {
    super(`Given up after ${attempts - 1} attempts: each ended with its process.`);
  }
}
