import type { ProfileHistory } from '../profile/profile-history.ts';

/** A history whose account lets others learn from it. Those of one account stand beside one another. */
export interface SharedHistory extends ProfileHistory {
  /** Whose it is: any number that no other account has. */
  readonly account: number;
}

/** Where each title occurs: places of histories and places in them, by title, in the order of histories. */
export interface Occurrences {
  readonly start: Int32Array;
  readonly history: Int32Array;
  readonly position: Int32Array;
}

export function occurrencesIn(histories: readonly SharedHistory[], titles: number): Occurrences {
  const start = new Int32Array(titles + 1);
  for (const history of histories) for (const title of history.titles) (start[title + 1] as number) += 1;
  for (let title = 0; title < titles; title += 1) (start[title + 1] as number) += start[title] as number;
  const next = start.slice();
  const history = new Int32Array(start[titles] as number);
  const position = new Int32Array(start[titles] as number);
  for (const [place, { titles: own }] of histories.entries())
    for (let index = 0; index < own.length; index += 1) {
      const title = own[index] as number;
      const at = next[title] as number;
      next[title] = at + 1;
      history[at] = place;
      position[at] = index;
    }
  return { start, history, position };
}
