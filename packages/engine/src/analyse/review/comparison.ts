import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, type Statistic, shareOf } from '../figure.ts';
import { sessionStats } from '../time/sessions.ts';
import { streaks } from '../time/streaks.ts';
import { watchTotals } from '../time/totals.ts';
import { dimensionSums } from '../titles/dimension-sums.ts';
import type { FactsOfWorks } from '../work-facts.ts';

export const comparisonStatistic: Statistic = {
  definition:
    'The main numbers of the period beside those of another one, and which genres gained and lost. Numbers are as they are, not by day: `days` says how long each period is.',
  formula:
    'Each number as its own figure defines it, of both periods. Days are those from the first to the last of the period that the history reaches. A genre’s change is its share of the viewings whose genre is known in this period less that in the other. Coverage is of the time watched, of the lesser of the two.',
  source: null,
  needs: [],
};

export interface ComparedNumber {
  readonly name: ComparedName;
  /** Null where the period does not say. */
  readonly here: number | null;
  readonly there: number | null;
}

export type ComparedName =
  | 'DAYS'
  | 'VIEWINGS'
  | 'SECONDS_WATCHED'
  | 'ACTIVE_DAYS'
  | 'TITLES'
  | 'MOVIES'
  | 'SERIES'
  | 'EPISODES'
  | 'LONGEST_STREAK'
  | 'SITTINGS'
  | 'MEDIAN_SITTING_SECONDS';

export interface ComparedGenre {
  readonly genre: string;
  readonly here: number;
  readonly there: number;
}

export interface PeriodComparison extends Figure {
  readonly numbers: readonly ComparedNumber[];
  /** By how much the share changed, most first; only genres of either period. */
  readonly genres: readonly ComparedGenre[];
}

export function comparePeriods(here: AnalysedPeriod, there: AnalysedPeriod, facts: FactsOfWorks): PeriodComparison {
  const [mine, other] = [numbersOf(here), numbersOf(there)];
  const values = here.whole.valuesOf('GENRE', facts);
  const [genres, otherGenres] = [dimensionSums(here, values), dimensionSums(there, values)];
  const share = (viewings: Int32Array, known: number, place: number) => shareOf(viewings[place] as number, known) ?? 0;
  const compared = values.values.flatMap(({ label }, place): ComparedGenre[] => {
    const both = {
      genre: label,
      here: share(genres.viewings, genres.known, place),
      there: share(otherGenres.viewings, otherGenres.known, place),
    };
    return both.here === 0 && both.there === 0 ? [] : [both];
  });
  const change = (genre: ComparedGenre) => Math.abs(genre.here - genre.there);
  const [total, otherTotal] = [watchTotals(here), watchTotals(there)];
  return {
    definition: comparisonStatistic.definition,
    coverage:
      total.coverage === null || otherTotal.coverage === null ? null : Math.min(total.coverage, otherTotal.coverage),
    unknownBecause:
      total.unknownBecause ??
      (otherTotal.unknownBecause === null ? null : 'There are no viewings in the other period.'),
    numbers: mine.map(([name, value], index) => ({ name, here: value, there: other[index]?.[1] ?? null })),
    genres: compared.sort((one, two) => change(two) - change(one) || (one.genre < two.genre ? -1 : 1)),
  };
}

function numbersOf(period: AnalysedPeriod): (readonly [ComparedName, number | null])[] {
  const totals = watchTotals(period);
  const sessions = sessionStats(period);
  const { span } = period.whole;
  const first = span === null ? null : Math.max(span.first, period.period.from ?? span.first);
  return [
    ['DAYS', period.lastDay === null || first === null ? 0 : Math.max(0, period.lastDay - first + 1)],
    ['VIEWINGS', totals.viewings],
    ['SECONDS_WATCHED', totals.secondsWatched],
    ['ACTIVE_DAYS', totals.activeDays],
    ['TITLES', totals.titles],
    ['MOVIES', totals.movies],
    ['SERIES', totals.series],
    ['EPISODES', totals.episodes],
    ['LONGEST_STREAK', streaks(period).longestDays],
    ['SITTINGS', sessions.unknownBecause === null || period.rows.length === 0 ? sessions.count : null],
    ['MEDIAN_SITTING_SECONDS', sessions.medianSeconds],
  ];
}
