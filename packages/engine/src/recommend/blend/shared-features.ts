import type { ProfileHistory } from '../profile/profile-history.ts';
import type { Pairs } from '../shared/pairs.ts';
import type { RecentPopularity } from '../shared/popularity.ts';
import type { SharedModel } from '../shared/shared-model.ts';
import type { FeaturePart, FeaturesOfProfile } from './feature.ts';

/** What the histories of accounts that share them say. */
export const sharedFeatures = [
  'linearNow',
  'linearLately',
  'linear',
  'next2',
  'next10',
  'next50',
  'accounts',
  'month',
  'quarter',
  'longer',
] as const;
export type SharedFeature = (typeof sharedFeatures)[number];

/** Half-lives, in days, of what was watched much. */
export const popularFor = [30, 90, 400] as const;

/** Halves every so many votes back; the linear model was learned from whole histories, so a little is left of all. */
const linearReaches = [
  (back: number) => 0.5 ** (back / 5) + 0.02,
  (back: number) => 0.5 ** (back / 30) + 0.02,
  () => 1,
];
/** By window of what follows: from how many votes back, and every how many it halves. */
const followReaches = [
  { votes: 10, halfLife: 2 },
  { votes: 10, halfLife: 2 },
  { votes: 50, halfLife: 20 },
];
const pairFeatures = linearReaches.length + followReaches.length;
/** Keeps what follows what few have watched from counting too much. */
const doubt = 3;
/** What others watched says nothing below: it keeps the logarithm of none from being without end. */
const smallest = 0.003;
const smallestCount = 0.1;

interface Entry {
  readonly title: number;
  /** For each of the pair features, how much what goes with the title counts. */
  readonly weights: readonly number[];
}

/** The features that other accounts' histories give, for one history at one moment. */
export class SharedFeatures implements FeaturesOfProfile {
  readonly #model: SharedModel;
  readonly #entries: readonly Entry[];
  readonly #sums: readonly Float64Array[];
  readonly #popular: readonly Float64Array[];

  /** @param sums one list of all titles for each of the pair features, to be written over. */
  constructor(
    model: SharedModel,
    history: ProfileHistory,
    popular: RecentPopularity,
    now: number,
    sums: readonly Float64Array[],
  ) {
    this.#model = model;
    this.#entries = entriesOf(model, history);
    this.#sums = sums;
    this.#popular = popular.upTo(now);
    for (const column of sums) column.fill(0);
    for (const entry of this.#entries) this.#add(entry);
  }

  static room = (titles: number): readonly Float64Array[] =>
    Array.from({ length: pairFeatures }, () => new Float64Array(titles));

  #add({ title, weights }: Entry): void {
    const { linear, follows } = this.#model;
    const [now, lately, ever] = this.#sums as [Float64Array, Float64Array, Float64Array];
    const [nowWeight, latelyWeight, everWeight] = weights as [number, number, number];
    const values = linear.values[0] as Float32Array;
    for (let at = linear.start[title] as number; at < (linear.start[title + 1] as number); at += 1) {
      const other = linear.title[at] as number;
      const value = values[at] as number;
      (now[other] as number) += nowWeight * value;
      (lately[other] as number) += latelyWeight * value;
      (ever[other] as number) += everWeight * value;
    }
    for (let window = 0; window < followReaches.length; window += 1) {
      const weight = weights[linearReaches.length + window] as number;
      if (weight === 0) continue;
      const sums = this.#sums[linearReaches.length + window] as Float64Array;
      const counts = follows.values[window] as Float32Array;
      for (let at = follows.start[title] as number; at < (follows.start[title + 1] as number); at += 1)
        (sums[follows.title[at] as number] as number) += weight * (counts[at] as number);
    }
  }

  fill(title: number, out: Float64Array, at: number): void {
    let place = at;
    for (const sums of this.#sums) out[place++] = Math.log(Math.max(sums[title] as number, 0) + smallest);
    out[place++] = Math.log1p(this.#model.accounts[title] as number);
    for (const counts of this.#popular) out[place++] = Math.log((counts[title] as number) + smallestCount);
  }

  reference(out: Float64Array, at: number): void {
    out.fill(Math.log(smallest), at, at + pairFeatures);
    out.fill(Math.log(smallestCount), at + pairFeatures + 1, at + sharedFeatures.length);
  }

  /** The logarithm of a sum is shared out in proportion to what is summed. */
  parts(title: number): FeaturePart[] {
    const parts: FeaturePart[] = [];
    for (const entry of this.#entries) {
      const linear = valuesAt(this.#model.linear, entry.title, title);
      const follows = valuesAt(this.#model.follows, entry.title, title);
      if (linear === null && follows === null) continue;
      for (let feature = 0; feature < pairFeatures; feature += 1) {
        const sum = this.#sums[feature]?.[title] as number;
        const value = feature < linearReaches.length ? linear?.[0] : follows?.[feature - linearReaches.length];
        if (sum <= 0 || !value) continue;
        const share = ((entry.weights[feature] as number) * value) / sum;
        if (share !== 0)
          parts.push({
            feature,
            because: entry.title,
            amount: share * (Math.log(sum + smallest) - Math.log(smallest)),
          });
      }
    }
    return parts;
  }
}

/** What was watched again counts where it was watched last. */
function entriesOf({ followed }: SharedModel, { titles, strength }: ProfileHistory): Entry[] {
  const entries: Entry[] = [];
  const done = new Set<number>();
  for (let index = titles.length - 1; index >= 0; index -= 1) {
    const title = titles[index] as number;
    if (done.has(title)) continue;
    done.add(title);
    const own = strength[index] as number;
    const back = titles.length - 1 - index;
    entries.push({
      title,
      weights: [
        ...linearReaches.map((reach) => own * reach(back)),
        ...followReaches.map(({ votes, halfLife }, window) =>
          back >= votes
            ? 0
            : (own * 0.5 ** (back / halfLife)) / Math.sqrt((followed[window]?.[title] as number) + doubt),
        ),
      ],
    });
  }
  return entries;
}

function valuesAt({ start, title, values }: Pairs, one: number, other: number): number[] | null {
  for (let at = start[one] as number; at < (start[one + 1] as number); at += 1)
    if (title[at] === other) return values.map((column) => column[at] as number);
  return null;
}
