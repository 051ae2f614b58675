import { PassThrough, type Readable } from 'node:stream';
import { type AccountStore, type Database, readAccount } from '@watchprint/database';
import type { Originals } from '@watchprint/lake';
import type { Logger } from 'pino';
import { createPlaces, type NoPlace } from '../http/limits/places.ts';
import type { Limits } from '../limits.ts';
import { ImportRunningError } from './deletions.ts';
import { writeCsv } from './export-csv.ts';
import { writeJson } from './export-json.ts';

export type ExportFormat = 'json' | 'csv';

/** As many exports as may be under way are. */
export class TooManyExportsError extends Error {
  override readonly name = 'TooManyExportsError';
  readonly whose: NoPlace;
  constructor(whose: NoPlace) {
    super('Too many exports at once');
    this.whose = whose;
  }
}

/** Hands people what is theirs. */
export interface Exports {
  /**
   * Everything that an account has, as it is written; a stream that fails is no whole export.
   * @throws {ImportRunningError} while an import of the account is read.
   * @throws {TooManyExportsError}
   */
  open(account: AccountStore, format: ExportFormat, withOriginals: boolean): Promise<Readable>;
  close(): Promise<void>;
}

export function createExports(database: Database, originals: Originals, limits: Limits, log: Logger): Exports {
  // Each holds a connection of PostgreSQL for as long as its receiver takes: no account may hold all of them.
  const places = createPlaces(limits.EXPORTS_AT_ONCE, limits.ACCOUNT_EXPORTS_AT_ONCE);
  const underWay = new Map<PassThrough, Promise<void>>();

  async function write(
    account: AccountStore,
    format: ExportFormat,
    withOriginals: boolean,
    out: PassThrough,
    giveBack: () => void,
  ) {
    try {
      await readAccount(database, account.accountId, (sql) =>
        format === 'json' ? writeJson(sql, out) : writeCsv(sql, out, withOriginals ? originals : null),
      );
      // Only now is it known that all of it fits together.
      out.end();
    } catch (error) {
      log.warn({ err: error }, 'an export broke off');
      out.destroy(error as Error);
    } finally {
      underWay.delete(out);
      giveBack();
    }
  }

  return {
    async open(account, format, withOriginals) {
      // Before anything is waited for.
      const place = places.take(account.accountId);
      if (typeof place === 'string') throw new TooManyExportsError(place);
      const out = new PassThrough({ highWaterMark: 256 * 1024 });
      underWay.set(out, Promise.resolve());
      try {
        await refuseWhileImporting(account);
      } catch (error) {
        underWay.delete(out);
        place();
        throw error;
      }
      underWay.set(out, write(account, format, withOriginals, out, place));
      return out;
    },
    async close() {
      for (const out of underWay.keys()) out.destroy(new Error('The server is closing'));
      await Promise.allSettled(underWay.values());
    },
  };
}

/** @throws {ImportRunningError} */
async function refuseWhileImporting(account: AccountStore): Promise<void> {
  const [running] = await account.query<{ fileName: string }>(
    `SELECT file_name AS "fileName" FROM import WHERE account_id = $1::uuid AND status = 'RUNNING' AND leased_until >= now()`,
  );
  if (running !== undefined) throw new ImportRunningError(running.fileName);
}
