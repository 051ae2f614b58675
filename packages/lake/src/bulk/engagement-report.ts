import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { isArchive, openArchive } from '../archive.ts';
import { BulkError } from './bulk-error.ts';
import { type Cell, type EngagementRow, readEngagementSheet, type Sheet } from './engagement-sheet.ts';
import type { RejectedLine } from './versions.ts';

export interface EngagementReport {
  readonly rows: readonly EngagementRow[];
  readonly rowsRejected: number;
  /** The first hundred. */
  readonly rejected: readonly RejectedLine[];
}

/** A report has 1 MB; what is larger is held in memory as a whole, and is none. */
const largestFile = 64 * 1024 * 1024;

/**
 * Reads a report, `.xlsx` or `.csv`, with all its sheets.
 * @throws {BulkError} FILE_BROKEN, TABLE_UNKNOWN or TABLE_BROKEN.
 */
export async function readEngagementReport(path: string): Promise<EngagementReport> {
  const name = basename(path);
  if ((await stat(path)).size > largestFile)
    throw new BulkError('TABLE_UNKNOWN', `${name} is too large to be an engagement report`);
  const sheets = extname(name).toLowerCase() === '.xlsx' ? await sheetsOf(path, name) : [await sheetOf(path, name)];
  const rows: EngagementRow[] = [];
  const rejected: RejectedLine[] = [];
  let found = 0;
  for (const sheet of sheets) {
    const read = readEngagementSheet(sheet, name);
    if (read === 'NO_PERIOD')
      throw new BulkError(
        'TABLE_UNKNOWN',
        `${name} does not say which months it is of: name it so, as in "What We Watched 2024Jan-Jun.xlsx"`,
      );
    if (read === null) continue;
    found += 1;
    rows.push(...read.rows);
    rejected.push(...read.rejected);
  }
  if (found === 0)
    throw new BulkError(
      'TABLE_UNKNOWN',
      `${name} has no header with Title and Hours Viewed: that is no engagement report`,
    );
  // Rows as bad as these are another table under the same header.
  if (rows.length === 0 || rejected.length > Math.max(10, rows.length / 100))
    throw new BulkError(
      'TABLE_BROKEN',
      `${name} has ${rejected.length} rows that cannot be read beside ${rows.length}; ${rejected
        .slice(0, 3)
        .map(({ line, reason }) => `line ${line}: ${reason}`)
        .join('; ')}`,
    );
  return { rows, rowsRejected: rejected.length, rejected: rejected.slice(0, 100) };
}

async function sheetsOf(path: string, name: string): Promise<Sheet[]> {
  if (!(await isArchive(path))) throw new BulkError('FILE_BROKEN', `${name} is no Excel file`);
  try {
    // The rules for archives that people send: it unpacks to no more than it may, and is whole.
    (await openArchive(path, { bytes: 512 * 1024 * 1024 })).close();
    const { default: readExcelFile } = await import('read-excel-file/node');
    const sheets = await readExcelFile(path, { trim: false });
    return sheets.map(({ sheet, data }) => ({
      name: sheet,
      rows: data.map((cells, index) => ({ line: index + 1, cells: cells as Cell[] })),
    }));
  } catch (error) {
    throw new BulkError('FILE_BROKEN', `${name} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function sheetOf(path: string, name: string): Promise<Sheet> {
  const bytes = await readFile(path);
  if (!isUtf8(bytes)) throw new BulkError('FILE_BROKEN', `${name} is not UTF-8`);
  const { parse } = await import('csv-parse/sync');
  try {
    const records = parse(bytes, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: false,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return { name: null, rows: records.map(({ record, info }) => ({ line: info.lines, cells: record })) };
  } catch (error) {
    throw new BulkError('FILE_BROKEN', `${name} is no CSV: ${(error as Error).message}`, { cause: error });
  }
}
