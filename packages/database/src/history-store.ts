import { setImmediate } from 'node:timers/promises';
import type { Sql, SqlConnection, SqlValue } from './sql.ts';
import { addStrings, lockAccount, type PreparedString, prepareStrings, type StringReader } from './title-store.ts';

/** One row on its way into the store. Its string is known by its match. */
export interface ViewingToSave {
  readonly profileId: string;
  readonly rawTitle: string;
  /** Seconds since 1970: the instant, or noon UTC of the day where the file has days only. */
  readonly orderedAt: number;
  /** Days since 1970, in the profile's time zone. */
  readonly watchedOn: number;
  /** From 1 where the file has days only, else 0. */
  readonly occurrence: number;
  /** -1 where the file does not say. */
  readonly seconds: number;
  readonly accidental: boolean;
  readonly supplemental: boolean;
  readonly device: string | null;
  readonly country: string | null;
}

export interface RejectedRowToSave {
  readonly line: number;
  readonly reason: string;
  readonly content: string;
}

export interface BatchToSave {
  readonly importId: string;
  readonly workerId: string;
  readonly fileName: string;
  /** From 1. A batch that was saved before is not saved again. */
  readonly number: number;
  readonly rows: readonly ViewingToSave[];
  readonly rejected: readonly RejectedRowToSave[];
  readonly bytesRead: number;
}

/** The import was deleted, or another worker has it: whoever gets this stops quietly. */
export class ImportLostError extends Error {
  override readonly name = 'ImportLostError';
  readonly code = 'IMPORT_LOST';
  readonly retryable = false;
}

/** Strings remembered between batches: a file's repeats stand close together. */
const rememberedStrings = 20_000;

/** A batch, and all that could be made of it without the database. */
export interface PreparedBatch {
  readonly batch: BatchToSave;
  readonly strings: readonly PreparedString[];
  /** The rows as columns, in the order of the statement that inserts them. */
  readonly keys: readonly SqlValue[];
  readonly values: readonly SqlValue[];
}

/** Writes the rows of one import of one account, batch by batch, each in one short transaction. */
export class HistoryWriter {
  readonly #sql: SqlConnection;
  readonly #accountId: string;
  readonly #reader: StringReader;
  /** Match ids of strings that are stored, or are before the next batch is. */
  readonly #known = new Map<string, string>();

  constructor(sql: SqlConnection, accountId: string, reader: StringReader) {
    this.#sql = sql;
    this.#accountId = accountId;
    this.#reader = reader;
  }

