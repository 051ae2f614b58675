import { lowerBound } from '../lower-bound.ts';
import { sharedZone, type Zone } from '../parse/calendar.ts';
import type { HistoryColumns, Period } from './history-columns.ts';
import { type Evening, eveningsOf } from './session/evening-list.ts';
import { type Plays, playsOf } from './session/plays.ts';
import { type Sittings, sittingsOf } from './session/sittings.ts';
import type { Thresholds } from './thresholds.ts';
import { type TitleColumns, titleColumnsOf } from './title-columns.ts';
import { type Dimension, type DimensionValues, dimensionValues } from './titles/dimension.ts';
import type { FactsOfWorks } from './work-facts.ts';

/** Thresholds, and where the profile's clock is. */
export interface AnalysisSettings extends Thresholds {
  /** IANA name. */
  readonly timeZone: string;
}

/** Viewings and time by something's place in a dictionary. */
export interface Sums {
  readonly viewings: Int32Array;
  /** Seconds watched, as far as rows say; what says of how many. */
  readonly seconds: Float64Array;
  readonly timed: Int32Array;
}

/** A history with what all analyses share: each worked out when it is first asked for, and once. */
export class AnalysedHistory {
  readonly history: HistoryColumns;
  readonly settings: AnalysisSettings;
  #order: Int32Array | null = null;
  #zone: Zone | null = null;
  #plays: Plays | null = null;
  #sittings: Sittings | null = null;
  #evenings: readonly Evening[] | null = null;
  #workOfRow: Int32Array | null = null;
  #clock: Float64Array | null = null;
  #titleColumns: TitleColumns | null = null;
  readonly #values = new Map<Dimension, { readonly facts: FactsOfWorks; readonly values: DimensionValues }>();

  constructor(history: HistoryColumns, settings: AnalysisSettings) {
    this.history = history;
    this.settings = settings;
  }

  /** Rows that figures are made of, which accidental ones are not: oldest first, of one day those without a time last. */
  get order(): Int32Array {
    this.#order ??= orderOf(this.history);
    return this.#order;
  }

  get zone(): Zone {
    this.#zone ??= sharedZone(this.settings.timeZone);
    return this.#zone;
  }

  get plays(): Plays {
    this.#plays ??= playsOf(this.history, this.titleColumns, this.order, this.settings);
    return this.#plays;
  }

  get evenings(): readonly Evening[] {
    this.#evenings ??= eveningsOf(this.history, this.order, this.clock);
    return this.#evenings;
  }

  get sittings(): Sittings {
    this.#sittings ??= sittingsOf(this.history, this.order, this.settings);
    return this.#sittings;
  }

  get titleColumns(): TitleColumns {
    this.#titleColumns ??= titleColumnsOf(this.history);
    return this.#titleColumns;
  }

  /** What the profile's clock and calendar showed when each row began, in seconds since its own 1970-01-01 00:00; NaN: not known. */
  get clock(): Float64Array {
    const { zone } = this;
    this.#clock ??= this.history.startedAt.map((startedAt) =>
      Number.isNaN(startedAt) ? Number.NaN : zone.clockOf(startedAt),
    );
    return this.#clock;
  }

  /** Place of the film or series that each row is of; -1 where none is known. */
  get workOfRow(): Int32Array {
    const { work } = this.titleColumns;
    this.#workOfRow ??= this.history.title.map((title) => work[title] ?? -1);
    return this.#workOfRow;
  }

  valuesOf(dimension: Dimension, facts: FactsOfWorks): DimensionValues {
    const known = this.#values.get(dimension);
    if (known?.facts === facts) return known.values;
    const values = dimensionValues(this.history, this.titleColumns, facts, dimension);
    this.#values.set(dimension, { facts, values });
    return values;
  }

  /** Ids of the titles that have a value of a dimension: those by which viewings are found. */
  titlesWith(dimension: Dimension, key: string, facts: FactsOfWorks): string[] {
    const { by, values, of } = this.valuesOf(dimension, facts);
    const wanted = values.findIndex((value) => value.key === key);
    return this.history.titles.flatMap(({ id, work }, place) =>
      of[by === 'TITLE' ? place : work]?.includes(wanted) ? [id] : [],
    );
  }

  /** First and last day with a viewing; null where there is none. */
  get span(): { readonly first: number; readonly last: number } | null {
    const { order, history } = this;
    if (order.length === 0) return null;
    return { first: history.day[order[0] as number] as number, last: history.day[order.at(-1) as number] as number };
  }

  in(period: Period): AnalysedPeriod {
    return new AnalysedPeriod(this, period);
  }
}

