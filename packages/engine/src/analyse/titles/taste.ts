import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, type Statistic } from '../figure.ts';
import { type CalendarUnit, eachUnit } from '../time/calendar-unit.ts';
import type { FactsOfWorks } from '../work-facts.ts';
import { type Dimension, type DimensionValue, dimensionMissing, dimensionWords } from './dimension.ts';
import { dimensionSums, mostWatched } from './dimension-sums.ts';

export const tasteStatistic = (dimension: Dimension): Statistic => ({
  definition: `${dimensionWords[dimension]}: the most watched of the period, and which share of the viewings of each month or year they had.`,
  formula:
    'The values that `top` lists first; in each unit, a value’s viewings over the viewings of the unit of which a value is known. Units with no such viewing are left out.',
  source: null,
  needs: ['FACTS'],
});

export interface TasteValue extends DimensionValue {
  /** Of the viewings that the dimension is known for, by unit, 0 to 1: as many as there are units. */
  readonly shares: readonly number[];
}

export interface Taste extends Figure {
  /** First days of units, oldest first, days since 1970-01-01. */
  readonly starts: readonly number[];
  readonly items: readonly TasteValue[];
}

export function taste(
  period: AnalysedPeriod,
  facts: FactsOfWorks,
  dimension: Dimension,
  unit: CalendarUnit,
  limit: number,
): Taste {
  const { rows, history, whole } = period;
  const values = whole.valuesOf(dimension, facts);
  const sums = dimensionSums(period, values);
  const shown = mostWatched(values, sums).slice(0, limit);
  const starts: number[] = [];
  const shares = shown.map((): number[] => []);
  eachUnit(rows, history.day, unit, (start, own) => {
    const { known, viewings } = dimensionSums(period, values, own);
    if (known === 0) return;
    starts.push(start);
    for (const [index, place] of shown.entries()) shares[index]?.push((viewings[place] as number) / known);
  });
  return {
    ...figureOf(tasteStatistic(dimension), sums.known, rows.length, dimensionMissing[dimension]),
    starts,
    items: shown.map((place, index) => ({ ...(values.values[place] as DimensionValue), shares: shares[index] ?? [] })),
  };
}
