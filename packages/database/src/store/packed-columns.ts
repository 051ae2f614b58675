/**
 * Columns as PostgreSQL packs them when it is asked to: `string_agg(int4send(…), '')` is one value of four bytes a row. A row each would
 * cost several times as much to send and to read (docs/analytics-benchmark.md).
 */

/** Bytes of a column; of no rows there is none. */
export type Packed = Uint8Array | null;

/** SQL for a column of whole numbers, -1 for null. */
export const packInts = (column: string): string => `string_agg(int4send(coalesce(${column}, -1)), '')`;

/** SQL for a column of numbers, NaN for null. */
export const packFloats = (column: string): string => `string_agg(float8send(coalesce(${column}, 'NaN')), '')`;

export const packFlags = (column: string): string =>
  `string_agg(CASE WHEN ${column} THEN '\\x01'::bytea ELSE '\\x00'::bytea END, '')`;

/** SQL for a column of UUIDs, zeros for null. */
export const packUuids = (column: string): string =>
  `string_agg(uuid_send(coalesce(${column}, '00000000-0000-0000-0000-000000000000')), '')`;

/** SQL for a column of text, as a JSON list. */
export const packTexts = (column: string): string => `json_agg(${column})::text`;

const viewOf = (packed: Packed) =>
  packed === null
    ? new DataView(new ArrayBuffer(0))
    : new DataView(packed.buffer, packed.byteOffset, packed.byteLength);

export function unpackInts(packed: Packed): Int32Array {
  const view = viewOf(packed);
  const numbers = new Int32Array(view.byteLength / 4);
  for (let place = 0; place < numbers.length; place += 1) numbers[place] = view.getInt32(place * 4);
  return numbers;
}

export function unpackFloats(packed: Packed): Float64Array {
  const view = viewOf(packed);
  const numbers = new Float64Array(view.byteLength / 8);
  for (let place = 0; place < numbers.length; place += 1) numbers[place] = view.getFloat64(place * 8);
  return numbers;
}

/** 1 and 0. */
export const unpackFlags = (packed: Packed): Uint8Array =>
  packed === null ? new Uint8Array() : Uint8Array.from(packed);

/** As text; null for zeros. */
export function unpackUuids(packed: Packed): (string | null)[] {
  if (packed === null) return [];
  const hex = bufferOf(packed).toString('hex');
  const uuids: (string | null)[] = [];
  for (let at = 0; at < hex.length; at += 32) {
    const digits = hex.slice(at, at + 32);
    uuids.push(
      digits === zeros
        ? null
        : `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`,
    );
  }
  return uuids;
}

/** One short key a UUID, to look others up by. */
export function uuidKeys(packed: Packed): string[] {
  if (packed === null) return [];
  const bytes = bufferOf(packed);
  const keys: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) keys.push(bytes.toString('latin1', at, at + 16));
  return keys;
}

export const unpackTexts = (packed: string | null): (string | null)[] =>
  packed === null ? [] : (JSON.parse(packed) as (string | null)[]);

/** Gives each text one place. @returns the texts, and of each row its place, -1 for null. */
export function dictionaryOf(texts: readonly (string | null)[]): {
  readonly words: string[];
  readonly places: Int32Array;
} {
  const known = new Map<string, number>();
  const places = new Int32Array(texts.length).fill(-1);
  for (const [row, text] of texts.entries()) {
    if (text === null) continue;
    let place = known.get(text);
    if (place === undefined) {
      place = known.size;
      known.set(text, place);
    }
    places[row] = place;
  }
  return { words: [...known.keys()], places };
}

const zeros = '0'.repeat(32);
const bufferOf = (packed: Uint8Array) => Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
