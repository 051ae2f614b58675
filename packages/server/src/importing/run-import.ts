import { type AccountStore, HistoryWriter, type ImportJob, openProfile, storableText } from '@watchprint/database';
import type { DateOrder } from '@watchprint/engine';
import type { Originals } from '@watchprint/lake';
import { type PreparingHost, prepareBatches } from './prepare-batches.ts';
import { prepareInThread } from './prepare-in-thread.ts';
import { type UploadToRead, unpackedBytes } from './recognise-upload.ts';
import { assumedTimeZone } from './settle-profiles.ts';
import { stringReader } from './string-reader.ts';

/** From this size on, a file is prepared in a thread of its own: it is worth the time that a thread takes to start. */
const largeFile = 2_000_000;

/**
 * Reads the rows of one import into the store; goes on where an earlier run of it stopped.
 * @returns how many rows this run wrote, and the time zone, by profile, in which their days were counted; null where runs may
 *   differ.
 * @param mayGoOn is asked between two batches; what it throws ends the run.
 */
export async function readRows(
  account: AccountStore,
  originals: Originals,
  job: ImportJob,
  workerId: string,
  region: string,
  mayGoOn: () => Promise<void>,
): Promise<{ written: number; countedIn: ReadonlyMap<string, string | null> }> {
  const countedIn = new Map<string, string | null>();
  const host: PreparingHost = {
    async settled({ dateOrder, dateOrderReason }) {
      await account.query(
        'UPDATE import SET date_order = $3, date_order_reason = $4 WHERE account_id = $1::uuid AND id = $2::uuid',
        [job.id, dateOrder, storableText(dateOrderReason)],
      );
    },
    async unused(place, use, note) {
      await account.query(
        `UPDATE imported_file SET use = $4::text::"FileUse", note = $5
         WHERE account_id = $1::uuid AND import_id = $2::uuid AND place = $3::int`,
        [job.id, place, use, storableText(note)],
      );
    },
    async openProfile(name, saidBy, country) {
      const profile = await openProfile(account, {
        name,
        saidBy,
        // A guess by its first row, until all are there.
        timeZone: job.askedTimeZone ?? assumedTimeZone(country, region),
        timeZoneAssumed: job.askedTimeZone === null,
      });
      // An earlier run may have counted in another.
      countedIn.set(profile.id, job.batchesDone === 0 ? profile.timeZone : null);
      return profile;
    },
  };
  const upload = JSON.parse(job.recognised) as UploadToRead;
  const toPrepare = {
    accountId: job.accountId,
    importId: job.id,
    workerId,
    originals: originals.folder,
    sha256: job.sha256,
    bytes: job.bytes,
    upload,
    askedDateOrder: job.askedDateOrder as DateOrder | null,
    profileName: job.profileName,
    batchesDone: job.batchesDone,
  };
  const prepare = unpackedBytes(upload) < largeFile ? prepareBatches : prepareInThread;
  const writer = new HistoryWriter(account, stringReader);
  let written = 0;
  for await (const batch of prepare(toPrepare, host)) {
    await mayGoOn();
    await writer.save(batch);
    written += batch.kind === 'VIEWINGS' ? batch.rowCount : batch.rows.length;
  }
  return { written, countedIn };
}
