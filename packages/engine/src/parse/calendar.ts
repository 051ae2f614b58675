import { mainTimeZones } from './main-time-zones.ts';

const SECONDS_A_DAY = 86_400;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Days since 1970-01-01, or null where there is no such date. Days from civil, without a Date a row. */
export function dayFromDate(year: number, month: number, day: number): number | null {
  if (month < 1 || month > 12 || day < 1) return null;
  const leapDay = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  if (day > (DAYS_IN_MONTH[month - 1] as number) + leapDay) return null;
  // The year is counted from March, so that the leap day comes last.
  const shiftedYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(shiftedYear / 400);
  const yearOfEra = shiftedYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (
    era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
  );
}

/** Days since 1970-01-01 of an RFC 3339 full-date, 'YYYY-MM-DD'; null for anything else, and where there is no such day. */
export function dayOfDate(date: string): number | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date) ?? [];
  return year === undefined ? null : dayFromDate(Number(year), Number(month), Number(day));
}

/** 'YYYY-MM-DD' of a count of days since 1970-01-01. Civil from days, without a Date a row: calendars have thousands. */
export function dateOfDay(day: number): string {
  // Days since 0000-03-01: eras of 400 years begin on it, and the leap day comes last.
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  // Years that take more than four digits are not on any calendar that we read.
  if (year < 0 || year > 9999) return new Date(day * SECONDS_A_DAY * 1000).toISOString().slice(0, 10);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  return `${year < 1000 ? String(year).padStart(4, '0') : year}-${month < 10 ? '0' : ''}${month}-${dayOfMonth < 10 ? '0' : ''}${dayOfMonth}`;
}

export interface Zone {
  /** Days since 1970-01-01 on the zone's own calendar. */
  dayOf(epochSeconds: number): number;
  /** What the zone's clock and calendar show, as seconds since its own 1970-01-01 00:00. */
  clockOf(epochSeconds: number): number;
}

/** Days of UTC whose offset is kept: 1970 to the end of 2099. */
const CACHED_DAYS = 47_482;
/** No offset from UTC comes near these. */
const UNKNOWN = 1_000_000;
const CHANGES = 1_000_001;

/**
 * A clock for one time zone. An Intl call costs microseconds, so the offset is asked for once a day of UTC;
 * only on days when it changes the moment is searched for.
 * @throws {RangeError} when there is no such zone.
 */
export function createZone(timeZone: string): Zone {
  const readOffset = createOffsetReader(timeZone);
  const offsets = new Int32Array(CACHED_DAYS).fill(UNKNOWN);
  const changes = new Map<number, { at: number; before: number; after: number }>();

  function learnDay(utcDay: number): number {
    const start = utcDay * SECONDS_A_DAY;
    const end = start + SECONDS_A_DAY;
    const before = readOffset(start);
    const after = readOffset(end);
    if (before === after) {
      offsets[utcDay] = before;
      return before;
    }
    let low = start;
    let high = end;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (readOffset(middle) === before) low = middle;
      else high = middle;
    }
    changes.set(utcDay, { at: high, before, after });
    offsets[utcDay] = CHANGES;
    return CHANGES;
  }

  function offsetAt(epochSeconds: number): number {
    const utcDay = Math.floor(epochSeconds / SECONDS_A_DAY);
    if (!(utcDay >= 0 && utcDay < CACHED_DAYS)) return readOffset(epochSeconds);
    let offset = offsets[utcDay] as number;
    if (offset === UNKNOWN) offset = learnDay(utcDay);
    if (offset !== CHANGES) return offset;
    const change = changes.get(utcDay) as { at: number; before: number; after: number };
    return epochSeconds < change.at ? change.before : change.after;
  }

  return {
    dayOf: (epochSeconds) => Math.floor((epochSeconds + offsetAt(epochSeconds)) / SECONDS_A_DAY),
    clockOf: (epochSeconds) => epochSeconds + offsetAt(epochSeconds),
  };
}

/** Zones that are kept: each has read the offsets of thousands of days, which is most of what it costs. */
const mostZones = 16;
const zones = new Map<string, Zone>();

/** The clock of a time zone, one for all who ask. @throws {RangeError} when there is no such zone. */
export function sharedZone(timeZone: string): Zone {
  const zone = zones.get(timeZone) ?? createZone(timeZone);
  zones.delete(timeZone);
  zones.set(timeZone, zone);
  for (const oldest of zones.keys()) if (zones.size > mostZones) zones.delete(oldest);
  return zone;
}

function createOffsetReader(timeZone: string): (epochSeconds: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (error) {
    throw new RangeError(`"${timeZone}" is no time zone; expected an IANA name such as Europe/Berlin`, {
      cause: error,
    });
  }
  return (epochSeconds) => {
    const whole = Math.floor(epochSeconds);
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = format
      .formatToParts(whole * 1000)
      .filter(({ type }) => type !== 'literal')
      .map(({ value }) => Number(value));
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - whole;
  };
}

/** The zone in which most people of a country live, by its ISO 3166-1 alpha-2 code; null where there is none. */
export function mainTimeZone(country: string): string | null {
  return mainTimeZones.get(country.toUpperCase()) ?? null;
}
