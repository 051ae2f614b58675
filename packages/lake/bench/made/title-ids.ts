import { hash } from './random.ts';

/** Neighbours stay together, as a series' episodes were entered together; the blocks are strewn over all ids. */
const BLOCK = 8;
/** Ids a title takes up: IMDb has given out three times as many as it has titles. */
const SPACING = 3;

/** Which title has which id. A function and its inverse, so that files can be written by rising id without a table. */
export class TitleIds {
  readonly #seed: number;
  readonly #titles: number;
  readonly #blocks: number;
  readonly #step: number;

  constructor(seed: number, titles: number) {
    this.#seed = seed;
    this.#titles = titles;
    this.#blocks = Math.ceil(titles / BLOCK);
    this.#step = coprimeNear(Math.floor(this.#blocks * 0.6180339887) || 1, this.#blocks);
  }

  id(title: number): string {
    const place = (Math.floor(title / BLOCK) * this.#step) % this.#blocks;
    const number = 1 + (place * BLOCK + (title % BLOCK)) * SPACING + (hash(this.#seed, title, 40) % SPACING);
    return `tt${String(number).padStart(7, '0')}`;
  }

  /** Every title, by rising id. */
  *inOrder(): Generator<number> {
    // Where the block with place 1 stands; each next place is that much further.
    let inverse = 0;
    while (this.#blocks > 1 && (inverse * this.#step) % this.#blocks !== 1) inverse += 1;
    let block = 0;
    for (let place = 0; place < this.#blocks; place += 1) {
      const end = Math.min(this.#titles, (block + 1) * BLOCK);
      for (let title = block * BLOCK; title < end; title += 1) yield title;
      block = (block + inverse) % this.#blocks;
    }
  }
}

function coprimeNear(wanted: number, modulus: number): number {
  let candidate = wanted;
  while (greatestCommonDivisor(candidate, modulus) !== 1) candidate += 1;
  return candidate;
}

function greatestCommonDivisor(first: number, second: number): number {
  return second === 0 ? first : greatestCommonDivisor(second, first % second);
}
