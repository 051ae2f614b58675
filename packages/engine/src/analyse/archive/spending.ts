import type { AnalysedHistory, AnalysedPeriod } from '../analysed-history.ts';
import { compareText, type Figure, type Statistic, shareOf } from '../figure.ts';
import { startOfUnit } from '../time/calendar-unit.ts';
import type { BillingRow } from './archive-rows.ts';

export const spendingStatistic: Statistic = {
  definition:
    'What the account paid in the period, by month, and what an hour of watching, this profile and its most watched titles cost of that. Coverage is the share of charges in whose service period anything was watched.',
  formula:
    'Exports list what was paid twice: as an invoice, with a service period, and as a payment without one. Invoices count, one amount of a service period once, refunds of another day apart and against it; so does a refund that is a payment, where no invoice refunds the same amount. Payments count only where the file has no invoice at all, equal ones of seven days once: an attempt, its capture and its repetition are one. What failed, was declined or is pending by its Final Invoice Result, else by its Pmt Status, is not paid; authorisations and gift cards that were put on the account are no charges. A charge belongs to the month and period of its transaction day; charges in several currencies are told apart and never added. A charge is shared out over the seconds that all profiles of the account watched in its service period (both of its days among it, up to the next one’s first; 30 days from the transaction, where it has none); what is left over, when nobody watched, is nobody’s. Cost of an hour: charges over all hours watched in their service periods.',
  source: null,
  needs: ['BILLING', 'DURATIONS'],
};

export interface SpendingOf {
  readonly currency: string;
  /** In the currency's own unit, to two places. */
  readonly total: number;
  readonly charges: number;
  /** Null where nothing was watched in the service periods. */
  readonly perHour: number | null;
  /** This profile's part. */
  readonly profile: number;
  /** Charges in whose service period nobody watched anything. */
  readonly unused: number;
  /** First days of months, oldest first. */
  readonly months: readonly { readonly start: number; readonly total: number }[];
  /** Of this profile, those that cost most: places in the history's works. */
  readonly works: readonly { readonly work: number; readonly cost: number }[];
}

export interface Spending extends Figure {
  readonly currencies: readonly SpendingOf[];
}

interface Charge {
  readonly day: number;
  readonly amount: number;
  readonly currency: string;
  readonly from: number;
  /** The day after the last. */
  readonly to: number;
}

/** @param profiles All of the account's, this one among them. */
export function spending(
  period: AnalysedPeriod,
  billing: readonly BillingRow[],
  profiles: readonly AnalysedHistory[],
  limit: number,
): Spending {
  const charges = chargesOf(billing).filter(({ day }) => period.contains(day));
  const byCurrency = new Map<string, Charge[]>();
  for (const charge of charges) byCurrency.set(charge.currency, [...(byCurrency.get(charge.currency) ?? []), charge]);
  let used = 0;
  const currencies = [...byCurrency]
    .sort(([one], [other]) => compareText(one, other))
    .map(([currency, own]): SpendingOf => {
      const months = new Map<number, number>();
      const works = new Map<number, number>();
      let total = 0;
      let seconds = 0;
      let mine = 0;
      let unused = 0;
      for (const charge of own) {
        total += charge.amount;
        const start = startOfUnit(charge.day, 'MONTH');
        months.set(start, (months.get(start) ?? 0) + charge.amount);
        const all = profiles.reduce((sum, profile) => sum + secondsWithin(profile, charge), 0);
        seconds += all;
        if (all === 0) {
          unused += 1;
          continue;
        }
        used += 1;
        mine += charge.amount * (secondsWithin(period.whole, charge) / all);
        for (const [work, watched] of secondsOfWorks(period.whole, charge))
          works.set(work, (works.get(work) ?? 0) + charge.amount * (watched / all));
      }
      const idOf = (work: number) => period.history.works[work]?.id ?? '';
      return {
        currency,
        total: cents(total),
        charges: own.length,
        perHour: seconds === 0 ? null : cents(total / (seconds / 3600)),
        profile: cents(mine),
        unused,
        months: [...months].sort(([one], [other]) => one - other).map(([start, sum]) => ({ start, total: cents(sum) })),
        works: [...works]
          .sort(([one, cost], [other, otherCost]) => otherCost - cost || compareText(idOf(one), idOf(other)))
          .slice(0, limit)
          .map(([work, cost]) => ({ work, cost: cents(cost) })),
      };
    });
  return {
    definition: spendingStatistic.definition,
    coverage: shareOf(used, charges.length),
    unknownBecause:
      charges.length > 0
        ? null
        : billing.length === 0
          ? 'No BillingHistory.csv of this account was imported.'
          : 'BillingHistory.csv has no charge in this period.',
    currencies,
  };
}

