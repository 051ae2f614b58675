import type { ProfileHistory } from '../profile/profile-history.ts';
import { choiceOf, exampleAt, fewestBefore, isDiscovery } from './example.ts';
import type { FeatureSpace } from './features.ts';
import { TitleSampler } from './sampling.ts';
import { type Choice, fitSoftmax } from './softmax.ts';
import { type BlendWeights, gapTerms, priorDeviation, priorWeights } from './weights.ts';

/** The last so many discoveries teach; earlier ones say what was liked then. */
const examples = 40;
const draws = 300;
const always = Float64Array.of(1);

/**
 * Weights for one history alone: those under which it would have been predicted best, each vote from those before it, and no further
 * from what features usually count than that many examples say (a maximum a posteriori estimate).
 * @param sampler draws titles it could have watched.
 */
export function fitOwnBlend(space: FeatureSpace, history: ProfileHistory, sampler: TitleSampler): BlendWeights {
  const prior = priorWeights(space.names);
  const choices: Choice[] = [];
  for (let entry = history.titles.length - 1; entry >= fewestBefore && choices.length < examples; entry -= 1)
    if (isDiscovery(history, entry))
      choices.push(choiceOf(space, sampler, exampleAt(history, entry), draws, entry, always));
  if (choices.length === 0) return prior;
  const mean = Float64Array.from(space.names, (_, feature) => prior.values[feature * gapTerms] as number);
  const precision = Float64Array.from(space.names, (name) => 1 / priorDeviation(name) ** 2);
  const values = prior.values.slice();
  for (const [feature, value] of fitSoftmax(choices, { mean, precision }).entries()) values[feature * gapTerms] = value;
  return { names: space.names, values };
}

/** Draws the titles of a set as often as people rate them. */
export const samplerOf = ({ titles }: FeatureSpace): TitleSampler =>
  new TitleSampler(titles.popularity.map((popularity) => Math.expm1(popularity)));
