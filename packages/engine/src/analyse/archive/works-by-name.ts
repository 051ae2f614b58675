import { catalogueKey } from '../../resolve/match/names/catalogue-key.ts';
import type { HistoryColumns } from '../history-columns.ts';

/** A name that strings have for a film or series: in the profile's language, say. */
export interface OtherName {
  readonly workId: string;
  readonly name: string;
}

/**
 * Finds the films and series of a history by what an export's other tables call them: whole titles, mostly by their English or original
 * names. A name that several have is nobody's, but for one that only one of them has to the letter.
 * @returns their places in the history's works, -1 where there is none.
 */
export function worksByName(
  { works }: HistoryColumns,
  otherNames: readonly OtherName[],
): (name: string | null) => number {
  const places = new Map<string, number>();
  const toTheLetter = new Map<string, number>();
  const put = (into: Map<string, number>, key: string, place: number) => {
    const before = into.get(key);
    into.set(key, before === undefined || before === place ? place : -1);
  };
  const add = (name: string, place: number) => put(places, catalogueKey(name), place);
  for (const [place, { name }] of works.entries()) {
    add(name, place);
    put(toTheLetter, name, place);
  }
  const byId = new Map(works.map(({ id }, place) => [id, place]));
  for (const { workId, name } of otherNames) {
    const place = byId.get(workId);
    // What the catalogue calls a work comes first.
    if (place !== undefined && !places.has(catalogueKey(name))) add(name, place);
  }
  return (name) => {
    if (name === null) return -1;
    const exact = toTheLetter.get(name) ?? -1;
    return exact >= 0 ? exact : (places.get(catalogueKey(name)) ?? -1);
  };
}
