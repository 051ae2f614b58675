import { analyse } from 'chardet';
import { HistoryFileEmptyError, HistoryFormatError } from './errors.ts';
import type { HistoryFormat } from './history-row.ts';
import { readLine } from './records.ts';

/** Opens the file at its start; may be called several times. */
export type OpenFile = () => AsyncIterable<Uint8Array>;

/** Where each column stands, from 0; -1 where the file has none. */
export interface HistoryColumnPlaces {
  readonly title: number;
  /** `Date`, or `Start Time`. */
  readonly date: number;
  readonly profile: number;
  readonly duration: number;
  readonly attributes: number;
  readonly supplementalType: number;
  readonly device: number;
  readonly country: number;
}

export interface RecognisedHistory {
  readonly format: HistoryFormat;
  /** A label of the Encoding Standard. */
  readonly encoding: string;
  readonly delimiter: string;
  readonly columns: HistoryColumnPlaces;
  readonly columnCount: number;
  readonly headerLine: number;
}

const sampleBytes = 64 * 1024;
const delimiters = [',', ';', '\t', '|'];

/**
 * Recognises a history by its content, never by its name. Reads the start, and for the encoding as much as it takes.
 *
 * @throws {HistoryFileEmptyError}
 * @throws {HistoryFormatError} saying what was found and what was expected.
 */
export async function recogniseHistory(open: OpenFile): Promise<RecognisedHistory> {
  const sample = await firstBytes(open());
  const encoding = (await isUtf8(open())) ? 'utf-8' : encodingOf(sample);
  const text = new TextDecoder(encoding).decode(sample);
  const lines = text.split(/\r?\n/);
  const index = lines.findIndex((line) => line.replace(/[;,\t|\s]+/g, '') !== '');
  if (index < 0) throw new HistoryFileEmptyError();
  const header = (lines[index] as string).trimEnd().replace(/;+$/, '');
  if (text.startsWith('PK\u0003\u0004'))
    throw new HistoryFormatError('a zip archive', {
      expected: 'one CSV file: unpack the archive and send ViewingActivity.csv',
    });
  let best: string[] = [header];
  for (const delimiter of delimiters) {
    const names = readLine(header, delimiter)?.map((name) => name.trim());
    if (names === undefined) continue;
    if (names.length > best.length) best = names;
    const found = columnsOf(names);
    if (found !== null) return { ...found, encoding, delimiter, columnCount: names.length, headerLine: index + 1 };
  }
  throw unknown(best, index + 1);
}

function columnsOf(names: readonly string[]): { format: HistoryFormat; columns: HistoryColumnPlaces } | null {
  const lower = names.map((name) => name.toLowerCase());
  const at = (name: string) => lower.indexOf(name);
  const columns = {
    title: at('title'),
    profile: at('profile name'),
    duration: at('duration'),
    attributes: at('attributes'),
    supplementalType: at('supplemental video type'),
    device: at('device type'),
    country: at('country'),
  };
  if (columns.title < 0) return null;
  if (at('start time') >= 0 && columns.duration >= 0)
    return { format: 'NETFLIX_VIEWING_ACTIVITY', columns: { ...columns, date: at('start time') } };
  if (at('date') >= 0) return { format: 'NETFLIX_VIEWING_HISTORY', columns: { ...columns, date: at('date') } };
  return null;
}

function unknown(names: readonly string[], line: number): HistoryFormatError {
  const shown = names
    .slice(0, 12)
    .map((name) => name.replace(/\p{C}/gu, '\u{FFFD}').slice(0, 40))
    .join(', ');
  const lower = new Set(names.map((name) => name.toLowerCase()));
  if (lower.has('start time') && !lower.has('title'))
    return new HistoryFormatError(`the columns ${shown}, without Title`, {
      line,
      expected: 'ViewingActivity.csv as it came, with its column Title',
    });
  return new HistoryFormatError(`the columns ${shown}`, { line });
}

/** The fields of a row, unwrapped where a spreadsheet put the whole row into one pair of quotes; null where they do not fit. */
export function fieldsOf(fields: string[], { columnCount, delimiter }: RecognisedHistory): string[] | null {
  if (fields.length === columnCount) return fields;
  const extra = fields.slice(columnCount);
  if (extra.length > 0 && extra.every((field) => field.trim() === '')) return fields.slice(0, columnCount);
  const [first = '', ...others] = fields;
  if (!first.includes(delimiter) || !others.every((field) => /^[;\s]*$/.test(field))) return null;
  const inner = readLine(first.replace(/;+$/, ''), delimiter);
  return inner?.length === columnCount ? inner : null;
}

async function firstBytes(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= sampleBytes) break;
  }
  const joined = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined.subarray(0, sampleBytes);
}

/** Strictly, over the whole file: an accent of another encoding may stand in its last line. */
async function isUtf8(bytes: AsyncIterable<Uint8Array>): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of bytes) if (decoder.decode(chunk, { stream: true }).includes('\0')) return false;
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** By byte order mark, by where the zero bytes stand, else by guess. */
function encodingOf(sample: Uint8Array): string {
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf-16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (let at = 0; at < sample.length; at += 1) if (sample[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  if ((zeros[1] ?? 0) > sample.length / 8) return 'utf-16le';
  if ((zeros[0] ?? 0) > sample.length / 8) return 'utf-16be';
  for (const { name } of analyse(sample)) {
    try {
      const { encoding } = new TextDecoder(name);
      // Guesses below this one fit Western text by accident.
      if (encoding !== 'utf-8') return encoding;
    } catch {
      // A name that the Encoding Standard does not have.
    }
  }
  return 'windows-1252';
}
