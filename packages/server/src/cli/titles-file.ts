import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import {
  type DownloadedHistory,
  EngineError,
  inspectHistory,
  readHistory,
  recogniseFile,
  type StringToMatch,
} from '@watchprint/engine';
import { parse } from 'csv-parse/sync';
import { UsageError } from './output.ts';

/** What a file tells of title strings: rows of a history, or a table with titles alone. */
export interface TitlesFile {
  readonly strings: readonly StringToMatch[];
  /** Null where the file is no history. */
  readonly history: DownloadedHistory | null;
}

/** Rows beside the titles that are asked for: a history in any of Netflix's layouts, else any CSV with a column `title`. */
export async function readContext(path: string): Promise<TitlesFile> {
  try {
    return await readAsHistory(path);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return readAsTable(path);
  }
}

async function readAsHistory(path: string): Promise<TitlesFile> {
  const open = () => createReadStream(path);
  const recognised = await recogniseFile(open);
  if (recognised.use !== 'USED' || recognised.layout.format === 'NETFLIX_EXPORT_TABLE') return readAsTable(path);
  const layout = await inspectHistory(open, recognised.layout);
  const strings: StringToMatch[] = [];
  const rows: { rawTitle: string; day: number | null }[] = [];
  for await (const batch of readHistory(open, layout))
    for (const { rawTitle, day, startedAt, secondsWatched, supplementalType } of batch.rows) {
      rows.push({ rawTitle, day });
      // What the file itself calls a trailer says nothing of works.
      if (supplementalType !== null) continue;
      const watchedOn = day ?? Math.floor((startedAt ?? 0) / 86_400);
      strings.push({
        rawTitle,
        watchedYear: new Date(watchedOn * 86_400_000).getUTCFullYear(),
        longestSeconds: secondsWatched,
      });
    }
  return { strings, history: { rows } };
}

async function readAsTable(path: string): Promise<TitlesFile> {
  const rows = await readTable(path);
  const strings = rows.flatMap((row) => {
    const rawTitle = row.title ?? '';
    const watchedYear = yearIn(watchedOn(row));
    return row.supplemental_video_type ? [] : { rawTitle, watchedYear, longestSeconds: null };
  });
  return { strings, history: null };
}

/** When a row was watched, as it stands there: in a table's own column, or in one of a history's. */
export const watchedOn = (row: Readonly<Record<string, string>>): string =>
  row.watched_on ?? row.date ?? row.start_time ?? '';

/** Netflix began to stream in 2007. */
const FIRST_YEAR = 2007;

/** The year of a date in any order: the part of four digits, else the last of two that can be one, else the first. */
export function yearIn(date: string): number | null {
  const [day = ''] = date.trim().split(/[\sT]/u);
  const parts = day.split(/[./-]/u);
  const whole = parts.find((part) => /^\d{4}$/.test(part));
  if (whole !== undefined) return Number(whole);
  if (parts.length !== 3 || !parts.every((part) => /^\d{1,2}$/.test(part))) return null;
  const years = [parts[2], parts[0]].map((part) => 2000 + Number(part));
  return years.find((year) => year >= FIRST_YEAR && year <= new Date().getUTCFullYear()) ?? null;
}

/** Rows with lower-case column names, so that histories (Title) and label files (title) read alike. */
export async function readTable(path: string): Promise<Record<string, string>[]> {
  const rows = parse(await readFile(path), {
    bom: true,
    // Files put together from several have several line ends.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    columns: (names: string[]) => names.map((name) => name.trim().toLowerCase().replaceAll(' ', '_')),
    on_record: (row: Record<string, string>) => {
      if (!('title' in row))
        throw new UsageError(`${path} has no column named title; found ${Object.keys(row).join(', ').slice(0, 100)}`);
      return row;
    },
  });
  return rows as Record<string, string>[];
}
