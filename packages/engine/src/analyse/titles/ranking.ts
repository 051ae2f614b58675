import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, type Statistic } from '../figure.ts';
import type { FactsOfWorks } from '../work-facts.ts';
import { type Dimension, type DimensionValue, dimensionMissing, dimensionWords } from './dimension.ts';
import { dimensionSums, mostWatched } from './dimension-sums.ts';

export const rankingStatistic = (dimension: Dimension): Statistic => ({
  definition: `${dimensionWords[dimension]} by how many viewings there are of each, then by time watched. Shares are of the viewings for which this is known; those with several values count for each.`,
  formula:
    'Viewings of the period by value; ties by time watched, then by name, then by key. A viewing of an episode counts for what is known of its series. A value’s share is its viewings over the viewings of which at least one value is known, so that shares of genres, countries, languages and people may add up to more than 1.',
  source: null,
  needs: needsOf(dimension),
});

function needsOf(dimension: Dimension): Statistic['needs'] {
  if (dimension === 'TITLE' || dimension === 'SERIES' || dimension === 'KIND') return [];
  if (dimension === 'DEVICE' || dimension === 'PLACE') return ['PLACES'];
  return dimension === 'DECADE' || dimension === 'RUNTIME' ? ['CATALOGUE'] : ['FACTS'];
}

export interface RankingItem extends DimensionValue {
  /** Among the values of the dimension: of titles and series, the place in the history's titles or works. */
  readonly place: number;
  readonly viewings: number;
  /** Null where no row says. */
  readonly secondsWatched: number | null;
  /** Of the viewings that the dimension is known for, 0 to 1. */
  readonly share: number;
}

export interface Ranking extends Figure {
  readonly items: readonly RankingItem[];
}

/** The most watched of one dimension. Ties: more time watched first, then by label, then by key. */
export function ranking(period: AnalysedPeriod, facts: FactsOfWorks, dimension: Dimension, limit: number): Ranking {
  const values = period.whole.valuesOf(dimension, facts);
  const sums = dimensionSums(period, values);
  const { known, viewings, seconds, timed } = sums;
  return {
    ...figureOf(rankingStatistic(dimension), known, period.rows.length, dimensionMissing[dimension]),
    items: mostWatched(values, sums)
      .slice(0, limit)
      .map((place) => ({
        ...(values.values[place] as DimensionValue),
        place,
        viewings: viewings[place] as number,
        secondsWatched: timed[place] === 0 ? null : (seconds[place] as number),
        share: (viewings[place] as number) / known,
      })),
  };
}
