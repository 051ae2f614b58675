import { z } from 'zod';
import { decodeEntities, tidy } from './html.ts';
import { numberIn } from './text-numbers.ts';

/** A field that the page may leave out or give another type: that loses this field alone. */
export const soft = <Field>(read: (value: unknown) => Field) => z.unknown().optional().transform(read);

export const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? tidy(decodeEntities(value)) : null;

/** A count: 0 and above, whole. */
export function countOf(value: unknown): number | null {
  const number = numberIn(value);
  return number !== null && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** Of texts, or of objects with a name, or one of either; null where it is nothing of the kind. */
export function namesOf(value: unknown): readonly string[] | null {
  if (value === undefined || value === null) return null;
  const values = Array.isArray(value) ? value : [value];
  const names = values.map((entry) => textOf(entry) ?? textOf((entry as { name?: unknown } | null)?.name));
  const known = names.filter((name) => name !== null);
  return known.length > 0 || values.length === 0 ? [...new Set(known)] : null;
}

export const text = soft(textOf);
export const count = soft(countOf);
export const names = soft(namesOf);
