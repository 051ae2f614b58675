import { storableText, type ViewingToSave } from '@watchprint/database/prepare';
import { type HistoryLayout, type HistoryRow, type OpenFile, readHistory, supplementalTitle } from '@watchprint/engine';
import { longestTitle, type PreparedPart } from './prepared-part.ts';
import type { ProfileOfImport, ProfilesOfImport } from './profiles-of-import.ts';

const secondsPerDay = 86_400;

/** Reads a history into viewings, each with its profile. */
export async function* prepareViewings(
  open: OpenFile,
  layout: HistoryLayout,
  profiles: ProfilesOfImport,
  batchSize: number,
): AsyncGenerator<PreparedPart<ViewingToSave>> {
  const occurrences = new Occurrences(layout.daysStandTogether);
  for await (const batch of readHistory(open, layout, { batchSize })) {
    const rejected = [...batch.rejected];
    const rows: ViewingToSave[] = [];
    for (const row of batch.rows) {
      const reason = unstorable(row) ?? profiles.unfit(row.profileName);
      if (reason !== null) {
        rejected.push({ line: row.line, reason, content: row.rawTitle.slice(0, 2000) });
        continue;
      }
      const profile = profiles.known(row.profileName) ?? (await profiles.open(row.profileName, row.country));
      rows.push(toSave(row, profile, occurrences));
    }
    yield { rows, rejected, bytesRead: batch.bytesRead };
  }
}

function unstorable(row: HistoryRow): string | null {
  if (row.rawTitle.length > longestTitle)
    return `the title has ${row.rawTitle.length} characters, over ${longestTitle}`;
  return row.rawTitle.includes('\0') ? 'the title holds a NUL character' : null;
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

function toSave(row: HistoryRow, profile: ProfileOfImport, occurrences: Occurrences): ViewingToSave {
  const days = row.day;
  const isDated = days !== null;
  const startedAt = isDated ? days * secondsPerDay + secondsPerDay / 2 : (row.startedAt as number);
  return {
    profileId: profile.id,
    rawTitle: row.rawTitle,
    accidental: row.accidental,
    device: row.device === null ? null : storableText(row.device),
    country: row.country,
    orderedAt: startedAt,
    watchedOn: isDated ? days : profile.zone.dayOf(startedAt),
    occurrence: isDated ? occurrences.next(profile.id, days, row.rawTitle) : 0,
    seconds: isDated ? -1 : (row.secondsWatched ?? -1),
    positionSeconds: row.positionSeconds,
    // Trailers and the like never make a row of a file with days only (the corpus' pair of files shows it). Elsewhere a handful
    // of promos carry no type and are known by their title alone.
    supplemental: !isDated && (row.supplementalType !== null || isSupplemental(row.rawTitle)),
  };
}
