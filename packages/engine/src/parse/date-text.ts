import { dayFromDate } from './calendar.ts';
import type { DateOrder } from './history-row.ts';

/** The three numbers of a date as they stand, before anyone knows which is the day. */
export interface DateText {
  first: number;
  second: number;
  third: number;
  /** How many digits the first and the last number have: four make a year. */
  firstDigits: number;
  thirdDigits: number;
  /** Seconds since midnight, -1 where the text has no time. */
  secondOfDay: number;
}

export const createDateText = (): DateText => ({
  first: 0,
  second: 0,
  third: 0,
  firstDigits: 0,
  thirdDigits: 0,
  secondOfDay: -1,
});

/** Netflix began to stream on 16 January 2007; nothing was watched before. */
const FIRST_DAY = dayFromDate(2007, 1, 16) as number;

/** `/ - .` and spaces, and the words for year, month and day in Japanese, Chinese and Korean. */
const isSeparator = (code: number) =>
  code === 47 ||
  code === 45 ||
  code === 46 ||
  code === 32 ||
  code === 0xa0 ||
  '年月日년월일'.indexOf(String.fromCharCode(code)) >= 0;

const isSpace = (code: number) => code === 32 || code === 0xa0 || code === 9;

/** Spaces, and the semicolons that a spreadsheet leaves behind at line ends. */
const isTrailing = (code: number) =>
  code === 59 || isSpace(code) || code === 46 || code === 13 || code === 0x65e5 || code === 0xc77c;

let position = 0;
let digits = 0;

/** Reads up to `most` digits at `position`; arithmetic on char codes, since every row of the file passes here. */
function readNumber(text: string, most: number): number {
  let value = 0;
  digits = 0;
  while (digits < most) {
    const code = text.charCodeAt(position);
    if (!(code >= 48 && code <= 57)) break;
    value = value * 10 + code - 48;
    position++;
    digits++;
  }
  return value;
}

function skipSeparators(text: string): boolean {
  const start = position;
  while (position < text.length && isSeparator(text.charCodeAt(position))) position++;
  return position > start;
}

/** Reads a date with an optional time into `into`; false where the text is neither. */
export function readDateText(text: string, into: DateText): boolean {
  position = 0;
  while (isSpace(text.charCodeAt(position))) position++;
  into.first = readNumber(text, 4);
  into.firstDigits = digits;
  if (digits === 0 || digits === 3 || !skipSeparators(text)) return false;
  into.second = readNumber(text, 2);
  if (digits === 0 || !skipSeparators(text)) return false;
  into.third = readNumber(text, 4);
  into.thirdDigits = digits;
  if (into.firstDigits === 4 ? digits === 0 || digits > 2 : digits !== 2 && digits !== 4) return false;
  into.secondOfDay = -1;
  return position === text.length || readRest(text, into);
}

function readRest(text: string, into: DateText): boolean {
  const code = text.charCodeAt(position);
  if (code === 44 || code === 84) position++;
  while (position < text.length && isTrailing(text.charCodeAt(position))) position++;
  if (position === text.length) return code !== 44 && code !== 84;
  if (position === 0 || !(code === 44 || code === 84 || isTrailing(code))) return false;
  let hour = readNumber(text, 2);
  if (digits === 0 || text.charCodeAt(position) !== 58) return false;
  position++;
  const minute = readNumber(text, 2);
  if (digits !== 2) return false;
  let second = 0;
  if (text.charCodeAt(position) === 58) {
    position++;
    second = readNumber(text, 2);
    if (digits !== 2) return false;
  }
  if (position < text.length) {
    const half = /^(?:\.\d+)?\s*(?:([ap])\.?m\.?)?\s*(?:Z|UTC|[+-]00:?00)?[\s;]*$/i.exec(text.slice(position));
    if (half === null) return false;
    if (half[1] !== undefined) {
      if (hour < 1 || hour > 12) return false;
      hour = (hour % 12) + (half[1].toLowerCase() === 'p' ? 12 : 0);
    }
  }
  if (hour > 23 || minute > 59 || second > 59) return false;
  into.secondOfDay = hour * 3600 + minute * 60 + second;
  return true;
}

/** A date that begins with a year of four digits reads in one way, whatever the file's order. */
export const isCertain = (date: DateText) => date.firstDigits === 4;

/** The day of a date read in one order, without asking whether Netflix existed then; null where there is none. */
export function dayInOrder(date: DateText, order: DateOrder): number | null {
  if (date.firstDigits === 4) return dayFromDate(date.first, date.second, date.third);
  if (order === 'YEAR_FIRST') {
    // Nothing drops the zero of a year: "6/18/25" does not begin with one.
    if (date.firstDigits !== 2 || date.thirdDigits !== 2) return null;
    return dayFromDate(2000 + date.first, date.second, date.third);
  }
  const year = date.thirdDigits === 4 ? date.third : 2000 + date.third;
  return order === 'DAY_FIRST'
    ? dayFromDate(year, date.second, date.first)
    : dayFromDate(year, date.first, date.second);
}

/** The last day that somebody can have watched on, as days since 1970: tomorrow, which somewhere has begun. */
export const lastDayUntil = (now: Date): number => Math.floor(now.getTime() / 86_400_000) + 1;

/** Whether somebody can have watched Netflix on that day. */
export const isPlausibleDay = (day: number | null, lastDay: number): day is number =>
  day !== null && day >= FIRST_DAY && day <= lastDay;
