import {
  countedRows,
  type Figure,
  type HistoryColumns,
  noViewings,
  type Period,
  SecondsSum,
  shareOf,
} from './history-columns.ts';

export interface WatchTotals extends Figure {
  readonly viewings: number;
  readonly accidentalViewings: number;
  /** Null where no row says. */
  readonly secondsWatched: number | null;
  readonly titles: number;
  readonly movies: number;
  readonly series: number;
  readonly episodes: number;
  readonly activeDays: number;
  /** Days since 1970-01-01. */
  readonly firstWatchedOn: number | null;
  readonly lastWatchedOn: number | null;
}

/** Counts of a period. Coverage: the share of its viewings that say how long they were watched. */
export function watchTotals(history: HistoryColumns, period: Period): WatchTotals {
  const rows = countedRows(history, period);
  const seconds = new SecondsSum();
  const days = new Set<number>();
  const titles = new Set<string>();
  const series = new Set<string>();
  const ofKind = {
    MOVIE: new Set<string>(),
    EPISODE: new Set<string>(),
    SERIES: new Set<string>(),
    SEASON: new Set<string>(),
  };
  let first: number | null = null;
  let last: number | null = null;
  for (const row of rows) {
    const day = history.day[row] as number;
    days.add(day);
    if (first === null || day < first) first = day;
    if (last === null || day > last) last = day;
    seconds.add(history.seconds[row] as number);
    const string = history.strings[history.string[row] as number];
    if (string === undefined || string.titleId === null || string.kind === null) continue;
    titles.add(string.titleId);
    ofKind[string.kind].add(string.titleId);
    if (string.seriesId !== null) series.add(string.seriesId);
  }
  let inPeriod = 0;
  for (let row = 0; row < history.length; row += 1) {
    const day = history.day[row] as number;
    if ((period.from === null || day >= period.from) && (period.to === null || day <= period.to)) inPeriod += 1;
  }
  return {
    definition:
      'Viewings of films and episodes, without trailers and without accidental ones (played by themselves with nobody acting, or for under a minute); distinct titles among them; and the time watched where the file says it. Coverage is that of the time watched.',
    coverage: shareOf(seconds.known, rows.length),
    unknownBecause: rows.length === 0 ? noViewings : null,
    viewings: rows.length,
    accidentalViewings: inPeriod - rows.length,
    secondsWatched: seconds.total,
    titles: titles.size,
    movies: ofKind.MOVIE.size,
    series: series.size,
    episodes: ofKind.EPISODE.size,
    activeDays: days.size,
    firstWatchedOn: first,
    lastWatchedOn: last,
  };
}
