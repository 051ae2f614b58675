import { type PreparedBatch, type PreparedViewings, viewingTable } from '../batch/prepared-batch.ts';
import type { StringReader } from '../batch/prepared-strings.ts';
import { columnList } from '../connection/copy.ts';
import { wantedRows } from '../connection/copy-rows.ts';
import type { AccountSql, AccountStore, AccountTransaction } from './account-store.ts';
import { addExportRows } from './export-row-store.ts';
import { historyChanged } from './history-version-store.ts';
import { importChannel, importNotice } from './import-queue.ts';
import { addStrings, lockAccount } from './title-store.ts';

/** The import was deleted, or another worker has it: whoever gets this stops quietly. */
export class ImportLostError extends Error {
  override readonly name = 'ImportLostError';
  readonly code = 'IMPORT_LOST';
  readonly retryable = false;
}

/** PostgreSQL's code for a row whose key another has. */
const uniqueViolation = '23505';

/** Writes the batches of one import, in the order in which they were prepared; after one that failed, none. */
export class HistoryWriter {
  readonly #account: AccountStore;
  readonly #reader: StringReader;
  /** Files repeat what an earlier one had in long runs: what one batch met, the next is likely to. */
  #expectsKnownRows = false;

  constructor(account: AccountStore, reader: StringReader) {
    this.#account = account;
    this.#reader = reader;
  }

  /**
   * Saves a batch whole or not at all, in one short transaction, with its strings, their titles and the place to go on from;
   * whoever watches the import hears of it.
   * @throws {ImportLostError}
   */
  async save(batch: PreparedBatch): Promise<void> {
    try {
      await this.#saveWhole(batch);
    } catch (error) {
      if ((error as { code?: string }).code !== uniqueViolation || this.#expectsKnownRows) throw error;
      // All of it is undone; now with care.
      this.#expectsKnownRows = true;
      await this.#saveWhole(batch);
    }
  }

  async #saveWhole(batch: PreparedBatch): Promise<void> {
    await this.#account.transaction(async (sql) => {
      await lockAccount(sql, 'reaches the disk with a later one');
      const rejected = batch.rejected.length;
      if (batch.kind === 'VIEWINGS') {
        await addStrings(sql, batch.strings, this.#reader);
        const { imported, supplemental } = await this.#saveRows(sql, batch);
        await historyChanged(sql, imported > 0 ? batch.profileIds : []);
        const read = batch.rowCount + rejected;
        await saveProgress(sql, batch, { read, imported, rejected, supplemental });
        await saveFileProgress(sql, batch, { read, imported, rejected });
      } else {
        // An import's own counts are of viewings.
        await saveProgress(sql, batch, { read: 0, imported: 0, rejected: 0, supplemental: 0 });
        const imported = await addExportRows(sql, batch);
        // What was paid is every profile's.
        const concerned = batch.table === 'BILLING' ? 'all' : profilesOfRows(batch.rows);
        await historyChanged(sql, imported > 0 ? concerned : []);
        await saveFileProgress(sql, batch, { read: batch.rows.length + rejected, imported, rejected });
      }
      await saveRejected(sql, batch);
    });
  }

  async #saveRows(sql: AccountTransaction, batch: PreparedViewings): Promise<Added> {
    const { importId, rowCount, supplementalCount } = batch;
    const viewings = wantedRows(batch.viewings);
    if (viewings.length === 0) return { imported: 0, supplemental: 0 };
    if (!this.#expectsKnownRows) {
      await sql.copy(viewingTable, viewings);
      return { imported: rowCount, supplemental: supplementalCount };
    }
    const staged = await sql.stage(viewingTable, viewings);
    const counts = await addNewRows(sql, staged);
    this.#expectsKnownRows = counts.imported < rowCount;
    if (this.#expectsKnownRows) await rememberKnownRows(sql, staged, importId);
    return counts;
  }
}

const profilesOfRows = (rows: readonly { readonly profileId: string | null }[]): string[] => [
  ...new Set(rows.flatMap(({ profileId }) => profileId ?? [])),
];

