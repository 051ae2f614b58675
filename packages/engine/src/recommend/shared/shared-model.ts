import { linearItems } from './linear-items.ts';
import { LargestWeights, type Pairs, PairsBuilder } from './pairs.ts';
import { type WatchedWeeks, watchedWeeks } from './popularity.ts';
import { followWindows, RowCounter } from './row-counter.ts';
import { type Occurrences, occurrencesIn, type SharedHistory } from './shared-history.ts';

export interface SharedModelSettings {
  /** Pairs of titles that fewer accounts have in common count for nothing. */
  readonly minAccounts: number;
  /** EASE's λ. */
  readonly penalty: number;
  /** Of each title, so many of the linear model's weights are kept, the largest. */
  readonly weightsKept: number;
  /** The linear model is of so many titles at most, those that most accounts have. */
  readonly linearTitles: number;
}

export const usualSettings: SharedModelSettings = {
  minAccounts: 3,
  penalty: 200,
  weightsKept: 200,
  linearTitles: 6000,
};

/** What is learned from histories whose accounts share them. */
export interface SharedModel {
  /** By {@link followWindows}: how much the second title followed the first. */
  readonly follows: Pairs;
  /** By window, of each title: how much followed it in all. */
  readonly followed: readonly Float32Array[];
  /** How much having watched the first speaks for the second. */
  readonly linear: Pairs;
  /** How many accounts have each title; 0 for fewer than minAccounts. */
  readonly accounts: Int32Array;
  readonly weeks: WatchedWeeks;
}

export function fitSharedModel(
  histories: readonly SharedHistory[],
  titleCount: number,
  settings: SharedModelSettings = usualSettings,
): SharedModel {
  const occurrences = occurrencesIn(histories, titleCount);
  const accounts = accountsOf(histories, occurrences);
  const { minAccounts, penalty, weightsKept, linearTitles } = settings;
  const active = [...accounts.keys()]
    .filter((title) => (accounts[title] as number) >= minAccounts)
    .sort((one, other) => (accounts[other] as number) - (accounts[one] as number) || one - other)
    .slice(0, linearTitles)
    .sort((one, other) => one - other);
  const linearRows = linearItems(histories, Int32Array.from(active), titleCount, penalty);

  const follows = new PairsBuilder(titleCount, followWindows.length);
  const linear = new PairsBuilder(titleCount, 1);
  const followed = followWindows.map(() => new Float32Array(titleCount));
  const row = new RowCounter(titleCount);
  const largest = new LargestWeights(titleCount, weightsKept);
  for (let title = 0; title < titleCount; title += 1) {
    // A title that too few have is in no pair that enough have.
    if ((accounts[title] as number) >= minAccounts) {
      const to = occurrences.start[title + 1] as number;
      for (let at = occurrences.start[title] as number; at < to; at += 1)
        row.add(histories[occurrences.history[at] as number] as SharedHistory, occurrences.position[at] as number);
      const weights = linearRows.rowOf(title);
      for (let at = 0; at < row.length; at += 1) {
        const other = row.seen[at] as number;
        if (other === title || (row.common[other] as number) < minAccounts) continue;
        if ((row.wide[other] as number) > 0)
          follows.add(other, row.near[other] as number, row.middle[other] as number, row.wide[other] as number);
        if (weights !== null) largest.offer(other, weights[other] as number);
      }
      largest.moveTo(linear);
      const sums = row.clear(title);
      for (let window = 0; window < followed.length; window += 1)
        (followed[window] as Float32Array)[title] = sums[window] as number;
    }
    follows.endRow(title);
    linear.endRow(title);
  }
  const known = accounts.map((count) => (count < minAccounts ? 0 : count));
  return {
    follows: follows.build(),
    followed,
    linear: linear.build(),
    accounts: known,
    weeks: watchedWeeks(histories, known),
  };
}

/** How many accounts have each title. */
function accountsOf(histories: readonly SharedHistory[], { start, history }: Occurrences): Int32Array {
  const counts = new Int32Array(start.length - 1);
  for (let title = 0; title < counts.length; title += 1) {
    let last = -1;
    for (let at = start[title] as number; at < (start[title + 1] as number); at += 1) {
      const { account } = histories[history[at] as number] as SharedHistory;
      if (account !== last) (counts[title] as number) += 1;
      last = account;
    }
  }
  return counts;
}
