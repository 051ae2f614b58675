import { isUtf8 } from 'node:buffer';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlName, sqlText } from '../duckdb.ts';
import { BulkError } from './bulk-error.ts';
import type { Column, FieldKind } from './column.ts';
import { firstLine, isGzip, linesOf, longestLine, scanFile } from './text-file.ts';
import type { RejectedLine } from './versions.ts';

/** A table as files have it: tab-separated, one header line, no quoting at all. */
export interface DelimitedLayout {
  /** The name of its Parquet file. */
  readonly table: string;
  readonly columns: readonly Column[];
  /** What a field says that says nothing: `\N`, or the empty text. */
  readonly null: string;
}

/** A file whose header is that of a table. */
export interface RecognisedFile {
  readonly path: string;
  readonly layout: DelimitedLayout;
  /** What its header says, in its order. */
  readonly header: readonly string[];
  /** Headers that no column has: they are left out. */
  readonly unknown: readonly string[];
}

/**
 * Finds out by its header which table a file is.
 * @throws {BulkError} TABLE_UNKNOWN with what it is not.
 */
export async function recognise(
  path: string,
  layouts: readonly DelimitedLayout[],
  what: string,
): Promise<RecognisedFile> {
  const line = await firstLine(path);
  const header = line.split('\t');
  for (const layout of layouts) {
    const found = layout.columns.map((column) => indexOf(header, column));
    if (layout.columns.some((column, index) => found[index] === -1 && column.optional !== true)) continue;
    // A name that is there twice says nothing about which of the two is meant.
    if (new Set(header).size !== header.length) continue;
    return { path, layout, header, unknown: header.filter((_, index) => !found.includes(index)) };
  }
  throw new BulkError(
    'TABLE_UNKNOWN',
    line === ''
      ? `${basename(path)} is empty or begins with an empty line: ${what}`
      : `${basename(path)} begins with ${JSON.stringify(line.slice(0, 120))}: ${what}`,
  );
}

const indexOf = (header: readonly string[], { name, headers }: Column): number =>
  header.findIndex((one) => (headers ?? [name]).includes(one));

/** What a file gave. */
export interface ReadTable {
  readonly rows: number;
  readonly rowsRejected: number;
  readonly rejected: readonly RejectedLine[];
}

/** How many rejected lines are told one by one. */
const rejectedShown = 100;

/**
 * Reads a whole file by a statement of DuckDB, strictly: a line that is not as its table's are is no row, and is counted and told.
 *
 * DuckDB reads the file first, and where it gets a row of every line, all is well. Where it does not, every line is looked at here, and
 * as many have to be good as DuckDB has rows. Where that is not so, or where there are carriage returns, which it cannot tell from
 * ends of lines, the good lines are written to a file of their own, of which DuckDB has to get all.
 *
 * @param statement makes of a SELECT what is to be run; run again, it has to replace what it wrote.
 * @throws {BulkError} FILE_BROKEN, or TABLE_BROKEN where so many lines are broken that the others can hardly be right.
 */
export async function readDelimited(
  connection: DuckDBConnection,
  file: RecognisedFile,
  statement: (select: string) => string,
  { temporaryFolder, signal, onBytes, onWrite, onDoubt }: ReadOptions,
): Promise<ReadTable> {
  const { rows, hasCarriageReturns, isEnded } = await scanFile(file.path, { signal, ...(onBytes ? { onBytes } : {}) });
  const name = basename(file.path);
  if (rows === 0) throw new BulkError('TABLE_BROKEN', `${name} has a header and no rows`);
  if (!isEnded) onDoubt?.(`${name} does not end with an end of line: it may have been cut off`);
  onWrite?.();
  const run = async (path: string, gzip: boolean): Promise<number> =>
    (await connection.run(statement(selectFrom(file, path, gzip)))).rowsChanged;
  if (!hasCarriageReturns) {
    // What DuckDB cannot take apart at all is looked at line by line, too.
    const read = await run(file.path, await isGzip(file.path)).catch((error: Error) => {
      if (/^Invalid Input Error/.test(error.message)) return -1;
      throw error;
    });
    if (read === rows) return { rows, rowsRejected: 0, rejected: [] };
    const found = await sortLines(file, null, signal);
    refuseTooBroken(name, found, rows);
    // DuckDB left out as many lines as are broken.
    if (read === found.rows && found.rows + found.rowsRejected === rows) return found;
  }
  const sorted = join(temporaryFolder, 'good-lines.tsv.gz');
  try {
    const found = await sortLines(file, sorted, signal);
    refuseTooBroken(name, found, rows);
    const read = await run(sorted, true);
    if (read !== found.rows || found.rows + found.rowsRejected !== rows)
      throw new BulkError(
        'TABLE_BROKEN',
        `${name} has ${rows} lines, of which ${found.rows} are good, but DuckDB reads ${read}`,
      );
    return found;
  } finally {
    await rm(sorted, { force: true });
  }
}

/** One line in a hundred, but a few are forgiven to small files. @throws {BulkError} TABLE_BROKEN */
function refuseTooBroken(name: string, found: ReadTable, rows: number): void {
  if (found.rows > 0 && found.rowsRejected <= Math.max(10, rows / 100)) return;
  throw new BulkError(
    'TABLE_BROKEN',
    `${name} has ${found.rowsRejected} broken ${found.rowsRejected === 1 ? 'line' : 'lines'} of ${rows}, too many to trust the others; ${reasonsOf(found)}`,
  );
}

