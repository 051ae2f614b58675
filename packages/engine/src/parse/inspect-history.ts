import { dateOfDay } from './calendar.ts';
import { createDateText, dayInOrder, isCertain, isPlausibleDay, lastDayUntil, readDateText } from './date-text.ts';
import { DateOrderConflictError, DateOrderNeededError, HistoryFileEmptyError, HistoryFormatError } from './errors.ts';
import type { DateOrder } from './history-row.ts';
import { readRecords } from './records.ts';
import { type DatedTable, fieldsOf, isBlank, type OpenFile, wrongFields } from './table-shape.ts';

/** What `inspectHistory` found, and reading the rows needs. */
export interface SettledDates {
  readonly dateOrder: DateOrder;
  /** The rows that settled it, or that the caller did. */
  readonly dateOrderReason: string;
  /** Whether equal days stand together throughout the file: then a reader need not remember those that have passed. */
  readonly daysStandTogether: boolean;
  /** The last day that a row can have, as days since 1970. */
  readonly lastDay: number;
}

interface Witness {
  readonly line: number;
  readonly value: string;
}

/** What the file looks like when its dates are read in one order. */
interface Evidence {
  readonly order: DateOrder;
  invalid: number;
  firstInvalid: Witness | null;
  firstValid: Witness | null;
  /** Neighbouring rows with different days, and how many of those go up or down. */
  changes: number;
  up: number;
  down: number;
  firstUp: Witness | null;
  previous: number | null;
}

const orders: readonly DateOrder[] = ['DAY_FIRST', 'MONTH_FIRST', 'YEAR_FIRST'];
const words: Record<DateOrder, string> = {
  DAY_FIRST: 'day first',
  MONTH_FIRST: 'month first',
  YEAR_FIRST: 'year first',
};

/**
 * Settles the order of day, month and year. Reads the whole file, except where the rows at its start carry times that begin
 * with a year of four digits: those read in one way only.
 *
 * @param options.now what lies after it is no day that somebody watched on.
 * @throws {DateOrderNeededError} when nothing in the file tells and the caller did not say.
 * @throws {DateOrderConflictError} when the caller's word is contradicted by a row.
 */
export async function inspectHistory<Table extends DatedTable & { readonly format: string }>(
  open: OpenFile,
  recognised: Table,
  { dateOrder: asked, now = new Date() }: { dateOrder?: DateOrder; now?: Date } = {},
): Promise<Table & SettledDates> {
  const column = recognised.columns.date;
  const date = createDateText();
  const evidence = orders.map(
    (order): Evidence => ({
      order,
      invalid: 0,
      firstInvalid: null,
      firstValid: null,
      changes: 0,
      up: 0,
      down: 0,
      firstUp: null,
      previous: null,
    }),
  );
  const lastDay = lastDayUntil(now);
  let unread: Witness | null = null;
  let broken: { readonly line: number; readonly reason: string } | null = null;
  let certain = 0;
  let uncertain = 0;
  let example: Witness | null = null;
  let profile: string | undefined;
  for await (const { records, rejected } of readRecords(open(), recognised, 1000)) {
    broken ??= rejected.find(({ line }) => line > recognised.headerLine) ?? null;
    for (const record of records) {
      if (record.line <= recognised.headerLine) continue;
      const fields = fieldsOf(record.fields, recognised);
      const value = fields?.[column];
      if (!fields || value === undefined) {
        broken ??= { line: record.line, reason: wrongFields(record.fields, recognised) };
        continue;
      }
      if (!readDateText(value, date)) {
        if (!isBlank(record)) unread ??= { line: record.line, value };
        continue;
      }
      // A date that is possible in no order says nothing about the order: its row is rejected when rows are read.
      const days = orders.map((order) => dayInOrder(date, order));
      if (!days.some((day) => isPlausibleDay(day, lastDay))) {
        unread ??= { line: record.line, value };
        continue;
      }
      // Files come newest first by profile, or as a whole: rows of two profiles are no neighbours.
      const owner = fields[recognised.columns.profile];
      if (owner !== profile) for (const one of evidence) one.previous = null;
      profile = owner;
      const witness = { line: record.line, value };
      example ??= witness;
      if (isCertain(date)) certain += 1;
      else uncertain += 1;
      for (const [index, one] of evidence.entries()) weigh(one, days[index] as number | null, lastDay, witness);
    }
    if (uncertain === 0 && certain > 0 && recognised.format === 'NETFLIX_VIEWING_ACTIVITY') break;
  }
  if (example === null) {
    if (unread === null && broken !== null)
      throw new HistoryFormatError(`a row that cannot be read (${broken.reason}), and no row that can`, {
        line: broken.line,
        expected: 'rows of a title and a date, such as "Paper Moons","28/07/2020"',
      });
    if (unread === null)
      throw new HistoryFileEmptyError(
        `The file has its header, in line ${recognised.headerLine}, and no row of a viewing`,
      );
    throw new HistoryFormatError(`"${unread.value.slice(0, 60)}" in the column of dates, and no date in any row`, {
      line: unread.line,
      expected: 'dates in numbers, from 2007 to today, such as 28/07/2020, 7/28/20 or 2020-07-28',
    });
  }
  const daysStandTogether = (order: DateOrder) =>
    recognised.columns.profile < 0 && evidence.some((one) => one.order === order && (one.up === 0 || one.down === 0));
  const ordered = (dateOrder: DateOrder, dateOrderReason: string): Table & SettledDates => ({
    ...recognised,
    dateOrder,
    dateOrderReason,
    daysStandTogether: daysStandTogether(dateOrder),
    lastDay,
  });
  const settled = settle(evidence, certain, uncertain, example);
  if (settled !== null) {
    if (asked !== undefined && asked !== settled.order)
      throw new DateOrderConflictError(asked, [settled.order], settled.witness, settled.reason);
    return ordered(settled.order, settled.reason);
  }
  const fitting = evidence.filter(({ invalid }) => invalid === 0);
  const word = evidence.find(({ order }) => order === asked);
  if (word !== undefined) {
    if (word.firstInvalid === null) return ordered(word.order, 'The caller said so; the rows read either way.');
    const fitsNothing = misfit(word.firstInvalid, word.order);
    // Where no order fits every row, the caller's word is the best there is; the rows that it does not fit are rejected.
    if (fitting.length === 0 && word.firstValid !== null)
      return ordered(word.order, `The caller said so; no order fits every row: ${fitsNothing}.`);
    const orderedAs = (fitting.length > 0 ? fitting : evidence.filter((one) => one.firstValid !== null)).map(
      ({ order }) => order,
    );
    throw new DateOrderConflictError(word.order, orderedAs, word.firstInvalid, fitsNothing);
  }
  const possible = fitting.length > 0 ? fitting : evidence;
  throw new DateOrderNeededError(
    possible.flatMap(({ order, firstValid, firstInvalid }) => {
      if (firstValid === null) return [];
      readDateText(firstValid.value, date);
      const day = dateOfDay(dayInOrder(date, order) as number);
      return { dateOrder: order, ...firstValid, date: day, misfit: firstInvalid };
    }),
  );
}

