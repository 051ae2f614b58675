import type { ViewingPlace } from '@watchprint/database';
import { placeOf } from './connection.ts';

type Place = readonly [orderedAt: number, id: string];

const isPlace = (place: unknown): place is Place =>
  Array.isArray(place) &&
  place.length === 2 &&
  Number.isSafeInteger(place[0]) &&
  Math.abs(place[0]) < 8.64e15 &&
  typeof place[1] === 'string' &&
  /^\d{1,18}$/.test(place[1]);

/** The place that a cursor of a list of viewings holds; null where there is none. */
export function viewingPlaceOf(after: string | null | undefined): ViewingPlace | null {
  if (after === null || after === undefined) return null;
  const [orderedAt, id] = placeOf(after, isPlace);
  return { orderedAt, id };
}
