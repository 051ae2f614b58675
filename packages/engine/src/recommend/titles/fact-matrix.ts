/**
 * Which title has which facts, each row of length 1, so that the product of two rows is the cosine of the angle between them. Weights are
 * inverse document frequencies, ln(titles / titles that have it) (Spärck Jones, A statistical interpretation of term specificity, 1972):
 * what few titles have in common says more. What only one title has connects it with none.
 */
export interface FactMatrix {
  /** Facts of title n stand from start[n] to start[n + 1]. */
  readonly start: Int32Array;
  readonly fact: Int32Array;
  readonly weight: Float64Array;
  readonly names: readonly string[];
}

export function factMatrix(factsOfTitles: readonly (readonly string[])[]): FactMatrix {
  const places = new Map<string, number>();
  const names: string[] = [];
  const count: number[] = [];
  const rows = factsOfTitles.map((facts) =>
    [...new Set(facts)].map((name) => {
      let place = places.get(name);
      if (place === undefined) {
        place = names.length;
        places.set(name, place);
        names.push(name);
        count.push(0);
      }
      count[place] = (count[place] as number) + 1;
      return place;
    }),
  );
  const start = new Int32Array(rows.length + 1);
  const fact: number[] = [];
  const weight: number[] = [];
  for (const [title, row] of rows.entries()) {
    const shared = row.filter((place) => (count[place] as number) > 1);
    const raw = shared.map((place) => Math.log(rows.length / (count[place] as number)));
    const length = Math.hypot(...raw);
    for (const [index, place] of shared.entries()) {
      fact.push(place);
      weight.push(length === 0 ? 0 : (raw[index] as number) / length);
    }
    start[title + 1] = fact.length;
  }
  return { start, fact: Int32Array.from(fact), weight: Float64Array.from(weight), names };
}

/** Which facts a weighted list of titles has, and how much: the sum of their rows. */
export function factsOfTitles(matrix: FactMatrix, titles: Int32Array, weights: Float64Array): Float64Array {
  const sums = new Float64Array(matrix.names.length);
  for (let index = 0; index < titles.length; index += 1) {
    const title = titles[index] as number;
    const weight = weights[index] as number;
    if (weight === 0) continue;
    for (let at = matrix.start[title] as number; at < (matrix.start[title + 1] as number); at += 1)
      (sums[matrix.fact[at] as number] as number) += weight * (matrix.weight[at] as number);
  }
  return sums;
}

/** How much of the facts a title has: the product of its row with them. */
export function likeness(matrix: FactMatrix, title: number, facts: Float64Array): number {
  let sum = 0;
  for (let at = matrix.start[title] as number; at < (matrix.start[title + 1] as number); at += 1)
    sum += (matrix.weight[at] as number) * (facts[matrix.fact[at] as number] as number);
  return sum;
}

/** A title's row, as a list of all facts: for products with many other rows. */
export function rowOf(matrix: FactMatrix, title: number): Float64Array {
  const row = new Float64Array(matrix.names.length);
  for (let at = matrix.start[title] as number; at < (matrix.start[title + 1] as number); at += 1)
    row[matrix.fact[at] as number] = matrix.weight[at] as number;
  return row;
}
