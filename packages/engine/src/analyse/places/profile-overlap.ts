import type { AnalysedPeriod } from '../analysed-history.ts';
import { compareText, type Figure, figureOf, type Statistic, shareOf } from '../figure.ts';

export const profileOverlapStatistic: Statistic = {
  definition:
    'What two profiles of the account have in common in the period: films and series that both watched, as a share of all that either did, and when in the day each watches.',
  formula:
    'Works that both have a viewing of, over works that at least one has (Jaccard’s index). Shared works by the smaller of the two numbers of viewings. Hours are shares of each profile’s viewings whose time of day is known, each on its own clock; their overlap is the sum over 24 hours of the smaller of the two shares.',
  source:
    'Jaccard, Étude comparative de la distribution florale (1901); overlap of two distributions after Ridout and Linkie, Estimating overlap of daily activity patterns from camera trap data (2009).',
  needs: ['PROFILES'],
};

export interface SharedWork {
  /** Place in the first history's works. */
  readonly work: number;
  readonly viewings: number;
  readonly otherViewings: number;
}

export interface ProfileOverlap extends Figure {
  readonly sharedWorks: number;
  /** 0 to 1; null where neither watched anything that could be read. */
  readonly overlap: number | null;
  /** 0 to 1; null where either has no times of day. */
  readonly hourOverlap: number | null;
  /** 24, from midnight: shares of viewings. None where there are no times of day. */
  readonly hours: readonly number[];
  readonly otherHours: readonly number[];
  readonly items: readonly SharedWork[];
}

/** Coverage: the share of the first profile's viewings that are of something that could be read. */
export function profileOverlap(mine: AnalysedPeriod, other: AnalysedPeriod, limit: number): ProfileOverlap {
  const theirs = new Map<string, number>();
  for (const [work, { id }] of other.history.works.entries()) {
    const viewings = other.byWork.viewings[work] as number;
    if (viewings > 0) theirs.set(id, viewings);
  }
  let own = 0;
  let known = 0;
  const shared: SharedWork[] = [];
  for (const [work, { id }] of mine.history.works.entries()) {
    const viewings = mine.byWork.viewings[work] as number;
    if (viewings === 0) continue;
    own += 1;
    known += viewings;
    const otherViewings = theirs.get(id);
    if (otherViewings !== undefined) shared.push({ work, viewings, otherViewings });
  }
  const both = ({ viewings, otherViewings }: SharedWork) => Math.min(viewings, otherViewings);
  const idOf = ({ work }: SharedWork) => mine.history.works[work]?.id ?? '';
  shared.sort((one, two) => both(two) - both(one) || compareText(idOf(one), idOf(two)));
  const hours = hourShares(mine);
  const otherHours = hourShares(other);
  return {
    ...figureOf(profileOverlapStatistic, known, mine.rows.length, 'No string of this period could be read as a title.'),
    sharedWorks: shared.length,
    overlap: shareOf(shared.length, own + theirs.size - shared.length),
    hourOverlap:
      hours.length === 0 || otherHours.length === 0
        ? null
        : hours.reduce((sum, share, hour) => sum + Math.min(share, otherHours[hour] as number), 0),
    hours,
    otherHours,
    items: shared.slice(0, limit),
  };
}

function hourShares({ rows, whole: { clock } }: AnalysedPeriod): number[] {
  const viewings = new Array<number>(24).fill(0);
  let timed = 0;
  for (const row of rows) {
    const shown = clock[row] as number;
    if (Number.isNaN(shown)) continue;
    timed += 1;
    const hour = Math.floor((shown / 3600) % 24);
    viewings[hour] = (viewings[hour] as number) + 1;
  }
  return timed === 0 ? [] : viewings.map((count) => count / timed);
}