const misfit = ({ line, value }: Witness, order: DateOrder) =>
  `line ${line} has "${value}", which is no possible date with the ${words[order]}`;

function weigh(evidence: Evidence, day: number | null, lastDay: number, witness: Witness): void {
  if (!isPlausibleDay(day, lastDay)) {
    evidence.invalid += 1;
    evidence.firstInvalid ??= witness;
    return;
  }
  evidence.firstValid ??= witness;
  if (evidence.previous !== null && day !== evidence.previous) {
    evidence.changes += 1;
    if (day > evidence.previous) {
      evidence.up += 1;
      evidence.firstUp ??= witness;
    } else evidence.down += 1;
  }
  evidence.previous = day;
}

interface Settled {
  readonly order: DateOrder;
  readonly reason: string;
  readonly witness: Witness;
}

function settle(evidence: readonly Evidence[], certain: number, uncertain: number, example: Witness): Settled | null {
  if (uncertain === 0)
    return {
      order: 'YEAR_FIRST',
      reason: `Every date begins with a year of four digits: line ${example.line} has "${example.value}".`,
      witness: example,
    };
  const rows = certain + uncertain;
  const possible = evidence.filter(({ invalid }) => invalid === 0);
  if (possible.length <= 1) return byValues(evidence, possible[0], rows);
  return byNeighbours(possible);
}

/** Values over 12 (or 31) leave one order. Where none is left, one that nearly every row fits: a spreadsheet turned the rest. */
function byValues(evidence: readonly Evidence[], only: Evidence | undefined, rows: number): Settled | null {
  const [best, next] = [...evidence].sort((a, b) => a.invalid - b.invalid);
  const chosen =
    only ?? (best && next && best.invalid * 10 <= rows && next.invalid >= best.invalid * 3 ? best : undefined);
  if (chosen === undefined) return null;
  const excluded = evidence.filter((one) => one !== chosen && one.firstInvalid !== null);
  // The row that excludes the order people would confuse it with comes first.
  const [telling] = excluded.filter(({ order }) => order !== 'YEAR_FIRST').concat(excluded);
  if (telling?.firstInvalid == null) return null;
  const told = new Set([telling, ...excluded]);
  const reasons = [...told].map(({ order, firstInvalid }) => misfit(firstInvalid as Witness, order));
  const reason = `${reasons.join('; ')}.`;
  return {
    order: chosen.order,
    reason: reason.charAt(0).toUpperCase() + reason.slice(1),
    witness: telling.firstInvalid,
  };
}

/**
 * Untouched files are newest first in every pair of neighbours. So one order under which all pairs go down, while the others
 * have pairs that go up, is right; re-saved files may have a few strays, or be sorted the other way round as a whole.
 */
function byNeighbours(possible: readonly Evidence[]): Settled | null {
  const wrongShare = ({ changes, up, down }: Evidence) => (changes === 0 ? 0 : Math.min(up, down) / changes);
  // Newest first or oldest first throughout. Two orders that both are, each its own way, are as good as one another.
  const sorted = possible.filter(({ up, down, changes }) => changes > 0 && (up === 0 || down === 0));
  const [only] = sorted;
  let chosen = sorted.length === 1 && only && (only.up === 0 || only.changes >= 10) ? only : undefined;
  if (sorted.length === 0) {
    const [best, next] = [...possible].sort((a, b) => wrongShare(a) - wrongShare(b));
    // Twenty pairs are enough to tell a few strays from the disorder of a wrong reading, which is 10 % and more.
    if (best && next && best.changes >= 20 && wrongShare(best) <= 0.02 && wrongShare(next) >= 0.1) chosen = best;
  }
  if (chosen === undefined) return null;
  const [other] = possible.filter((one) => one !== chosen && one.firstUp !== null).sort((a, b) => b.up - a.up);
  const witness = other?.firstUp;
  if (other === undefined || !witness) return null;
  const direction = chosen.down >= chosen.up ? 'newest first' : 'oldest first';
  return {
    order: chosen.order,
    reason: `Read with the ${words[chosen.order]}, the rows are ${direction}; with the ${words[other.order]} they are not, for one at line ${witness.line} ("${witness.value}").`,
    witness,
  };
}
