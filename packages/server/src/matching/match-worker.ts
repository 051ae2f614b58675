import { randomUUID } from 'node:crypto';
import {
  type AccountStore,
  accountStore,
  createMatchingQueue,
  type Database,
  isConnectionLost,
  isDiskFull,
  type MatchingJob,
  matchingChannel,
  requestAllMatching,
} from '@watchprint/database';
import type { Logger } from 'pino';
import { createBell } from '../importing/bell.ts';
import { tidy } from '../importing/tidy.ts';
import type { CatalogueKeeper } from './catalogue-keeper.ts';
import { markOf } from './mark.ts';
import { GroupTooLargeError, MatchingThreadEndedError } from './match-in-thread.ts';
import { markWithoutCatalogue, matchAllLookedUp } from './match-look-ups.ts';
import { runMatching } from './run-matching.ts';

export interface MatchWorker {
  stop(): Promise<void>;
}

export interface MatchWorkerOptions {
  /** Called once strings are matched whose facts are to be read then. */
  readonly onIdentified?: (account: AccountStore, matchIds: readonly string[]) => Promise<void>;
  /** How often to look whether the catalogue was renewed, in milliseconds. */
  readonly lookMs?: number | undefined;
}

/** How often to look for work that another process left behind; new work announces itself. */
const lookEveryMs = 5000;
const renewEveryMs = 4000;
const catalogueEveryMs = 60_000;
/** How long to leave a database alone that was lost. */
const afterLossMs = 500;
/** A matching that brought its process down so often is given up. */
const mostAttempts = 5;

/** The account is gone, or another worker has its matching. */
class MatchingLostError extends Error {
  override readonly name = 'MatchingLostError';
}

/**
 * Matches accounts' strings one account after another until stopped: after an import, and all of them when there is a new catalogue
 * or matcher. Without a catalogue only by what sources offered for names that were looked up; the rest waits for one.
 */
export async function startMatchWorker(
  database: Database,
  catalogues: CatalogueKeeper,
  log: Logger,
  { onIdentified = async () => {}, lookMs = catalogueEveryMs }: MatchWorkerOptions = {},
): Promise<MatchWorker> {
  const workerId = randomUUID();
  const queue = createMatchingQueue(database.sql);
  if (database.kind === 'embedded') await queue.releaseAll();
  const stopping = new AbortController();
  const news = createBell();
  const stopListening = await database.sql.listen(matchingChannel, () => news.ring());
  /** Of which state of the catalogue everybody was told. */
  let announced: string | null = null;

  async function lookAtCatalogue(): Promise<void> {
    const version = await catalogues.refresh();
    if (version === announced) return;
    const isFirst = announced === null;
    announced = version;
    if (version === null) return;
    log.info({ catalogue: version }, isFirst ? 'matching with this catalogue' : 'there is another catalogue');
    await requestAllMatching(database.sql, markOf(version));
    news.ring();
  }

  const failed = (error: unknown) => log.error({ err: error }, 'the catalogue could not be looked at');
  let looking = lookAtCatalogue().catch(failed);
  const timer = setInterval(() => {
    looking = looking.then(lookAtCatalogue).catch(failed);
  }, lookMs).unref();

  const loop = (async () => {
    await looking;
    while (!stopping.signal.aborted) {
      // Without a catalogue there is only what sources offered to match with.
      const only = (await catalogues.version()) === null ? ('look-ups' as const) : undefined;
      const job = await queue.claim(workerId, only).catch((error: unknown) => {
        log.error({ err: error }, 'the queue of matchings could not be read');
        return null;
      });
      if (job === null) await news.heard(lookEveryMs);
      else
        await run(job).catch(async (error: unknown) => {
          // Whoever can comes back to it: its lease ends.
          log.error({ accountId: job.accountId, err: error }, 'a matching could not be ended');
          await news.heard(lookEveryMs);
        });
    }
  })();

  async function run(job: MatchingJob): Promise<void> {
    const began = Date.now();
    const account = accountStore(database, job.accountId);
    const lost = new AbortController();
    const renew = async (progress?: { readonly total: number; readonly done: number }) => {
      if (!(await queue.renew(job, workerId, progress))) lost.abort(new MatchingLostError('Taken over'));
    };
    const renewing = setInterval(() => void renew().catch(() => {}), renewEveryMs);
    const ended = AbortSignal.any([stopping.signal, lost.signal]);
    try {
      if (job.attempts > mostAttempts) throw new GivenUpError(job.attempts);
      const strings = await catalogues.use(async (catalogue) => {
        if (catalogue === null) {
          const identified = (matchIds: readonly string[]) => onIdentified(account, matchIds);
          await matchAllLookedUp(account, database.sql, identified, ended);
          await queue.complete(job, workerId, markWithoutCatalogue);
          return null;
        }
        const matched = await runMatching({
          account,
          sql: database.sql,
          catalogue,
          signal: ended,
          async progress(progress) {
            await renew(progress);
            ended.throwIfAborted();
            await database.checkRoom();
          },
          identified: (matchIds) => onIdentified(account, matchIds),
          report: (changes) => queue.report(job, workerId, changes),
        });
        await queue.complete(job, workerId, markOf(catalogue.version));
        return matched;
      });
      // What else there is waits for a catalogue; one that was there a moment ago is gone.
      if (strings === null) {
        if ((await catalogues.version()) !== null) await news.heard(lookEveryMs);
        return;
      }
      // Every row of a string was written anew.
      const untidy = (error: unknown) => log.warn({ err: error }, 'the tables could not be tidied');
      await tidy(database, strings).catch(untidy);
      log.info({ accountId: job.accountId, strings, milliseconds: Date.now() - began }, 'strings matched');
    } catch (error) {
      await endEarly(job, error);
    } finally {
      clearInterval(renewing);
    }
  }

  async function endEarly(job: MatchingJob, error: unknown): Promise<void> {
    const { accountId } = job;
    if (stopping.signal.aborted && error === stopping.signal.reason) {
      await queue.giveBack(job, workerId);
      log.info({ accountId }, 'matching put back: the server stops');
    } else if (error instanceof MatchingLostError) log.info({ accountId }, 'matching was taken over');
    else if (isConnectionLost(error)) {
      log.warn({ accountId, err: error }, 'the database was lost: matching is gone on with when it is back');
      await news.heard(afterLossMs);
      await queue.giveBack(job, workerId).catch(() => {});
    } else if (error instanceof MatchingThreadEndedError) {
      // What somebody else asked for ended it: what is left is gone on with.
      log.warn({ accountId, err: error }, 'matching is put back');
      await news.heard(afterLossMs);
      await queue.giveBack(job, workerId);
    } else {
      log.warn({ accountId, err: error }, 'matching failed');
      await queue.fail(job, workerId, reasonOf(error));
    }
  }

  return {
    async stop() {
      stopping.abort();
      clearInterval(timer);
      news.ring();
      await loop;
      await looking;
      await stopListening();
    },
  };
}

/** Why it failed, in words for whose strings they are. */
function reasonOf(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof GivenUpError || error instanceof GroupTooLargeError) return error;
  if (isDiskFull(error)) return { code: 'DISK_FULL', message: 'The disk of the database is full.' };
  return { code: 'INTERNAL', message: 'Matching failed unexpectedly; the log says why.' };
}

class GivenUpError extends Error {
  readonly code = 'GIVEN_UP';
  constructor(attempts: number) {
    super(`Given up after ${attempts - 1} attempts: each ended with its process.`);
  }
}
