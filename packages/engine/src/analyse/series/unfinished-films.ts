import type { AnalysedPeriod } from '../analysed-history.ts';
import { compareText, type Figure, figureOf, type Statistic } from '../figure.ts';
import { kinds } from '../title-columns.ts';
import { finishKnown, noFinishKnown } from './finish-known.ts';

export const unfinishedFilmsStatistic: Statistic = {
  definition:
    'Films left in the middle: at least a tenth of the runtime was watched, and up to the end of the period it was never finished. Where: the position at which it was stopped last, where the file says it, and how much was watched in the last play.',
  formula:
    'Films with a play whose last viewing lies in the period, none of whose plays up to the end of the period is finished, and whose last play adds up to at least 0.1 of the catalogue’s runtime. The latest first, then by the title’s id; coverage is of the viewings of films. Time watched is no position: who goes back sees a part twice, and who goes on in another profile skips one.',
  source: null,
  needs: ['DURATIONS', 'CATALOGUE'],
};

const leastShare = 0.1;

export interface UnfinishedFilm {
  /** Place in the history's titles. */
  readonly title: number;
  /** Days since 1970-01-01. */
  readonly lastWatchedOn: number;
  /** From then to the last day that anything is known of. */
  readonly daysSince: number;
  readonly secondsWatched: number;
  /** Where it was stopped last; null where the file does not say. */
  readonly positionSeconds: number | null;
  readonly runtimeSeconds: number;
}

export interface UnfinishedFilms extends Figure {
  readonly items: readonly UnfinishedFilm[];
}

/** The latest first. Coverage: of the viewings of films, the share for which it is known whether they were finished. */
export function unfinishedFilms(period: AnalysedPeriod, limit: number): UnfinishedFilms {
  const { history, whole, lastDay } = period;
  const { plays } = whole;
  const { kind, runtimeSeconds } = whole.titleColumns;
  const last = new Map<number, number>();
  const finished = new Set<number>();
  for (let play = 0; play < plays.length; play += 1) {
    const title = plays.title[play] as number;
    const day = plays.lastDay[play] as number;
    if (kind[title] !== kinds.MOVIE || (period.period.to !== null && day > period.period.to)) continue;
    if (plays.finished[play] === 1) finished.add(title);
    last.set(title, play);
  }
  const items = [...last].flatMap(([title, play]): UnfinishedFilm[] => {
    const lastWatchedOn = plays.lastDay[play] as number;
    const runtime = runtimeSeconds[title] as number;
    const secondsWatched = plays.seconds[play] as number;
    if (plays.finished[play] !== 0 || finished.has(title) || !period.contains(lastWatchedOn)) return [];
    if (secondsWatched < leastShare * runtime || lastDay === null) return [];
    const position = plays.position[play] as number;
    return [
      {
        title,
        lastWatchedOn,
        daysSince: lastDay - lastWatchedOn,
        secondsWatched,
        positionSeconds: position < 0 ? null : position,
        runtimeSeconds: runtime,
      },
    ];
  });
  const idOf = ({ title }: UnfinishedFilm) => history.titles[title]?.id ?? '';
  items.sort((one, other) => other.lastWatchedOn - one.lastWatchedOn || compareText(idOf(one), idOf(other)));
  const { known, of } = finishKnown(period, ['MOVIE']);
  const figure = figureOf(unfinishedFilmsStatistic, known, of, noFinishKnown(period));
  return {
    ...figure,
    unknownBecause: of === 0 && period.rows.length > 0 ? null : figure.unknownBecause,
    items: items.slice(0, limit),
  };
}
