import type { SharedHistory } from './shared-history.ts';

/** What titles were watched after one another: within so many places, a place's weight falling with its distance. */
export const followWindows = [
  { places: 2, weightAt: (_distance: number) => 1 },
  { places: 10, weightAt: (distance: number) => 1 / distance },
  { places: 50, weightAt: (distance: number) => 1 / Math.sqrt(distance) },
] as const;

const [near, middle, wide] = followWindows;
const weightsOf = ({ places, weightAt }: { places: number; weightAt(distance: number): number }): Float64Array =>
  Float64Array.from({ length: wide.places + 1 }, (_, distance) =>
    distance > 0 && distance <= places ? weightAt(distance) : 0,
  );

/** Counts, for one title, what it has in common with others. One is used for all titles, one after the other. */
export class RowCounter {
  /** The first `length`: titles that some history has beside it. */
  readonly seen: Int32Array;
  length = 0;
  /** How many accounts have both. */
  readonly common: Int32Array;
  /** How much each followed it, by {@link followWindows}. */
  readonly near: Float64Array;
  readonly middle: Float64Array;
  readonly wide: Float64Array;
  readonly #lastAccount: Int32Array;
  readonly #weights = followWindows.map(weightsOf) as [Float64Array, Float64Array, Float64Array];

  constructor(titles: number) {
    this.seen = new Int32Array(titles);
    this.common = new Int32Array(titles);
    this.near = new Float64Array(titles);
    this.middle = new Float64Array(titles);
    this.wide = new Float64Array(titles);
    this.#lastAccount = new Int32Array(titles).fill(-1);
  }

  /** An occurrence of the title, in the order of accounts. */
  add({ titles, account }: SharedHistory, position: number): void {
    const { seen, common } = this;
    const lastAccount = this.#lastAccount;
    let length = this.length;
    for (let index = 0; index < titles.length; index += 1) {
      const other = titles[index] as number;
      if (lastAccount[other] === account) continue;
      if (common[other] === 0) seen[length++] = other;
      lastAccount[other] = account;
      (common[other] as number) += 1;
    }
    this.length = length;
    const [nearWeights, middleWeights, wideWeights] = this.#weights;
    const end = Math.min(titles.length - 1, position + wide.places);
    for (let index = position + 1; index <= end; index += 1) {
      const other = titles[index] as number;
      const distance = index - position;
      (this.wide[other] as number) += wideWeights[distance] as number;
      if (distance > middle.places) continue;
      (this.middle[other] as number) += middleWeights[distance] as number;
      if (distance <= near.places) (this.near[other] as number) += nearWeights[distance] as number;
    }
  }

  /** Makes room for the next title, and tells how much followed this one in all, by window. */
  clear(title: number): readonly [number, number, number] {
    const { seen, common, near, middle, wide, length } = this;
    const lastAccount = this.#lastAccount;
    const sums = [0, 0, 0] as [number, number, number];
    for (let at = 0; at < length; at += 1) {
      const other = seen[at] as number;
      if (other !== title && wide[other] !== 0) {
        sums[0] += near[other] as number;
        sums[1] += middle[other] as number;
        sums[2] += wide[other] as number;
      }
      near[other] = 0;
      middle[other] = 0;
      wide[other] = 0;
      common[other] = 0;
      lastAccount[other] = -1;
    }
    this.length = 0;
    return sums;
  }
}
