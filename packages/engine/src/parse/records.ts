import { type Options, parse } from 'csv-parse/sync';
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

/** Longer than any real row; keeps an open quote from swallowing the file. */
const longestRecord = 64 * 1024;
/** Lines that one broken row may reach over before its quote counts as never closed. */
const mostLines = 12;
const contentCap = 2000;

const strict = (delimiter: string): Options => ({
  delimiter,
  record_delimiter: ['\r\n', '\n'],
  relax_column_count: true,
  skip_empty_lines: true,
  max_record_size: longestRecord,
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
 * Reads records as the bytes stream in, stretch by stretch, each cut where a line ends outside quotes. A stretch that strict
 * reading refuses is taken apart line by line, so that a broken row costs nothing beside it.
 */
export async function* readRecords(
  bytes: AsyncIterable<Uint8Array>,
  encoding: string,
  delimiter: string,
  batchSize: number,
): AsyncIterable<RecordBatch> {
  const decoder = new TextDecoder(encoding);
  const queue = new BatchQueue(batchSize);
  let pending = '';
  let line = 1;
  const take = (text: string) => {
    readStretch(text, line, delimiter, queue);
    line += countLines(text);
  };
  for await (const chunk of bytes) {
    queue.bytesRead += chunk.length;
    pending += decoder.decode(chunk, { stream: true });
    let cut = endOfStretch(pending);
    // A quote that never closes: its line is taken by itself, and the next begins anew.
    if (cut === 0 && pending.length > longestRecord) cut = pending.indexOf('\n') + 1;
    if (cut > 0) {
      take(pending.slice(0, cut));
      pending = pending.slice(cut);
    }
    yield* queue.full();
  }
  pending += decoder.decode();
  if (pending !== '') take(pending);
  yield* queue.full();
  yield* queue.rest();
}

/** Hands out batches of one size, whatever the stretches: a reader that resumes by number meets the same ones. */
class BatchQueue {
  bytesRead = 0;
  readonly #size: number;
  #records: CsvRecord[] = [];
  #rejected: RejectedRow[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  add(line: number, fields: string[]): void {
    this.#records.push({ line, fields });
  }

  reject(line: number, reason: string, content: string): void {
    this.#rejected.push({ line, reason, content: content.slice(0, contentCap) });
  }

  *full(): Iterable<RecordBatch> {
    let from = 0;
    while (this.#records.length - from >= this.#size) {
      yield {
        records: this.#records.slice(from, from + this.#size),
        rejected: this.#rejected,
        bytesRead: this.bytesRead,
      };
      from += this.#size;
      this.#rejected = [];
    }
    if (from > 0) this.#records = this.#records.slice(from);
  }

  *rest(): Iterable<RecordBatch> {
    if (this.#records.length + this.#rejected.length > 0)
      yield { records: this.#records, rejected: this.#rejected, bytesRead: this.bytesRead };
  }
}

function readStretch(text: string, firstLine: number, delimiter: string, queue: BatchQueue): void {
  const options = strict(delimiter);
  let records: string[][];
  try {
    records = parse(text, options) as unknown as string[][];
  } catch (error) {
    takeApart(text, firstLine, delimiter, error instanceof Error ? error.message : String(error), queue);
    return;
  }
  if (records.length === countLines(text)) {
    for (const [index, fields] of records.entries()) queue.add(firstLine + index, fields);
    return;
  }
  // Some record spans lines, or lines are blank: ask where each begins.
  const placed = parse(text, { ...options, info: true }) as unknown as { record: string[]; info: { lines: number } }[];
  for (const { record, info } of placed) {
    const breaks = record.reduce((sum, field) => sum + field.split('\n').length - 1, 0);
    queue.add(firstLine + info.lines - 1 - breaks, record);
  }
}

/** Reads a stretch line by line; a line that is no record by itself may be one with the lines after it. */
function takeApart(text: string, firstLine: number, delimiter: string, reason: string, queue: BatchQueue): void {
  const options = strict(delimiter);
  const lines = text.replace(/\r?\n$/, '').split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const content = (lines[at] as string).replace(/\r$/, '');
    if (content.trim() === '') continue;
    let fields = readOne(content, options);
    let taken = 1;
    for (let more = 2; fields === null && more <= mostLines && at + more <= lines.length; more += 1) {
      fields = readOne(lines.slice(at, at + more).join('\n'), options);
      taken = fields === null ? 1 : more;
    }
    fields ??= readLine(content.replace(/;+$/, ''), delimiter);
    if (fields === null) queue.reject(firstLine + at, reason, content);
    else queue.add(firstLine + at, fields);
    at += taken - 1;
  }
}

/** Where the last line that ends outside quotes ends; 0 where none does. */
function endOfStretch(text: string): number {
  let isQuoted = false;
  let end = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) isQuoted = !isQuoted;
    else if (code === 10 && !isQuoted) end = at + 1;
  }
  return end;
}

/** Line ends in a text; a last line without one counts. */
function countLines(text: string): number {
  let lines = text === '' || text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}
