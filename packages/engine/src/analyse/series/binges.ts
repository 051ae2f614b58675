import type { AnalysedPeriod } from '../analysed-history.ts';
import { compareText, type Figure, figureOf, SecondsSum, type Statistic } from '../figure.ts';
import { eachUnit } from '../time/calendar-unit.ts';
import { kinds } from '../title-columns.ts';

export const bingesStatistic: Statistic = {
  definition:
    'Days on which at least so many different episodes of one series were watched as the profile’s threshold says (three unless set), the most first.',
  formula:
    'Distinct episodes of a series by day in the profile’s time zone. An episode that was watched in two parts counts once; a string that was taken for a series as a whole counts as one episode. By number of episodes, then the later day, then the id of the series. Coverage is of viewings whose string could be read as a title.',
  source:
    'More than two episodes of one show: Walton-Pattison, Dombrowski and Presseau, ‘Just one more episode’: Frequency and theoretical correlates of television binge watching, Journal of Health Psychology 23 (2018). They ask about one sitting, which files with days only do not know, so here it is one day.',
  needs: [],
};

export interface Binge {
  /** Place in the history's works. */
  readonly work: number;
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly episodes: number;
  readonly secondsWatched: number | null;
}

export interface Binges extends Figure {
  /** How many there are, however many are listed. */
  readonly count: number;
  readonly items: readonly Binge[];
}

/** Coverage: the share of viewings whose string could be read as a title. */
export function binges({ rows, history, settings, whole }: AnalysedPeriod, limit: number): Binges {
  const { kind, work: workOf } = whole.titleColumns;
  const found: Binge[] = [];
  let known = 0;
  eachUnit(rows, history.day, 'DAY', (day, own) => {
    const bySeries = new Map<number, { episodes: Set<number>; seconds: SecondsSum }>();
    for (const row of own) {
      const place = history.title[row] as number;
      if (place < 0) continue;
      known += 1;
      const work = workOf[place] as number;
      if (kind[place] === kinds.MOVIE || work < 0) continue;
      let series = bySeries.get(work);
      if (series === undefined) {
        series = { episodes: new Set(), seconds: new SecondsSum() };
        bySeries.set(work, series);
      }
      series.episodes.add(place);
      series.seconds.add(history.seconds[row] as number);
    }
    for (const [work, { episodes, seconds }] of bySeries)
      if (episodes.size >= settings.bingeEpisodes)
        found.push({ work, day, episodes: episodes.size, secondsWatched: seconds.total });
  });
  const idOf = (work: number) => history.works[work]?.id ?? '';
  found.sort(
    (one, other) =>
      other.episodes - one.episodes || other.day - one.day || compareText(idOf(one.work), idOf(other.work)),
  );
  return {
    ...figureOf(bingesStatistic, known, rows.length, 'No string of this period could be read as a title.'),
    count: found.length,
    items: found.slice(0, limit),
  };
}
