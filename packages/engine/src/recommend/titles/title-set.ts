import { type FactMatrix, factMatrix } from './fact-matrix.ts';

/** What a recommender knows of a film or series, whoever watches it. */
export interface CandidateTitle {
  readonly id: string;
  readonly name: string;
  /** Of first release. */
  readonly year: number | null;
  /** How many people rated it. */
  readonly votes: number | null;
  /** What they gave it on average, 0 to 10. */
  readonly score: number | null;
  readonly genres: readonly string[];
  readonly keywords: readonly string[];
  readonly people: readonly string[];
  readonly countries: readonly string[];
  readonly languages: readonly string[];
}

/** What titles are compared by. `name`: words of their names, which sequels share. */
export const factKinds = ['genre', 'keyword', 'person', 'country', 'language', 'name'] as const;
export type FactKind = (typeof factKinds)[number];

/** Titles in columns: title number n is the n-th of each. */
export interface TitleSet {
  readonly ids: readonly string[];
  readonly placeOf: ReadonlyMap<string, number>;
  readonly facts: Readonly<Record<FactKind, FactMatrix>>;
  /** NaN where it is not known. */
  readonly year: Float64Array;
  /** log(1 + votes); of a title without, what a quarter of those with votes stay below. */
  readonly popularity: Float64Array;
  /**
   * How far its score is above the middle one, shrunk the more the fewer rated it (IMDb's formula for its Top 250: as if
   * {@link votesToBelieve} further people had given the middle score). 0 where it has none.
   */
  readonly acclaim: Float64Array;
  /** Popularity of a title whose votes nobody knows. */
  readonly usualPopularity: number;
}

/** IMDb's own number for its Top 250. */
const votesToBelieve = 25_000;

/** @throws {RangeError} when two titles have the same id. */
export function titleSet(titles: readonly CandidateTitle[]): TitleSet {
  const placeOf = new Map<string, number>();
  for (const [place, { id }] of titles.entries()) {
    if (placeOf.has(id)) throw new RangeError(`Two titles have the id ${id}`);
    placeOf.set(id, place);
  }
  const known = titles.flatMap(({ votes }) => (votes ? [Math.log1p(votes)] : [])).sort((one, other) => one - other);
  const usualPopularity = known[Math.floor(known.length / 4)] ?? 0;
  const scores = titles.flatMap(({ score }) => (score === null ? [] : [score])).sort((one, other) => one - other);
  const middle = scores[Math.floor(scores.length / 2)] ?? 0;
  const of = (kind: FactKind, factsOf: (title: CandidateTitle) => readonly string[]) => [
    kind,
    factMatrix(titles.map(factsOf)),
  ];
  return {
    ids: titles.map(({ id }) => id),
    placeOf,
    facts: Object.fromEntries([
      of('genre', ({ genres }) => genres),
      of('keyword', ({ keywords }) => keywords),
      of('person', ({ people }) => people),
      of('country', ({ countries }) => countries),
      of('language', ({ languages }) => languages),
      of('name', ({ name }) => wordsOf(name)),
    ]) as Record<FactKind, FactMatrix>,
    year: Float64Array.from(titles, ({ year }) => year ?? Number.NaN),
    popularity: Float64Array.from(titles, ({ votes }) => (votes ? Math.log1p(votes) : usualPopularity)),
    acclaim: Float64Array.from(titles, ({ votes, score }) =>
      score === null ? 0 : ((votes ?? 0) * (score - middle)) / ((votes ?? 0) + votesToBelieve),
    ),
    usualPopularity,
  };
}

/** Words of two letters and fewer say little of what a title is. */
const wordsOf = (name: string): string[] => name.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