/** What was paid, each once. */
export function chargesOf(billing: readonly BillingRow[]): readonly Charge[] {
  const paid = [...billing].sort((one, other) => one.day - other.day).flatMap((row) => paidBy(row) ?? []);
  const invoices = paid.filter(({ row }) => row.servicePeriodStart !== null);
  const refunded = new Set(
    invoices.filter(({ amount }) => amount < 0).map(({ amount, currency }) => `${amount} ${currency}`),
  );
  const counted =
    invoices.length === 0
      ? eachOnce(paid, isWithinDays(daysOfPayment))
      : [
          ...eachOnce(
            invoices,
            (one, other) =>
              one.row.servicePeriodStart === other.row.servicePeriodStart &&
              (one.amount > 0 || one.row.day === other.row.day),
          ),
          ...eachOnce(
            paid.filter(
              ({ row, amount, currency }) =>
                row.servicePeriodStart === null && amount < 0 && !refunded.has(`${amount} ${currency}`),
            ),
            isWithinDays(daysOfPayment),
          ),
        ];
  const starts = counted
    .filter(({ amount }) => amount > 0)
    .map(fromOf)
    .sort((one, other) => one - other);
  return counted
    .map(({ row, amount, currency }): Charge => {
      const from = fromOf({ row });
      const end =
        row.servicePeriodStart === null || row.servicePeriodEnd === null
          ? from + daysOfMonth
          : row.servicePeriodEnd + 1;
      const next = starts.find((start) => start > from) ?? end;
      return { day: row.day, amount, currency, from, to: Math.min(end, next) };
    })
    .sort((one, other) => one.day - other.day);
}

interface Paid {
  readonly row: BillingRow;
  /** Under 0 for what was given back. */
  readonly amount: number;
  readonly currency: string;
}

const fromOf = ({ row }: Pick<Paid, 'row'>) => row.servicePeriodStart ?? row.day;

/** Null for what is no money paid. */
function paidBy(row: BillingRow): Paid | null {
  const gross = Number(row.gross ?? Number.NaN);
  if (!Number.isFinite(gross) || gross === 0) return null;
  if (/fail|declin|reject|refus|void|cancel|pending|author|applied/i.test(row.invoiceResult ?? row.status ?? ''))
    return null;
  const type = row.transactionType ?? '';
  if (/author/i.test(type)) return null;
  const isRefund = /refund|credit|chargeback/i.test(type);
  return { row, amount: isRefund ? -Math.abs(gross) : gross, currency: row.currency ?? '' };
}

/** Of equal amounts that are one, the first. */
function eachOnce(all: readonly Paid[], areOne: (one: Paid, other: Paid) => boolean): Paid[] {
  const counted: Paid[] = [];
  for (const one of all)
    if (!counted.some((other) => one.amount === other.amount && one.currency === other.currency && areOne(one, other)))
      counted.push(one);
  return counted;
}

const isWithinDays = (days: number) => (one: Paid, other: Paid) => one.row.day - other.row.day <= days;

/** Between the attempt to be paid and what came of it. */
const daysOfPayment = 7;
const daysOfMonth = 30;
const cents = (amount: number) => Math.round(amount * 100) / 100;
const within = ({ from, to }: Charge) => ({ from, to: to - 1 });

function secondsWithin(profile: AnalysedHistory, charge: Charge): number {
  let sum = 0;
  for (const row of profile.in(within(charge)).rows) sum += Math.max(0, profile.history.seconds[row] as number);
  return sum;
}

function secondsOfWorks(profile: AnalysedHistory, charge: Charge): ReadonlyMap<number, number> {
  const seconds = new Map<number, number>();
  for (const row of profile.in(within(charge)).rows) {
    const work = profile.workOfRow[row] as number;
    const watched = profile.history.seconds[row] as number;
    if (work >= 0 && watched > 0) seconds.set(work, (seconds.get(work) ?? 0) + watched);
  }
  return seconds;
}
