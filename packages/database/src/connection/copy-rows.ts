/**
 * Rows as COPY … FROM STDIN (FORMAT binary) takes them: https://www.postgresql.org/docs/18/sql-copy.html, "Binary Format". The
 * server reads them several times as fast as text, and writes them page by page.
 */

type Value = string | number | boolean | null;

/** The bytes of a value where that is fixed. An enum goes as text; a date as days, a timestamptz as seconds, since 1970. */
const sizes = { bool: 1, date: 4, int2: 2, int4: 4, text: null, timestamptz: 8, uuid: 16 } as const;

type ValueType = keyof typeof sizes;

/** A table, and those of its columns that are given; the others take their defaults. */
export interface CopiedTable {
  readonly name: string;
  readonly columns: Readonly<Record<string, ValueType>>;
}

/** Rows in parts, of which some may be left out: plain values, which a thread can hand to another. */
export interface CopiedRows {
  readonly bytes: Uint8Array;
  /** Where each part ends. */
  readonly ends: readonly number[];
}

/** Before the first row: the signature, no flags, no extension. */
const head = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const tail = Buffer.from([0xff, 0xff]);

/** What to send for those parts that are wanted, told by their places: pieces, none where they have no row. */
export function wantedRows(
  { bytes, ends }: CopiedRows,
  isWanted: (part: number) => boolean = () => true,
): readonly Uint8Array[] {
  const parts = ends
    .map((end, part) => (isWanted(part) ? bytes.subarray(ends[part - 1] ?? 0, end) : bytes.subarray(0, 0)))
    .filter(({ length }) => length > 0);
  return parts.length === 0 ? [] : [head, ...parts, tail];
}

/** 2000, where PostgreSQL's days and microseconds begin, in days since 1970. */
const epoch = 10_957;

/** Memory of rows that were sent, for the next ones: a megabyte for every few thousand would wait for the garbage collector. */
export class SpareMemory {
  readonly #spare: Buffer[] = [];

  /** Takes what nobody needs any more; what was handed to another thread is not there to take. */
  give(...memory: readonly ArrayBufferLike[]): void {
    for (const one of memory) if (one.byteLength > 0) this.#spare.push(Buffer.from(one));
  }

  take(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(16_384);
  }
}

/** Gathers the rows of a table. */
export class RowWriter {
  readonly #types: readonly ValueType[];
  #buffer: Buffer;
  #at = 0;
  readonly #ends: number[] = [];

  constructor({ columns }: CopiedTable, spare = new SpareMemory()) {
    this.#types = Object.values(columns);
    this.#buffer = spare.take();
  }

  /** @param row A value a column, in their order. */
  add(row: readonly Value[]): void {
    this.#reserve(2);
    this.#at = this.#buffer.writeInt16BE(this.#types.length, this.#at);
    for (const [column, type] of this.#types.entries()) this.#addValue(type, row[column] ?? null);
  }

  endPart(): void {
    this.#ends.push(this.#at);
  }

  finish(): CopiedRows {
    return { bytes: this.#buffer.subarray(0, this.#at), ends: this.#ends };
  }

  #addValue(type: ValueType, value: Value): void {
    const most = value === null ? 0 : (sizes[type] ?? 3 * (value as string).length);
    this.#reserve(4 + most);
    const at = this.#at + 4;
    const size = value === null ? -1 : this.#write(type, value, at);
    this.#buffer.writeInt32BE(size, this.#at);
    this.#at = at + Math.max(size, 0);
  }

  /** @returns how many bytes it took. */
  #write(type: ValueType, value: string | number | boolean, at: number): number {
    const buffer = this.#buffer;
    switch (type) {
      case 'text':
        return buffer.write(value as string, at);
      case 'uuid':
        return writeUuid(buffer, value as string, at);
      case 'bool':
        return buffer.writeUInt8(value ? 1 : 0, at) - at;
      case 'int2':
        return buffer.writeInt16BE(value as number, at) - at;
      case 'int4':
        return buffer.writeInt32BE(value as number, at) - at;
      case 'date':
        return buffer.writeInt32BE((value as number) - epoch, at) - at;
      case 'timestamptz':
        return writeInt64(buffer, ((value as number) - epoch * 86_400) * 1e6, at);
    }
  }

  #reserve(size: number): void {
    if (this.#at + size <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#buffer.length, this.#at + size));
    this.#buffer.copy(larger, 0, 0, this.#at);
    this.#buffer = larger;
  }
}

/** By halves: a BigInt for every row would be garbage. */
function writeInt64(buffer: Buffer, value: number, at: number): number {
  buffer.writeInt32BE(Math.floor(value / 2 ** 32), at);
  return buffer.writeUInt32BE(value >>> 0, at + 4) - at;
}

/** By char codes: thousands of ids a batch, and every way over strings costs several times as much. */
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