/** The part of a history that lies in a period. */
export class AnalysedPeriod {
  readonly whole: AnalysedHistory;
  readonly period: Period;
  /** Rows that count, oldest first. */
  readonly rows: Int32Array;
  #byTitle: Sums | null = null;
  #byWork: Sums | null = null;

  constructor(whole: AnalysedHistory, period: Period) {
    this.whole = whole;
    this.period = period;
    const { order, history } = whole;
    const start = period.from === null ? 0 : firstNotBefore(order, history.day, period.from);
    const end = period.to === null ? order.length : firstNotBefore(order, history.day, period.to + 1);
    this.rows = order.subarray(start, Math.max(start, end));
  }

  get history(): HistoryColumns {
    return this.whole.history;
  }

  get settings(): AnalysisSettings {
    return this.whole.settings;
  }

  contains(day: number): boolean {
    const { from, to } = this.period;
    return (from === null || day >= from) && (to === null || day <= to);
  }

  /**
   * The last day that anything can be said of: the period's, or the history's where that ends earlier; null where the history has
   * nothing up to then.
   */
  get lastDay(): number | null {
    const { span } = this.whole;
    if (span === null) return null;
    const last = Math.min(span.last, this.period.to ?? span.last);
    return last < span.first ? null : last;
  }

  /** What was watched of each title. */
  get byTitle(): Sums {
    this.#byTitle ??= sumsBy(this.rows, this.history, this.history.title, this.history.titles.length);
    return this.#byTitle;
  }

  /** What was watched of each film and series. */
  get byWork(): Sums {
    this.#byWork ??= sumsOfWorks(this.whole.titleColumns.work, this.history.works.length, this.byTitle);
    return this.#byWork;
  }
}

function sumsOfWorks(workOf: Int32Array, length: number, byTitle: Sums): Sums {
  const viewings = new Int32Array(length);
  const seconds = new Float64Array(length);
  const timed = new Int32Array(length);
  for (let place = 0; place < workOf.length; place += 1) {
    const work = workOf[place] as number;
    if (work < 0) continue;
    viewings[work] = (viewings[work] as number) + (byTitle.viewings[place] as number);
    seconds[work] = (seconds[work] as number) + (byTitle.seconds[place] as number);
    timed[work] = (timed[work] as number) + (byTitle.timed[place] as number);
  }
  return { viewings, seconds, timed };
}

/** Adds rows up by the places that a column has; rows at -1 are left out. */
export function sumsBy(rows: Int32Array, history: HistoryColumns, places: Int32Array, length: number): Sums {
  const viewings = new Int32Array(length);
  const seconds = new Float64Array(length);
  const timed = new Int32Array(length);
  for (const row of rows) {
    const place = places[row] as number;
    if (place < 0) continue;
    viewings[place] = (viewings[place] as number) + 1;
    const watched = history.seconds[row] as number;
    if (watched < 0) continue;
    seconds[place] = (seconds[place] as number) + watched;
    timed[place] = (timed[place] as number) + 1;
  }
  return { viewings, seconds, timed };
}

function orderOf(history: HistoryColumns): Int32Array {
  const { accidental, day, startedAt, seconds, position, title, titles } = history;
  const rows: number[] = [];
  for (let row = 0; row < history.length; row += 1) if (accidental[row] === 0) rows.push(row);
  // Rows come mostly in order already, which this sort makes use of. What follows the times only makes the order of equal ones one.
  rows.sort((one, other) => {
    const byDay = (day[one] as number) - (day[other] as number);
    if (byDay !== 0) return byDay;
    const started = startedAt[one] as number;
    const otherStarted = startedAt[other] as number;
    if (started !== otherStarted) {
      const isTimed = !Number.isNaN(started);
      const isOtherTimed = !Number.isNaN(otherStarted);
      if (isTimed && isOtherTimed) return started - otherStarted;
      if (isTimed !== isOtherTimed) return isTimed ? -1 : 1;
    }
    const bySeconds = (seconds[one] as number) - (seconds[other] as number);
    if (bySeconds !== 0) return bySeconds;
    const id = titles[title[one] as number]?.id ?? '';
    const otherId = titles[title[other] as number]?.id ?? '';
    if (id !== otherId) return id < otherId ? -1 : 1;
    return (position[one] as number) - (position[other] as number);
  });
  return Int32Array.from(rows);
}

/** Where in `order` the first row stands whose day is not before this one. */
const firstNotBefore = (order: Int32Array, day: Int32Array, wanted: number): number =>
  lowerBound(order.length, (at) => (day[order[at] as number] as number) < wanted);
