import { type AnalysedPeriod, type Sums, sumsBy } from '../analysed-history.ts';
import { compareText } from '../figure.ts';
import type { DimensionValue, DimensionValues } from './dimension.ts';

/** Viewings and time by the values of a dimension. */
export interface DimensionSums extends Sums {
  /** Viewings of which at least one value is known. */
  readonly known: number;
  /** Viewings by value, those with several values shared out among them: they add up to `known`. */
  readonly shared: Float64Array;
}

/** What was watched of each value in a period, or in some rows of it. */
export function dimensionSums(
  period: AnalysedPeriod,
  { by, values, of }: DimensionValues,
  rows: Int32Array = period.rows,
): DimensionSums {
  const base = baseOf(period, by, rows);
  const viewings = new Int32Array(values.length);
  const seconds = new Float64Array(values.length);
  const timed = new Int32Array(values.length);
  const shared = new Float64Array(values.length);
  let known = 0;
  for (const [place, own] of of.entries()) {
    const watched = base.viewings[place] as number;
    if (watched === 0 || own.length === 0) continue;
    known += watched;
    for (const value of own) {
      viewings[value] = (viewings[value] as number) + watched;
      seconds[value] = (seconds[value] as number) + (base.seconds[place] as number);
      timed[value] = (timed[value] as number) + (base.timed[place] as number);
      shared[value] = (shared[value] as number) + watched / own.length;
    }
  }
  return { known, viewings, seconds, timed, shared };
}

/** Places of the values that were watched, the most first. Ties: more time watched, then by label, then by key. */
export function mostWatched({ values }: DimensionValues, { viewings, seconds }: Sums): number[] {
  const places = values.flatMap((_, place) => ((viewings[place] as number) > 0 ? [place] : []));
  const valueAt = (place: number) => values[place] as DimensionValue;
  return places.sort(
    (one, other) =>
      (viewings[other] as number) - (viewings[one] as number) ||
      (seconds[other] as number) - (seconds[one] as number) ||
      compareText(valueAt(one).label, valueAt(other).label) ||
      compareText(valueAt(one).key, valueAt(other).key),
  );
}

function baseOf(period: AnalysedPeriod, by: DimensionValues['by'], rows: Int32Array): Sums {
  const { history, whole } = period;
  if (by === 'DEVICE') return sumsBy(rows, history, history.device, history.devices.length);
  if (by === 'COUNTRY') return sumsBy(rows, history, history.country, history.countries.length);
  if (rows === period.rows) return by === 'TITLE' ? period.byTitle : period.byWork;
  if (by === 'TITLE') return sumsBy(rows, history, history.title, history.titles.length);
  return sumsBy(rows, history, whole.workOfRow, history.works.length);
}
