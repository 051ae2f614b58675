import { describe, expect, it } from 'vitest';
import { randomFrom } from '../blend/random.ts';
import { inverseOf } from './inverse.ts';

/** XᵀX + λI of a random X of zeros and ones. */
function made(size: number, penalty: number): Float32Array {
  const random = randomFrom(size);
  const matrix = new Float32Array(size * size);
  for (let row = 0; row < 60; row += 1) {
    const own = Array.from({ length: size }, () => (random() < 0.3 ? 1 : 0));
    for (let one = 0; one < size; one += 1)
      for (let other = 0; other < size; other += 1)
        (matrix[one * size + other] as number) += (own[one] as number) * (own[other] as number);
  }
  for (let one = 0; one < size; one += 1) (matrix[one * size + one] as number) += penalty;
  return matrix;
}

function furthestFromIdentity(matrix: Float32Array, inverse: Float32Array, size: number): number {
  let most = 0;
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      let sum = 0;
      for (let k = 0; k < size; k += 1)
        sum += (matrix[row * size + k] as number) * (inverse[k * size + column] as number);
      most = Math.max(most, Math.abs(sum - (row === column ? 1 : 0)));
    }
  return most;
}

describe('inverseOf', () => {
  // Around a block of 32, where rows and columns are padded.
  it.each([1, 2, 31, 32, 33, 64, 100, 211])('times the matrix is the identity, at size %i', (size) => {
    const matrix = made(size, 5);
    expect(furthestFromIdentity(matrix, inverseOf(matrix, size), size)).toBeLessThan(1e-4);
  });

  it('reads the lower triangle only, and gives both', () => {
    const matrix = made(40, 5);
    const lower = matrix.slice();
    for (let row = 0; row < 40; row += 1) lower.fill(Number.NaN, row * 40 + row + 1, row * 40 + 40);
    const inverse = inverseOf(lower, 40);
    expect(inverse).toEqual(inverseOf(matrix, 40));
    for (let row = 0; row < 40; row += 1)
      for (let column = 0; column < row; column += 1)
        expect(inverse[row * 40 + column]).toBe(inverse[column * 40 + row]);
  });

  it('of nothing is nothing', () => {
    expect(inverseOf(new Float32Array(0), 0)).toHaveLength(0);
  });

  it('says where a matrix is not positive definite', () => {
    expect(() => inverseOf(Float32Array.of(1, 0, 2, 1), 2)).toThrow('not positive definite (row 2)');
    expect(() => inverseOf(Float32Array.of(Number.NaN), 1)).toThrow('row 1');
  });
});
