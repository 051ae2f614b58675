/**
 * Arrays as PostgreSQL sends and takes them in binary (array_recv() in its src/backend/utils/adt/arrayfuncs.c): a head, then
 * each element behind its length. The server reads them several times as fast as text, above all uuids and strings.
 */

type Element = string | number | boolean | null;

/** Object ids of the types, from PostgreSQL's pg_type.dat, and the bytes of an element where that is fixed. */
const types = {
  bool: { oid: 16, size: 1 },
  int2: { oid: 21, size: 2 },
  int4: { oid: 23, size: 4 },
  text: { oid: 25, size: null },
  float8: { oid: 701, size: 8 },
  uuid: { oid: 2950, size: 16 },
} as const;

export type ElementType = keyof typeof types;

const headSize = 20;

/** A whole array. */
export function binaryArray(type: ElementType, elements: readonly Element[]): Uint8Array {
  const column = new BinaryColumn(type);
  for (const element of elements) column.add(element);
  return column.finish().bytes;
}

/** An array in parts, of which some may be left out: plain values, which a thread can hand to another. */
export interface PartedArray {
  readonly type: ElementType;
  /** The whole array. */
  readonly bytes: Uint8Array;
  /** Where each part ends, in bytes and in elements. */
  readonly ends: readonly number[];
  readonly counts: readonly number[];
}

/** The array of those parts that are wanted, told by their places. */
export function wantedParts(
  { type, bytes, ends, counts }: PartedArray,
  isWanted: (part: number) => boolean,
): Uint8Array {
  const kept: Uint8Array[] = [];
  let count = 0;
  for (const [part, end] of ends.entries()) {
    if (!isWanted(part)) continue;
    kept.push(bytes.subarray(ends[part - 1] ?? headSize, end));
    count += (counts[part] as number) - (counts[part - 1] ?? 0);
  }
  return kept.length === ends.length ? bytes : Buffer.concat([headOf(type, count), ...kept]);
}

function headOf(type: ElementType, count: number): Buffer {
  const head = Buffer.alloc(headSize);
  head.writeInt32BE(1, 0); // dimensions
  head.writeInt32BE(1, 4); // may hold nulls
  head.writeInt32BE(types[type].oid, 8);
  head.writeInt32BE(count, 12);
  head.writeInt32BE(1, 16); // the first subscript
  return head;
}

/** Gathers the elements of an array. */
export class BinaryColumn {
  readonly #type: ElementType;
  #buffer = Buffer.alloc(4096);
  #at = headSize;
  #count = 0;
  readonly #ends: number[] = [];
  readonly #counts: number[] = [];

  constructor(type: ElementType) {
    this.#type = type;
  }

  add(element: Element): void {
    this.#count += 1;
    const size = element === null ? 0 : (types[this.#type].size ?? 3 * (element as string).length);
    if (this.#at + 4 + size > this.#buffer.length) this.#grow(4 + size);
    const at = this.#at + 4;
    const written = element === null ? -1 : this.#write(element, at);
    this.#buffer.writeInt32BE(written, this.#at);
    this.#at = at + Math.max(written, 0);
  }

  endPart(): void {
    this.#ends.push(this.#at);
    this.#counts.push(this.#count);
  }

  finish(): PartedArray {
    headOf(this.#type, this.#count).copy(this.#buffer);
    return {
      type: this.#type,
      bytes: this.#buffer.subarray(0, this.#at),
      ends: this.#ends,
      counts: this.#counts,
    };
  }

  /** @returns how many bytes it took. */
  #write(element: string | number | boolean, at: number): number {
    switch (this.#type) {
      case 'text':
        return this.#buffer.write(element as string, at);
      case 'uuid':
        return writeUuid(this.#buffer, element as string, at);
      case 'bool':
        return this.#buffer.writeUInt8(element ? 1 : 0, at) - at;
      case 'int2':
        return this.#buffer.writeInt16BE(element as number, at) - at;
      case 'int4':
        return this.#buffer.writeInt32BE(element as number, at) - at;
      case 'float8':
        return this.#buffer.writeDoubleBE(element as number, at) - at;
    }
  }

  #grow(needed: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#buffer.length, this.#at + needed));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
}

/** By char codes: a thousand ids a batch, and every way over strings costs several times as much. */
function writeUuid(buffer: Buffer, uuid: string, at: number): number {
  let to = at;
  for (let from = 0; from < 36; from += 2) {
    if (uuid.charCodeAt(from) === 45) from += 1;
    buffer[to] = (digit(uuid.charCodeAt(from)) << 4) | digit(uuid.charCodeAt(from + 1));
    to += 1;
  }
  return to - at;
}

const digit = (code: number): number => (code < 58 ? code - 48 : (code | 32) - 87);
