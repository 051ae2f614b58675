import type { AnalysedHistory, AnalysedPeriod } from '../analysed-history.ts';
import { catalogueBrings, compareText, type Figure, figureOf, type Statistic } from '../figure.ts';
import type { HistoryColumns, TitleOfHistory } from '../history-columns.ts';
import { yearOf } from '../time/calendar-unit.ts';
import { kinds } from '../title-columns.ts';

export const seriesProgressStatistic: Statistic = {
  definition:
    'Series of which something was watched in the period, and how far each had come by its end: finished, caught up with all that had come out by then, almost done, abandoned, or in progress. Of a series without an episode list nobody knows how far, so it is in progress or abandoned.',
  formula:
    'An episode is watched when a viewing of it counts and no play of it is known to have been left in the middle; of one that was left in the middle and later finished, the finished play counts. The total is the catalogue’s episodes that have a season and a number. A watched episode is one of them by IMDb’s id, else by its numbers, where none is by id; those that are none of them, such as with a name of Netflix’s own, count all the same, up to the total, and then nobody knows which is next. FINISHED: all of them. CAUGHT_UP: all that were out, and there are later ones; out is what has no year, one that is not after that of the last viewing, or one before that of the end. ABANDONED: else, nothing watched for more than abandonedAfterDays before the last day that history and period both reach (the end, to which days since are counted as well), unless the last episode of all and almostDoneShare of them were watched. ALMOST_DONE: else, at least almostDoneShare of them. IN_PROGRESS: else. Watched last is what the latest day has, of several the furthest in the catalogue’s order; the next episode is the first one not watched from that on: that itself, where it was left in the middle.',
  source: null,
  needs: ['CATALOGUE'],
};

/** An episode as the catalogue has it, with season and number. */
export interface EpisodeOfSeries {
  readonly imdbId: string;
  readonly seasonNumber: number;
  readonly episodeNumber: number;
  readonly year: number | null;
}

/** By place of the work, in the catalogue's order; null: it has no list. */
export type EpisodeLists = readonly (readonly EpisodeOfSeries[] | null)[];

export type SeriesState = 'IN_PROGRESS' | 'ALMOST_DONE' | 'CAUGHT_UP' | 'FINISHED' | 'ABANDONED';

export interface SeriesProgress {
  /** Place in the history's works. */
  readonly work: number;
  readonly state: SeriesState;
  /** Different ones, up to the end of the period; no more than the total. */
  readonly episodesWatched: number;
  /** Null where the catalogue has no list. */
  readonly episodesTotal: number | null;
  readonly lastWatchedOn: number;
  /** From then to the last day that anything is known of. */
  readonly daysSince: number;
  /** Place in the history's titles of what was watched last. */
  readonly lastTitle: number;
  /** In the catalogue's list; null where there is none, or all from the last on are watched. */
  readonly nextEpisode: EpisodeOfSeries | null;
}

export interface SeriesProgressList extends Figure {
  readonly items: readonly SeriesProgress[];
}

interface Watched {
  /** Places of titles. */
  readonly episodes: Set<number>;
  lastDay: number;
  /** What was watched that day, in order. */
  lastTitles: number[];
}

/** The latest watched first. Coverage: of the viewings of series, the share whose series has an episode list. */
export function seriesProgress(
  period: AnalysedPeriod,
  lists: EpisodeLists,
  state: SeriesState | null,
  limit: number,
): SeriesProgressList {
  const { history, whole, lastDay, byWork } = period;
  const { plays } = whole;
  const { kind, work: workOf } = whole.titleColumns;
  const series = new Map<number, Watched>();
  const end = lastDay ?? Number.NEGATIVE_INFINITY;
  let lastDayOf: Int32Array | null = null;
  for (let play = 0; play < plays.length; play += 1) {
    const place = plays.title[play] as number;
    const work = workOf[place] as number;
    // What began later is not known yet; of what goes on past the end, what came before is.
    if (kind[place] === kinds.MOVIE || work < 0 || (plays.firstDay[play] as number) > end) continue;
    const isWhole = (plays.lastDay[play] as number) <= end;
    if (!isWhole) lastDayOf ??= lastDays(whole, end);
    const day = isWhole ? (plays.lastDay[play] as number) : (lastDayOf?.[place] as number);
    let watched = series.get(work);
    if (watched === undefined) {
      watched = { episodes: new Set(), lastDay: day, lastTitles: [] };
      series.set(work, watched);
    }
    const finished = plays.finished[play] as number;
    if (finished === -1 || (finished === 1 && isWhole)) watched.episodes.add(place);
    if (day < watched.lastDay) continue;
    if (day > watched.lastDay) watched.lastTitles = [];
    watched.lastDay = day;
    watched.lastTitles.push(place);
  }
  const items = [...series].flatMap(([work, watched]): SeriesProgress[] => {
    // Only what the period touched.
    if ((byWork.viewings[work] as number) === 0) return [];
    const progress = progressOf(period, work, watched, lists[work] ?? null, end);
    return state === null || progress.state === state ? [progress] : [];
  });
  const nameOf = ({ work }: SeriesProgress) => history.works[work]?.id ?? '';
  items.sort((one, other) => other.lastWatchedOn - one.lastWatchedOn || compareText(nameOf(one), nameOf(other)));
  let viewings = 0;
  let known = 0;
  for (const [work, { kind: kindOfWork }] of history.works.entries()) {
    if (kindOfWork !== 'SERIES') continue;
    viewings += byWork.viewings[work] as number;
    if (lists[work]) known += byWork.viewings[work] as number;
  }
  const figure = figureOf(
    seriesProgressStatistic,
    known,
    viewings,
    `There are no episode lists of these series: ${catalogueBrings}.`,
  );
  return {
    ...figure,
    unknownBecause: viewings === 0 ? (period.rows.length === 0 ? figure.unknownBecause : null) : figure.unknownBecause,
    items: items.slice(0, limit),
  };
}

