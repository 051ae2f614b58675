import type { DateOrder } from './history-row.ts';

/** What every expected failure of the engine has in common: match on `code`, two bundled copies break `instanceof`. */
export abstract class EngineError extends Error {
  abstract readonly code: string;
  /** Whether the same call can succeed later without the person changing anything. */
  abstract readonly retryable: boolean;
}

/** A row of the file that an error points at. */
export interface FileRow {
  /** Line in the file, 1 for the first. */
  readonly line: number;
  readonly value: string;
}

/** The file has no bytes, or nothing but blank lines. */
export class HistoryFileEmptyError extends EngineError {
  override readonly name = 'HistoryFileEmptyError';
  readonly code = 'FILE_EMPTY';
  readonly retryable = false;

  constructor(found = 'The file is empty') {
    super(`${found}; expected NetflixViewingHistory.csv or ViewingActivity.csv, with its header line and rows`);
  }
}

/** The file is not one of Netflix's two histories, or lacks a column that a history needs. */
export class HistoryFormatError extends EngineError {
  override readonly name = 'HistoryFormatError';
  readonly code = 'FORMAT_UNKNOWN';
  readonly retryable = false;
  /** What stands in the file. */
  readonly found: string;
  readonly expected: string;
  readonly line: number;

  constructor(found: string, { line = 1, expected = EXPECTED_HEADERS }: { line?: number; expected?: string } = {}) {
    super(`Line ${line}: found ${found}; expected ${expected}`);
    this.found = found;
    this.expected = expected;
    this.line = line;
  }
}

export const EXPECTED_HEADERS =
  'a header with the columns Title and Date (NetflixViewingHistory.csv), ' +
  'with Title, Start Time and Duration among its columns (ViewingActivity.csv), ' +
  'or of another table of the personal-data export, such as Ratings.csv';

/** A table of the export that is left alone on purpose: nothing of it is kept. */
export class PrivateTableError extends EngineError {
  override readonly name = 'PrivateTableError';
  readonly code = 'TABLE_LEFT_ALONE';
  readonly retryable = false;

  constructor(why: string) {
    super(`This table of the export is not read. ${why} Nothing of it was kept`);
  }
}

/** One way to read the dates of a file, and what it makes of a row. */
export interface DateReading {
  readonly dateOrder: DateOrder;
  readonly line: number;
  readonly value: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The first row that does not read in this way; null where all do. */
  readonly misfit: FileRow | null;
}

/** The dates read in several ways, or none of them fits every row, and nothing in the file tells which one is right: ask the person. */
export class DateOrderNeededError extends EngineError {
  override readonly name = 'DateOrderNeededError';
  readonly code = 'DATE_ORDER_NEEDED';
  readonly retryable = false;
  readonly readings: readonly DateReading[];

  constructor(readings: readonly DateReading[]) {
    const listed = readings.map(({ dateOrder, line, value, date, misfit }) => {
      const but = misfit === null ? '' : `, but not "${misfit.value}" (line ${misfit.line})`;
      return `${dateOrder} reads "${value}" (line ${line}) as ${date}${but}`;
    });
    const expected = readings.some(({ misfit }) => misfit === null)
      ? 'expected the caller to say which'
      : 'no order fits every row: expected the caller to say which, and rows that do not fit are rejected';
    super(`The order of day, month and year cannot be told from this file: ${listed.join('; ')}; ${expected}`);
    this.readings = readings;
  }
}

/** The caller named a date order that a row of the file contradicts. */
export class DateOrderConflictError extends EngineError {
  override readonly name = 'DateOrderConflictError';
  readonly code = 'DATE_ORDER_CONFLICT';
  readonly retryable = false;
  readonly asked: DateOrder;
  /** The orders that the rows allow. */
  readonly expected: readonly DateOrder[];
  /** The row that contradicts the caller. */
  readonly row: FileRow;

  /** @param why a sentence that names the row. */
  constructor(asked: DateOrder, expected: readonly DateOrder[], row: FileRow, why: string) {
    const because = why.charAt(0).toLowerCase() + why.slice(1).replace(/\.$/, '');
    super(`${asked} was asked for, but ${because}; expected ${expected.join(' or ')}`);
    this.asked = asked;
    this.expected = expected;
    this.row = row;
  }
}
