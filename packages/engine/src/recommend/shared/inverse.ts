import { inverseKernel } from './generated/inverse-kernel.ts';

interface Kernel {
  readonly blockSide: { readonly value: number };
  invert(a: number, u: number, side: number): number;
}

let compiled: WebAssembly.Module | undefined;
/** The kernel's own memory ends before. */
const firstByte = 1024;
const pageBytes = 65_536;

/**
 * The inverse of a symmetric positive definite matrix, in single precision (packages/engine/assembly/inverse.ts).
 * @param matrix row after row; only its lower triangle is read.
 * @throws {RangeError} when it is not positive definite, or larger than memory can be.
 */
export function inverseOf(matrix: Float32Array, size: number): Float32Array {
  if (size === 0) return new Float32Array(0);
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(inverseKernel), (letter) => letter.charCodeAt(0)));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { blockSide, invert } = new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernel;
  const side = Math.ceil(size / blockSide.value) * blockSide.value;
  const bytes = side * side * 4;
  memory.grow(Math.ceil((firstByte + 2 * bytes) / pageBytes) - 1);
  const a = new Float32Array(memory.buffer, firstByte, side * side);
  for (let row = 0; row < side; row += 1)
    if (row < size) a.set(matrix.subarray(row * size, row * size + size), row * side);
    else a[row * side + row] = 1;
  const failedAt = invert(firstByte, firstByte + bytes, side);
  if (failedAt !== 0) throw new RangeError(`The matrix is not positive definite (row ${failedAt})`);
  const inverse = new Float32Array(size * size);
  for (let row = 0; row < size; row += 1) inverse.set(a.subarray(row * side, row * side + size), row * size);
  return inverse;
}
