import { createDateText, isCertain, lastDayUntil, readDateText } from '../date-text.ts';
import type { DateOrder, RejectedRow } from '../history-row.ts';
import { inspectHistory } from '../inspect-history.ts';
import type { RecognisedExportTable } from '../recognise-file.ts';
import { type CsvRecord, contentCap, readRecords } from '../records.ts';
import { fieldsOf, isBlank, type OpenFile, wrongFields } from '../table-shape.ts';
import type { ExportBatch, ExportRecord } from './export-table.ts';
import { RowFields, UnreadableFieldError } from './row-fields.ts';
import { shownColumns } from './shown-columns.ts';
import { tableDefinitions } from './table-definitions.ts';

/** What a rejected row has in place of what is left alone. */
const leftOut = '…';

/**
 * Reads one of the export's other tables as it streams in. The same file gives the same batches.
 *
 * Netflix writes every date of these tables with the year first. Where a spreadsheet has changed that, the order is settled from
 * the whole table first, as it is for a history.
 *
 * @param options.dateOrder settles it where the rows do not.
 * @throws {DateOrderNeededError}
 * @throws {DateOrderConflictError}
 * @throws {HistoryFormatError} when no row has a date that can be read.
 */
export async function* readExportTable(
  open: OpenFile,
  layout: RecognisedExportTable,
  { batchSize = 5000, dateOrder, now = new Date() }: { batchSize?: number; dateOrder?: DateOrder; now?: Date } = {},
): AsyncIterable<ExportBatch> {
  const definition = tableDefinitions.find(({ table }) => table === layout.table);
  if (definition === undefined) throw new RangeError(`No such table: ${layout.table}`);
  const columns = new Map([...layout.names.entries()].reverse().map(([place, name]) => [name, place]));
  const row = new RowFields(columns, await dateOrderOf(open, layout, dateOrder, now), lastDayUntil(now));
  const shown = shownColumns(definition);
  const isShown = layout.names.map((name) => shown.has(name));
  // Where nobody can tell which field stands in which column, any may be one that is left alone.
  const ofUnclear = (content: string) => (isShown.every(Boolean) ? content : leftOut);
  const read = (record: CsvRecord): ExportRecord | RejectedRow | null => {
    if (record.line <= layout.headerLine || isBlank(record)) return null;
    const fields = fieldsOf(record.fields, layout);
    const reject = (reason: string) => {
      const content =
        fields === null
          ? ofUnclear(record.fields.join(layout.delimiter))
          : fields.map((field, place) => (isShown[place] || field === '' ? field : leftOut)).join(layout.delimiter);
      return { line: record.line, reason, content: content.slice(0, contentCap) };
    };
    if (fields === null) return reject(wrongFields(record.fields, layout));
    row.take(fields);
    try {
      return { line: record.line, profileName: row.text('profile name'), ...definition.read(row) };
    } catch (error) {
      if (error instanceof UnreadableFieldError) return reject(error.message);
      throw error;
    }
  };
  for await (const { records, rejected: broken, bytesRead } of readRecords(open(), layout, batchSize, read)) {
    const rows: ExportRecord[] = [];
    const rejected = broken
      .filter(({ line }) => line > layout.headerLine)
      .map((row) => ({ ...row, content: ofUnclear(row.content) }));
    for (const record of records) {
      if (record === null) continue;
      if ('reason' in record) rejected.push(record);
      else rows.push(record);
    }
    rejected.sort((one, other) => one.line - other.line);
    yield { rows, rejected, bytesRead };
  }
}

async function dateOrderOf(
  open: OpenFile,
  layout: RecognisedExportTable,
  asked: DateOrder | undefined,
  now: Date,
): Promise<DateOrder> {
  const date = createDateText();
  // One that is no date has its row rejected, whatever the order.
  const needsOrder = ({ fields }: CsvRecord) =>
    readDateText((fields[layout.columns.date] ?? '').trim(), date) && !isCertain(date);
  for await (const { records } of readRecords(open(), layout, 5000, needsOrder))
    if (records.includes(true))
      return (await inspectHistory(open, layout, asked === undefined ? { now } : { now, dateOrder: asked })).dateOrder;
  return 'YEAR_FIRST';
}
