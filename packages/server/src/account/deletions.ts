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

/**
 * Deletes what people want gone. A deletion is begun in one transaction, from which on nobody finds what is to go; rows then go
 * in pieces, between which others are answered, and one that ends early is gone on with when a server starts.
 */
export interface Deletions {
  /** @returns null when the account has no such profile. @throws {ImportRunningError} */
  deleteProfile(account: AccountStore, profileId: string): Promise<DeletedProfile | null>;
  deleteAccount(account: AccountStore): Promise<Deletion>;
  /** Stops between two pieces. */
  close(): Promise<void>;
}

export function createDeletions(database: Database, originals: Originals, region: string, log: Logger): Deletions {
  const atWork = new Set<Promise<unknown>>();
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

  async function finishProfile(account: AccountStore, profileId: string): Promise<number> {
    await removeOriginals(account);
    const viewingsRemoved = await removeProfileRows(account, profileId, stringReader, pause);
    await settleProfiles(account, region);
    await endProfileDeletion(account, profileId);
    await tidy(database, viewingsRemoved).catch(() => {});
    return viewingsRemoved;
  }

  async function finishAccount(account: AccountStore): Promise<void> {
    await removeOriginals(account);
    await removeAccountRows(account, await storedTables(database.sql, database.migrations), pause);
  }

  /** What earlier processes had begun. */
  async function resume(): Promise<void> {
    const accounts = await database.sql.query<{ id: string }>(
      'SELECT id::text FROM account WHERE deleting_since IS NOT NULL ORDER BY id',
    );
    for (const { id } of accounts) await finishAccount(accountStore(database, id));
    const profiles = await database.sql.query<{ accountId: string; id: string }>(
      'SELECT account_id::text AS "accountId", id::text FROM profile WHERE deleting_since IS NOT NULL ORDER BY account_id, id',
    );
    for (const { accountId, id } of profiles) await finishProfile(accountStore(database, accountId), id);
  }

  function working<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = work();
    atWork.add(result);
    const ended = () => void atWork.delete(result);
    result.then(ended, ended);
    return result;
  }

  working(resume).catch((error: unknown) => {
    if (!(error instanceof StoppedError)) log.error({ err: error }, 'a deletion could not be gone on with');
  });

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
      await Promise.allSettled(atWork);
    },
  };
}
