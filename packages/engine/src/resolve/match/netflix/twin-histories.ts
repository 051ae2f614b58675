import type { NetflixTitle } from './netflix-names.ts';

/** A history as it was downloaded. */
export interface DownloadedHistory {
  readonly rows: readonly {
    readonly rawTitle: string;
    /** Days since 1970-01-01; null where the row does not say. */
    readonly day: number | null;
  }[];
}

/** Two short histories can have the same days by chance. */
const FEWEST_ROWS = 50;

/**
 * Finds downloads of one history in two languages: row by row, all their days are the same. What stands in one row of both is one
 * video, so each is a dictionary of the other.
 */
export function namesOfTwins(histories: readonly DownloadedHistory[]): NetflixTitle[] {
  const byDays = new Map<string, DownloadedHistory[]>();
  for (const history of histories) {
    if (history.rows.length < FEWEST_ROWS) continue;
    const days = history.rows.map(({ day }) => day);
    if (days.includes(null)) continue;
    const key = days.join(' ');
    byDays.set(key, [...(byDays.get(key) ?? []), history]);
  }
  const names: NetflixTitle[] = [];
  for (const [first, ...twins] of byDays.values())
    for (const twin of twins)
      for (const [place, { rawTitle }] of twin.rows.entries()) {
        const title = first?.rows[place]?.rawTitle ?? rawTitle;
        if (title !== rawTitle) names.push({ title, originalTitle: rawTitle });
      }
  return names;
}
