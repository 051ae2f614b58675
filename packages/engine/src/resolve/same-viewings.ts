import { compareKey } from './compare-key.ts';
import { splitEpisodeSuffix } from './read/markers.ts';
import { readTitle } from './read/read-title.ts';

/** A row that has a day only: one per video, dated by its last viewing. */
export interface DatedRow {
  readonly id: string;
  readonly rawTitle: string;
  /** Days since 1970-01-01. */
  readonly day: number;
}

/** A row that has an instant: one for each time the video was played. */
export interface TimedRow {
  readonly rawTitle: string;
  /** The days, in the profile's time zone, on which it began and ended. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** The timed rows of one video, by day: how many there are, and whether a dated row has found its day. */
type DaysOfVideo = Map<number, { rows: number; isFound: boolean }>;

/**
 * Decides which dated rows are viewings that timed rows tell of too. Both kinds name a video alike, but for two habits: only
 * the activity adds "(Episode 5)", and the history may drop "Season 1". A history dates a viewing by its end.
 *
 * All rows of a profile are decided together: on one day as many dated rows are found as there are timed ones; then a day
 * that no dated row has found may answer for a neighbouring one, since nobody knows in which time zone Netflix counted. A
 * dated row further away is a viewing that the activity does not have.
 *
 * @returns the ids of the dated rows that a timed row stands for.
 */
export function sameViewings(dated: readonly DatedRow[], timed: readonly TimedRow[]): Set<string> {
  const videos = new Map<string, DaysOfVideo>();
  const keysOf = new Map<string, readonly string[]>();
  for (const { rawTitle, firstDay, lastDay } of timed) {
    const keys = keysOf.get(rawTitle) ?? timedKeys(rawTitle);
    keysOf.set(rawTitle, keys);
    for (const key of keys) {
      let days = videos.get(key);
      if (days === undefined) {
        days = new Map();
        videos.set(key, days);
      }
      for (const day of new Set([firstDay, lastDay])) {
        const entry = days.get(day);
        if (entry === undefined) days.set(day, { rows: 1, isFound: false });
        else entry.rows += 1;
      }
    }
  }
  const found = new Set<string>();
  const left: { row: DatedRow; days: DaysOfVideo }[] = [];
  // In a fixed order, so that the answer depends on the rows alone.
  const ordered = [...dated].sort((a, b) => a.day - b.day || (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  for (const row of ordered) {
    const days = videos.get(compareKey(row.rawTitle));
    if (days === undefined) continue;
    const entry = days.get(row.day);
    if (entry !== undefined && entry.rows > 0) {
      entry.rows -= 1;
      entry.isFound = true;
      found.add(row.id);
    } else left.push({ row, days });
  }
  for (const { row, days } of left) {
    const entry = [row.day - 1, row.day + 1].map((day) => days.get(day)).find((one) => one?.isFound === false);
    if (entry === undefined) continue;
    entry.isFound = true;
    found.add(row.id);
  }
  return found;
}

/** What a history may call the video of an activity row. */
function timedKeys(rawTitle: string): readonly string[] {
  const bare = splitEpisodeSuffix(rawTitle)?.rest ?? rawTitle;
  const keys = new Set([compareKey(bare), compareKey(rawTitle)]);
  const [reading] = readTitle(bare);
  if (reading?.kind === 'EPISODE' && reading.seasonNumber === 1 && reading.episodeName !== null)
    keys.add(compareKey(`${reading.seriesName} ${reading.episodeName}`));
  return [...keys];
}
