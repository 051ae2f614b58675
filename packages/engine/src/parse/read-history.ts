import { dateOfDay } from './calendar.ts';
import { createDateText, dayInOrder, isPlausibleDay, readDateText } from './date-text.ts';
import type { HistoryBatch, HistoryRow, RejectedRow } from './history-row.ts';
import type { SettledDates } from './inspect-history.ts';
import type { RecognisedHistory } from './recognise-file.ts';
import { type CsvRecord, contentCap, readRecords } from './records.ts';
import { fieldsOf, isBlank, type OpenFile, wrongFields } from './table-shape.ts';

/** How to read a history. */
export type HistoryLayout = RecognisedHistory & SettledDates;

/**
 * Reads the rows of a history as it streams in, some thousand at a time. The same file and layout give the same batches, so
 * a reader that was stopped goes on by skipping those it has.
 */
export async function* readHistory(
  open: OpenFile,
  layout: HistoryLayout,
  { batchSize = 5000 }: { batchSize?: number } = {},
): AsyncIterable<HistoryBatch> {
  const rowOf = rowReader(layout);
  // Rows are made as the records come: what a batch need not keep of them is gone before it is full.
  const read = (record: CsvRecord): HistoryRow | RejectedRow | null => {
    if (record.line <= layout.headerLine) return null;
    const row = rowOf(record);
    if (typeof row !== 'string') return row;
    if (isBlank(record)) return null;
    return { line: record.line, reason: row, content: record.fields.join(layout.delimiter).slice(0, contentCap) };
  };
  for await (const { records, rejected: broken, bytesRead } of readRecords(open(), layout, batchSize, read)) {
    const rows: HistoryRow[] = [];
    // Above the header stands nothing that somebody watched.
    const rejected = broken.filter(({ line }) => line > layout.headerLine);
    for (const row of records) {
      if (row === null) continue;
      if ('reason' in row) rejected.push(row);
      else rows.push(row);
    }
    rejected.sort((one, other) => one.line - other.line);
    yield { rows, rejected, bytesRead };
  }
}

/** A function that reads a record, or says why it cannot. */
function rowReader(layout: HistoryLayout): (record: CsvRecord) => HistoryRow | string {
  const { columns, dateOrder, lastDay } = layout;
  const hasTimes = layout.format === 'NETFLIX_VIEWING_ACTIVITY';
  const date = createDateText();
  const at = (fields: string[], place: number) => (place < 0 ? '' : (fields[place] as string));
  return ({ line, fields: raw }) => {
    const fields = fieldsOf(raw, layout);
    if (fields === null) return wrongFields(raw, layout);
    const when = at(fields, columns.date);
    if (!readDateText(when, date)) return `"${when.slice(0, 60)}" is no date`;
    const day = dayInOrder(date, dateOrder);
    if (day === null) return `"${when}" is no date in the order of this file`;
    if (!isPlausibleDay(day, lastDay))
      return `"${when}" is ${dateOfDay(day)}, which lies ${day > lastDay ? 'in the future' : 'before Netflix began to stream'}`;
    const rawTitle = at(fields, columns.title);
    if (!hasTimes)
      return {
        line,
        rawTitle,
        profileName: null,
        day,
        startedAt: null,
        secondsWatched: null,
        positionSeconds: null,
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
      profileName: at(fields, columns.profile).trim() || null,
      day: null,
      startedAt: day * 86_400 + date.secondOfDay,
      secondsWatched,
      // Nobody counts on it: what cannot be read is left out.
      positionSeconds: knownOrNull(readDuration(at(fields, columns.bookmark))),
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

const knownOrNull = (seconds: number | null) => (Number.isNaN(seconds) ? null : seconds);

/**
 * Seconds of `H:MM:SS`, where hours may pass 99; null for nothing, NaN for anything else. Netflix writes all three; where a
 * spreadsheet left two, they are minutes and seconds: what a player shows, and half an hour is far commoner than half a day.
 */
function readDuration(text: string): number | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  // "0 days 00:30:00" is how data frames write it.
  const inDays = trimmed.includes('day') ? /^(\d{1,2}) days?,? (?=\d+:\d+:\d+$)/.exec(trimmed) : null;
  if (inDays) return Number(inDays[1]) * 86_400 + (readDuration(trimmed.slice(inDays[0].length)) ?? 0);
  let seconds = 0;
  let number = 0;
  let digits = 0;
  let colons = 0;
  // By char codes: a pattern that captures costs more than the rest of the row.
  for (let at = 0; at <= trimmed.length; at += 1) {
    const code = at < trimmed.length ? trimmed.charCodeAt(at) : 58;
    if (code >= 48 && code <= 57) {
      number = number * 10 + code - 48;
      digits += 1;
      continue;
    }
    const isFirst = colons === 0;
    if (code !== 58 || (isFirst ? digits < 1 || digits > 4 : digits !== 2 || number > 59)) return Number.NaN;
    seconds = seconds * 60 + number;
    number = 0;
    digits = 0;
    colons += 1;
  }
  return colons === 2 || colons === 3 ? seconds : Number.NaN;
}
