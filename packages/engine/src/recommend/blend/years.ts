/** So many years apart count e times less. */
const scale = 4;
const first = 1850;
const kept = 300;

/** How near each year is to those of the titles of a history. */
export function yearsAround(year: Float64Array, titles: Int32Array, weights: Float64Array): Float64Array {
  const at = new Float64Array(kept);
  for (let index = 0; index < titles.length; index += 1) {
    const place = (year[titles[index] as number] as number) - first;
    if (place >= 0 && place < kept) (at[place] as number) += weights[index] as number;
  }
  // What reaches a year from those before it, and from those after it.
  const keeps = Math.exp(-1 / scale);
  const around = at.slice();
  for (let place = 1, before = 0; place < kept; place += 1) {
    before = (before + (at[place - 1] as number)) * keeps;
    (around[place] as number) += before;
  }
  for (let place = kept - 2, after = 0; place >= 0; place -= 1) {
    after = (after + (at[place + 1] as number)) * keeps;
    (around[place] as number) += after;
  }
  return around;
}

export const nearness = (around: Float64Array, year: number): number => around[year - first] ?? 0;

/** How near one year is to another. */
export const nearnessOfYears = (one: number, other: number): number =>
  isKept(one) && isKept(other) ? Math.exp(-Math.abs(one - other) / scale) : 0;

const isKept = (year: number): boolean => year >= first && year < first + kept;