/** Of each title, the last day up to an end on which it was watched. */
function lastDays(whole: AnalysedHistory, end: number): Int32Array {
  const { history } = whole;
  const days = new Int32Array(history.titles.length);
  for (const row of whole.in({ from: null, to: end }).rows) {
    const title = history.title[row] as number;
    if (title >= 0) days[title] = history.day[row] as number;
  }
  return days;
}

function progressOf(
  { history, settings }: AnalysedPeriod,
  work: number,
  { episodes, lastDay, lastTitles }: Watched,
  list: readonly EpisodeOfSeries[] | null,
  end: number,
): SeriesProgress {
  const places = placesOf(history, list ?? [], new Set([...episodes, ...lastTitles]));
  const watched = new Set([...episodes].flatMap((title) => places.get(title) ?? []));
  const unplaced = [...episodes].filter((title) => !places.has(title)).length;
  const total = list?.length ?? Number.POSITIVE_INFINITY;
  const count = Math.min(total, watched.size + unplaced);
  let lastPlace = -1;
  let last = furthest(history, lastTitles);
  for (const title of lastTitles) {
    const at = places.get(title) ?? -1;
    if (at <= lastPlace) continue;
    lastPlace = at;
    last = title;
  }
  return {
    work,
    state: stateOf(),
    episodesWatched: count,
    episodesTotal: list?.length ?? null,
    lastWatchedOn: lastDay,
    daysSince: end - lastDay,
    lastTitle: last,
    // Where some are nobody knows which, the next may be one of them.
    nextEpisode: unplaced > 0 ? null : (list?.find((_, at) => at >= lastPlace && !watched.has(at)) ?? null),
  };

  function stateOf(): SeriesState {
    const isLongAgo = end - lastDay > settings.abandonedAfterDays;
    if (list === null || list.length === 0) return isLongAgo ? 'ABANDONED' : 'IN_PROGRESS';
    if (count === total) return 'FINISHED';
    const isOut = ({ year }: EpisodeOfSeries) => year === null || year <= yearOf(lastDay) || year < yearOf(end);
    const out = list.filter(isOut).length;
    const watchedOut = list.filter((episode, at) => watched.has(at) && isOut(episode)).length + unplaced;
    if (out > 0 && out < list.length && watchedOut >= out) return 'CAUGHT_UP';
    const isAlmostDone = count / total >= settings.almostDoneShare;
    // Who has seen the last one has not given up: what is missing was seen elsewhere, or skipped.
    if (isLongAgo && !(isAlmostDone && watched.has(total - 1))) return 'ABANDONED';
    return isAlmostDone ? 'ALMOST_DONE' : 'IN_PROGRESS';
  }
}

/** Where titles stand in a list: by IMDb's id, else by their numbers where no other of them stands by its id. Those of no place are left out. */
function placesOf(
  history: HistoryColumns,
  list: readonly EpisodeOfSeries[],
  titles: ReadonlySet<number>,
): ReadonlyMap<number, number> {
  const byId = new Map(list.map(({ imdbId }, at) => [imdbId, at]));
  const byNumbers = new Map(
    list.map(({ seasonNumber, episodeNumber }, at) => [`${seasonNumber}/${episodeNumber}`, at]),
  );
  const places = new Map<number, number>();
  const put = (title: number, at: number | undefined) => at !== undefined && places.set(title, at);
  for (const title of titles) put(title, byId.get(history.titles[title]?.imdbId ?? ''));
  const taken = new Set(places.values());
  for (const title of titles) {
    const { imdbId, seasonNumber, episodeNumber } = history.titles[title] as TitleOfHistory;
    const at = imdbId === null ? byNumbers.get(`${seasonNumber}/${episodeNumber}`) : undefined;
    if (at !== undefined && !taken.has(at)) put(title, at);
  }
  return places;
}

/** Of titles that the catalogue does not order: by season and number as they stand in the strings, then by name. */
function furthest({ titles }: HistoryColumns, places: readonly number[]): number {
  const titleAt = (place: number) => titles[place] as TitleOfHistory;
  const [last] = [...places].sort((one, other) => {
    const [first, second] = [titleAt(one), titleAt(other)];
    return (
      (second.seasonNumber ?? 0) - (first.seasonNumber ?? 0) ||
      (second.episodeNumber ?? 0) - (first.episodeNumber ?? 0) ||
      compareText(second.id, first.id)
    );
  });
  return last as number;
}
