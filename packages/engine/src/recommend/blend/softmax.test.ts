import { describe, expect, it } from 'vitest';
import { randomFrom } from './random.ts';
import { type Choice, fitSoftmax, weightsIn } from './softmax.ts';

/** Choices among ten by known weights. */
function made(count: number, weights: Float64Array, terms: number): Choice[] {
  const random = randomFrom(count);
  const width = weights.length / terms;
  return Array.from({ length: count }, () => {
    const situation = Float64Array.from({ length: terms }, (_, term) => (term === 0 ? 1 : random()));
    const now = weightsIn(weights, situation);
    const options = Array.from({ length: 10 }, () => Float64Array.from({ length: width }, () => random() * 2 - 1));
    const scores = options.map((option) =>
      Math.exp(option.reduce((sum, value, one) => sum + value * (now[one] as number), 0)),
    );
    let rest = random() * scores.reduce((sum, one) => sum + one, 0);
    const chosen = scores.findIndex((score) => {
      rest -= score;
      return rest <= 0;
    });
    const [first] = options.splice(chosen, 1);
    return {
      situation,
      features: Float64Array.from([first as Float64Array, ...options].flatMap((option) => [...option])),
      offsets: new Float64Array(10),
    };
  });
}

const flat = (size: number, precision: number) => ({
  mean: new Float64Array(size),
  precision: new Float64Array(size).fill(precision),
});

describe('fitSoftmax', () => {
  it('finds the weights that choices were made by', () => {
    const weights = Float64Array.of(2, -1, 0.5);
    const found = fitSoftmax(made(3000, weights, 1), flat(3, 0.01));
    for (const [index, weight] of weights.entries()) expect(found[index]).toBeCloseTo(weight, 0);
    expect(Math.max(...found.map((value, index) => Math.abs(value - (weights[index] as number))))).toBeLessThan(0.15);
  });

  it('finds what a weight is in each situation', () => {
    const weights = Float64Array.of(1, 3, -2, 0);
    const found = fitSoftmax(made(6000, weights, 2), flat(4, 0.01));
    expect(Math.max(...found.map((value, index) => Math.abs(value - (weights[index] as number))))).toBeLessThan(0.3);
  });

  it('stays at the prior without choices, and near it with few', () => {
    const mean = Float64Array.of(1, 2);
    expect(fitSoftmax([], { mean, precision: Float64Array.of(1, 1) })).toEqual(mean);
    const weights = Float64Array.of(-1, -2);
    const distance = (choices: number, precision: number) => {
      const found = fitSoftmax(made(choices, weights, 1), { mean, precision: new Float64Array(2).fill(precision) });
      return Math.hypot(...found.map((value, index) => value - (mean[index] as number)));
    };
    expect(distance(5, 100)).toBeLessThan(0.3);
    expect(distance(500, 100)).toBeGreaterThan(distance(5, 100));
    expect(distance(500, 0.01)).toBeGreaterThan(2.5);
  });

  it('counts a title for as many as it stands for', () => {
    // One of two options is always chosen; the other stands for a hundred like it.
    const choice = (offset: number): Choice => ({
      situation: Float64Array.of(1),
      features: Float64Array.of(1, 0),
      offsets: Float64Array.of(0, offset),
    });
    const prior = { mean: Float64Array.of(0), precision: Float64Array.of(1) };
    const [alone] = fitSoftmax([choice(0)], prior);
    const [ofMany] = fitSoftmax([choice(Math.log(100))], prior);
    expect(ofMany).toBeGreaterThan(alone as number);
  });
});
