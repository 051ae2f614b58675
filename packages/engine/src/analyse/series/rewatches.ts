import type { AnalysedPeriod } from '../analysed-history.ts';
import { compareText, type Figure, figureOf, type Statistic } from '../figure.ts';
import { finishKnown, noFinishKnown } from './finish-known.ts';

export const rewatchesStatistic: Statistic = {
  definition:
    'Films and episodes that were seen whole at least twice, the last time in the period. Times are plays, not rows: an episode watched in two parts was seen once.',
  formula:
    'Plays of a title, up to the end of the period, whose viewings add up to at least finishedShare of the runtime (0.7 unless set), where there are two or more and the last of them ended in the period. To have come by the end is not enough. By times, then the latest last viewing, then the title’s id. Coverage is of the viewings of films and episodes.',
  source:
    'Players draw such a line between 0.8 (Trakt’s API, scrobble/stop) and 0.9 of the file that they play. Ours is of a catalogue’s runtime, which is rounded and often that of the whole series: decision 23 shows where real plays end.',
  needs: ['DURATIONS', 'CATALOGUE'],
};

export interface Rewatch {
  /** Place in the history's titles. */
  readonly title: number;
  readonly times: number;
  /** Days since 1970-01-01. */
  readonly lastWatchedOn: number;
}

export interface Rewatches extends Figure {
  /** How many titles there are, however many are listed. */
  readonly count: number;
  readonly items: readonly Rewatch[];
}

/** Coverage: of the viewings of films and episodes, the share for which it is known whether the title was finished. */
export function rewatches(period: AnalysedPeriod, limit: number): Rewatches {
  const { history, whole } = period;
  const { plays } = whole;
  const times = new Map<number, { times: number; lastWatchedOn: number }>();
  for (let play = 0; play < plays.length; play += 1) {
    const day = plays.lastDay[play] as number;
    if (plays.seenWhole[play] !== 1 || (period.period.to !== null && day > period.period.to)) continue;
    const title = plays.title[play] as number;
    const before = times.get(title);
    if (before === undefined) times.set(title, { times: 1, lastWatchedOn: day });
    else {
      before.times += 1;
      before.lastWatchedOn = Math.max(before.lastWatchedOn, day);
    }
  }
  const items = [...times].flatMap(([title, found]): Rewatch[] =>
    found.times > 1 && period.contains(found.lastWatchedOn) ? [{ title, ...found }] : [],
  );
  const idOf = ({ title }: Rewatch) => history.titles[title]?.id ?? '';
  items.sort(
    (one, other) =>
      other.times - one.times || other.lastWatchedOn - one.lastWatchedOn || compareText(idOf(one), idOf(other)),
  );
  const { known, of } = finishKnown(period, ['MOVIE', 'EPISODE']);
  const figure = figureOf(rewatchesStatistic, known, of, noFinishKnown(period));
  return {
    ...figure,
    unknownBecause: of === 0 && period.rows.length > 0 ? noFinishKnown(period) : figure.unknownBecause,
    count: items.length,
    items: items.slice(0, limit),
  };
}
