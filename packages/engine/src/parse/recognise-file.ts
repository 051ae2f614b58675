import { EXPECTED_HEADERS, HistoryFileEmptyError, HistoryFormatError } from './errors.ts';
import type { ExportTable, OtherTable } from './export/export-table.ts';
import { baseNameOf, tableOfFileName, whyLeftAlone } from './export/left-alone.ts';
import { tableDefinitions } from './export/table-definitions.ts';
import { findEncoding } from './find-encoding.ts';
import type { HistoryFormat } from './history-row.ts';
import { type DatedTable, namesOf, nextLine, type OpenFile, type TableShape } from './table-shape.ts';
import { decodeText } from './text-decoder.ts';

/** Where each column stands, from 0; -1 where the file has none. */
export interface HistoryColumnPlaces {
  readonly title: number;
  /** `Date`, or `Start Time`. */
  readonly date: number;
  readonly profile: number;
  readonly duration: number;
  readonly bookmark: number;
  readonly attributes: number;
  readonly supplementalType: number;
  readonly device: number;
  readonly country: number;
}

export interface RecognisedHistory extends DatedTable {
  readonly format: HistoryFormat;
  readonly columns: HistoryColumnPlaces;
}

/** One of the export's other tables. */
export interface RecognisedExportTable extends DatedTable {
  readonly format: 'NETFLIX_EXPORT_TABLE';
  readonly table: OtherTable;
  /** The names of its columns, in lower case. */
  readonly names: readonly string[];
}

/** What a file turned out to be. */
export type RecognisedFile =
  | {
      readonly use: 'USED';
      readonly table: ExportTable;
      readonly layout: RecognisedHistory | RecognisedExportTable;
      /** What is left alone in it. */
      readonly note: string | null;
    }
  | { readonly use: 'EMPTY' | 'PRIVATE'; readonly table: ExportTable | null; readonly note: string };

/** What Netflix writes in place of a table that it has nothing for, as long as the file holds nothing else. */
const nothingFound = 'We found no information for this table';

const sampleBytes = 64 * 1024;
const delimiters = [',', ';', '\t', '|'];

/**
 * Recognises a table by its content. Its name tells only of a file without columns what it would have been. Reads the start, and
 * for the encoding as much as it takes.
 *
 * @throws {HistoryFileEmptyError}
 * @throws {HistoryFormatError} saying what was found and what was expected.
 */
export async function recogniseFile(open: OpenFile, path = ''): Promise<RecognisedFile> {
  const sample = await firstBytes(open());
  const baseName = baseNameOf(path);
  if (isNothingFound(sample))
    return { use: 'EMPTY', table: tableOfFileName(baseName), note: 'Netflix had nothing for this table.' };
  const encoding = await findEncoding(open, sample);
  const decoded = decodeText(sample, encoding);
  // Whatever ends the first line ends the others: a Mac's old spreadsheets write a return and no line feed.
  const lineBreak = /\r+\n|[\r\n]/.exec(decoded)?.[0] === '\r' ? '\r' : '\n';
  const lines = decoded.split(lineBreak);
  let index = nextLine(lines, 0);
  // One character of text: neither NUL nor half of one.
  const told = /^"?sep="?([^\0\ud800-\udfff])"?[;,\s]*$/i.exec(lines[index] ?? '')?.[1];
  if (told !== undefined) index = nextLine(lines, index + 1);
  if (index < 0) throw new HistoryFileEmptyError();
  const header = (lines[index] as string).trimEnd().replace(/;+$/, '');
  let best: string[] = [header];
  for (const delimiter of told === undefined ? delimiters : [told, ...delimiters]) {
    const names = namesOf(header, delimiter);
    if (names.length > best.length) best = names;
    const shape = { encoding, lineBreak, delimiter, columnCount: names.length, headerLine: index + 1 } as const;
    const found = tableOf(names, shape);
    if (found !== null) return found;
  }
  const why = whyLeftAlone(
    best.map((name) => name.toLowerCase()),
    baseName,
  );
  if (why !== null) return { use: 'PRIVATE', table: null, note: why };
  if (isNoText(decoded))
    throw new HistoryFormatError('a file that is no text', {
      line: index + 1,
      expected: `a CSV file with ${EXPECTED_HEADERS}`,
    });
  throw unknown(best, index + 1);
}

function isNothingFound(sample: Uint8Array): boolean {
  if (sample.length > 1000) return false;
  const text = new TextDecoder().decode(sample);
  return text.replaceAll(/["\p{Cf}\s.]+/gu, ' ').trim() === nothingFound;
}

function tableOf(names: readonly string[], shape: TableShape): RecognisedFile | null {
  const lower = names.map((name) => name.toLowerCase());
  const history = historyOf(lower, shape);
  if (history !== null)
    return {
      use: 'USED',
      table: history.format === 'NETFLIX_VIEWING_HISTORY' ? 'VIEWING_HISTORY' : 'VIEWING_ACTIVITY',
      layout: history,
      note: null,
    };
  const found = tableDefinitions.find(({ signature }) => signature.every((column) => lower.includes(column)));
  if (found === undefined) return null;
  const columns = { date: lower.indexOf(found.dateColumn), profile: lower.indexOf('profile name') };
  const layout = {
    ...shape,
    format: 'NETFLIX_EXPORT_TABLE',
    table: found.table,
    names: lower.map(plain),
    columns,
  } as const;
  const alone = names.filter((name) => found.leftAlone?.includes(name.toLowerCase()));
  const note = alone.length === 0 ? null : `Left alone in it: ${alone.join(', ')}.`;
  return { use: 'USED', table: found.table, layout, note };
}

/** As a database can keep it. */
const plain = (name: string) => name.replaceAll('\0', '\u{FFFD}');

function historyOf(names: readonly string[], shape: TableShape): RecognisedHistory | null {
  const at = (name: string) => names.indexOf(name);
  const columns = {
    title: at('title'),
    profile: at('profile name'),
    duration: at('duration'),
    bookmark: at('bookmark'),
    attributes: at('attributes'),
    supplementalType: at('supplemental video type'),
    device: at('device type'),
    country: at('country'),
  };
  if (columns.title < 0) return null;
  if (at('start time') >= 0 && columns.duration >= 0)
    return { ...shape, format: 'NETFLIX_VIEWING_ACTIVITY', columns: { ...columns, date: at('start time') } };
  if (at('date') >= 0)
    return { ...shape, format: 'NETFLIX_VIEWING_HISTORY', columns: { ...columns, date: at('date') } };
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
