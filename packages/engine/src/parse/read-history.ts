import { createDateText, dayInOrder, isPlausibleDay, readDateText } from './date-text.ts';
import type { HistoryBatch, HistoryRow, RejectedRow } from './history-row.ts';
import type { HistoryLayout } from './inspect-history.ts';
import { fieldsOf, type OpenFile } from './recognise-history.ts';
import { type CsvRecord, contentCap, readRecords } from './records.ts';

/**
 * Reads the rows of a history as it streams in, some thousand at a time. The same file and layout give the same batches, so
 * a reader that was stopped goes on by skipping those it has.
 */
export async function* readHistory(
  open: OpenFile,
  layout: HistoryLayout,
  { batchSize = 5000 }: { batchSize?: number } = {},
): AsyncIterable<HistoryBatch> {
  const read = rowReader(layout);
  for await (const { records, rejected: broken, bytesRead } of readRecords(open(), layout, batchSize)) {
    const rows: HistoryRow[] = [];
    const rejected: RejectedRow[] = [...broken];
    for (const record of records) {
      if (record.line <= layout.headerLine) continue;
      const row = read(record);
      if (typeof row === 'string')
        rejected.push({
          line: record.line,
          reason: row,
          content: record.fields.join(layout.delimiter).slice(0, contentCap),
        });
      else rows.push(row);
    }
    yield { rows, rejected, bytesRead };
  }
}

/** A function that reads a record, or says why it cannot. */
function rowReader(layout: HistoryLayout): (record: CsvRecord) => HistoryRow | string {
  const { columns, dateOrder } = layout;
  const hasTimes = layout.format === 'NETFLIX_VIEWING_ACTIVITY';
  const date = createDateText();
  const at = (fields: string[], place: number) => (place < 0 ? '' : (fields[place] as string));
  return ({ line, fields: raw }) => {
    const fields = fieldsOf(raw, layout);
    if (fields === null) return `has ${raw.length} fields where the header has ${layout.columnCount}`;
    const when = at(fields, columns.date);
    if (!readDateText(when, date)) return `"${when.slice(0, 60)}" is no date`;
    const day = dayInOrder(date, dateOrder);
    if (day === null) return `"${when}" is no date in the order of this file`;
    if (!isPlausibleDay(day)) return `"${when}" lies outside the years in which Netflix streams`;
    const rawTitle = at(fields, columns.title);
    if (!hasTimes)
      return {
        line,
        rawTitle,
        profileName: null,
        day,
        startedAt: null,
        secondsWatched: null,
        supplementalType: null,
        accidental: false,
        device: null,
        country: null,
      };
    if (date.secondOfDay < 0) return `"${when}" has no time of day`;
    const duration = at(fields, columns.duration);
    const secondsWatched = readDuration(duration);
    if (Number.isNaN(secondsWatched)) return `"${duration.slice(0, 60)}" is no duration`;
    const country = at(fields, columns.country).slice(0, 2);
    return {
      line,
      rawTitle,
      profileName: at(fields, columns.profile) || null,
      day: null,
      startedAt: day * 86_400 + date.secondOfDay,
      secondsWatched,
      supplementalType: at(fields, columns.supplementalType).trim() || null,
      accidental:
        (secondsWatched !== null && secondsWatched < 60) ||
        at(fields, columns.attributes).includes('user action: None'),
      device: at(fields, columns.device) || null,
      // ZZ is Netflix's "Unknown Region".
      country: /^[A-Z]{2}$/.test(country) && country !== 'ZZ' ? country : null,
    };
  };
}

/** Seconds of `H:MM:SS`, where hours may pass 99; null for nothing, NaN for anything else. */
function readDuration(text: string): number | null {
  if (text === '') return null;
  const [, hours, minutes, seconds] = /^(\d{1,4}):(\d{2}):(\d{2})$/.exec(text.trim()) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
