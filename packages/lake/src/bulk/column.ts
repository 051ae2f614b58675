/**
 * What a field of a delimited file may say. One definition has two readers: `pattern` and `isValid` decide line by line here, and
 * DuckDB decides by `pattern` and by whether `cast` gives a value. The two are compared by the number of rows.
 */
export interface FieldKind {
  /** All that the field may be, in the syntax that JavaScript and RE2 share; null: any text. */
  readonly pattern: RegExp | null;
  /** What the pattern cannot say: that there is such a day. */
  isValid?(text: string): boolean;
  /** @param value an SQL expression of type VARCHAR. @returns one of the column's type, null where it cannot be cast. */
  cast(value: string): string;
}

export interface Column {
  /** Its name in Parquet. */
  readonly name: string;
  /** Its names in files, where they differ. */
  readonly headers?: readonly string[];
  readonly kind: FieldKind;
  /** What stands for nothing, beside the layout's own. */
  readonly nulls?: readonly string[];
  /** The field must say something. */
  readonly notNull?: boolean;
  /** Layouts that lack it exist: it is null there. */
  readonly optional?: boolean;
}

const castTo =
  (type: string) =>
  (value: string): string =>
    `TRY_CAST(${value} AS ${type})`;

const listBy =
  (separator: string) =>
  (value: string): string =>
    `string_split(${value}, ${separator})`;

export const text: FieldKind = { pattern: null, cast: (value) => value };
export const integer: FieldKind = { pattern: /[0-9]{1,9}/, cast: castTo('INTEGER') };
export const bigInteger: FieldKind = { pattern: /[0-9]{1,18}/, cast: castTo('BIGINT') };
export const decimal: FieldKind = { pattern: /[0-9]{1,9}(\.[0-9]{1,12})?/, cast: castTo('DOUBLE') };
export const zeroOrOne: FieldKind = { pattern: /[01]/, cast: castTo('BOOLEAN') };
export const trueOrFalse: FieldKind = { pattern: /true|false/, cast: castTo('BOOLEAN') };
export const commaList: FieldKind = { pattern: null, cast: listBy("','") };
/** IMDb separates the kinds of an alternative title by U+0002. */
export const controlList: FieldKind = { pattern: null, cast: listBy('chr(2)') };
export const titleId: FieldKind = { pattern: /tt[0-9]{1,12}/, cast: (value) => value };
export const nameId: FieldKind = { pattern: /nm[0-9]{1,12}/, cast: (value) => value };
export const day: FieldKind = {
  pattern: /[0-9]{4}-[0-9]{2}-[0-9]{2}/,
  isValid: isDay,
  cast: castTo('DATE'),
};

/** `2026-02-30` is no day. */
export function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
