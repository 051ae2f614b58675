import { inverseOf } from './inverse.ts';
import type { SharedHistory } from './shared-history.ts';

/** Rows of weights: how much having watched one title speaks for each other. */
export interface LinearRows {
  /** Null for a title that the model leaves out. The row is written over by the next call. */
  rowOf(title: number): Float32Array | null;
}

/**
 * EASE: the item-to-item weights B with no weight of a title for itself that best predict every history from itself under a penalty on
 * their squares, in closed form: with P = (XᵀX + λI)⁻¹, B_ij = −P_ij / P_jj (Steck, Embarrassingly Shallow Autoencoders for Sparse Data,
 * WWW 2019). While histories are fewer than titles, P is found through the smaller XXᵀ (the dual form, by Woodbury's identity).
 */
export function linearItems(
  histories: readonly SharedHistory[],
  titles: Int32Array,
  titleCount: number,
  penalty: number,
): LinearRows {
  const placeOf = new Int32Array(titleCount).fill(-1);
  for (const [place, title] of titles.entries()) placeOf[title] = place;
  const rows = histories.map(({ titles: own }) =>
    Int32Array.from(new Set(own.map((title) => placeOf[title] as number).filter((place) => place >= 0))).sort(),
  );
  const row = new Float32Array(titleCount);
  const fill =
    rows.length < titles.length ? dualRows(rows, titles.length, penalty) : primalRows(rows, titles.length, penalty);
  return {
    rowOf(title) {
      const place = placeOf[title] as number;
      if (place < 0) return null;
      const own = fill(place);
      for (let index = 0; index < own.length; index += 1) row[titles[index] as number] = own[index] as number;
      row[title] = 0;
      return row;
    },
  };
}

type FillRow = (place: number) => Float32Array;

function primalRows(rows: readonly Int32Array[], size: number, penalty: number): FillRow {
  const gram = new Float32Array(size * size);
  for (const row of rows)
    for (let one = 0; one < row.length; one += 1) {
      const base = (row[one] as number) * size;
      for (let other = 0; other <= one; other += 1) (gram[base + (row[other] as number)] as number) += 1;
    }
  for (let place = 0; place < size; place += 1) (gram[place * size + place] as number) += penalty;
  const inverse = inverseOf(gram, size);
  const row = new Float32Array(size);
  return (place) => {
    for (let other = 0; other < size; other += 1)
      row[other] = -(inverse[place * size + other] as number) / (inverse[other * size + other] as number);
    return row;
  };
}

function dualRows(rows: readonly Int32Array[], size: number, penalty: number): FillRow {
  const count = rows.length;
  const kernel = new Float32Array(count * count);
  const has = new Uint8Array(size);
  for (const [one, own] of rows.entries()) {
    for (let at = 0; at < own.length; at += 1) has[own[at] as number] = 1;
    for (let other = 0; other <= one; other += 1) {
      const row = rows[other] as Int32Array;
      let both = 0;
      for (let at = 0; at < row.length; at += 1) both += has[row[at] as number] as number;
      kernel[one * count + other] = both;
    }
    (kernel[one * count + one] as number) += penalty;
    has.fill(0);
  }
  const inverse = inverseOf(kernel, count);
  // A = (XXᵀ + λI)⁻¹X: of each history, how it weighs each title.
  const weighed = new Float32Array(count * size);
  for (let one = 0; one < count; one += 1)
    for (let other = 0; other < count; other += 1) {
      const own = rows[other] as Int32Array;
      const weight = inverse[one * count + other] as number;
      const base = one * size;
      for (let at = 0; at < own.length; at += 1) (weighed[base + (own[at] as number)] as number) += weight;
    }
  // P = (I − XᵀA) / λ
  const own = Float64Array.from({ length: size }, () => 1 / penalty);
  const having: number[][] = Array.from({ length: size }, () => []);
  for (const [history, places] of rows.entries())
    for (const place of places) {
      (own[place] as number) -= (weighed[history * size + place] as number) / penalty;
      (having[place] as number[]).push(history);
    }
  const sums = new Float32Array(size);
  return (place) => {
    sums.fill(0);
    for (const history of having[place] as number[]) {
      const base = history * size;
      for (let other = 0; other < size; other += 1) (sums[other] as number) += weighed[base + other] as number;
    }
    for (let other = 0; other < size; other += 1) (sums[other] as number) /= penalty * (own[other] as number);
    return sums;
  };
}
