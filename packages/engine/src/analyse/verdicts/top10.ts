import type { AnalysedPeriod } from '../analysed-history.ts';
import { compareText, type Figure, figureOf, median, type Statistic } from '../figure.ts';

export const top10Statistic: Statistic = {
  definition:
    'How much of what was watched in the period ever was in Netflix’s weekly Top 10 of the region, and how many days after it first charted there it was first watched; negative: before.',
  formula:
    'Films and series with a viewing on a day that the lists cover, from the Monday of their first week to the Sunday of their last. Charted are those that any list has. Days from the Monday of the first week on a list to the first viewing in the whole history; titles of the very first list are left out of the days, since they may have been there before. The median is over titles.',
  source: 'Netflix, Tudum Top 10: weekly lists by country since the week of 28 June 2021.',
  needs: ['CATALOGUE', 'TOP10_LISTS'],
};

/** Netflix's lists of one region. Days since 1970-01-01. */
export interface Top10Lists {
  /** ISO 3166-1 alpha-2. */
  readonly region: string;
  /** The Monday of the first week and the Sunday of the last. */
  readonly from: number;
  readonly to: number;
  /** By IMDb id: the Sundays on which a work's weeks ended, oldest first. */
  readonly weeks: ReadonlyMap<string, readonly number[]>;
}

export interface Top10Title {
  /** Place in the history's works. */
  readonly work: number;
  /** The Monday of its first week. */
  readonly chartedOn: number;
  readonly weeks: number;
  readonly firstWatchedOn: number;
  readonly lagDays: number;
}

export interface Top10Comparison extends Figure {
  readonly region: string;
  readonly titlesCharted: number;
  readonly titlesCompared: number;
  readonly medianLagDays: number | null;
  /** Those that charted, the latest watched first. */
  readonly items: readonly Top10Title[];
}

/** Coverage: the share of viewings that are of a work of the catalogue on a day that the lists cover. */
export function top10Comparison(
  period: AnalysedPeriod,
  lists: Top10Lists | null,
  region: string,
  limit: number,
): Top10Comparison {
  const { rows, history, whole } = period;
  const compared = new Set<number>();
  let known = 0;
  for (const row of rows) {
    const day = history.day[row] as number;
    const work = whole.workOfRow[row] as number;
    if (lists === null || work < 0 || day < lists.from || day > lists.to || history.works[work]?.imdbId == null)
      continue;
    known += 1;
    compared.add(work);
  }
  const first = new Map<number, number>();
  for (const row of whole.order) {
    const work = whole.workOfRow[row] as number;
    if (compared.has(work) && !first.has(work)) first.set(work, history.day[row] as number);
  }
  const items = [...compared].flatMap((work): Top10Title[] => {
    const weeks = lists?.weeks.get(history.works[work]?.imdbId ?? '');
    const sunday = weeks?.[0];
    const firstWatchedOn = first.get(work);
    if (weeks === undefined || sunday === undefined || firstWatchedOn === undefined) return [];
    const chartedOn = sunday - 6;
    return [{ work, chartedOn, weeks: weeks.length, firstWatchedOn, lagDays: firstWatchedOn - chartedOn }];
  });
  const idOf = ({ work }: Top10Title) => history.works[work]?.id ?? '';
  items.sort((one, other) => other.firstWatchedOn - one.firstWatchedOn || compareText(idOf(one), idOf(other)));
  const missing =
    lists === null
      ? 'There are no Top 10 lists of this region: `watchprint lake sync netflix-top10` brings them.'
      : 'Nothing of this period that was joined to the catalogue was watched on a day that the lists cover.';
  return {
    ...figureOf(top10Statistic, known, rows.length, missing),
    region,
    titlesCharted: items.length,
    titlesCompared: compared.size,
    medianLagDays: median(items.flatMap(({ chartedOn, lagDays }) => (chartedOn === lists?.from ? [] : [lagDays]))),
    items: items.slice(0, limit),
  };
}