interface RowCounts {
  readonly read: number;
  readonly imported: number;
  readonly rejected: number;
}

/** Takes the import further by one batch. @throws {ImportLostError} */
async function saveProgress(
  sql: AccountSql,
  { importId, workerId, number, bytesRead }: PreparedBatch,
  { read, imported, rejected, supplemental }: RowCounts & Pick<Added, 'supplemental'>,
): Promise<void> {
  const done = await sql.query(
    `UPDATE import SET batches_done = $4::int, attempts = 1, bytes_read = $5::bigint, rows_read = rows_read + $6::int,
       rows_imported = rows_imported + $7::int, rows_duplicate = rows_duplicate + $8::int,
       rows_rejected = rows_rejected + $9::int, rows_supplemental = rows_supplemental + $10::int
     WHERE account_id = $1::uuid AND id = $2::uuid AND leased_by = $3::uuid AND status = 'RUNNING'
       AND batches_done = $4::int - 1 RETURNING ${importNotice('$11')}`,
    [
      importId,
      workerId,
      number,
      bytesRead,
      read,
      imported,
      read - imported - rejected,
      rejected,
      supplemental,
      importChannel,
    ],
  );
  if (done.length === 0) throw new ImportLostError('The import was deleted or taken over');
}

async function saveFileProgress(
  sql: AccountSql,
  { importId, filePlace }: PreparedBatch,
  { read, imported, rejected }: RowCounts,
): Promise<void> {
  await sql.query(
    `UPDATE imported_file SET rows_read = rows_read + $4::int, rows_imported = rows_imported + $5::int,
       rows_rejected = rows_rejected + $6::int
     WHERE account_id = $1::uuid AND import_id = $2::uuid AND place = $3::int`,
    [importId, filePlace, read, imported, rejected],
  );
}

interface Added {
  readonly imported: number;
  readonly supplemental: number;
}

/** Adds those of the rows that are not there. */
async function addNewRows(sql: AccountSql, staged: string): Promise<Added> {
  const columns = columnList(viewingTable);
  const [counts] = await sql.query<Added>(
    `WITH made AS (
       INSERT INTO viewing (${columns}) SELECT ${columns} FROM ${staged} WHERE account_id = $1::uuid
       ON CONFLICT (account_id, profile_id, ordered_at, match_id, seconds, occurrence) DO NOTHING
       RETURNING supplemental)
     SELECT count(*)::int AS imported, (count(*) FILTER (WHERE supplemental))::int AS supplemental FROM made`,
  );
  if (counts === undefined) throw new Error('count(*) answered no row');
  return counts;
}

/** Of the rows that an earlier import brought: remembers that this one contains them too. Each is looked up by its key. */
async function rememberKnownRows(sql: AccountSql, staged: string, importId: string): Promise<void> {
  await sql.query(
    `INSERT INTO viewing_import (account_id, import_id, viewing_id)
     SELECT known.account_id, $2::uuid, known.id
     FROM ${staged} row CROSS JOIN LATERAL (
       SELECT * FROM viewing
       WHERE account_id = $1::uuid AND profile_id = row.profile_id AND ordered_at = row.ordered_at
         AND match_id = row.match_id AND seconds = row.seconds AND occurrence = row.occurrence OFFSET 0) known
     WHERE known.import_id <> $2::uuid
     ON CONFLICT DO NOTHING`,
    [importId],
  );
}

async function saveRejected(sql: AccountSql, { importId, fileName, rejected }: PreparedBatch): Promise<void> {
  if (rejected.length === 0) return;
  await sql.query(
    `INSERT INTO rejected_row (account_id, import_id, file_name, line, reason, content)
     SELECT $1::uuid, $2::uuid, $3, line, reason, content
     FROM unnest($4::int[], $5::text[], $6::text[]) AS row(line, reason, content) ON CONFLICT DO NOTHING`,
    [
      importId,
      fileName,
      rejected.map((row) => row.line),
      rejected.map((row) => row.reason),
      rejected.map((row) => row.content),
    ],
  );
}
