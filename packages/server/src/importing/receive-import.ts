import { type Database, importChannel } from '@watchprint/database';
import { type DateOrder, EngineError, type RecognisedHistory, recogniseHistory } from '@watchprint/engine';
import type { Originals } from '@watchprint/lake';
import { v7 as uuidv7 } from 'uuid';

export interface ReceivedFile {
  readonly fileName: string;
  readonly stream: AsyncIterable<Uint8Array>;
  readonly profileName: string | null;
  readonly dateOrder: DateOrder | null;
  readonly timeZone: string | null;
}

/**
 * Keeps an upload, recognises its format and queues its import: all that happens before `importHistory` answers.
 *
 * @returns the import's id.
 * @throws {HistoryFormatError} when it is no history; then nothing of it is kept.
 */
export async function receiveImport(
  database: Database,
  originals: Originals,
  accountId: string,
  file: ReceivedFile,
): Promise<string> {
  const { sha256, bytes } = await originals.keep(file.stream);
  let recognised: RecognisedHistory;
  try {
    recognised = await recogniseHistory(() => originals.open(sha256));
  } catch (error) {
    if (error instanceof EngineError) await removeUnlessUsed(database, originals, sha256);
    throw error;
  }
  const id = uuidv7();
  await database.sql.query(
    `INSERT INTO import (account_id, id, sha256, file_name, format, recognised, bytes_total, profile_name, asked_date_order,
       asked_time_zone)
     VALUES ($1::uuid, $2::uuid, $3, $4, $5, $6::text::jsonb, $7::bigint, $8, $9, $10)`,
    [
      accountId,
      id,
      sha256,
      file.fileName,
      recognised.format,
      JSON.stringify(recognised),
      bytes,
      file.profileName,
      file.dateOrder,
      file.timeZone,
    ],
  );
  await database.sql.notify(importChannel, `${accountId}/${id}`);
  return id;
}

/** Removes an original that no import needs. */
export async function removeUnlessUsed(database: Database, originals: Originals, sha256: string): Promise<void> {
  const uses = await database.sql.query('SELECT 1 AS one FROM import WHERE sha256 = $1 LIMIT 1', [sha256]);
  if (uses.length === 0) await originals.remove(sha256);
}
