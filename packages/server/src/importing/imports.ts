import { type AccountStore, type Database, deleteImport, importChannel } from '@watchprint/database';
import type { Import } from '@watchprint/database/prisma';
import type { DateOrder } from '@watchprint/engine';
import type { Originals } from '@watchprint/lake';
import { GraphQLError } from 'graphql';
import { v7 as uuidv7 } from 'uuid';
import { type Bell, createBell } from './bell.ts';
import { lockOriginal, removeUnlessUsed } from './keep-originals.ts';
import { recogniseUpload } from './recognise-upload.ts';
import { settleProfiles } from './settle-profiles.ts';
import { stringReader } from './string-reader.ts';
import { tidy } from './tidy.ts';

/** How often a watched import is looked at when nothing is announced. */
const lookEveryMs = 5000;

export interface ReceivedFile {
  readonly fileName: string;
  readonly stream: AsyncIterable<Uint8Array>;
  readonly profileName: string | null;
  readonly dateOrder: DateOrder | null;
  readonly timeZone: string | null;
}

/** What accounts may do with their imports; reading them is the worker's. */
export interface Imports {
  /**
   * Keeps an upload, recognises its format and queues its import: all that happens before `importHistory` answers.
   *
   * @returns the import's id.
   * @throws {EngineError} when nothing in it can be read; then nothing of it is kept.
   * @throws {ArchiveError}
   */
  receive(account: AccountStore, file: ReceivedFile): Promise<string>;
  /** Takes an import back. @returns how many viewings that removed; null when the account has no such import. */
  remove(account: AccountStore, id: string): Promise<number | null>;
  /** The import at once, then each time it gets further; ends when it has ended. Null when it is not there, or no more. */
  watch(account: AccountStore, id: string): AsyncGenerator<Import | null>;
  /** Ends all watching. */
  close(): void;
}

/** The account is being deleted: nothing is taken in for it any more. */
class AccountGoneError extends GraphQLError {
  constructor() {
    super('The account is being deleted.', { extensions: { code: 'ACCOUNT_DELETED' } });
  }
}

export function createImports(database: Database, originals: Originals, region: string): Imports {
  const announce = (account: AccountStore, id: string) =>
    database.sql.notify(importChannel, `${account.accountId}/${id}`);

  const watching = new Set<Bell>();
  let isClosed = false;

  return {
    async receive(account, file) {
      const received = await originals.receive(file.stream);
      let isKept = false;
      try {
        const { format, files, toRead } = await recogniseUpload(received, file.fileName);
        const id = uuidv7();
        await account.transaction(async (sql) => {
          const open = 'SELECT 1 AS one FROM account WHERE id = $1::uuid AND deleting_since IS NULL FOR KEY SHARE';
          if ((await sql.query(open)).length === 0) throw new AccountGoneError();
          await sql.query(`SELECT ${lockOriginal('$2')} FROM account WHERE id = $1::uuid`, [received.sha256]);
          await received.keep();
          isKept = true;
          await sql.query(
            `INSERT INTO import (account_id, id, sha256, lake_id, file_name, format, recognised, bytes_total, profile_name,
               asked_date_order, asked_time_zone)
             VALUES ($1::uuid, $2::uuid, $3, $4::uuid, $5, $6, $7::text::jsonb, $8::bigint, $9, $10, $11)`,
            [
              id,
              received.sha256,
              await originals.id(),
              file.fileName,
              format,
              JSON.stringify(toRead),
              received.bytes,
              file.profileName,
              file.dateOrder,
              file.timeZone,
            ],
          );
          await sql.query(
            `INSERT INTO imported_file (account_id, import_id, place, path, use, export_table, note)
             SELECT $1::uuid, $2::uuid, place - 1, path, use::"FileUse", "table"::"ExportTable", note
             FROM unnest($3::text[], $4::text[], $5::text[], $6::text[])
               WITH ORDINALITY AS file(path, use, "table", note, place)`,
            [
              id,
              files.map(({ path }) => path),
              files.map(({ use }) => use),
              files.map(({ table }) => table),
              files.map(({ note }) => note),
            ],
          );
        });
        await announce(account, id);
        return id;
      } catch (error) {
        // An original that no import has would be found by no deletion. Where the database cannot be asked, it stays.
        if (isKept) await removeUnlessUsed(database, originals, received.sha256).catch(() => {});
        throw error;
      } finally {
        await received.discard();
      }
    },

    async remove(account, id) {
      const deleted = await deleteImport(account, id, stringReader);
      if (deleted === null) return null;
      await settleProfiles(account, region);
      await removeUnlessUsed(database, originals, deleted.sha256);
      await announce(account, id);
      // It is deleted: the tables' upkeep cannot change that.
      await tidy(database, deleted.viewingsRemoved).catch(() => {});
      return deleted.viewingsRemoved;
    },

    async *watch(account, id) {
      const news = createBell();
      watching.add(news);
      const stop = await database.sql.listen(importChannel, (payload) => {
        if (payload === null || payload === `${account.accountId}/${id}`) news.ring();
      });
      try {
        for (;;) {
          const found = await account.prisma.import.findFirst({ where: { id } });
          yield found;
          if (found === null || found.status === 'COMPLETED' || found.status === 'FAILED' || isClosed) return;
          await news.heard(lookEveryMs);
          if (isClosed) return;
        }
      } finally {
        watching.delete(news);
        await stop();
      }
    },

    close() {
      isClosed = true;
      for (const news of watching) news.ring();
    },
  };
}
