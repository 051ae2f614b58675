import { lowerBound } from '../../lower-bound.ts';
import { randomFrom } from './random.ts';

/** Draws titles, the popular ones more often, and tells how many each stands for. */
export class TitleSampler {
  readonly #cumulated: Float64Array;
  readonly #chance: Float64Array;

  /** @param popularity of each title, at least 0: half of the draws are in proportion to it, half are from all alike. */
  constructor(popularity: Float64Array) {
    const total = popularity.reduce((sum, one) => sum + one, 0);
    this.#chance = popularity.map(
      (one) => 0.5 / popularity.length + (total === 0 ? 0.5 / popularity.length : (0.5 * one) / total),
    );
    let sum = 0;
    this.#cumulated = this.#chance.map((one) => (sum += one));
  }

  /**
   * Draws so many times, and leaves out what must not be there.
   * @returns titles, and for each the logarithm of how many titles it stands for.
   */
  draw(times: number, seed: number, without: ReadonlySet<number>): { titles: Int32Array; offsets: Float64Array } {
    const random = randomFrom(seed);
    const drawn = new Map<number, number>();
    const cumulated = this.#cumulated;
    const total = cumulated.at(-1) as number;
    for (let draw = 0; draw < times; draw += 1) {
      const wanted = random() * total;
      const title = lowerBound(cumulated.length, (at) => (cumulated[at] as number) < wanted);
      if (!without.has(title)) drawn.set(title, (drawn.get(title) ?? 0) + 1);
    }
    const titles = Int32Array.from(drawn.keys());
    return {
      titles,
      offsets: Float64Array.from(titles, (title) =>
        Math.log((drawn.get(title) as number) / (times * (this.#chance[title] as number))),
      ),
    };
  }
}
