import { setImmediate } from 'node:timers/promises';
import { type Database, HistoryWriter, type ImportJob, importChannel, type ViewingToSave } from '@watchprint/database';
import {
  createZone,
  type DateOrder,
  type HistoryRow,
  inspectHistory,
  mainTimeZone,
  type RecognisedHistory,
  type RejectedRow,
  readHistory,
  supplementalTitle,
} from '@watchprint/engine';
import type { Originals } from '@watchprint/lake';
import { v7 as uuidv7 } from 'uuid';
import { stringReader } from './string-reader.ts';

const batchSize = 5000;
/** Longer than any title that Netflix shows (the longest seen has under 300 characters); keeps every index entry small. */
const longestTitle = 500;
const secondsPerDay = 86_400;

interface ProfileOfImport {
  readonly id: string;
  readonly zone: ReturnType<typeof createZone>;
}

/**
 * Reads the rows of one import into the store; goes on where an earlier run of it stopped.
 * @returns how many rows this run wrote.
 * @throws the signal's reason, between two batches, once it is aborted.
 */
export async function readRows(
  database: Database,
  originals: Originals,
  job: ImportJob,
  workerId: string,
  region: string,
  signal: AbortSignal,
): Promise<number> {
  const open = () => originals.open(job.sha256);
  const recognised = JSON.parse(job.recognised) as RecognisedHistory;
  const asked = job.askedDateOrder === null ? {} : { dateOrder: job.askedDateOrder as DateOrder };
  const layout = await inspectHistory(open, recognised, asked);
  await database.sql.query(
    'UPDATE import SET date_order = $3, date_order_reason = $4 WHERE account_id = $1::uuid AND id = $2::uuid',
    [job.accountId, job.id, layout.dateOrder, layout.dateOrderReason],
  );
  const writer = new HistoryWriter(database.sql, job.accountId, stringReader);
  const profiles = new Map<string, ProfileOfImport>();
  const occurrences = new Occurrences(layout.daysStandTogether);
  async function* preparedBatches() {
    let number = 0;
    for await (const batch of readHistory(open, layout, { batchSize })) {
      number += 1;
      const rejected = [...batch.rejected];
      const rows: ViewingToSave[] = [];
      for (const row of batch.rows) {
        const reason = unstorable(row);
        if (reason !== null) {
          rejected.push({ line: row.line, reason, content: row.rawTitle.slice(0, 2000) });
          continue;
        }
        const name = row.profileName ?? job.profileName ?? 'Profile';
        let profile = profiles.get(name);
        if (profile === undefined) {
          profile = await openProfile(database, job, name, row.country, region);
          profiles.set(name, profile);
        }
        rows.push(toSave(row, profile, occurrences));
      }
      // Read before, by a run that did not reach the end: counting occurrences was all that was left to do.
      if (number <= job.batchesDone) continue;
      const { bytesRead } = batch;
      await setImmediate();
      yield await writer.prepare({
        importId: job.id,
        workerId,
        fileName: job.fileName,
        number,
        rows,
        rejected: rejected.map(readable),
        bytesRead,
      });
    }
  }
  let written = 0;
  for await (const prepared of oneAhead(preparedBatches())) {
    signal.throwIfAborted();
    await writer.save(prepared);
    written += prepared.batch.rows.length;
    await database.sql.notify(importChannel, `${job.accountId}/${job.id}`);
  }
  return written;
}

/** Asks for the next item while the one before is worked on: a batch is prepared while the database writes another. */
async function* oneAhead<Item>(items: AsyncIterable<Item>): AsyncIterable<Item> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    let next = iterator.next();
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = iterator.next();
      // Whoever waits for it hears of its failure; nobody may get that far.
      next.catch(() => {});
      yield value;
    }
  } finally {
    await iterator.return?.();
  }
}

function unstorable(row: HistoryRow): string | null {
  if (row.rawTitle.length > longestTitle)
    return `the title has ${row.rawTitle.length} characters, over ${longestTitle}`;
  if (row.rawTitle.includes('\0')) return 'the title holds a NUL character';
  return null;
}

const supplementalTitles = new Map<string, boolean>();

/** The same strings come again and again, and telling takes a long expression. */
function isSupplemental(rawTitle: string): boolean {
  let known = supplementalTitles.get(rawTitle);
  if (known === undefined) {
    known = supplementalTitle(rawTitle) !== null;
    if (supplementalTitles.size >= 10_000) supplementalTitles.clear();
    supplementalTitles.set(rawTitle, known);
  }
  return known;
}

/** Tells equal rows of a day apart: the first is 1. Days that have passed are forgotten where no row comes back to them. */
class Occurrences {
  readonly #daysStandTogether: boolean;
  readonly #counts = new Map<string, number>();
  #day: number | null = null;

  constructor(daysStandTogether: boolean) {
    this.#daysStandTogether = daysStandTogether;
  }

  next(profileId: string, day: number, rawTitle: string): number {
    if (this.#daysStandTogether && day !== this.#day) this.#counts.clear();
    this.#day = day;
    const key = `${profileId}${day}\0${rawTitle}`;
    const occurrence = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, occurrence);
    return occurrence;
  }
}

/** PostgreSQL's text cannot hold NUL. */
const readable = ({ line, reason, content }: RejectedRow): RejectedRow => ({
  line,
  reason: reason.replaceAll('\0', '\u{FFFD}'),
  content: content.replaceAll('\0', '\u{FFFD}'),
});

function toSave(row: HistoryRow, profile: ProfileOfImport, occurrences: Occurrences): ViewingToSave {
  const days = row.day;
  const isDated = days !== null;
  const startedAt = isDated ? days * secondsPerDay + secondsPerDay / 2 : (row.startedAt as number);
  return {
    profileId: profile.id,
    rawTitle: row.rawTitle,
    accidental: row.accidental,
    device: row.device,
    country: row.country,
    orderedAt: startedAt,
    watchedOn: isDated ? days : profile.zone.dayOf(startedAt),
    occurrence: isDated ? occurrences.next(profile.id, days, row.rawTitle) : 0,
    seconds: isDated ? -1 : (row.secondsWatched ?? -1),
    // Trailers and the like never make a row of a file with days only (the corpus' pair of files shows it). Elsewhere a handful
    // of promos carry no type and are known by their title alone.
    supplemental: !isDated && (row.supplementalType !== null || isSupplemental(row.rawTitle)),
  };
}

/** The profile of that name, made where the account has none; its time zone follows the rows until somebody sets it. */
async function openProfile(
  { sql }: Database,
  job: ImportJob,
  name: string,
  country: string | null,
  region: string,
): Promise<ProfileOfImport> {
  const assumed = (country === null ? null : mainTimeZone(country)) ?? mainTimeZone(region) ?? 'UTC';
  await sql.query(
    `INSERT INTO profile (account_id, id, name, time_zone, time_zone_assumed)
     VALUES ($1::uuid, $2::uuid, $3, $4, $5) ON CONFLICT (account_id, name) DO NOTHING`,
    [job.accountId, uuidv7(), name, job.askedTimeZone ?? assumed, job.askedTimeZone === null],
  );
  const [profile] = await sql.query<{ id: string; timeZone: string }>(
    'SELECT id::text, time_zone AS "timeZone" FROM profile WHERE account_id = $1::uuid AND name = $2',
    [job.accountId, name],
  );
  if (profile === undefined) throw new Error('A profile that was just made is gone');
  return { id: profile.id, zone: createZone(profile.timeZone) };
}
