import type { AccountStore } from './account-store.ts';
import { personalTables, type StoredTable } from './catalogue.ts';
import { importChannel, importNotice } from './import-queue.ts';
import { lockAccount } from './title-store.ts';

/** Rows that go in one transaction: on the embedded database everybody else waits for its end. */
const piece = 20_000;

/**
 * Marks an account as one that is to go: its name is free from now on, its imports end, and those that wait are not begun. A worker
 * that reads one loses it with its next batch.
 */
export function beginAccountDeletion(account: AccountStore): Promise<void> {
  return account.transaction(async (sql) => {
    await lockAccount(sql);
    await sql.query(
      // No name that anybody can be given breaks lines: that of one that goes is nobody's.
      'UPDATE account SET name = chr(10) || id::text, deleting_since = coalesce(deleting_since, now()) WHERE id = $1::uuid',
    );
    await sql.query(
      `UPDATE import SET status = 'FAILED', error_code = 'ACCOUNT_DELETED', finished_at = now(), leased_by = NULL, leased_until = NULL
       WHERE account_id = $1::uuid AND status IN ('QUEUED', 'RUNNING') RETURNING ${importNotice('$2')}`,
      [importChannel],
    );
    await sql.query('UPDATE import SET original_kept = false WHERE account_id = $1::uuid');
  });
}

/**
 * Removes an account's rows from every table that the database has of such, piece by piece, and then the account. Its originals
 * must be gone: what is known of them goes here.
 * @param pause Called between two pieces; may stop it all by throwing, to be gone on with another time.
 */
export async function removeAccountRows(
  account: AccountStore,
  tables: readonly StoredTable[],
  pause: () => void,
): Promise<void> {
  const behindFirst = personalTables(tables).reverse();
  for (const { name } of behindFirst)
    for (let removed = piece; removed === piece; ) {
      pause();
      const rows = await account.query<{ removed: number }>(
        `WITH gone AS (
           DELETE FROM "${name}" WHERE account_id = $1::uuid
             AND ctid = ANY (ARRAY(SELECT ctid FROM "${name}" WHERE account_id = $1::uuid LIMIT ${piece})) RETURNING 1)
         SELECT count(*)::int AS removed FROM gone`,
      );
      removed = rows[0]?.removed ?? 0;
    }
  await account.transaction(async (sql) => {
    await lockAccount(sql);
    // A worker that has not heard yet may have opened a profile meanwhile.
    for (const { name } of behindFirst) await sql.query(`DELETE FROM "${name}" WHERE account_id = $1::uuid`);
    await sql.query('DELETE FROM account WHERE id = $1::uuid');
  });
}
