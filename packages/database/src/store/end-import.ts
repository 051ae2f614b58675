import type { StringReader } from '../batch/prepared-strings.ts';
import { storableText } from '../batch/storable-text.ts';
import type { AccountStore, AccountTransaction } from './account-store.ts';
import { releaseRows } from './delete-import.ts';
import { ImportLostError } from './history-store.ts';
import { importChannel, importNotice } from './import-queue.ts';
import { requestMatching } from './matching-queue.ts';
import { removeUnusedProfiles } from './profile-store.ts';
import { lockAccount } from './title-store.ts';

/**
 * Ends an import that has read its file, in one transaction with the notice of it: nothing that goes wrong afterwards can make it
 * a failed one.
 * @throws {ImportLostError} when it was deleted, or another worker has it.
 */
export function completeImport(account: AccountStore, importId: string, workerId: string): Promise<void> {
  return account.transaction(async (sql) => {
    await lockAccount(sql);
    await requireLease(sql, importId, workerId);
    await sql.query(
      `UPDATE import SET status = 'COMPLETED', error_code = NULL, error_message = NULL, finished_at = now(),
         leased_by = NULL, leased_until = NULL, bytes_read = bytes_total
       WHERE account_id = $1::uuid AND id = $2::uuid RETURNING ${importNotice('$3')}`,
      [importId, importChannel],
    );
    await requestMatching(sql);
    await removeUnusedProfiles(sql, importId);
  });
}

/**
 * Ends an import that cannot be read: its rows go, and its counts with them; rows that it rejected can still be looked at.
 * @throws {ImportLostError} when it was deleted, or another worker has it: then nothing is changed.
 */
export function failImport(
  account: AccountStore,
  importId: string,
  workerId: string,
  error: { readonly code: string; readonly message: string },
  reader: StringReader,
): Promise<void> {
  return account.transaction(async (sql) => {
    await lockAccount(sql);
    await requireLease(sql, importId, workerId);
    await releaseRows(sql, importId, reader);
    await requestMatching(sql);
    // It quotes the file. One that could not be kept would leave the import running for ever.
    const message = storableText(error.message);
    await sql.query(
      `UPDATE import SET status = 'FAILED', error_code = $4, error_message = $5, finished_at = now(),
         leased_by = NULL, leased_until = NULL, batches_done = 0,
         rows_read = rows_rejected, rows_imported = 0, rows_duplicate = 0, rows_supplemental = 0
       WHERE account_id = $1::uuid AND id = $2::uuid RETURNING ${importNotice('$3')}`,
      [importId, importChannel, error.code, message],
    );
    await sql.query(
      `UPDATE imported_file SET use = 'UNREADABLE', note = $3, rows_read = rows_rejected, rows_imported = 0
       WHERE account_id = $1::uuid AND import_id = $2::uuid AND use = 'USED'`,
      [importId, message],
    );
  });
}

async function requireLease(sql: AccountTransaction, importId: string, workerId: string): Promise<void> {
  const held = await sql.query(
    `SELECT 1 AS one FROM import WHERE account_id = $1::uuid AND id = $2::uuid AND leased_by = $3::uuid AND status = 'RUNNING'
     FOR UPDATE`,
    [importId, workerId],
  );
  if (held.length === 0) throw new ImportLostError('The import was deleted or taken over');
}
