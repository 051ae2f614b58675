import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, type Statistic, withoutNoise } from '../figure.ts';
import { type CalendarUnit, eachUnit } from '../time/calendar-unit.ts';
import type { FactsOfWorks } from '../work-facts.ts';
import { type Dimension, dimensionMissing, dimensionWords } from './dimension.ts';
import { dimensionSums } from './dimension-sums.ts';

export const diversityStatistic = (dimension: Dimension): Statistic => ({
  definition: `${dimensionWords[dimension]}: how evenly viewings are spread over them, from 0 (all of one) to 1 (equally many of each that the whole history has), and how that moved.`,
  formula:
    'Shannon’s entropy H = −Σ p ln p of the shares p of values, divided by ln N, N being the number of values in the whole history, so that years compare; 0 where N is 1. A viewing with several values is shared out among them equally. The effective number is e^H: as many values watched equally would have that entropy. Months or years with viewings of which no value is known have null.',
  source:
    'Shannon, A Mathematical Theory of Communication (1948); evenness after Pielou, The measurement of diversity in different types of biological collections (1966); effective numbers after Jost, Entropy and diversity, Oikos 113 (2006).',
  needs: ['FACTS'],
});

export interface DiversityPoint {
  /** First day of the unit, days since 1970-01-01. */
  readonly start: number;
  /** 0 to 1; null where no value is known. */
  readonly normalisedEntropy: number | null;
  /** How many values there are. */
  readonly values: number;
}

export interface Diversity extends Figure {
  readonly normalisedEntropy: number | null;
  readonly effectiveValues: number | null;
  readonly values: number;
  /** Oldest first; units without viewings are left out. */
  readonly points: readonly DiversityPoint[];
}

export function diversity(
  period: AnalysedPeriod,
  facts: FactsOfWorks,
  dimension: Dimension,
  unit: CalendarUnit,
): Diversity {
  const { rows, history, whole } = period;
  const values = whole.valuesOf(dimension, facts);
  const all = whole.in({ from: null, to: null });
  const most = dimensionSums(all, values).viewings.reduce((count, viewings) => count + (viewings > 0 ? 1 : 0), 0);
  const sums = dimensionSums(period, values);
  const points: DiversityPoint[] = [];
  eachUnit(rows, history.day, unit, (start, own) => {
    const { normalisedEntropy, count } = spread(dimensionSums(period, values, own).shared, most);
    points.push({ start, normalisedEntropy, values: count });
  });
  const { normalisedEntropy, entropy, count } = spread(sums.shared, most);
  return {
    ...figureOf(diversityStatistic(dimension), sums.known, rows.length, dimensionMissing[dimension]),
    normalisedEntropy,
    effectiveValues: entropy === null ? null : withoutNoise(Math.exp(entropy)),
    values: count,
    points,
  };
}

function spread(weights: Float64Array, most: number) {
  let total = 0;
  let count = 0;
  for (const weight of weights) {
    total += weight;
    if (weight > 0) count += 1;
  }
  if (total === 0) return { entropy: null, normalisedEntropy: null, count };
  let entropy = 0;
  for (const weight of weights) if (weight > 0) entropy -= (weight / total) * Math.log(weight / total);
  // One value alone has none, but for rounding.
  entropy = count === 1 ? 0 : entropy;
  return { entropy, normalisedEntropy: most < 2 ? 0 : withoutNoise(entropy / Math.log(most)), count };
}
