/**
 * One profile's viewings as columns: row `i` of the history is entry `i` of every array. Trailers are not among them.
 * Text is kept once, in dictionaries; rows hold places in them, -1 where the file does not say.
 */
export interface HistoryColumns {
  readonly length: number;
  /** Days since 1970-01-01 in the profile's time zone. */
  readonly day: Int32Array;
  /** Seconds since 1970; NaN where the file has days only. */
  readonly startedAt: Float64Array;
  /** Seconds watched, -1 where the file does not say. */
  readonly seconds: Int32Array;
  readonly accidental: Uint8Array;
  /** Places in `strings`. */
  readonly string: Int32Array;
  /** Places in `devices` and `countries`. */
  readonly device: Int32Array;
  readonly country: Int32Array;
  readonly strings: readonly StringOfHistory[];
  readonly devices: readonly string[];
  readonly countries: readonly string[];
}

/** What a Netflix string was taken for. */
export interface StringOfHistory {
  readonly titleId: string | null;
  readonly titleName: string | null;
  readonly kind: 'MOVIE' | 'SERIES' | 'SEASON' | 'EPISODE' | null;
  readonly seriesId: string | null;
  readonly seriesName: string | null;
  /** Whether it was joined to the catalogue. */
  readonly isMatched: boolean;
}

/** Days since 1970-01-01, inclusive at both ends; null: open. */
export interface Period {
  readonly from: number | null;
  readonly to: number | null;
}

/** Places of the rows that figures are made of: inside the period, and not accidental. */
export function countedRows(history: HistoryColumns, { from, to }: Period): Int32Array {
  const rows = new Int32Array(history.length);
  let count = 0;
  for (let row = 0; row < history.length; row += 1) {
    const day = history.day[row] as number;
    if (history.accidental[row] === 1 || (from !== null && day < from) || (to !== null && day > to)) continue;
    rows[count] = row;
    count += 1;
  }
  return rows.subarray(0, count);
}

/** A figure, what it means, and how much of the period's viewings it rests on. */
export interface Figure {
  readonly definition: string;
  /** 0 to 1; null where there are no viewings. */
  readonly coverage: number | null;
  /** Why there is no figure. */
  readonly unknownBecause: string | null;
}

export const noViewings = 'There are no viewings in this period.';

/** Sums seconds, telling "none known" from "none watched". */
export class SecondsSum {
  #seconds = 0;
  #known = 0;
  add(seconds: number): void {
    if (seconds < 0) return;
    this.#seconds += seconds;
    this.#known += 1;
  }
  /** Rows that said how long. */
  get known(): number {
    return this.#known;
  }
  /** Null where no row said. */
  get total(): number | null {
    return this.#known === 0 ? null : this.#seconds;
  }
}

/** @returns null for nothing out of nothing. */
export const shareOf = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
