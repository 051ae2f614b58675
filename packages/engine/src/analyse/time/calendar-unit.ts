export type CalendarUnit = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

const msPerDay = 86_400_000;

/** First day of the unit that a day lies in, days since 1970-01-01. Weeks begin on Monday. */
export function startOfUnit(day: number, unit: CalendarUnit): number {
  if (unit === 'DAY') return day;
  if (unit === 'WEEK') return day - (weekdayOf(day) - 1);
  const date = new Date(day * msPerDay);
  return Date.UTC(date.getUTCFullYear(), unit === 'YEAR' ? 0 : date.getUTCMonth(), 1) / msPerDay;
}

export function nextStart(start: number, unit: CalendarUnit): number {
  if (unit === 'DAY') return start + 1;
  if (unit === 'WEEK') return start + 7;
  return startOfUnit(start + (unit === 'YEAR' ? 366 : 31), unit);
}

/** 1 Monday to 7 Sunday: 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

export const yearOf = (day: number): number => new Date(day * msPerDay).getUTCFullYear();

/** Month and day of the month as one number, the same in every year: 1231. */
export function dayOfYearKey(day: number): number {
  const date = new Date(day * msPerDay);
  return (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/** Calls back for each unit that has rows, oldest first, with its first day and its rows. */
export function eachUnit(
  rows: Int32Array,
  day: Int32Array,
  unit: CalendarUnit,
  visit: (start: number, rows: Int32Array) => void,
): void {
  let from = 0;
  while (from < rows.length) {
    const start = startOfUnit(day[rows[from] as number] as number, unit);
    const next = nextStart(start, unit);
    let to = from + 1;
    while (to < rows.length && (day[rows[to] as number] as number) < next) to += 1;
    visit(start, rows.subarray(from, to));
    from = to;
  }
}
