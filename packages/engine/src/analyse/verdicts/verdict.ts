import type { AnalysedPeriod } from '../analysed-history.ts';
import type { RatingRow } from '../archive/archive-rows.ts';
import { type EpisodeLists, seriesProgress } from '../series/series-progress.ts';
import { unfinishedFilms } from '../series/unfinished-films.ts';
import { kinds } from '../title-columns.ts';

/** What a profile thinks of a film or series, from -2 to 3: more is better. */
export interface Verdict {
  readonly score: number;
  readonly saidBy: 'RATING' | 'FINISHED' | 'ABANDONED';
}

export const verdictRule =
  'The latest rating, where there is one: thumbs down and one or two stars −2, three stars 0, thumbs up and four stars 2, two thumbs up and five stars 3. Else 1 for a film that was finished and a series that is FINISHED or CAUGHT_UP, −1 for a series that is ABANDONED by the catalogue’s list and a film left in the middle for more than abandonedAfterDays.';

/** Verdicts on what was watched in the period, by place of the work. */
export function verdictsOf(
  period: AnalysedPeriod,
  ratings: readonly RatingRow[],
  lists: EpisodeLists,
): ReadonlyMap<number, Verdict> {
  const { whole, settings, byWork } = period;
  const verdicts = new Map<number, Verdict>();
  const { plays } = whole;
  const { kind, work } = whole.titleColumns;
  const to = period.period.to ?? Number.POSITIVE_INFINITY;
  for (let play = 0; play < plays.length; play += 1) {
    const title = plays.title[play] as number;
    if (kind[title] === kinds.MOVIE && plays.finished[play] === 1 && (plays.lastDay[play] as number) <= to)
      verdicts.set(work[title] as number, { score: 1, saidBy: 'FINISHED' });
  }
  for (const { title, daysSince } of unfinishedFilms(period, Number.POSITIVE_INFINITY).items)
    if (daysSince > settings.abandonedAfterDays)
      verdicts.set(work[title] as number, { score: -1, saidBy: 'ABANDONED' });
  for (const { work: series, state, episodesTotal } of seriesProgress(period, lists, null, Number.POSITIVE_INFINITY)
    .items) {
    if (episodesTotal === null) continue;
    if (state === 'FINISHED' || state === 'CAUGHT_UP') verdicts.set(series, { score: 1, saidBy: 'FINISHED' });
    if (state === 'ABANDONED') verdicts.set(series, { score: -1, saidBy: 'ABANDONED' });
  }
  for (const [rated, { score }] of latestRatings(ratings)) verdicts.set(rated, { score, saidBy: 'RATING' });
  // A rating may be of something else than the period shows.
  for (const place of verdicts.keys()) if (place < 0 || byWork.viewings[place] === 0) verdicts.delete(place);
  return verdicts;
}

/** By work, what was said last. What was taken back, and what was not watched, is no rating. */
export function latestRatings(
  ratings: readonly RatingRow[],
): ReadonlyMap<number, RatingRow & { readonly score: number }> {
  const latest = new Map<number, RatingRow & { readonly score: number }>();
  for (const rating of [...ratings].sort((one, other) => one.at - other.at)) {
    if (rating.work < 0) continue;
    const score = scoreOf(rating);
    if (score === null) latest.delete(rating.work);
    else latest.set(rating.work, { ...rating, score });
  }
  return latest;
}

const scores = { thumbs: [null, -2, 2, 3], stars: [null, -2, -2, 0, 2, 3] } as const;

const scoreOf = ({ thumbs, stars }: RatingRow): number | null =>
  (thumbs === null ? scores.stars[stars ?? 0] : scores.thumbs[thumbs]) ?? null;
