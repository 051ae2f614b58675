import { dateOfDay, dayFromDate } from '../calendar.ts';
import { createDateText, dayInOrder, readDateText } from '../date-text.ts';
import type { DateOrder } from '../history-row.ts';

/** A field holds what its column cannot mean. The row is rejected with this reason. */
export class UnreadableFieldError extends Error {
  override readonly name = 'UnreadableFieldError';
}

/** Netflix was founded on 29 August 1997; nothing in its tables is older. */
const firstDay = dayFromDate(1997, 8, 29) as number;
/** How far ahead a next payment may lie. */
const daysAhead = 3660;

/** The fields of one row by the names of their columns. A column that the file does not have is an empty field. */
export class RowFields {
  readonly #columns: ReadonlyMap<string, number>;
  readonly #dateOrder: DateOrder;
  readonly #lastDay: number;
  readonly #date = createDateText();
  #fields: readonly string[] = [];

  constructor(columns: ReadonlyMap<string, number>, dateOrder: DateOrder, lastDay: number) {
    this.#columns = columns;
    this.#dateOrder = dateOrder;
    this.#lastDay = lastDay;
  }

  take(fields: readonly string[]): void {
    this.#fields = fields;
  }

  /** Null where it is empty, or says so: the export's cover sheet names NULL for what is not there. */
  text(column: string): string | null {
    const text = (this.#fields[this.#columns.get(column) ?? -1] ?? '').trim();
    if (text.includes('\0')) throw new UnreadableFieldError(`"${column}" holds a NUL character`);
    return text === '' || text === 'NULL' ? null : text;
  }

  required(column: string): string {
    const text = this.text(column);
    if (text === null) throw new UnreadableFieldError(`"${column}" is empty`);
    return text;
  }

  integer(column: string): number | null {
    const text = this.text(column);
    if (text === null) return null;
    // A spreadsheet writes 2 as 2.0.
    if (/^-?\d{1,9}(\.0+)?$/.test(text)) return Number(text);
    throw new UnreadableFieldError(`"${text.slice(0, 60)}" in "${column}" is no whole number`);
  }

  /** Money as it stands, with a point: a number would not hold every cent. */
  decimal(column: string): string | null {
    const text = this.text(column);
    if (text === null) return null;
    const plain = text.replace(',', '.');
    if (/^-?\d{1,12}(\.\d{1,6})?$/.test(plain)) return plain;
    throw new UnreadableFieldError(`"${text.slice(0, 60)}" in "${column}" is no amount`);
  }

  flag(column: string): boolean | null {
    const text = this.text(column)?.toLowerCase();
    if (text === undefined || text === '-1') return null;
    if (text === 'true' || text === '1' || text === 'yes') return true;
    if (text === 'false' || text === '0' || text === 'no') return false;
    throw new UnreadableFieldError(`"${text.slice(0, 60)}" in "${column}" is neither true nor false`);
  }

  /** Seconds since 1970; noon where the text has a day only. Null for nothing. */
  instant(column: string): number | null {
    const text = this.text(column);
    if (text === null) return null;
    const day = this.#dayOf(text, column, this.#lastDay);
    return day * 86_400 + (this.#date.secondOfDay < 0 ? 43_200 : this.#date.secondOfDay);
  }

  /** An instant as RFC 3339 has it, a day as a full-date. */
  time(column: string): string | null {
    const text = this.text(column);
    if (text === null) return null;
    const day = this.#dayOf(text, column, this.#lastDay);
    const second = this.#date.secondOfDay;
    return second < 0 ? dateOfDay(day) : `${new Date((day * 86_400 + second) * 1000).toISOString().slice(0, 19)}Z`;
  }

  /** A full-date, which may lie ahead. */
  date(column: string): string | null {
    const text = this.text(column);
    return text === null ? null : dateOfDay(this.#dayOf(text, column, this.#lastDay + daysAhead));
  }

  #dayOf(text: string, column: string, lastDay: number): number {
    const day = readDateText(text, this.#date) ? dayInOrder(this.#date, this.#dateOrder) : null;
    if (day === null) throw new UnreadableFieldError(`"${text.slice(0, 60)}" in "${column}" is no date`);
    if (day < firstDay || day > lastDay)
      throw new UnreadableFieldError(
        `"${text.slice(0, 60)}" in "${column}" lies ${day > lastDay ? 'in the future' : 'before there was a Netflix'}`,
      );
    return day;
  }
}
