import { isDay } from './column.ts';
import type { RejectedLine } from './versions.ts';

/** A cell of a spreadsheet, as Excel files and CSV have it. */
export type Cell = string | number | boolean | Date | null | undefined;

/** A sheet, row by row. `line` is what a person would look for. */
export interface Sheet {
  readonly name: string | null;
  readonly rows: readonly { readonly line: number; readonly cells: readonly Cell[] }[];
}

/** A row of "What We Watched": a film, or a season, in one half-year. */
export interface EngagementRow {
  /** As it stands there: `The Glory: Season 1 // 더 글로리: 시즌 1`. */
  readonly raw_title: string;
  readonly title: string;
  /** The name in the title's own language; null where there is only one. */
  readonly original_title: string | null;
  readonly available_globally: boolean | null;
  readonly release_date: string | null;
  readonly hours_viewed: number;
  readonly runtime_minutes: number | null;
  readonly views: number | null;
  readonly kind: 'film' | 'series' | null;
  readonly period_start: string;
  readonly period_end: string;
}

/** Days of the first and last month's begin and end, ISO 8601. */
export interface Period {
  readonly start: string;
  readonly end: string;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = `(${months.join('|')})[a-z]*`;
const monthsThenYear = new RegExp(`${month}[^a-z0-9]*(?:to|through|[-–—_])[^a-z0-9]*${month}[^a-z0-9]*(20\\d\\d)`, 'i');
const yearThenMonths = new RegExp(`(20\\d\\d)[^a-z0-9]*${month}[^a-z0-9]*(?:to|through|[-–—_])[^a-z0-9]*${month}`, 'i');
const halfOfYear = /(20\d\d)[^a-z0-9]*h([12])(?![0-9])|(?<![a-z0-9])h([12])[^a-z0-9]*(20\d\d)/i;

/** `Views from July to December 2023`, `2023Jan-Jun`, `2023-h2` → its first and last day; null where a text says none. */
export function periodIn(text: string): Period | null {
  const between = (year: string, first: string, last: string): Period => {
    const from = months.indexOf(first.toLowerCase());
    const to = months.indexOf(last.toLowerCase());
    const iso = (date: number) => new Date(date).toISOString().slice(0, 10);
    return { start: iso(Date.UTC(Number(year), from, 1)), end: iso(Date.UTC(Number(year), to + 1, 0)) };
  };
  const named = monthsThenYear.exec(text);
  if (named) return between(named[3] as string, named[1] as string, named[2] as string);
  const dated = yearThenMonths.exec(text);
  if (dated) return between(dated[1] as string, dated[2] as string, dated[3] as string);
  const half = halfOfYear.exec(text);
  if (half === null) return null;
  const year = (half[1] ?? half[4]) as string;
  return (half[2] ?? half[3]) === '1' ? between(year, 'jan', 'jun') : between(year, 'jul', 'dec');
}

/** `Movies`, `…-2024-h1-tv-…` → what its rows are; null where a text says nothing. */
export function kindIn(text: string): 'film' | 'series' | null {
  const words = text.toLowerCase().split(/[^a-z]+/);
  if (words.some((word) => /^(films?|movies?)$/.test(word))) return 'film';
  return words.some((word) => /^(tv|shows?|series)$/.test(word)) ? 'series' : null;
}

const headers = {
  title: 'title',
  available: 'availableglobally',
  release: 'releasedate',
  hours: 'hoursviewed',
  runtime: 'runtime',
  views: 'views',
} as const;

/** Netflix' reports had their header in row 1 and in row 6. */
const headerWithin = 50;

/** What a sheet has; null where it is none of a report. */
export interface ReadSheet {
  readonly rows: readonly EngagementRow[];
  readonly rejected: readonly RejectedLine[];
}

/**
 * Reads a sheet, wherever its header stands. @param fileName says what the sheet itself does not.
 * @returns null without a header; `NO_PERIOD` where neither the sheet nor the name of the file says which half-year it is of.
 */
export function readEngagementSheet(sheet: Sheet, fileName: string): ReadSheet | null | 'NO_PERIOD' {
  const at = sheet.rows.slice(0, headerWithin).findIndex(({ cells }) => {
    const names = cells.map(headerName);
    return names.includes(headers.title) && names.includes(headers.hours);
  });
  const header = sheet.rows[at]?.cells.map(headerName);
  if (header === undefined) return null;
  const above = sheet.rows.slice(0, at).flatMap(({ cells }) => cells.map((cell) => String(cell ?? '')));
  const period =
    above.map(periodIn).find((found) => found !== null) ?? periodIn(sheet.name ?? '') ?? periodIn(fileName);
  if (period === null) return 'NO_PERIOD';
  const kind = kindIn(sheet.name ?? '') ?? kindIn(fileName);
  const place = (name: string) => header.indexOf(name);
  const places = Object.fromEntries(Object.entries(headers).map(([key, name]) => [key, place(name)])) as Places;
  const rows: EngagementRow[] = [];
  const rejected: RejectedLine[] = [];
  const file = sheet.name === null ? fileName : `${fileName}, sheet ${sheet.name}`;
  for (const { line, cells } of sheet.rows.slice(at + 1)) {
    if (cells.every((cell) => textOf(cell) === '')) continue;
    const read = readRow(cells, places);
    if (typeof read === 'string') rejected.push({ file, line, reason: read });
    else rows.push({ ...read, kind, period_start: period.start, period_end: period.end });
  }
  return { rows, rejected };
}

type Places = Record<keyof typeof headers, number>;

const textOf = (cell: Cell): string => (cell === null || cell === undefined ? '' : String(cell).trim());
const headerName = (cell: Cell): string =>
  textOf(cell)
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/** @returns why a row cannot be read, as text. */
function readRow(
  cells: readonly Cell[],
  places: Places,
): Omit<EngagementRow, 'kind' | 'period_start' | 'period_end'> | string {
  const at = (place: number): Cell => (place < 0 ? null : cells[place]);
  const rawTitle = textOf(at(places.title));
  if (rawTitle === '') return 'has no title';
  const hours = countIn(at(places.hours));
  if (hours === undefined || hours === null) return faultOf('hours viewed', at(places.hours));
  const views = countIn(at(places.views));
  if (views === undefined) return faultOf('views', at(places.views));
  const release = dayIn(at(places.release));
  if (release === undefined) return faultOf('release date', at(places.release));
  const runtime = minutesIn(at(places.runtime));
  if (runtime === undefined) return faultOf('runtime', at(places.runtime));
  const available = textOf(at(places.available)).toLowerCase();
  if (!['', 'yes', 'no'].includes(available)) return faultOf('available globally', at(places.available));
  return {
    raw_title: rawTitle,
    ...titlesIn(rawTitle),
    available_globally: available === '' ? null : available === 'yes',
    release_date: release,
    hours_viewed: hours,
    runtime_minutes: runtime,
    views,
  };
}

const faultOf = (what: string, cell: Cell): string =>
  textOf(cell) === '' ? `has no ${what}` : `has ${JSON.stringify(textOf(cell).slice(0, 60))} as ${what}`;

/** `The Glory: Season 1 // 더 글로리: 시즌 1` → both names. */
export function titlesIn(rawTitle: string): { title: string; original_title: string | null } {
  const [title = '', ...others] = rawTitle.split(/\s+\/\/\s+/);
  const original = others.join(' // ');
  return title === '' || original === ''
    ? { title: rawTitle, original_title: null }
    : { title, original_title: original };
}

/** Undefined: it says something else. Null: it says nothing; `*` is how Netflix writes that. */
function countIn(cell: Cell): number | null | undefined {
  const text = textOf(cell);
  if (text === '' || text === '*') return null;
  const count = Number(
    /^\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '') : /^\d+(\.0+)?$/.test(text) ? text : 'NaN',
  );
  return Number.isSafeInteger(count) ? count : undefined;
}

const millisecondsOfDay = 86_400_000;
/** Excel counts days from here. */
const dayZero = Date.UTC(1899, 11, 30);

function dayIn(cell: Cell): string | null | undefined {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  const text = textOf(cell);
  if (text === '' || text === '*') return null;
  // 1901 to 2173: anything else is no day that Netflix could mean.
  if (/^\d{3,5}$/.test(text) && Number(text) > 366)
    return new Date(dayZero + Number(text) * millisecondsOfDay).toISOString().slice(0, 10);
  const [, iso] = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00:00.*)?$/.exec(text) ?? [];
  return iso !== undefined && isDay(iso) ? iso : undefined;
}

/** `1:54` is an hour and 54 minutes; Excel may have it as a share of a day. */
function minutesIn(cell: Cell): number | null | undefined {
  if (cell instanceof Date) return Math.round((cell.getTime() - dayZero) / 60_000);
  if (typeof cell === 'number') return cell >= 0 && cell < 100 ? Math.round(cell * 24 * 60) : undefined;
  const text = textOf(cell);
  if (text === '' || text === '*') return null;
  const [, hours, minutes] = /^(\d{1,4}):([0-5]\d)(?::00)?$/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}
