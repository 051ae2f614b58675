import { type Options, parse } from 'csv-parse/sync';
import { createDateText, readDateText } from './date-text.ts';
import type { RejectedRow } from './history-row.ts';
import { splitFields } from './split-fields.ts';
import { pieceDecoder } from './text-decoder.ts';

/** One row of the file as its fields stand. */
export interface CsvRecord {
  /** Line where the record begins, 1 for the first. */
  readonly line: number;
  readonly fields: string[];
}

export interface RecordBatch<Read = CsvRecord> {
  readonly records: Read[];
  readonly rejected: RejectedRow[];
  readonly bytesRead: number;
}

/** How the file is laid out. */
export interface RecordShape {
  readonly encoding: string;
  /** `\n` where it is not said. */
  readonly lineBreak?: '\n' | '\r';
  readonly delimiter: string;
  /** Columns of the header, and where among them the date stands. */
  readonly columnCount: number;
  readonly columns: { readonly date: number };
}

/** Longer than any real row: what is longer is no row, and is not kept in memory. */
const longestRecord = 64 * 1024;
/** Titles hold line breaks, one as a rule; a quote that is open for longer was never closed. */
const mostLines = 12;
/** Characters that are kept of a rejected row. */
export const contentCap = 2000;

/** What csv-parse finds wrong with a row, in words for whoever sees it rejected. */
const quoteFaults: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE: 'a quote stands inside a field that does not begin with one',
  CSV_INVALID_CLOSING_QUOTE: 'text follows the quote that closes a field',
  CSV_QUOTE_NOT_CLOSED: 'a quote is never closed',
};

const strict = (delimiter: string): Options => ({
  delimiter,
  record_delimiter: ['\r\n', '\n'],
  relax_column_count: true,
  skip_empty_lines: true,
});

/** Reads one line by itself, forgiving quotes; null where that fails too. */
export function readLine(text: string, delimiter: string): string[] | null {
  const fields = text === '' || text.includes('\n') ? null : splitFields(text, delimiter);
  return fields ?? readOne(text, { ...strict(delimiter), relax_quotes: true });
}

function readOne(text: string, options: Options): string[] | null {
  try {
    const records = parse(text, options) as unknown as string[][];
    return records.length === 1 ? (records[0] ?? null) : null;
  } catch {
    return null;
  }
}

/**
 * Reads records as the bytes stream in. Where a record ends is told from its own start, never from where a chunk does, so the
 * same file gives the same batches. A broken row costs that row: it is among the rejected, and the next line begins anew.
 *
 * @param read makes of each record what is kept of it until its batch is full; the record itself where it is left out.
 */
export function readRecords(
  bytes: AsyncIterable<Uint8Array>,
  shape: RecordShape,
  batchSize: number,
): AsyncIterable<RecordBatch>;
export function readRecords<Read>(
  bytes: AsyncIterable<Uint8Array>,
  shape: RecordShape,
  batchSize: number,
  read: (record: CsvRecord) => Read,
): AsyncIterable<RecordBatch<Read>>;
export async function* readRecords(
  bytes: AsyncIterable<Uint8Array>,
  shape: RecordShape,
  batchSize: number,
  read: (record: CsvRecord) => unknown = (record) => record,
): AsyncIterable<RecordBatch<unknown>> {
  const decoder = pieceDecoder(shape.encoding);
  const withLineFeeds = (text: string) => (shape.lineBreak === '\r' ? text.replaceAll('\r', '\n') : text);
  const batches = new Batches(batchSize, read);
  const splitter = new RecordSplitter(shape, batches);
  let bytesRead = 0;
  for await (const chunk of bytes) {
    bytesRead += chunk.length;
    splitter.take(withLineFeeds(decoder.piece(chunk)), false);
    for (const batch of batches.full()) yield { ...batch, bytesRead };
  }
  splitter.take(withLineFeeds(decoder.end()), true);
  for (const batch of batches.full()) yield { ...batch, bytesRead };
  for (const batch of batches.rest()) yield { ...batch, bytesRead };
}

