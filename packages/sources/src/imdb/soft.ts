import { z } from 'zod';
import { numberIn } from '../text-numbers.ts';

/** What a page may leave out, or have in another shape one day: null then, and everything else stays. */
export const soft = <Schema extends z.ZodType>(schema: Schema) => schema.nullish().catch(null);

/** A list: the entries of the known shape are kept. Null where there is no list, or none of its entries is known. */
export const softList = <Schema extends z.ZodType>(entry: Schema) =>
  soft(z.array(z.unknown()).transform((entries) => readable(entry, entries)));

/** A connection of GraphQL (`{ edges: [{ node }] }`): its nodes of the known shape. */
export const connection = <Schema extends z.ZodType>(node: Schema) =>
  soft(
    z.object({ edges: z.array(z.unknown()) }).transform(({ edges }) =>
      readable(
        node,
        edges.map((edge) => (edge as { node?: unknown } | null)?.node),
      ),
    ),
  );

function readable<Schema extends z.ZodType>(schema: Schema, entries: readonly unknown[]): z.output<Schema>[] | null {
  const known = entries.flatMap((entry) => {
    const result = schema.safeParse(entry);
    return result.success ? [result.data] : [];
  });
  // Nothing left of something does not say that there is nothing.
  return known.length === 0 && entries.length > 0 ? null : known;
}

export const softText = soft(z.string());
export const softNumber = soft(z.unknown().transform(numberIn));
/** Text as GraphQL wraps it: `{ text: "Dark" }`. */
export const wrappedText = soft(z.object({ text: softText }));

/** A whole number of the range, else null. */
export function wholeNumber(value: number | null | undefined, least: number, most = Number.MAX_SAFE_INTEGER) {
  return value != null && Number.isInteger(value) && value >= least && value <= most ? value : null;
}

export const yearOf = (value: number | null | undefined): number | null => wholeNumber(value, 1800, 2200);
