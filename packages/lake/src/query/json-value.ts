import type { DuckDBValue } from '@duckdb/node-api';

/** What JSON can say. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/**
 * A value of DuckDB as JSON has it: whole numbers as numbers where JavaScript has them exactly, else as text; days, times and the
 * like as DuckDB writes them; lists and structs as such, maps as lists of `{ key, value }`.
 */
export function toJson(value: DuckDBValue): JsonValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  // By what they have, not by their classes: those would load DuckDB.
  if ('items' in value) return value.items.map(toJson);
  if ('entries' in value) {
    if (Array.isArray(value.entries))
      return value.entries.map((entry) => ({ key: toJson(entry.key), value: toJson(entry.value) }));
    return Object.fromEntries(Object.entries(value.entries).map(([name, inner]) => [name, toJson(inner)]));
  }
  if ('scale' in value) return decimal(String(value));
  return String(value);
}

/** `1.50` is 1.5, but one of many digits stays text. */
const decimal = (text: string): JsonValue => (text.replace(/[^0-9]/g, '').length > 15 ? text : Number(text));