/** Hands out batches of one size, rejected rows counted in, in the order of the file. */
class Batches {
  readonly #size: number;
  readonly #read: (record: CsvRecord) => unknown;
  readonly #full: Omit<RecordBatch<unknown>, 'bytesRead'>[] = [];
  #records: unknown[] = [];
  #rejected: RejectedRow[] = [];

  constructor(size: number, read: (record: CsvRecord) => unknown) {
    this.#size = size;
    this.#read = read;
  }

  add(line: number, fields: string[]): void {
    this.#records.push(this.#read({ line, fields }));
    this.#close(this.#size);
  }

  reject(line: number, reason: string, content: string): void {
    this.#rejected.push({ line, reason, content: content.slice(0, contentCap) });
    this.#close(this.#size);
  }

  full() {
    return this.#full.splice(0);
  }

  rest() {
    this.#close(1);
    return this.full();
  }

  #close(least: number): void {
    if (this.#records.length + this.#rejected.length < least) return;
    this.#full.push({ records: this.#records, rejected: this.#rejected });
    this.#records = [];
    this.#rejected = [];
  }
}

/** Cuts text into records. A record ends where a line does with all its quotes closed. */
class RecordSplitter {
  readonly #shape: RecordShape;
  readonly #batches: Batches;
  readonly #options: Options;
  /** Text from the start of the first record that has not ended. */
  #pending = '';
  /** Line of that start, and how far its text has been looked at. */
  #line = 1;
  #looked = 0;
  /** The first quote that has not been looked at; where there is none, the end of the text. */
  #quoteAt = 0;
  #isQuoted = false;
  /** Where each line of the open record ends, its break included. */
  #ends: number[] = [];
  /** Inside a line that is too long to be one: nothing of it is kept. */
  #isSkipping = false;

  constructor(shape: RecordShape, batches: Batches) {
    this.#shape = shape;
    this.#batches = batches;
    this.#options = strict(shape.delimiter);
  }

