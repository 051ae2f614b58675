import { EXPECTED_HEADERS, HistoryFileEmptyError, HistoryFormatError } from './errors.ts';
import { findEncoding } from './find-encoding.ts';
import type { HistoryFormat } from './history-row.ts';
import { type CsvRecord, readLine } from './records.ts';
import { decodeText } from './text-decoder.ts';

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

/** Plain data, so that it can be kept as JSON. */
export interface RecognisedHistory {
  readonly format: HistoryFormat;
  /** A label of the Encoding Standard. */
  readonly encoding: string;
  /** What ends a line; `\n` stands for `\r\n` too. */
  readonly lineBreak: '\n' | '\r';
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
  refuseArchive(sample);
  const encoding = await findEncoding(open, sample);
  const decoded = decodeText(sample, encoding);
  // Whatever ends the first line ends the others: a Mac's old spreadsheets write a return and no line feed.
  const lineBreak = /\r+\n|[\r\n]/.exec(decoded)?.[0] === '\r' ? '\r' : '\n';
  const lines = decoded.split(lineBreak);
  let index = nextLine(lines, 0);
  const told = /^"?sep="?(.)"?[;,\s]*$/i.exec(lines[index] ?? '')?.[1];
  if (told !== undefined) index = nextLine(lines, index + 1);
  if (index < 0) throw new HistoryFileEmptyError();
  const header = (lines[index] as string).trimEnd().replace(/;+$/, '');
  let best: string[] = [header];
  for (const delimiter of told === undefined ? delimiters : [told, ...delimiters]) {
    const names = namesOf(header, delimiter);
    if (names.length > best.length) best = names;
    const found = columnsOf(names);
    if (found !== null)
      return { ...found, encoding, lineBreak, delimiter, columnCount: names.length, headerLine: index + 1 };
  }
  if (isNoText(decoded))
    throw new HistoryFormatError('a file that is no text', {
      line: index + 1,
      expected: `a CSV file with ${EXPECTED_HEADERS}`,
    });
  throw unknown(best, index + 1);
}

const onlyDelimiters = /^[;,\t|\s]*$/;

/** Whether a row holds nothing, as the empty rows of a spreadsheet do: it is no row then, and none is rejected. */
export const isBlank = ({ fields }: CsvRecord): boolean => fields.every((field) => onlyDelimiters.test(field));

/** The next line that is more than delimiters and spaces; -1 where there is none. */
const nextLine = (lines: readonly string[], from: number) =>
  lines.findIndex((line, index) => index >= from && !onlyDelimiters.test(line));

/** The columns of a header, unwrapped where a spreadsheet put it whole into one pair of quotes. */
function namesOf(header: string, delimiter: string): string[] {
  const [first = '', ...others] = readLine(header, delimiter) ?? [];
  const isWrapped = first.includes(delimiter) && others.every((field) => field.trim() === '');
  const names = isWrapped ? readLine(first, delimiter) : [first, ...others];
  return (names ?? []).map((name) => name.trim());
}

/** @throws {HistoryFormatError} for a zip archive: the whole data request, or a workbook. */
function refuseArchive(sample: Uint8Array): void {
  const text = new TextDecoder('latin1').decode(sample.subarray(0, 4096));
  if (!text.startsWith('PK\u{3}\u{4}')) return;
  throw text.includes('[Content_Types].xml')
    ? new HistoryFormatError('a workbook', { expected: 'one CSV file: save the sheet as CSV (UTF-8)' })
    : new HistoryFormatError('a zip archive', {
        expected: 'one CSV file: unpack the archive and send ViewingActivity.csv',
      });
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

/** Whether it holds what no text does: a picture, a packed file, a workbook of old. */
const isNoText = (text: string) =>
  text.includes('\0') || (text.match(/[^\P{Cc}\s]|[\p{Co}\u{FFFD}]/gu)?.length ?? 0) * 20 > text.length;

/** The fields of a row, unwrapped where a spreadsheet put the whole row into one pair of quotes; null where they do not fit. */
export function fieldsOf(fields: string[], { columnCount, delimiter }: RecognisedHistory): string[] | null {
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
export const wrongFields = (fields: readonly string[], { columnCount }: RecognisedHistory): string =>
  `has ${fields.length} fields where the header has ${columnCount}`;

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
