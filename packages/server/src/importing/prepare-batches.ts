import type { OpenedProfile, ProfileToOpen } from '@watchprint/database';
import {
  BatchPreparer,
  memoryOf,
  type PreparedBatch,
  SpareMemory,
  type ViewingToSave,
} from '@watchprint/database/prepare';
import {
  createZone,
  type DateOrder,
  type HistoryLayout,
  type HistoryRow,
  inspectHistory,
  type RecognisedHistory,
  type RejectedRow,
  readHistory,
  supplementalTitle,
} from '@watchprint/engine';
import { createOriginals } from '@watchprint/lake';
import { stringReader } from './string-reader.ts';

const batchSize = 5000;
/** Longer than any title that Netflix shows (the longest seen has under 300 characters); keeps every index entry small. */
const longestTitle = 500;
const longestProfileName = 200;
const secondsPerDay = 86_400;

/** What there is to know of an import to read its file: plain values, which a thread can be started with. */
export interface ImportToPrepare {
  readonly accountId: string;
  readonly importId: string;
  readonly workerId: string;
  readonly originals: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly recognised: RecognisedHistory;
  readonly askedDateOrder: DateOrder | null;
  readonly profileName: string | null;
  readonly batchesDone: number;
}

/** What preparing asks of whoever has the database. */
export interface PreparingHost {
  /** Told once, before the first batch. */
  settled(layout: Pick<HistoryLayout, 'dateOrder' | 'dateOrderReason'>): Promise<void>;
  /** The profile of that name, made where there is none. `country` is that of its first row. */
  openProfile(name: string, saidBy: ProfileToOpen['saidBy'], country: string | null): Promise<OpenedProfile>;
}

/**
 * Reads an import's file into batches that are ready to be saved, from where an earlier run stopped. It needs no database
 * itself, so it runs in this thread or in one of its own. A batch is good until the next is asked for: then its memory is used
 * again.
 * @throws {EngineError} when the dates cannot be told.
 */
export async function* prepareBatches(
  job: ImportToPrepare,
  host: PreparingHost,
  spare = new SpareMemory(),
): AsyncGenerator<PreparedBatch> {
  const open = () => createOriginals(job.originals).open(job.sha256);
  const asked = job.askedDateOrder === null ? {} : { dateOrder: job.askedDateOrder };
  const layout = await inspectHistory(open, job.recognised, asked);
  await host.settled({ dateOrder: layout.dateOrder, dateOrderReason: layout.dateOrderReason });
  const preparer = new BatchPreparer(job.accountId, stringReader, spare);
  const profiles = new Map<string, ProfileOfImport>();
  const occurrences = new Occurrences(layout.daysStandTogether);
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
      const name = row.profileName ?? '';
      let profile = profiles.get(name);
      if (profile === undefined) {
        const { id, timeZone } =
          name === ''
            ? await host.openProfile(job.profileName ?? 'Profile', 'CALLER', row.country)
            : await host.openProfile(name, 'FILE', row.country);
        profile = { id, zone: createZone(timeZone) };
        profiles.set(name, profile);
      }
      rows.push(toSave(row, profile, occurrences));
    }
    // Read before, by a run that did not reach the end: counting occurrences was all that was left to do.
    if (number <= job.batchesDone) continue;
    const prepared = preparer.prepare({
      importId: job.importId,
      workerId: job.workerId,
      fileName: job.fileName,
      number,
      rows,
      rejected: rejected.map(readable),
      bytesRead: batch.bytesRead,
    });
    yield prepared;
    spare.give(...memoryOf(prepared));
  }
}

interface ProfileOfImport {
  readonly id: string;
  readonly zone: ReturnType<typeof createZone>;
}

function unstorable(row: HistoryRow): string | null {
  if (row.rawTitle.length > longestTitle)
    return `the title has ${row.rawTitle.length} characters, over ${longestTitle}`;
  if (row.profileName !== null && row.profileName.length > longestProfileName)
    return `the profile's name has ${row.profileName.length} characters, over ${longestProfileName}`;
  if (row.profileName?.includes('\0')) return "the profile's name holds a NUL character";
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