  take(text: string, isLast: boolean): void {
    this.#append(text);
    if (isLast && this.#pending !== '' && !this.#pending.endsWith('\n')) this.#append('\n');
    let start = 0;
    const next = (from: number, linesOver: number) => {
      start = from;
      this.#line += linesOver;
      if (this.#looked !== from) {
        this.#looked = from;
        this.#quoteAt = this.#nextQuote(from);
      }
      this.#isQuoted = false;
      if (this.#ends.length > 0) this.#ends = [];
    };
    const breakOff = (reason: string) => {
      const lineEnd = this.#ends[0] ?? this.#pending.length;
      this.#rescue(this.#pending.slice(start, lineEnd), reason);
      next(lineEnd, 1);
    };
    for (;;) {
      if (this.#isSkipping) {
        const lineEnd = this.#pending.indexOf('\n', start) + 1;
        if (lineEnd === 0) {
          this.#pending = '';
          this.#looked = 0;
          this.#quoteAt = 0;
          return;
        }
        this.#isSkipping = false;
        next(lineEnd, 1);
      }
      const at = this.#nextLineEnd(start + longestRecord);
      if (at < 0) {
        // By where the text stands, not by how much of it has come: a longer chunk must not change the answer.
        const isTooLong = this.#looked >= start + longestRecord;
        if (this.#ends.length > 0 && (isTooLong || isLast)) breakOff('a quote opens here and is not closed');
        else if (isTooLong) {
          this.#batches.reject(
            this.#line,
            `the line is longer than ${longestRecord} characters`,
            this.#pending.slice(start, start + contentCap),
          );
          this.#isSkipping = true;
        } else break;
        continue;
      }
      if (this.#isQuoted) {
        this.#ends.push(at);
        if (this.#ends.length >= mostLines) breakOff('a quote opens here and is not closed');
        continue;
      }
      if (this.#ends.length > 0) {
        this.#ends.push(at);
        if (this.#swallowsRows(start)) {
          breakOff('a quote opens here and is closed only rows later');
          continue;
        }
      }
      this.#read(start, at);
      next(at, this.#ends.length || 1);
    }
    this.#pending = this.#pending.slice(start);
    this.#looked -= start;
    this.#quoteAt -= start;
    this.#ends = this.#ends.map((lineEnd) => lineEnd - start);
  }

  #append(text: string): void {
    const length = this.#pending.length;
    this.#pending += text;
    if (this.#quoteAt === length) this.#quoteAt = this.#nextQuote(length);
  }

  #nextQuote(from: number): number {
    const at = this.#pending.indexOf('"', from);
    return at < 0 ? this.#pending.length : at;
  }

  /** Goes on to the end of the next line; -1 where the text has none yet, or none before `limit`. */
  #nextLineEnd(limit: number): number {
    const until = Math.min(this.#pending.length, limit);
    const lineBreak = this.#pending.indexOf('\n', this.#looked);
    const isWhole = lineBreak >= 0 && lineBreak < until;
    const end = isWhole ? lineBreak + 1 : until;
    while (this.#quoteAt < end) {
      this.#isQuoted = !this.#isQuoted;
      this.#quoteAt = this.#nextQuote(this.#quoteAt + 1);
    }
    this.#looked = end;
    return isWhole ? end : -1;
  }

  /** Whether a record over several lines holds lines that are rows by themselves: then its quote is astray. */
  #swallowsRows(start: number): boolean {
    const { delimiter, columnCount, columns } = this.#shape;
    const inner = [start, ...this.#ends.slice(0, -2)];
    return inner.some((from, index) => {
      const line = this.#pending.slice(from, this.#ends[index]).trimEnd();
      // The first line opened the quote: it is a row when it is one without it.
      const fields = readLine(index === 0 ? line.replaceAll('"', '') : line, delimiter);
      return fields?.length === columnCount && readDateText(fields[columns.date] as string, createDateText());
    });
  }

  #read(start: number, end: number): void {
    let to = end - 1;
    // A tool that turned \n into \r\n twice leaves \r\r\n.
    while (to > start && this.#pending.charCodeAt(to - 1) === 13) to -= 1;
    if (to === start) return;
    const content = this.#pending.slice(start, to);
    const fields = splitFields(content, this.#shape.delimiter);
    if (fields !== null) this.#batches.add(this.#line, fields);
    else this.#readClosely(content);
  }

  /** Reads what is not strictly CSV, or says why it cannot be read. */
  #readClosely(content: string): void {
    try {
      const records = parse(content, this.#options) as unknown as string[][];
      if (records.length === 1) this.#batches.add(this.#line, records[0] as string[]);
      else throw new RangeError(`${records.length} records where one stands`);
    } catch (error) {
      // `"Love, A", "28/07/2020"`: space around quoted fields, as people and some tools write it.
      const spaced = readOne(content, { ...this.#options, trim: true });
      // Space alone: a line break that went with it was part of a title.
      if (spaced !== null && spaced.join('').split('\n').length === content.split('\n').length) {
        this.#batches.add(this.#line, spaced);
        return;
      }
      const { code = '' } = error as { code?: string };
      this.#rescue(content, quoteFaults[code] ?? 'is no row of this table');
    }
  }

  /** A spreadsheet of another country ends lines in semicolons, outside the quotes; without them a row may be whole. */
  #rescue(text: string, reason: string): void {
    const content = text.trimEnd();
    const fields = content.endsWith(';') ? readOne(content.replace(/;+$/, ''), this.#options) : null;
    if (fields !== null) this.#batches.add(this.#line, fields);
    else this.#batches.reject(this.#line, reason, content);
  }
}
