import type { AnalysedHistory } from '../../analyse/analysed-history.ts';
import { kinds } from '../../analyse/title-columns.ts';
import type { ProfileHistory } from './profile-history.ts';

/** What somebody said of a film or series. */
export type OpinionVerdict = 'LOVE' | 'LIKE' | 'NEUTRAL' | 'DISLIKE' | 'HIDE';

export interface Opinion {
  /** Place in the titles. */
  readonly title: number;
  readonly verdict: OpinionVerdict;
  /** Seconds since 1970. */
  readonly at: number;
}

/** What was said outranks what was watched: a vote of a title with an opinion counts as much as that. */
const strengthOf: Readonly<Record<OpinionVerdict, number>> = { LOVE: 3, LIKE: 2, NEUTRAL: 0.5, DISLIKE: -1.5, HIDE: 0 };

/** "Not now" is weak evidence for what a title is like, and no veto. */
const abandonedShare = 0.3;
/** A second episode of a day adds half a vote, a fourth another half, and so on up to this. */
const mostOfDay = 2.5;
/** Who sees a film again means it. */
const rewatched = 1.5;
const daySeconds = 86_400;

interface Vote {
  readonly title: number;
  at: number;
  /** The largest share of a title that was watched, 0 to 1. */
  share: number;
  plays: number;
  isRewatch: boolean;
}

/**
 * A history as votes: one for each film or series and day, so that a season in an evening is no dozen of them. A vote is as strong as
 * the share that was watched, where that is known, stronger the more episodes of a day there were and when a film is seen again, and
 * weak where the title was abandoned. Accidental rows and trailers are no votes.
 * @param placeOf Of each work of the history, its place in the titles; -1 where it is none of them.
 * @param abandoned Works that were left.
 * @param opinions At most one of a title; of titles that were not watched, they are votes of their own.
 */
export function votesOf(
  history: AnalysedHistory,
  placeOf: Int32Array,
  abandoned: ReadonlySet<number>,
  opinions: readonly Opinion[],
): ProfileHistory {
  const verdicts = new Map(opinions.map((opinion) => [opinion.title, opinion.verdict]));
  const leftTitles = new Set([...abandoned].map((work) => placeOf[work] ?? -1));
  const votes = dailyVotes(history, placeOf).map(({ title, at, share, plays, isRewatch }) => {
    const verdict = verdicts.get(title);
    const watched = share * Math.min(1 + Math.log2(plays) / 2, mostOfDay) * (isRewatch ? rewatched : 1);
    const strength =
      verdict === undefined ? watched * (leftTitles.has(title) ? abandonedShare : 1) : strengthOf[verdict];
    return { title, at, strength };
  });
  const watchedTitles = new Set(votes.map(({ title }) => title));
  for (const { title, verdict, at } of opinions)
    if (!watchedTitles.has(title)) votes.push({ title, at, strength: strengthOf[verdict] });
  votes.sort((one, other) => one.at - other.at || one.title - other.title);
  return {
    titles: Int32Array.from(votes, ({ title }) => title),
    at: Float64Array.from(votes, ({ at }) => at),
    strength: Float64Array.from(votes, ({ strength }) => strength),
  };
}

function dailyVotes(whole: AnalysedHistory, placeOf: Int32Array): Vote[] {
  const { plays, history, order, titleColumns } = whole;
  const { kind, work, runtimeSeconds } = titleColumns;
  const lastMoment = lastMoments(whole, order);
  const votes = new Map<string, Vote>();
  const seenFilms = new Set<number>();
  for (let play = 0; play < plays.length; play += 1) {
    const place = plays.title[play] as number;
    const title = placeOf[work[place] as number] ?? -1;
    if (title < 0) continue;
    const day = plays.lastDay[play] as number;
    const furthest = Math.max(plays.seconds[play] as number, plays.position[play] as number);
    const isKnown = (plays.finished[play] as number) === 0;
    const share = isKnown ? Math.max(0, furthest / (runtimeSeconds[place] as number)) : 1;
    const isFilm = kind[place] === kinds.MOVIE;
    const isRewatch = isFilm && seenFilms.has(title);
    if (isFilm && !isKnown) seenFilms.add(title);
    const at = lastMoment.get(day * history.titles.length + place) ?? (day + 0.5) * daySeconds;
    const key = `${title} ${day}`;
    const vote = votes.get(key);
    if (vote === undefined) votes.set(key, { title, at, share, plays: 1, isRewatch });
    else {
      vote.plays += 1;
      vote.share = Math.max(vote.share, share);
      vote.at = Math.max(vote.at, at);
    }
  }
  return [...votes.values()];
}

/** When each title was begun last on each day, where rows say. */
function lastMoments({ history }: AnalysedHistory, order: Int32Array): ReadonlyMap<number, number> {
  const moments = new Map<number, number>();
  for (const row of order) {
    const startedAt = history.startedAt[row] as number;
    const title = history.title[row] as number;
    if (title >= 0 && !Number.isNaN(startedAt))
      moments.set((history.day[row] as number) * history.titles.length + title, startedAt);
  }
  return moments;
}
