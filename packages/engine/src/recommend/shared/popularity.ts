import type { SharedHistory } from './shared-history.ts';

const weekDays = 7;
const weekSeconds = weekDays * 86_400;

/** How often titles were watched in a week, by rising week: counts of two groups of accounts add up. */
export interface WatchedWeeks {
  /** Since 1970. */
  readonly week: Int32Array;
  readonly title: Int32Array;
  readonly count: Float32Array;
}

/** @param accounts of each title how many have it: what none is known to have is left out. */
export function watchedWeeks(histories: readonly SharedHistory[], accounts: Int32Array): WatchedWeeks {
  const byWeek = new Map<number, Map<number, number>>();
  for (const { titles, at } of histories)
    for (let index = 0; index < titles.length; index += 1) {
      const title = titles[index] as number;
      if (accounts[title] === 0) continue;
      const week = Math.floor((at[index] as number) / weekSeconds);
      let counts = byWeek.get(week);
      if (counts === undefined) {
        counts = new Map();
        byWeek.set(week, counts);
      }
      counts.set(title, (counts.get(title) ?? 0) + 1);
    }
  const weeks: number[] = [];
  const titles: number[] = [];
  const counts: number[] = [];
  for (const [week, ofTitles] of [...byWeek].sort(([one], [other]) => one - other))
    for (const [title, count] of ofTitles) {
      weeks.push(week);
      titles.push(title);
      counts.push(count);
    }
  return { week: Int32Array.from(weeks), title: Int32Array.from(titles), count: Float32Array.from(counts) };
}

/** How much each title was watched up to a moment, what is longer ago counting less: by half-lives in days. */
export class RecentPopularity {
  readonly #weeks: WatchedWeeks;
  readonly #keptOfWeek: readonly number[];
  readonly #sums: readonly Float64Array[];
  #now = Number.NEGATIVE_INFINITY;
  /** How many of the weeks' entries are in the sums. */
  #added = 0;

  constructor(weeks: WatchedWeeks, titles: number, halfLives: readonly number[]) {
    this.#weeks = weeks;
    this.#keptOfWeek = halfLives.map((days) => 0.5 ** (weekDays / days));
    this.#sums = halfLives.map(() => new Float64Array(titles));
  }

  /**
   * Moments that rise are cheap: each goes on from the one before.
   * @returns a list of titles for each half-life, written over by the next call.
   */
  upTo(seconds: number): readonly Float64Array[] {
    const now = Math.floor(seconds / weekSeconds);
    if (now < this.#now) {
      for (const sums of this.#sums) sums.fill(0);
      this.#added = 0;
      this.#now = Number.NEGATIVE_INFINITY;
    }
    const { week, title, count } = this.#weeks;
    for (; this.#added < week.length && (week[this.#added] as number) <= now; this.#added += 1) {
      this.#ageTo(week[this.#added] as number);
      for (const sums of this.#sums) (sums[title[this.#added] as number] as number) += count[this.#added] as number;
    }
    this.#ageTo(now);
    return this.#sums;
  }

  #ageTo(week: number): void {
    const weeks = week - this.#now;
    this.#now = week;
    if (weeks === 0) return;
    for (const [index, sums] of this.#sums.entries()) {
      const kept = (this.#keptOfWeek[index] as number) ** weeks;
      for (let title = 0; title < sums.length; title += 1) (sums[title] as number) *= kept;
    }
  }
}
