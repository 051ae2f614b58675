import { unit } from './random.ts';
import type { MadeWorks } from './works.ts';

/**
 * Weight of a work is its votes to this power. With 1, as many of the strings' works share a name as of the labelled set's,
 * though they have fewer votes than there; with 0.75 both are further off.
 */
const WEIGHT = 1;
/** A namesake with a tenth of the votes may be what was meant. */
const RIVAL = 0.1;

/** Draws works by their votes, and knows which popular ones share a name. */
export class PopularDraw {
  readonly #works: MadeWorks;
  readonly #films: Cumulative;
  readonly #series: Cumulative;
  readonly #byName = new Map<number, number[]>();

  constructor(works: MadeWorks) {
    this.#works = works;
    this.#films = new Cumulative(works, (kind) => kind === 'movie' || kind === 'tvMovie' || kind === 'tvSpecial');
    this.#series = new Cumulative(works, (kind) => kind === 'tvSeries' || kind === 'tvMiniSeries');
    for (let work = 0; work < works.popular; work += 1) {
      const number = works.nameNumber(work);
      const same = this.#byName.get(number);
      if (same) same.push(work);
      else this.#byName.set(number, [work]);
    }
  }

  /** @param share from 0 to 1 over the weight of all films, or of all series. */
  work(isFilm: boolean, share: number): number {
    return (isFilm ? this.#films : this.#series).at(share);
  }

  hasRival(work: number, watchedIn: number): boolean {
    const works = this.#works;
    const isSeries = works.isSeries(work);
    const votes = works.votes(work) ?? 0;
    return (this.#byName.get(works.nameNumber(work)) ?? []).some(
      (other) =>
        other !== work &&
        works.isSeries(other) === isSeries &&
        works.year(other) <= watchedIn &&
        (works.votes(other) ?? 0) >= RIVAL * votes,
    );
  }
}

class Cumulative {
  readonly #members: number[] = [];
  readonly #sums: number[] = [];

  constructor(works: MadeWorks, belongs: (kind: string) => boolean) {
    let sum = 0;
    for (let work = 0; work < works.rated; work += 1) {
      if (!belongs(works.kind(work)) || unit(works.seed, work, 90) < UNSTREAMED) continue;
      sum += (works.votes(work) ?? 0) ** WEIGHT;
      this.#members.push(work);
      this.#sums.push(sum);
    }
  }

  at(share: number): number {
    const wanted = share * (this.#sums.at(-1) ?? 0);
    let [low, high] = [0, this.#sums.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sums[middle] ?? 0) > wanted) high = middle;
      else low = middle + 1;
    }
    return this.#members[low] ?? 0;
  }
}

/** Known works that Netflix never had. A guess. */
const UNSTREAMED = 0.4;