  /** Reads a batch's strings and lays out its rows: work that can be done while another batch is written. */
  async prepare(batch: BatchToSave): Promise<PreparedBatch> {
    if (this.#known.size > rememberedStrings) this.#known.clear();
    const added = new Set<string>();
    for (const { rawTitle } of batch.rows) if (!this.#known.has(rawTitle)) added.add(rawTitle);
    const strings = prepareStrings([...added], this.#reader);
    for (const { rawTitle, id } of strings) this.#known.set(rawTitle, id);
    // Answers of the database to the batch at hand are let in between: each would wait for the whole of this one otherwise.
    await setImmediate();
    const { rows } = batch;
    // Words that rows share are sent once, and rows name their places: most of a batch would be the same few words.
    const profiles = new Dictionary();
    const matches = new Dictionary();
    const devices = new Dictionary();
    const countries = new Dictionary();
    const keys = [
      profiles.words,
      matches.words,
      rows.map((row) => profiles.place(row.profileId)),
      rows.map((row) => matches.place(this.#known.get(row.rawTitle) as string)),
      rows.map((row) => row.orderedAt),
      rows.map((row) => row.seconds),
      rows.map((row) => row.occurrence),
    ];
    const values = [
      rows.map((row) => row.watchedOn),
      rows.map((row) => row.accidental),
      devices.words,
      countries.words,
      rows.map((row) => row.supplemental),
      rows.map((row) => devices.place(row.device)),
      rows.map((row) => countries.place(row.country)),
    ];
    await setImmediate();
    return { batch, strings, keys, values };
  }

  /**
   * Saves a batch whole or not at all, with its strings, their titles and the place to go on from. Batches are saved in the
   * order in which they were prepared; after one that failed, none.
   * @throws {ImportLostError}
   */
  async save(prepared: PreparedBatch): Promise<void> {
    const { batch } = prepared;
    await this.#sql.transaction(async (sql) => {
      await lockAccount(sql, this.#accountId);
      await addStrings(sql, this.#accountId, prepared.strings, this.#reader);
      const counts = await this.#saveRows(sql, prepared);
      await this.#saveRejected(sql, batch);
      const done = await sql.query(
        `UPDATE import SET batches_done = $4::int, bytes_read = $5::bigint, rows_read = rows_read + $6::int,
           rows_imported = rows_imported + $7::int, rows_duplicate = rows_duplicate + $8::int,
           rows_rejected = rows_rejected + $9::int, rows_supplemental = rows_supplemental + $10::int
         WHERE account_id = $1::uuid AND id = $2::uuid AND leased_by = $3::uuid AND status = 'RUNNING'
           AND batches_done = $4::int - 1 RETURNING 1 AS one`,
        [
          this.#accountId,
          batch.importId,
          batch.workerId,
          batch.number,
          batch.bytesRead,
          batch.rows.length + batch.rejected.length,
          counts.imported,
          batch.rows.length - counts.imported,
          batch.rejected.length,
          counts.supplemental,
        ],
      );
      if (done.length === 0) throw new ImportLostError('The import was deleted or taken over');
    });
  }

  async #saveRows(sql: Sql, { batch, keys, values }: PreparedBatch) {
    if (batch.rows.length === 0) return { imported: 0, supplemental: 0 };
    const ids = [this.#accountId, batch.importId];
    const [counts] = await sql.query<{ imported: number; supplemental: number }>(
      `WITH made AS (
         INSERT INTO viewing (account_id, import_id, profile_id, match_id, ordered_at, seconds, occurrence, watched_on,
           accidental, supplemental, device, country)
         SELECT $1::uuid, $2::uuid, ($3::uuid[])[profile], ($4::uuid[])[match], to_timestamp(ordered_at), seconds, occurrence,
           date '1970-01-01' + watched_on, accidental, supplemental, ($12::text[])[device], ($13::text[])[country]
         FROM unnest($5::int[], $6::int[], $7::float8[], $8::int[], $9::smallint[], $10::int[], $11::bool[], $14::bool[],
           $15::int[], $16::int[])
           AS row(profile, match, ordered_at, seconds, occurrence, watched_on, accidental, supplemental, device, country)
         ON CONFLICT (account_id, profile_id, ordered_at, match_id, seconds, occurrence) DO NOTHING
         RETURNING supplemental)
       SELECT count(*)::int AS imported, (count(*) FILTER (WHERE supplemental))::int AS supplemental FROM made`,
      [...ids, ...keys, ...values],
    );
    if (counts === undefined) throw new Error('count(*) answered no row');
    // Rows that an earlier import brought: remember that this one contains them too.
    if (counts.imported < batch.rows.length)
      await sql.query(
        `INSERT INTO viewing_import (account_id, import_id, viewing_id)
         SELECT viewing.account_id, $2::uuid, viewing.id
         FROM unnest($5::int[], $6::int[], $7::float8[], $8::int[], $9::smallint[])
           AS row(profile, match, ordered_at, seconds, occurrence)
         JOIN viewing ON viewing.account_id = $1::uuid AND viewing.profile_id = ($3::uuid[])[row.profile]
           AND viewing.ordered_at = to_timestamp(row.ordered_at) AND viewing.match_id = ($4::uuid[])[row.match]
           AND viewing.seconds = row.seconds AND viewing.occurrence = row.occurrence
         WHERE viewing.import_id <> $2::uuid
         ON CONFLICT DO NOTHING`,
        [...ids, ...keys],
      );
    return counts;
  }

  async #saveRejected(sql: Sql, { importId, fileName, rejected }: BatchToSave): Promise<void> {
    if (rejected.length === 0) return;
    await sql.query(
      `INSERT INTO rejected_row (account_id, import_id, file_name, line, reason, content)
       SELECT $1::uuid, $2::uuid, $3, line, reason, content
       FROM unnest($4::int[], $5::text[], $6::text[]) AS row(line, reason, content) ON CONFLICT DO NOTHING`,
      [
        this.#accountId,
        importId,
        fileName,
        rejected.map((row) => row.line),
        rejected.map((row) => row.reason),
        rejected.map((row) => row.content),
      ],
    );
  }
}

/** Distinct words in the order they came; places count from 1, as PostgreSQL's arrays do, and 0 is no word. */
class Dictionary {
  readonly words: string[] = [];
  readonly #places = new Map<string, number>();

  place(word: string | null): number {
    if (word === null) return 0;
    let place = this.#places.get(word);
    if (place === undefined) {
      place = this.words.push(word);
      this.#places.set(word, place);
    }
    return place;
  }
}
