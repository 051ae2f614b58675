import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, SecondsSum, type Statistic } from '../figure.ts';
import { kinds } from '../title-columns.ts';

export const totalsStatistic: Statistic = {
  definition:
    'Viewings of films and episodes, without trailers and without accidental ones (played by themselves with nobody acting, or for under a minute); distinct titles among them; and the time watched where the file says it. Coverage is that of the time watched.',
  formula:
    'Rows of the period with accidental = false. Titles are distinct films, episodes and, where no more is known, series or seasons that strings were taken for; `series` counts each series of which anything was watched once. Active days are distinct days in the profile’s time zone. Time is the sum of Duration; nothing is estimated for rows without one. Accidental viewings are counted and timed apart: Netflix says “nobody acting” of whole episodes as well, that one let run after another.',
  source: null,
  needs: [],
};

/** Days are counted since 1970-01-01 in the profile's time zone. */
export interface WatchTotals extends Figure {
  readonly viewings: number;
  readonly accidentalViewings: number;
  /** In those, which `secondsWatched` is without; null where none of them says. */
  readonly accidentalSecondsWatched: number | null;
  /** Null where no row says. */
  readonly secondsWatched: number | null;
  readonly titles: number;
  readonly movies: number;
  readonly series: number;
  readonly episodes: number;
  readonly activeDays: number;
  readonly firstWatchedOn: number | null;
  readonly lastWatchedOn: number | null;
}

/** Counts of a period. Coverage: the share of its viewings that say how long they were watched. */
export function watchTotals(period: AnalysedPeriod): WatchTotals {
  const { rows, history, byTitle } = period;
  const seconds = new SecondsSum();
  let activeDays = 0;
  let last: number | null = null;
  for (const row of rows) {
    const day = history.day[row] as number;
    if (day !== last) activeDays += 1;
    last = day;
    seconds.add(history.seconds[row] as number);
  }
  let titles = 0;
  let movies = 0;
  let episodes = 0;
  const series = new Set<number>();
  const { kind, work } = period.whole.titleColumns;
  for (let place = 0; place < kind.length; place += 1) {
    if (byTitle.viewings[place] === 0) continue;
    titles += 1;
    if (kind[place] === kinds.MOVIE) movies += 1;
    else if ((work[place] as number) >= 0) series.add(work[place] as number);
    if (kind[place] === kinds.EPISODE) episodes += 1;
  }
  let accidentalViewings = 0;
  const accidental = new SecondsSum();
  for (let row = 0; row < history.length; row += 1) {
    if (history.accidental[row] === 0 || !period.contains(history.day[row] as number)) continue;
    accidentalViewings += 1;
    accidental.add(history.seconds[row] as number);
  }
  return {
    ...figureOf(totalsStatistic, seconds.known, rows.length, null),
    viewings: rows.length,
    accidentalViewings,
    accidentalSecondsWatched: accidental.total,
    secondsWatched: seconds.total,
    titles,
    movies,
    series: series.size,
    episodes,
    activeDays,
    firstWatchedOn: rows.length === 0 ? null : (history.day[rows[0] as number] as number),
    lastWatchedOn: last,
  };
}
