import { dateOfDay } from './calendar.ts';
import { createDateText, dayInOrder, isCertain, isPlausibleDay, readDateText } from './date-text.ts';
import { DateOrderConflictError, DateOrderNeededError, HistoryFormatError } from './errors.ts';
import type { DateOrder } from './history-row.ts';
import { fieldsOf, type OpenFile, type RecognisedHistory } from './recognise-history.ts';
import { readRecords } from './records.ts';

/** How to read a file: what `inspectHistory` found, and `readHistory` needs. */
export interface HistoryLayout extends RecognisedHistory {
  readonly dateOrder: DateOrder;
  /** The rows that settled it, or that the caller did. */
  readonly dateOrderReason: string;
  /** Whether equal days stand together throughout the file: then a reader need not remember those that have passed. */
  readonly daysStandTogether: boolean;
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
 * @throws {DateOrderNeededError} when nothing in the file tells and the caller did not say.
 * @throws {DateOrderConflictError} when the caller's word is contradicted by a row.
 */
export async function inspectHistory(
  open: OpenFile,
  recognised: RecognisedHistory,
  { dateOrder: asked }: { dateOrder?: DateOrder } = {},
): Promise<HistoryLayout> {
  const column = recognised.columns.date;
  const date = createDateText();
  const evidence = orders.map(
    (order): Evidence => ({
      order,
      invalid: 0,
      firstInvalid: null,
      changes: 0,
      up: 0,
      down: 0,
      firstUp: null,
      previous: null,
    }),
  );
  let certain = 0;
  let uncertain = 0;
  let example: Witness | null = null;
  let profile: string | undefined;
  for await (const { records } of readRecords(open(), recognised, 1000)) {
    for (const record of records) {
      if (record.line <= recognised.headerLine) continue;
      const fields = fieldsOf(record.fields, recognised);
      const value = fields?.[column];
      if (!fields || value === undefined || !readDateText(value, date)) continue;
      // A date that is possible in no order says nothing about the order: its row is rejected when rows are read.
      const days = orders.map((order) => dayInOrder(date, order));
      if (!days.some(isPlausibleDay)) continue;
      // Files come newest first by profile, or as a whole: rows of two profiles are no neighbours.
      const owner = fields[recognised.columns.profile];
      if (owner !== profile) for (const one of evidence) one.previous = null;
      profile = owner;
      const witness = { line: record.line, value };
      example ??= witness;
      if (isCertain(date)) certain += 1;
      else uncertain += 1;
      for (const [index, one] of evidence.entries()) weigh(one, days[index] as number | null, witness);
    }
    if (uncertain === 0 && certain > 0 && recognised.format === 'NETFLIX_VIEWING_ACTIVITY') break;
  }
  if (example === null)
    throw new HistoryFormatError('no row with a date', {
      line: recognised.headerLine + 1,
      expected: 'rows of viewings under the header',
    });
  const daysStandTogether = (order: DateOrder) =>
    recognised.columns.profile < 0 && evidence.some((one) => one.order === order && (one.up === 0 || one.down === 0));
  const settled = settle(evidence, certain, uncertain, example);
  if (settled === null) {
    const possible = evidence.filter(({ invalid }) => invalid === 0);
    if (asked !== undefined && possible.some(({ order }) => order === asked))
      return {
        ...recognised,
        dateOrder: asked,
        dateOrderReason: 'The caller said so; the rows read either way.',
        daysStandTogether: daysStandTogether(asked),
      };
    const { line, value } = example;
    readDateText(value, date);
    throw new DateOrderNeededError(
      possible.map(({ order }) => ({ dateOrder: order, line, value, date: dateOfDay(dayInOrder(date, order) ?? 0) })),
    );
  }
  if (asked !== undefined && asked !== settled.order)
    throw new DateOrderConflictError(asked, settled.order, settled.witness, `which settles it: ${settled.reason}`);
  return {
    ...recognised,
    dateOrder: settled.order,
    dateOrderReason: settled.reason,
    daysStandTogether: daysStandTogether(settled.order),
  };
}

function weigh(evidence: Evidence, day: number | null, witness: Witness): void {
  if (!isPlausibleDay(day)) {
    evidence.invalid += 1;
    evidence.firstInvalid ??= witness;
    return;
  }
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
  const reasons = [...told].map(
    ({ order, firstInvalid }) =>
      `line ${firstInvalid?.line} has "${firstInvalid?.value}", which is no possible date with the ${words[order]}`,
  );
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
