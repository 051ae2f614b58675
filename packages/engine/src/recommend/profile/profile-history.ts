/** What a profile watched, as the recommender counts it: one entry a vote, oldest first. */
export interface ProfileHistory {
  /** Places in the titles. */
  readonly titles: Int32Array;
  /** Seconds since 1970. */
  readonly at: Float64Array;
  /** How much each speaks: 1 for a usual viewing; negative: against. */
  readonly strength: Float64Array;
}

export const historyUpTo = ({ titles, at, strength }: ProfileHistory, count: number): ProfileHistory => ({
  titles: titles.subarray(0, count),
  at: at.subarray(0, count),
  strength: strength.subarray(0, count),
});

/** Weights that halve every so many votes back, and of which the sizes add up to 1. */
export function recentWeights({ strength }: ProfileHistory, halfLife: number): Float64Array {
  const weights = new Float64Array(strength.length);
  let sum = 0;
  for (let index = 0; index < weights.length; index += 1) {
    const weight = (strength[index] as number) * 0.5 ** ((weights.length - 1 - index) / halfLife);
    weights[index] = weight;
    sum += Math.abs(weight);
  }
  if (sum > 0) for (let index = 0; index < weights.length; index += 1) (weights[index] as number) /= sum;
  return weights;
}

export function mixed(one: Float64Array, share: number, other: Float64Array): Float64Array {
  return one.map((weight, index) => share * weight + (1 - share) * (other[index] as number));
}
