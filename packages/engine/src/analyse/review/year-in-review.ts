import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, noViewings, type Statistic } from '../figure.ts';
import { type Binge, binges } from '../series/binges.ts';
import { type LongestDay, longestDays } from '../time/longest-days.ts';
import { type Streaks, streaks } from '../time/streaks.ts';
import { type TimelinePoint, timeline } from '../time/timeline.ts';
import { type WatchTotals, watchTotals } from '../time/totals.ts';
import { type RankingItem, ranking } from '../titles/ranking.ts';
import type { FactsOfWorks } from '../work-facts.ts';

export const yearInReviewStatistic: Statistic = {
  definition:
    'One calendar year in one answer: its totals, busiest month, longest day, longest streak, largest binge, most watched series, films and genres, and what it began and ended with. Coverage is that of the time watched.',
  formula:
    'Each part as the figure of its name defines it, of 1 January to 31 December, whatever period was asked for. The busiest month is that with most time watched, where the files say it for all months, else with most viewings; series and films are those with most time watched, too, else with most viewings: a film that was paused five times has six. New titles are films and series of which nothing was watched in any year before.',
  source: null,
  needs: [],
};

export interface YearInReview extends Figure {
  readonly year: number;
  readonly totals: WatchTotals;
  readonly busiestMonth: TimelinePoint | null;
  readonly longestDay: LongestDay | null;
  readonly streaks: Streaks;
  readonly binge: Binge | null;
  readonly series: readonly RankingItem[];
  readonly films: readonly RankingItem[];
  readonly genres: readonly RankingItem[];
  /** Films and series watched for the first time. */
  readonly newTitles: number;
  /** Places in the history's titles. */
  readonly firstTitle: number | null;
  readonly lastTitle: number | null;
}

const shown = 5;

/** @param period That year's. */
export function yearInReview(period: AnalysedPeriod, year: number, facts: FactsOfWorks): YearInReview {
  const { rows, history } = period;
  const totals = watchTotals(period);
  const months = timeline(period, 'MONTH').points.filter(({ viewings }) => viewings > 0);
  const isTimed = months.every(({ secondsWatched }) => secondsWatched !== null);
  const weight = (month: TimelinePoint) => (isTimed ? (month.secondsWatched as number) : month.viewings);
  const busiestMonth = months.reduce<TimelinePoint | null>(
    (most, month) => (most === null || weight(month) > weight(most) ? month : most),
    null,
  );
  const titleAt = (row: number | undefined) => {
    const place = row === undefined ? -1 : (history.title[row] as number);
    return place < 0 ? null : place;
  };
  const films = new Set(history.titles.flatMap(({ kind, id }) => (kind === 'MOVIE' ? [id] : [])));
  const most = (dimension: 'TITLE' | 'SERIES', isWanted: (item: RankingItem) => boolean = () => true) => {
    const items = ranking(period, facts, dimension, Number.POSITIVE_INFINITY).items.filter(isWanted);
    // Equal ones stay as they were: by viewings.
    if (isTimed) items.sort((one, other) => (other.secondsWatched ?? 0) - (one.secondsWatched ?? 0));
    return items.slice(0, shown);
  };
  return {
    definition: yearInReviewStatistic.definition,
    coverage: totals.coverage,
    unknownBecause: rows.length === 0 ? noViewings : null,
    year,
    totals,
    busiestMonth,
    longestDay: longestDays(period, 1).items[0] ?? null,
    streaks: streaks(period),
    binge: binges(period, 1).items[0] ?? null,
    series: most('SERIES'),
    films: most('TITLE', ({ key }) => films.has(key)),
    genres: ranking(period, facts, 'GENRE', shown).items,
    newTitles: newWorks(period),
    firstTitle: titleAt(rows[0]),
    lastTitle: titleAt(rows.at(-1)),
  };
}

function newWorks({ byWork, whole, period }: AnalysedPeriod): number {
  const before = whole.in({ from: null, to: (period.from as number) - 1 }).byWork;
  return byWork.viewings.reduce(
    (count, viewings, work) => count + (viewings > 0 && before.viewings[work] === 0 ? 1 : 0),
    0,
  );
}
