// The inverse of a symmetric positive definite matrix in single precision, compiled to WebAssembly by scripts/generate.mjs.
// A = L·Lᵀ (Cholesky), U = L⁻ᵀ, A⁻¹ = U·Uᵀ: n³/6 multiplications each, and in each nearly all of them are products of two rows, which
// is what SIMD is good at (Golub and Van Loan, Matrix Computations, 4.2). Sides are multiples of a block, so that no loop has an end of
// its own; whoever calls pads with the identity.

/** Rows and columns that are worked on together. */
const block: i32 = 32;
/** Columns of a row that are multiplied before the next row is: what all rows of a block need of them stays in the cache. */
const stretch: i32 = 1024;

export const blockSide: i32 = block;

/**
 * @param a where `side` × `side` floats begin, row after row; only the lower triangle is read. The inverse takes their place, all of it.
 * @param u as many floats to work in.
 * @returns 0, or the row, from 1, at which the matrix is found not to be positive definite.
 */
export function invert(a: usize, u: usize, side: i32): i32 {
  const failed = decompose(a, side);
  if (failed !== 0) return failed;
  invertTriangle(a, u, side);
  multiplyByTransposed(u, a, side);
  return 0;
}

function at(matrix: usize, side: i32, row: i32, column: i32): usize {
  return matrix + (<usize>row * <usize>side + <usize>column) * 4;
}

/** Adds the products of rows of x with rows of y over columns [from, to) to a block of c, with a sign. */
function addProducts(
  c: usize,
  cRow: i32,
  cColumn: i32,
  rows: i32,
  x: usize,
  xRow: i32,
  y: usize,
  yRow: i32,
  from: i32,
  to: i32,
  side: i32,
  sign: f32,
): void {
  for (let begin = from; begin < to; begin += stretch) {
    const end = min(begin + stretch, to);
    const bytes = <usize>(end - begin) * 4;
    for (let row = 0; row < rows; row += 2) {
      const x0 = at(x, side, xRow + row, begin);
      const x1 = at(x, side, xRow + row + 1, begin);
      for (let column = 0; column < block; column += 4) {
        const y0 = at(y, side, yRow + column, begin);
        const y1 = at(y, side, yRow + column + 1, begin);
        const y2 = at(y, side, yRow + column + 2, begin);
        const y3 = at(y, side, yRow + column + 3, begin);
        let s00 = f32x4.splat(0),
          s01 = f32x4.splat(0),
          s02 = f32x4.splat(0),
          s03 = f32x4.splat(0);
        let s10 = f32x4.splat(0),
          s11 = f32x4.splat(0),
          s12 = f32x4.splat(0),
          s13 = f32x4.splat(0);
        for (let k: usize = 0; k < bytes; k += 16) {
          const u0 = v128.load(x0 + k);
          const u1 = v128.load(x1 + k);
          let v = v128.load(y0 + k);
          s00 = f32x4.add(s00, f32x4.mul(u0, v));
          s10 = f32x4.add(s10, f32x4.mul(u1, v));
          v = v128.load(y1 + k);
          s01 = f32x4.add(s01, f32x4.mul(u0, v));
          s11 = f32x4.add(s11, f32x4.mul(u1, v));
          v = v128.load(y2 + k);
          s02 = f32x4.add(s02, f32x4.mul(u0, v));
          s12 = f32x4.add(s12, f32x4.mul(u1, v));
          v = v128.load(y3 + k);
          s03 = f32x4.add(s03, f32x4.mul(u0, v));
          s13 = f32x4.add(s13, f32x4.mul(u1, v));
        }
        const c0 = at(c, side, cRow + row, cColumn + column);
        const c1 = at(c, side, cRow + row + 1, cColumn + column);
        const signs = f32x4.splat(sign);
        v128.store(c0, f32x4.add(v128.load(c0), f32x4.mul(signs, sums(s00, s01, s02, s03))));
        v128.store(c1, f32x4.add(v128.load(c1), f32x4.mul(signs, sums(s10, s11, s12, s13))));
      }
    }
  }
}

/** The sum of each of four vectors. */
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 1, 4, 5), v128.shuffle<f32>(a, b, 2, 3, 6, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 1, 4, 5), v128.shuffle<f32>(c, d, 2, 3, 6, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 2, 4, 6), v128.shuffle<f32>(ab, cd, 1, 3, 5, 7));
}

/** L takes the place of the lower triangle of a. */
function decompose(a: usize, side: i32): i32 {
  for (let first = 0; first < side; first += block) {
    addProducts(a, first, first, side - first, a, first, a, first, 0, first, side, -1);
    for (let row = first; row < first + block; row += 1) {
      const rowAt = at(a, side, row, 0);
      for (let column = first; column <= row; column += 1) {
        const columnAt = at(a, side, column, 0);
        let rest = load<f32>(rowAt + <usize>column * 4);
        for (let k = first; k < column; k += 1)
          rest -= load<f32>(rowAt + <usize>k * 4) * load<f32>(columnAt + <usize>k * 4);
        if (column < row) store<f32>(rowAt + <usize>column * 4, rest / load<f32>(columnAt + <usize>column * 4));
        else if (rest > 0) store<f32>(rowAt + <usize>column * 4, sqrt<f32>(rest));
        // Also where it is not a number.
        else return row + 1;
      }
    }
    for (let row = first + block; row < side; row += 1) solveRow(at(a, side, row, first), a, first, side);
  }
  return 0;
}

/** The row vector x of a block's width with x·L_bbᵀ = what stands there, in its place. */
function solveRow(x: usize, l: usize, first: i32, side: i32): void {
  for (let column = 0; column < block; column += 1) {
    const rowOfL = at(l, side, first + column, first);
    let rest = load<f32>(x + <usize>column * 4);
    for (let k = 0; k < column; k += 1) rest -= load<f32>(x + <usize>k * 4) * load<f32>(rowOfL + <usize>k * 4);
    store<f32>(x + <usize>column * 4, rest / load<f32>(rowOfL + <usize>column * 4));
  }
}

/** u becomes L⁻ᵀ, with zeros below its diagonal. */
function invertTriangle(l: usize, u: usize, side: i32): void {
  memory.fill(u, 0, <usize>side * <usize>side * 4);
  for (let first = 0; first < side; first += block) {
    for (let row = 0; row < first; row += block)
      addProducts(u, row, first, block, u, row, l, first, row, first, side, -1);
    for (let row = first; row < first + block; row += 1) store<f32>(at(u, side, row, row), 1);
    for (let row = 0; row < first + block; row += 1) solveRow(at(u, side, row, first), l, first, side);
  }
}

/** p becomes u·uᵀ. */
function multiplyByTransposed(u: usize, p: usize, side: i32): void {
  memory.fill(p, 0, <usize>side * <usize>side * 4);
  for (let row = 0; row < side; row += block)
    for (let column = 0; column <= row; column += block)
      addProducts(p, row, column, block, u, row, u, column, row, side, side, 1);
  for (let row = 0; row < side; row += 1)
    for (let column = 0; column < row; column += 1)
      store<f32>(at(p, side, column, row), load<f32>(at(p, side, row, column)));
}
