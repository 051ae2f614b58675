import type { AnalysedPeriod } from '../analysed-history.ts';
import { compareText, type Figure, median, type Statistic, shareOf } from '../figure.ts';
import type { MyListRow } from './archive-rows.ts';
import { noRows } from './ratings.ts';

export const myListStatistic: Statistic = {
  definition:
    'What was put on My List in the period, and how long it took until it was watched. Coverage is the share of entries of which anything was ever watched.',
  formula:
    'Entries of MyList.csv by the day they were added (UTC; later exports repeat earlier ones, a title counts once, with its first day). Days to the first viewing on that day or after, in the whole history; the median is over entries that have one. An entry whose title has viewings before that day alone was watched before. What was taken off the list before the export is not in it.',
  source: null,
  needs: ['MY_LIST'],
};

export interface MyListEntry {
  readonly rawTitle: string;
  /** Place in the history's works; -1: never watched. */
  readonly work: number;
  /** Days since 1970-01-01. */
  readonly addedOn: number;
  readonly watchedOn: number | null;
}

export interface MyListFigure extends Figure {
  readonly added: number;
  readonly watchedAfter: number;
  readonly watchedBefore: number;
  readonly neverWatched: number;
  readonly medianDays: number | null;
  /** Entries never watched, longest on the list first. */
  readonly waiting: readonly MyListEntry[];
}

export function myList(period: AnalysedPeriod, all: readonly MyListRow[], limit: number): MyListFigure {
  const { history, whole } = period;
  const first = new Map<string, MyListRow>();
  for (const row of [...all].sort((one, other) => one.day - other.day || compareText(one.rawTitle, other.rawTitle)))
    if (!first.has(row.rawTitle)) first.set(row.rawTitle, row);
  const added = [...first.values()].filter(({ day }) => period.contains(day));
  const wanted = new Set(added.map(({ work }) => work));
  const days = new Map<number, number[]>();
  for (const row of whole.order) {
    const work = whole.workOfRow[row] as number;
    if (work < 0 || !wanted.has(work)) continue;
    const before = days.get(work);
    if (before === undefined) days.set(work, [history.day[row] as number]);
    else before.push(history.day[row] as number);
  }
  const entries = added.map(({ rawTitle, work, day }): MyListEntry => {
    const watchedOn = days.get(work)?.find((watched) => watched >= day) ?? null;
    return { rawTitle, work: days.has(work) ? work : -1, addedOn: day, watchedOn };
  });
  const lags = entries.flatMap(({ addedOn, watchedOn }) => (watchedOn === null ? [] : [watchedOn - addedOn]));
  const waiting = entries.filter(({ work }) => work < 0);
  return {
    definition: myListStatistic.definition,
    coverage: shareOf(entries.length - waiting.length, entries.length),
    unknownBecause:
      entries.length === 0
        ? noRows('MyList.csv', all.length)
        : whole.order.length === 0
          ? 'Nothing is known of what this profile watched.'
          : null,
    added: entries.length,
    watchedAfter: lags.length,
    watchedBefore: entries.length - waiting.length - lags.length,
    neverWatched: waiting.length,
    medianDays: median(lags),
    waiting: waiting.slice(0, limit),
  };
}
