/** Places of the largest of some numbers, largest first, equal ones as they stand. */
export function largest(values: Float64Array, count: number): number[] {
  if (count <= 0) return [];
  const limit =
    values.length <= count ? Number.NEGATIVE_INFINITY : (values.slice().sort()[values.length - count] as number);
  const places: number[] = [];
  for (let place = 0; place < values.length; place += 1) if ((values[place] as number) >= limit) places.push(place);
  return places
    .sort((one, other) => (values[other] as number) - (values[one] as number) || one - other)
    .slice(0, count);
}
