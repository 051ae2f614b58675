/**
 * What was chosen, and among what, in which situation: a weight is `terms` numbers, and counts for their sum, each times what the
 * situation is in that respect.
 */
export interface Choice {
  readonly situation: Float64Array;
  /** Features of what was chosen, then of the others, each of the same width. */
  readonly features: Float64Array;
  /** What to add to each one's score: the logarithm of how many it stands for. */
  readonly offsets: Float64Array;
}

export interface Prior {
  readonly mean: Float64Array;
  /** 1 / variance. */
  readonly precision: Float64Array;
}

/**
 * Weights under which what was chosen is likeliest, where a title's chance is in proportion to exp(weights · features) (McFadden's
 * conditional logit, 1974), under a normal prior; by Newton's method, which finds the one maximum there is.
 */
export function fitSoftmax(choices: readonly Choice[], { mean, precision }: Prior, steps = 25): Float64Array {
  const size = mean.length;
  const weights = mean.slice();
  let loss = lossOf(choices, weights, mean, precision);
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  for (let step = 0; step < steps; step += 1) {
    hessian.fill(0);
    for (let one = 0; one < size; one += 1) {
      gradient[one] = (precision[one] as number) * ((weights[one] as number) - (mean[one] as number));
      hessian[one * size + one] = precision[one] as number;
    }
    for (const choice of choices) addCurvature(choice, weights, gradient, hessian);
    const move = solve(hessian, gradient);
    let improved = false;
    for (let part = 1; part > 1e-4; part /= 2) {
      const next = weights.map((weight, index) => weight - part * (move[index] as number));
      const nextLoss = lossOf(choices, next, mean, precision);
      if (nextLoss >= loss) continue;
      improved = loss - nextLoss > 1e-7 * (1 + Math.abs(loss));
      weights.set(next);
      loss = nextLoss;
      break;
    }
    if (!improved) break;
  }
  return weights;
}

/** Adds a choice's part of gradient and Hessian: the mean and the covariance of features under its chances, spread over the terms. */
function addCurvature(choice: Choice, weights: Float64Array, gradient: Float64Array, hessian: Float64Array): void {
  const { features, situation } = choice;
  const terms = situation.length;
  const width = weights.length / terms;
  const chances = chancesOf(choice, weights);
  const average = new Float64Array(width);
  const products = new Float64Array(width * width);
  for (let index = 0; index < chances.length; index += 1) {
    const chance = chances[index] as number;
    if (chance < 1e-9) continue;
    const base = index * width;
    for (let one = 0; one < width; one += 1) {
      const weighed = chance * (features[base + one] as number);
      if (weighed === 0) continue;
      (average[one] as number) += weighed;
      for (let other = 0; other <= one; other += 1)
        (products[one * width + other] as number) += weighed * (features[base + other] as number);
    }
  }
  const size = weights.length;
  for (let one = 0; one < width; one += 1) {
    const pull = (average[one] as number) - (features[one] as number);
    for (let term = 0; term < terms; term += 1)
      (gradient[one * terms + term] as number) += pull * (situation[term] as number);
    for (let other = 0; other <= one; other += 1) {
      const covariance =
        (products[one * width + other] as number) - (average[one] as number) * (average[other] as number);
      for (let term = 0; term < terms; term += 1)
        for (let to = 0; to < terms; to += 1)
          (hessian[(one * terms + term) * size + other * terms + to] as number) +=
            covariance * (situation[term] as number) * (situation[to] as number);
    }
  }
}

function scoresOf({ features, offsets, situation }: Choice, weights: Float64Array): Float64Array {
  const now = weightsIn(weights, situation);
  const width = now.length;
  const scores = offsets.slice();
  for (let index = 0; index < scores.length; index += 1) {
    const base = index * width;
    let sum = 0;
    for (let one = 0; one < width; one += 1) sum += (features[base + one] as number) * (now[one] as number);
    (scores[index] as number) += sum;
  }
  return scores;
}

/** What each feature counts in a situation. */
export function weightsIn(weights: Float64Array, situation: Float64Array): Float64Array {
  const terms = situation.length;
  const now = new Float64Array(weights.length / terms);
  for (let one = 0; one < now.length; one += 1)
    for (let term = 0; term < terms; term += 1)
      (now[one] as number) += (weights[one * terms + term] as number) * (situation[term] as number);
  return now;
}

function chancesOf(choice: Choice, weights: Float64Array): Float64Array {
  const scores = scoresOf(choice, weights);
  const all = logOfSum(scores);
  return scores.map((score) => Math.exp(score - all));
}

function lossOf(
  choices: readonly Choice[],
  weights: Float64Array,
  mean: Float64Array,
  precision: Float64Array,
): number {
  let loss = 0;
  for (let one = 0; one < weights.length; one += 1)
    loss += ((precision[one] as number) * ((weights[one] as number) - (mean[one] as number)) ** 2) / 2;
  for (const choice of choices) {
    const scores = scoresOf(choice, weights);
    loss += logOfSum(scores) - (scores[0] as number);
  }
  return loss;
}

/** ln Σ exp(score), however large scores are. */
function logOfSum(scores: Float64Array): number {
  const most = scores.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
  return most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
}

/** x with H·x = g, H symmetric and positive definite, of which the lower triangle is given. */
function solve(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const l = matrix.slice();
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column <= row; column += 1) {
      let rest = l[row * size + column] as number;
      for (let k = 0; k < column; k += 1) rest -= (l[row * size + k] as number) * (l[column * size + k] as number);
      l[row * size + column] =
        column < row ? rest / (l[column * size + column] as number) : Math.sqrt(Math.max(rest, 1e-12));
    }
  const x = vector.slice();
  for (let row = 0; row < size; row += 1) {
    for (let k = 0; k < row; k += 1) (x[row] as number) -= (l[row * size + k] as number) * (x[k] as number);
    (x[row] as number) /= l[row * size + row] as number;
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    for (let k = row + 1; k < size; k += 1) (x[row] as number) -= (l[k * size + row] as number) * (x[k] as number);
    (x[row] as number) /= l[row * size + row] as number;
  }
  return x;
}
