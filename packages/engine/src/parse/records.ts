import { type Options, parse } from 'csv-parse/sync';
import { createDateText, readDateText } from './date-text.ts';
import type { RejectedRow } from './history-row.ts';

/** One row of the file as its fields stand. */
export interface CsvRecord {
  /** Line where the record begins, 1 for the first. */
  readonly line: number;
  readonly fields: string[];
}

export interface RecordBatch {
  readonly records: CsvRecord[];
  readonly rejected: RejectedRow[];
  readonly bytesRead: number;
}

/** Where a record stands in the text at hand, and on which line of the file it begins. */
interface RecordPlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** How the file is laid out. */
export interface RecordShape {
  readonly encoding: string;
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

const strict = (delimiter: string): Options => ({
  delimiter,
  record_delimiter: ['\r\n', '\n'],
  relax_column_count: true,
  skip_empty_lines: true,
});

/** Reads one line by itself, forgiving quotes; null where that fails too. */
export function readLine(text: string, delimiter: string): string[] | null {
  return readOne(text, { ...strict(delimiter), relax_quotes: true });
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
 */
export async function* readRecords(
  bytes: AsyncIterable<Uint8Array>,
  shape: RecordShape,
  batchSize: number,
): AsyncIterable<RecordBatch> {
  const decoder = new TextDecoder(shape.encoding);
  const batches = new Batches(batchSize);
  const splitter = new RecordSplitter(shape, batches);
  let bytesRead = 0;
  for await (const chunk of bytes) {
    bytesRead += chunk.length;
    splitter.take(decoder.decode(chunk, { stream: true }), false);
    for (const batch of batches.full()) yield { ...batch, bytesRead };
  }
  splitter.take(decoder.decode(), true);
  for (const batch of batches.full()) yield { ...batch, bytesRead };
  for (const batch of batches.rest()) yield { ...batch, bytesRead };
}

/** Hands out batches of one size, rejected rows counted in, in the order of the file. */
class Batches {
  readonly #size: number;
  readonly #full: Omit<RecordBatch, 'bytesRead'>[] = [];
  #records: CsvRecord[] = [];
  #rejected: RejectedRow[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  add(line: number, fields: string[]): void {
    this.#records.push({ line, fields });
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
    this.#pending += text;
    if (isLast && this.#pending !== '' && !this.#pending.endsWith('\n')) this.#pending += '\n';
    // Whole records that follow one another are read together: `start` to `end`.
    let start = 0;
    let end = 0;
    let places: RecordPlace[] = [];
    const flush = () => {
      this.#read(start, end, places);
      places = [];
      start = end;
    };
    const next = (from: number, linesOver: number) => {
      end = from;
      this.#line += linesOver;
      this.#looked = from;
      this.#isQuoted = false;
      this.#ends = [];
    };
    const breakOff = (reason: string) => {
      flush();
      const lineEnd = this.#ends[0] ?? this.#pending.length;
      this.#rescue(this.#pending.slice(start, lineEnd), reason);
      next(lineEnd, 1);
      start = end;
    };
    for (;;) {
      if (this.#isSkipping) {
        const lineEnd = this.#pending.indexOf('\n', end) + 1;
        if (lineEnd === 0) {
          this.#pending = '';
          this.#looked = 0;
          return;
        }
        this.#isSkipping = false;
        next(lineEnd, 1);
        start = end;
      }
      const at = this.#nextLineEnd(end + longestRecord);
      if (at < 0) {
        // By where the text stands, not by how much of it has come: a longer chunk must not change the answer.
        const isTooLong = this.#looked >= end + longestRecord;
        if (this.#ends.length > 0 && (isTooLong || isLast)) breakOff('a quote opens here and is not closed');
        else if (isTooLong) {
          flush();
          this.#batches.reject(
            this.#line,
            `the line is longer than ${longestRecord} characters`,
            this.#pending.slice(end, end + contentCap),
          );
          this.#isSkipping = true;
        } else break;
        continue;
      }
      this.#ends.push(at);
      if (this.#isQuoted) {
        if (this.#ends.length >= mostLines) breakOff('a quote opens here and is not closed');
        continue;
      }
      if (this.#ends.length > 1 && this.#swallowsRows(end)) {
        breakOff('a quote opens here and is closed only rows later');
        continue;
      }
      if (!isBlank(this.#pending, end, at)) places.push({ line: this.#line, start: end, end: at });
      next(at, this.#ends.length);
    }
    flush();
    this.#pending = this.#pending.slice(end);
    this.#looked -= end;
    this.#ends = this.#ends.map((lineEnd) => lineEnd - end);
  }

  /** Goes on to the end of the next line; -1 where the text has none yet, or none before `limit`. */
  #nextLineEnd(limit: number): number {
    const text = this.#pending;
    const until = Math.min(text.length, limit);
    for (let at = this.#looked; at < until; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 34) this.#isQuoted = !this.#isQuoted;
      else if (code === 10) {
        this.#looked = at + 1;
        return at + 1;
      }
    }
    this.#looked = until;
    return -1;
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

  /** Reads records that stand together; where strict reading refuses one, each is read alone. */
  #read(start: number, end: number, places: readonly RecordPlace[]): void {
    if (places.length === 0) return;
    let records: string[][] = [];
    try {
      records = parse(this.#pending.slice(start, end), this.#options) as unknown as string[][];
    } catch {
      // Found below.
    }
    if (records.length === places.length)
      for (const [index, { line }] of places.entries()) this.#batches.add(line, records[index] as string[]);
    else for (const { line, start: from, end: to } of places) this.#readAlone(this.#pending.slice(from, to), line);
  }

  #readAlone(text: string, line: number): void {
    const content = text.replace(/\r?\n$/, '');
    try {
      const records = parse(content, this.#options) as unknown as string[][];
      if (records.length === 1) this.#batches.add(line, records[0] as string[]);
      else throw new RangeError(`${records.length} records where one stands`);
    } catch (error) {
      this.#rescue(content, error instanceof Error ? error.message : String(error), line);
    }
  }

  /** A spreadsheet of another country ends lines in semicolons, outside the quotes; without them a row may be whole. */
  #rescue(text: string, reason: string, line = this.#line): void {
    const content = text.trimEnd();
    const fields = content.endsWith(';') ? readOne(content.replace(/;+$/, ''), this.#options) : null;
    if (fields !== null) this.#batches.add(line, fields);
    else this.#batches.reject(line, reason, content);
  }
}

/** Nothing but a line break, as csv-parse skips it. */
const isBlank = (text: string, start: number, end: number) =>
  end - start === 1 || (end - start === 2 && text.charCodeAt(start) === 13);
