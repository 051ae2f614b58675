import {
  type AccountStore,
  accountStore,
  beginAccountDeletion,
  beginProfileDeletion,
  countRows,
  type Database,
  endProfileDeletion,
  releasedOriginals,
  removeAccountRows,
  removeProfileRows,
  storedTables,
  type TableCount,
} from '@watchprint/database';
import type { Originals } from '@watchprint/lake';
import type { Logger } from 'pino';
import { removeUnlessUsed } from '../importing/keep-originals.ts';
import { settleProfiles } from '../importing/settle-profiles.ts';
import { stringReader } from '../importing/string-reader.ts';
import { tidy } from '../importing/tidy.ts';

/** What an account had before, and what a fresh look finds afterwards. */
export interface Deletion {
  readonly before: readonly TableCount[];
  readonly after: readonly TableCount[];
}

export interface DeletedProfile extends Deletion {
  /** Trailers and the like, and rows that another stood for, not counted. */
  readonly viewingsRemoved: number;
}

/** An import of the account has not ended: rows of the profile may be still to come. */
export class ImportRunningError extends Error {
  override readonly name = 'ImportRunningError';
  readonly code = 'IMPORT_RUNNING';
  constructor(fileName: string) {
    super(`The import of ${fileName} has not ended. Try again when it has, or take it back first.`);
  }
}

/** The server stops; what has begun is gone on with at the next start. */
class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** How long after one that failed a deletion is tried again: whoever asked for it cannot, once nobody finds what is to go. */
const tryAgainMs = 60_000;

/**
 * Deletes what people want gone. A deletion is begun in one transaction, from which on nobody finds what is to go; rows then go
 * in pieces, between which others are answered. One that fails is tried again, and one that ends early is gone on with when a server
 * starts.
 */
export interface Deletions {
  /** @returns null when the account has no such profile. @throws {ImportRunningError} */
  deleteProfile(account: AccountStore, profileId: string): Promise<DeletedProfile | null>;
  deleteAccount(account: AccountStore): Promise<Deletion>;
  /** Stops between two pieces. */
  close(): Promise<void>;
}

export function createDeletions(
  database: Database,
  originals: Originals,
  region: string,
  log: Logger,
  retryMs = tryAgainMs,
): Deletions {
  const atWork = new Set<Promise<unknown>>();
  /** Ids of the profiles and accounts that this process is deleting. */
  const going = new Set<string>();
  let retry: NodeJS.Timeout | null = null;
  let isClosed = false;
  const pause = () => {
    if (isClosed) throw new StoppedError('The server stops: the deletion is gone on with when it starts again');
  };

  async function count(account: AccountStore): Promise<TableCount[]> {
    const tables = await storedTables(database.sql, database.migrations);
    const [kept] = await account.query<{ rows: number }>(
      'SELECT count(DISTINCT sha256)::float8 AS rows FROM import WHERE account_id = $1::uuid AND original_kept',
    );
    return [...(await countRows(account, tables)), { name: 'originals', rows: kept?.rows ?? 0 }];
  }

  async function removeOriginals(account: AccountStore): Promise<void> {
    for (const sha256 of await releasedOriginals(account)) {
      pause();
      await removeUnlessUsed(database, originals, sha256);
    }
  }

  function finishProfile(account: AccountStore, profileId: string): Promise<number> {
    return finishing(profileId, () => removeProfile(account, profileId));
  }

  const finishAccount = (account: AccountStore): Promise<void> =>
    finishing(account.accountId, () => removeAccount(account));

  async function finishing<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    going.add(id);
    try {
      return await work();
    } catch (error) {
      if (!isClosed) retry ??= setTimeout(resume, retryMs).unref();
      throw error;
    } finally {
      going.delete(id);
    }
  }

  async function removeProfile(account: AccountStore, profileId: string): Promise<number> {
    await removeOriginals(account);
    const viewingsRemoved = await removeProfileRows(account, profileId, stringReader, pause);
    await settleProfiles(account, region);
    await endProfileDeletion(account, profileId);
    await tidy(database, viewingsRemoved).catch(() => {});
    return viewingsRemoved;
  }

  async function removeAccount(account: AccountStore): Promise<void> {
    await removeOriginals(account);
    await removeAccountRows(account, await storedTables(database.sql, database.migrations), pause);
  }

  /** Goes on with what was begun and has not ended, by an earlier process or in vain. One that fails keeps no other from it. */
  async function goOn(): Promise<void> {
    const accounts = await database.sql.query<{ id: string }>(
      'SELECT id::text FROM account WHERE deleting_since IS NOT NULL ORDER BY id',
    );
    for (const { id } of accounts) await tried(id, () => finishAccount(accountStore(database, id)));
    const profiles = await database.sql.query<{ accountId: string; id: string }>(
      'SELECT account_id::text AS "accountId", id::text FROM profile WHERE deleting_since IS NOT NULL ORDER BY account_id, id',
    );
    for (const { accountId, id } of profiles)
      await tried(id, () => finishProfile(accountStore(database, accountId), id));
  }

  async function tried(id: string, work: () => Promise<unknown>): Promise<void> {
    if (going.has(id)) return;
    await work().catch(failed);
  }

  function failed(error: unknown): void {
    if (!(error instanceof StoppedError)) log.error({ err: error }, 'a deletion could not be gone on with');
  }

  function resume(): void {
    retry = null;
    working(goOn).catch((error: unknown) => {
      failed(error);
      if (!isClosed) retry ??= setTimeout(resume, retryMs).unref();
    });
  }

  function working<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = work();
    atWork.add(result);
    const ended = () => void atWork.delete(result);
    result.then(ended, ended);
    return result;
  }

  resume();

  return {
    deleteProfile: (account, profileId) =>
      working(async () => {
        const before = await count(account);
        const begun = await beginProfileDeletion(account, profileId);
        if (begun === 'not found') return null;
        if (begun !== 'begun') throw new ImportRunningError(begun.waitsFor);
        const viewingsRemoved = await finishProfile(account, profileId);
        return { viewingsRemoved, before, after: await count(account) };
      }),
    deleteAccount: (account) =>
      working(async () => {
        const before = await count(account);
        await beginAccountDeletion(account);
        await finishAccount(account);
        const rows = before.reduce((sum, table) => sum + table.rows, 0);
        await tidy(database, rows).catch(() => {});
        return { before, after: await count(account) };
      }),
    async close() {
      isClosed = true;
      if (retry !== null) clearTimeout(retry);
      await Promise.allSettled(atWork);
    },
  };
}
