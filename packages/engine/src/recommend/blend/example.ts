import { historyUpTo, type ProfileHistory } from '../profile/profile-history.ts';
import type { FeatureSpace } from './features.ts';
import type { TitleSampler } from './sampling.ts';
import type { Choice } from './softmax.ts';

/** At least so many votes before the one that is to be found. */
export const fewestBefore = 5;

/** What was watched at a moment, and what was known before. */
export interface Example {
  readonly before: ProfileHistory;
  readonly title: number;
  /** Seconds since 1970. */
  readonly at: number;
}

export const exampleAt = (history: ProfileHistory, entry: number): Example => ({
  before: historyUpTo(history, entry),
  title: history.titles[entry] as number,
  at: history.at[entry] as number,
});

/** What was watched before is no recommendation, and what is spoken against was not chosen. */
export const isDiscovery = (history: ProfileHistory, entry: number): boolean =>
  (history.strength[entry] as number) > 0 && history.titles.indexOf(history.titles[entry] as number) === entry;

export const gapBefore = ({ before, at }: Example): number => at - (before.at.at(-1) ?? Number.NEGATIVE_INFINITY);

/** What was watched, among titles drawn from those that could have been. */
export function choiceOf(
  space: FeatureSpace,
  sampler: TitleSampler,
  { before, title, at }: Example,
  draws: number,
  seed: number,
  situation: Float64Array,
): Choice {
  const others = sampler.draw(draws, seed, new Set([...before.titles, title]));
  const titles = new Int32Array(others.titles.length + 1);
  titles[0] = title;
  titles.set(others.titles, 1);
  const offsets = new Float64Array(titles.length);
  offsets.set(others.offsets, 1);
  return { situation, features: space.of(before, at).of(titles), offsets };
}