export interface ReadOptions {
  readonly temporaryFolder: string;
  readonly signal?: AbortSignal | undefined;
  /** Told how many bytes of the file were looked through. */
  readonly onBytes?: (bytes: number) => void;
  /** Told when it is looked through, and DuckDB begins. */
  readonly onWrite?: () => void;
  /** Told what looks as if the file were not whole, where whole ones end with an end of line; Netflix's lists do not. */
  readonly onDoubt?: (reason: string) => void;
}

const reasonsOf = ({ rejected }: ReadTable): string =>
  rejected
    .slice(0, 3)
    .map(({ line, reason }) => `line ${line}: ${reason}`)
    .join('; ');

/** A SELECT of the good rows, typed. */
function selectFrom({ layout, header }: RecognisedFile, path: string, gzip: boolean): string {
  const raw = (index: number) => `field${index}`;
  const places = layout.columns.map((column) => ({ column, index: indexOf(header, column) }));
  const fields = places.map(({ column: { name, kind, nulls = [] }, index }) => {
    if (index === -1) return `${kind.cast('NULL::VARCHAR')} AS ${sqlName(name)}`;
    const value = nulls.reduce((inner, one) => `nullif(${inner}, ${sqlText(one)})`, raw(index));
    return `${kind.cast(value)} AS ${sqlName(name)}`;
  });
  const rules = places
    .filter(({ index }) => index !== -1)
    .flatMap(({ column: { kind, nulls = [], notNull }, index }) => {
      const field = raw(index);
      const isNull = [`${field} IS NULL`, ...nulls.map((one) => `${field} = ${sqlText(one)}`)].join(' OR ');
      const isRight = patternOf(kind, field);
      return [...(notNull ? [`NOT (${isNull})`] : []), ...(isRight === null ? [] : [`(${isNull} OR (${isRight}))`])];
    });
  const columns = header.map((_, index) => `'${raw(index)}': 'VARCHAR'`).join(', ');
  return `SELECT ${fields.join(', ')}
    FROM read_csv(${sqlText(path)}, delim = '\t', quote = '', escape = '', comment = '', header = true, auto_detect = false,
      nullstr = ${sqlText(layout.null)}, ignore_errors = true, max_line_size = ${longestLine}, compression = '${gzip ? 'gzip' : 'none'}', columns = {${columns}})
    WHERE ${rules.length === 0 ? 'true' : rules.join(' AND ')}`;
}

const patternOf = ({ pattern, isValid, cast }: FieldKind, field: string): string | null =>
  pattern === null
    ? null
    : `regexp_full_match(${field}, ${sqlText(pattern.source)})${isValid ? ` AND ${cast(field)} IS NOT NULL` : ''}`;

/** Looks at every line of a file, and tells the broken ones. @param path where the good ones are written to; null: nowhere. */
async function sortLines(
  file: RecognisedFile,
  path: string | null,
  signal: AbortSignal | undefined,
): Promise<ReadTable> {
  let rows = 0;
  let rowsRejected = 0;
  const rejected: RejectedLine[] = [];
  const faultOf = lineRules(file);
  async function* good(): AsyncGenerator<string> {
    let number = 0;
    for await (const line of linesOf(file.path, { signal })) {
      number += 1;
      if (number === 1) {
        yield `${file.header.join('\t')}\n`;
        continue;
      }
      const reason = faultOf(line);
      if (reason === null) {
        rows += 1;
        yield `${lineText(line)}\n`;
      } else {
        rowsRejected += 1;
        if (rejected.length < rejectedShown) rejected.push({ file: basename(file.path), line: number, reason });
      }
    }
  }
  if (path === null) for await (const _ of good());
  else await pipeline(Readable.from(good()), createGzip({ level: 1 }), createWriteStream(path, { mode: 0o600 }));
  return { rows, rowsRejected, rejected };
}

/** Lines that end as Windows has it lose that end. */
const lineText = (line: Buffer | null): string => line?.toString().replace(/\r$/, '') ?? '';

/** What is wrong with a line; null where nothing is. */
function lineRules({ layout, header }: RecognisedFile): (line: Buffer | null) => string | null {
  const columns = header.map((name) => {
    const column = layout.columns.find((one) => (one.headers ?? [one.name]).includes(name));
    return { name, column, whole: column?.kind.pattern ? new RegExp(`^(?:${column.kind.pattern.source})$`) : null };
  });
  return (line) => {
    if (line === null) return 'is longer than a megabyte';
    if (!isUtf8(line)) return 'is not UTF-8';
    const text = lineText(line);
    if (text === '') return 'is empty';
    if (text.includes('\r')) return 'has a carriage return in it';
    const fields = text.split('\t');
    if (fields.length !== header.length) return `has ${fields.length} fields where the header has ${header.length}`;
    for (const [index, { name, column, whole }] of columns.entries()) {
      const field = fields[index] ?? '';
      if (column === undefined) continue;
      if (field === layout.null || column.nulls?.includes(field)) {
        if (column.notNull) return `has no ${name}`;
      } else if (whole !== null && !(whole.test(field) && (column.kind.isValid?.(field) ?? true)))
        return `has ${JSON.stringify(field.slice(0, 60))} as ${name}`;
    }
    return null;
  };
}
