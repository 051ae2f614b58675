import type { Person } from '../../enrich/source-facts.ts';
import type { AnalysedPeriod } from '../analysed-history.ts';
import { compareText, type Figure, figureOf, type Statistic, sourcesSay } from '../figure.ts';
import { billedActors, type FactsOfWorks, type WorkFacts } from '../work-facts.ts';

export const peoplePairsStatistic: Statistic = {
  definition:
    'Pairs of people who made films or series together that were watched: at least two different ones, the most first.',
  formula:
    'Directors, creators and the first ten billed actors of each film and series that was watched in the period; every two of one title are a pair. By number of titles, then by viewings of them, then by name.',
  source: null,
  needs: ['FACTS'],
};

export interface PeoplePair {
  readonly people: readonly [Person, Person];
  /** Places in the history's works, the most watched first. */
  readonly works: readonly number[];
  readonly viewings: number;
}

export interface PeoplePairs extends Figure {
  readonly items: readonly PeoplePair[];
}

export function peoplePairs(
  { rows, history, byWork }: AnalysedPeriod,
  facts: FactsOfWorks,
  limit: number,
): PeoplePairs {
  const places = new Map<string, number>();
  const people: { readonly person: Person; works: number }[] = [];
  const ofWork = new Map<number, number[]>();
  let known = 0;
  for (let work = 0; work < history.works.length; work += 1) {
    const viewings = byWork.viewings[work] as number;
    const own = facts[work] ?? null;
    if (viewings === 0 || own === null) continue;
    const some = peopleOf(own);
    if (some.length === 0) continue;
    known += viewings;
    const here = new Set<number>();
    for (const person of some) {
      const key = person.imdbId ?? person.name;
      let place = places.get(key);
      if (place === undefined) {
        place = people.length;
        places.set(key, place);
        people.push({ person, works: 0 });
      }
      here.add(place);
    }
    for (const place of here) (people[place] as { works: number }).works += 1;
    ofWork.set(work, [...here]);
  }
  // Whoever made one title only is in no pair that recurs.
  const worksOf = new Map<number, number[]>();
  for (const [work, own] of ofWork) {
    const often = own
      .filter((place) => (people[place] as { works: number }).works > 1)
      .sort((one, other) => one - other);
    for (const [index, one] of often.entries())
      for (const other of often.slice(index + 1)) {
        const pair = one * people.length + other;
        const before = worksOf.get(pair);
        if (before === undefined) worksOf.set(pair, [work]);
        else before.push(work);
      }
  }
  const watched = (work: number) => byWork.viewings[work] as number;
  const idOf = (work: number) => history.works[work]?.id ?? '';
  const pairs = [...worksOf].flatMap(([pair, works]) => {
    if (works.length < 2) return [];
    const both = [Math.floor(pair / people.length), pair % people.length]
      .map((place) => (people[place] as { person: Person }).person)
      .sort((one, other) => compareText(one.name, other.name) || compareText(one.imdbId ?? '', other.imdbId ?? ''));
    return [
      {
        people: both as unknown as readonly [Person, Person],
        works: works.sort((one, other) => watched(other) - watched(one) || compareText(idOf(one), idOf(other))),
        viewings: works.reduce((sum, work) => sum + watched(work), 0),
      },
    ];
  });
  const nameOf = ({ people: [one, other] }: PeoplePair) => `${one.name}\n${other.name}\n${one.imdbId}\n${other.imdbId}`;
  pairs.sort(
    (one, other) =>
      other.works.length - one.works.length || other.viewings - one.viewings || compareText(nameOf(one), nameOf(other)),
  );
  return {
    ...figureOf(peoplePairsStatistic, known, rows.length, sourcesSay),
    items: pairs.slice(0, limit),
  };
}

const peopleOf = (facts: WorkFacts): readonly Person[] => [
  ...(facts.directors ?? []),
  ...(facts.creators ?? []),
  ...billedActors(facts),
];
