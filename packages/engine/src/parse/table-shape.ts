import { type CsvRecord, readLine } from './records.ts';

/** Opens the file at its start; may be called several times. */
export type OpenFile = () => AsyncIterable<Uint8Array>;

/** How the text of a table is laid out. Plain data, so that it can be kept as JSON. */
export interface TableShape {
  /** A label of the Encoding Standard. */
  readonly encoding: string;
  /** What ends a line; `\n` stands for `\r\n` too. */
  readonly lineBreak: '\n' | '\r';
  readonly delimiter: string;
  readonly columnCount: number;
  readonly headerLine: number;
}

/** A table whose rows have a date and may have a profile, each in a column of its own; -1 where there is none. */
export interface DatedTable extends TableShape {
  readonly columns: { readonly date: number; readonly profile: number };
}

const onlyDelimiters = /^[;,\t|\s]*$/;

/** Whether a row holds nothing, as the empty rows of a spreadsheet do: it is no row then, and none is rejected. */
export const isBlank = ({ fields }: CsvRecord): boolean => fields.every((field) => onlyDelimiters.test(field));

/** The next line that is more than delimiters and spaces; -1 where there is none. */
export const nextLine = (lines: readonly string[], from: number) =>
  lines.findIndex((line, index) => index >= from && !onlyDelimiters.test(line));

/** The columns of a header, unwrapped where a spreadsheet put it whole into one pair of quotes. */
export function namesOf(header: string, delimiter: string): string[] {
  const [first = '', ...others] = readLine(header, delimiter) ?? [];
  const isWrapped = first.includes(delimiter) && others.every((field) => field.trim() === '');
  const names = isWrapped ? readLine(first, delimiter) : [first, ...others];
  return (names ?? []).map((name) => name.trim());
}

/** The fields of a row, unwrapped where a spreadsheet put the whole row into one pair of quotes; null where they do not fit. */
export function fieldsOf(fields: string[], { columnCount, delimiter }: TableShape): string[] | null {
  const fits = fields.length === columnCount;
  if (fits && fields.some((field, place) => place > 0 && field !== '')) return fields;
  const [first = '', ...others] = fields;
  if (first.includes(delimiter) && others.every((field) => /^[;\s]*$/.test(field))) {
    const inner = readLine(first.replace(/;+$/, ''), delimiter);
    if (inner?.length === columnCount) return inner;
  }
  if (fits) return fields;
  const extra = fields.slice(columnCount);
  return extra.length > 0 && extra.every((field) => field.trim() === '') ? fields.slice(0, columnCount) : null;
}

/** Why a row has no fields. */
export const wrongFields = (fields: readonly string[], { columnCount }: TableShape): string =>
  `has ${fields.length} fields where the header has ${columnCount}`;
