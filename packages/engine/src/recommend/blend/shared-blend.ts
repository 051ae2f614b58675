import { lowerBound } from '../../lower-bound.ts';
import { historyUpTo } from '../profile/profile-history.ts';
import type { SharedHistory } from '../shared/shared-history.ts';
import { fitSharedModel, type SharedModelSettings } from '../shared/shared-model.ts';
import type { TitleSet } from '../titles/title-set.ts';
import { choiceOf, type Example, exampleAt, fewestBefore, gapBefore, isDiscovery } from './example.ts';
import { allFeatures, FeatureSpace } from './features.ts';
import { TitleSampler } from './sampling.ts';
import { type Choice, fitSoftmax } from './softmax.ts';
import { type BlendWeights, gapTerms, priorWeights, situationAfter } from './weights.ts';

const draws = 400;

/**
 * Weights for accounts that share: those under which what they watched would have been predicted best by models that had not seen it.
 * Two kinds of past are asked: each history's last few votes, where what others do later is known, and what came after a moment, with
 * nothing later known of anybody. Of the first there is plenty, and it is nearly all within a sitting; the second is what a recommender
 * meets when somebody comes back. How long ago the last vote was tells them apart.
 */
export function fitSharedBlend(
  titles: TitleSet,
  histories: readonly SharedHistory[],
  settings: SharedModelSettings,
): BlendWeights {
  const choices: Choice[] = [];
  for (const { known, examples } of folds(histories)) {
    const model = fitSharedModel(known, titles.ids.length, settings);
    const space = new FeatureSpace(titles, model);
    const sampler = new TitleSampler(Float64Array.from(model.accounts));
    for (const example of [...examples].sort((one, other) => one.at - other.at))
      choices.push(choiceOf(space, sampler, example, draws, choices.length + 1, situationAfter(gapBefore(example))));
  }
  const prior = priorWeights(allFeatures);
  if (choices.length === 0) return prior;
  return {
    names: allFeatures,
    values: fitSoftmax(choices, { mean: prior.values, precision: precisionOf(choices, allFeatures.length) }),
  };
}

interface Fold {
  readonly known: readonly SharedHistory[];
  readonly examples: readonly Example[];
}

/** Of each history the last few are held out. */
const heldOut = 3;
/** Moments, as shares of all that was watched; as many as it takes to have enough examples. */
const cuts = [0.75, 0.9, 0.6, 0.45, 0.3];
const enoughExamples = 300;
const mostExamples = 2000;

function* folds(histories: readonly SharedHistory[]): Generator<Fold> {
  const ends = histories.map(({ titles }) => titles.length - heldOut);
  // What is too short to be asked about stays whole.
  yield fold(
    histories,
    ends.map((end, index) => (end < fewestBefore ? lengthOf(histories[index]) : end)),
    heldOut,
  );
  const times = Float64Array.from(histories.flatMap(({ at }) => [...at])).sort();
  let examples = 0;
  for (const share of cuts) {
    const cut = times[Math.floor(times.length * share)] ?? 0;
    const before = fold(
      histories,
      histories.map(({ at }) => lowerBound(at.length, (vote) => (at[vote] as number) < cut)),
      1,
    );
    yield before;
    examples += before.examples.length;
    if (examples >= enoughExamples) return;
  }
}

/** What was known up to a place in each history, and so many votes that came after it, each with what was before it. */
function fold(histories: readonly SharedHistory[], ends: readonly number[], each: number): Fold {
  const known: SharedHistory[] = [];
  const examples: Example[] = [];
  for (const [index, history] of histories.entries()) {
    const end = ends[index] as number;
    if (end > 0) known.push({ account: history.account, ...historyUpTo(history, end) });
    if (end < fewestBefore) continue;
    for (let entry = end; entry < Math.min(end + each, history.titles.length); entry += 1)
      if (isDiscovery(history, entry)) examples.push(exampleAt(history, entry));
  }
  return { known, examples: spread(examples, mostExamples) };
}

const lengthOf = (history: SharedHistory | undefined): number => history?.titles.length ?? 0;

function spread<T>(items: readonly T[], most: number): readonly T[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)] as T);
}

/** As sure of the prior as so many examples would make it, each feature measured by how much it differs between titles. */
const priorExamples = 10;

function precisionOf(choices: readonly Choice[], width: number): Float64Array {
  const precision = new Float64Array(width * gapTerms);
  for (let feature = 0; feature < width; feature += 1)
    for (let term = 0; term < gapTerms; term += 1) {
      let count = 0;
      let sum = 0;
      let squares = 0;
      for (const { features, situation } of choices)
        for (let at = feature; at < features.length; at += width) {
          const value = (features[at] as number) * (situation[term] as number);
          count += 1;
          sum += value;
          squares += value * value;
        }
      precision[feature * gapTerms + term] = priorExamples * Math.max(squares / count - (sum / count) ** 2, 1e-9);
    }
  return precision;
}
