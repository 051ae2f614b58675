/** Numbers for pairs of titles, by the first: those of title n stand from start[n] to start[n + 1]. */
export interface Pairs {
  readonly start: Int32Array;
  readonly title: Int32Array;
  readonly values: readonly Float32Array[];
}

/** Takes pairs row after row into arrays that grow. */
export class PairsBuilder {
  readonly #start: Int32Array;
  #title = new Int32Array(1024);
  #values: Float32Array[];
  #length = 0;

  constructor(titles: number, values: number) {
    this.#start = new Int32Array(titles + 1);
    this.#values = Array.from({ length: values }, () => new Float32Array(1024));
  }

  add(title: number, ...values: readonly number[]): void {
    if (this.#length === this.#title.length) {
      const longer = new Int32Array(this.#length * 2);
      longer.set(this.#title);
      this.#title = longer;
      this.#values = this.#values.map((column) => {
        const grown = new Float32Array(this.#length * 2);
        grown.set(column);
        return grown;
      });
    }
    this.#title[this.#length] = title;
    for (const [index, value] of values.entries()) (this.#values[index] as Float32Array)[this.#length] = value;
    this.#length += 1;
  }

  endRow(title: number): void {
    this.#start[title + 1] = this.#length;
  }

  build(): Pairs {
    return {
      start: this.#start,
      title: this.#title.slice(0, this.#length),
      values: this.#values.map((column) => column.slice(0, this.#length)),
    };
  }
}

/** Of the weights of one row, those furthest from 0. */
export class LargestWeights {
  readonly #titles: Int32Array;
  readonly #weights: Float32Array;
  readonly #sizes: Float32Array;
  readonly #most: number;
  #count = 0;

  constructor(titles: number, most: number) {
    this.#titles = new Int32Array(titles);
    this.#weights = new Float32Array(titles);
    this.#sizes = new Float32Array(titles);
    this.#most = most;
  }

  offer(title: number, weight: number): void {
    if (weight === 0) return;
    this.#titles[this.#count] = title;
    this.#weights[this.#count] = weight;
    this.#sizes[this.#count] = Math.abs(weight);
    this.#count += 1;
  }

  /** Adds them to the row that is being built, of equal ones at the edge all, and begins anew. */
  moveTo(pairs: PairsBuilder): void {
    const count = this.#count;
    const least = count > this.#most ? (this.#sizes.slice(0, count).sort()[count - this.#most] as number) : 0;
    for (let at = 0; at < count; at += 1)
      if ((this.#sizes[at] as number) >= least) pairs.add(this.#titles[at] as number, this.#weights[at] as number);
    this.#count = 0;
  }
}
