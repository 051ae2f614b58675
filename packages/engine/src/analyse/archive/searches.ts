import type { AnalysedPeriod } from '../analysed-history.ts';
import { compareText, type Figure, median, type Statistic, shareOf } from '../figure.ts';
import type { SearchRow } from './archive-rows.ts';
import { noRows } from './ratings.ts';

export const searchesStatistic: Statistic = {
  definition:
    'Searches in the period, and how many led to something being played: from the search itself, or by a viewing of what it showed within the hour. Coverage is the share of searches that showed something the profile has watched.',
  formula:
    'Rows of SearchHistory.csv that follow one another within 10 minutes are one search, with the last text that was typed. It led to a play when a row’s action is “play”, or a viewing of a title that it showed began within 60 minutes after its last row. Minutes from its first row to that play; the median is over searches that led to one.',
  source: null,
  needs: ['SEARCH_HISTORY', 'TIMES'],
};

const gapSeconds = 600;
const playWithinSeconds = 3600;

export interface SearchWord {
  readonly query: string;
  readonly searches: number;
}

export interface Searches extends Figure {
  readonly searches: number;
  readonly ledToPlay: number;
  readonly medianSecondsToPlay: number | null;
  /** What was typed most, in small letters. */
  readonly queries: readonly SearchWord[];
}

export function searches(period: AnalysedPeriod, all: readonly SearchRow[], limit: number): Searches {
  const { whole } = period;
  const found: { rows: SearchRow[] }[] = [];
  for (const row of [...all].sort((one, other) => one.at - other.at)) {
    const last = found.at(-1);
    if (last !== undefined && row.at - (last.rows.at(-1) as SearchRow).at <= gapSeconds) last.rows.push(row);
    else found.push({ rows: [row] });
  }
  const inPeriod = found.filter(({ rows }) => period.contains(whole.zone.dayOf((rows[0] as SearchRow).at)));
  const starts = startsOfWorks(period);
  const waits: number[] = [];
  const words = new Map<string, number>();
  let known = 0;
  for (const { rows } of inPeriod) {
    const begun = (rows[0] as SearchRow).at;
    const ended = (rows.at(-1) as SearchRow).at;
    const played = rows.flatMap(({ at, action }) => (action?.toLowerCase() === 'play' ? [at] : []));
    const shown = new Set(rows.flatMap(({ work }) => (work >= 0 ? [work] : [])));
    if (shown.size > 0) known += 1;
    const viewed = [...shown].flatMap((work) => firstAfter(starts.get(work) ?? [], begun) ?? []);
    const plays = [...played, ...viewed.filter((at) => at <= ended + playWithinSeconds)];
    if (plays.length > 0) waits.push(Math.min(...plays) - begun);
    const query = rows
      .findLast((row) => row.query !== null)
      ?.query?.trim()
      .toLowerCase();
    if (query) words.set(query, (words.get(query) ?? 0) + 1);
  }
  const queries = [...words]
    .map(([query, count]) => ({ query, searches: count }))
    .sort((one, other) => other.searches - one.searches || compareText(one.query, other.query));
  return {
    definition: searchesStatistic.definition,
    coverage: shareOf(known, inPeriod.length),
    unknownBecause: inPeriod.length > 0 ? null : noRows('SearchHistory.csv', all.length),
    searches: inPeriod.length,
    ledToPlay: waits.length,
    medianSecondsToPlay: median(waits),
    queries: queries.slice(0, limit),
  };
}

/** When viewings of each work began, oldest first. */
function startsOfWorks({ history, whole }: AnalysedPeriod): Map<number, number[]> {
  const starts = new Map<number, number[]>();
  for (const row of whole.order) {
    const work = whole.workOfRow[row] as number;
    const startedAt = history.startedAt[row] as number;
    if (work < 0 || Number.isNaN(startedAt)) continue;
    const before = starts.get(work);
    if (before === undefined) starts.set(work, [startedAt]);
    else before.push(startedAt);
  }
  return starts;
}

const firstAfter = (sorted: readonly number[], at: number): number | undefined => sorted.find((one) => one >= at);
