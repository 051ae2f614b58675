import {
  type Catalogue,
  type CatalogueEpisode,
  type CatalogueWork,
  type FoundWork,
  type NameKind,
  votersOf,
} from '../src/resolve/match/catalogue.ts';
import { episodeKey, isCommonName } from '../src/resolve/match/episode-list.ts';
import { catalogueKey, headOfName } from '../src/resolve/match/names/catalogue-key.ts';
import { MOST_WORKS_OF_A_WORD } from '../src/resolve/match/names/name-keys.ts';
import { wordKeysToFile } from '../src/resolve/match/names/name-words.ts';
import { soundKey } from '../src/resolve/match/names/sound-key.ts';
import { type ListedRow, readNetflixLists } from '../src/resolve/match/netflix/listed-titles.ts';
import { withNetflixNames } from '../src/resolve/match/netflix/netflix-names.ts';

export interface MemoryWork extends CatalogueWork {
  readonly voteCount: number;
  readonly originalName?: string | null;
  readonly otherNames?: readonly string[];
  readonly episodes?: readonly CatalogueEpisode[];
}

/** A catalogue of the works given, and of what Netflix's own lists have, for tests. */
export function memoryCatalogue(works: readonly MemoryWork[], listed: readonly ListedRow[] = []): Catalogue {
  const lists = readNetflixLists(listed);
  const names = new Map<string, FoundWork[]>();
  const bearers = new Map<string, Set<string>>();
  const byId = new Map(works.map((work) => [work.id, work]));
  const file = (key: string, found: FoundWork) => {
    const same = names.get(key);
    if (same === undefined) names.set(key, [found]);
    else if (!same.some(({ work }) => work.id === found.work.id)) same.push(found);
  };
  for (const work of works) {
    const all: [string | null, NameKind][] = [
      [work.name, 'PRIMARY'],
      [work.originalName ?? null, 'ORIGINAL'],
    ];
    for (const name of work.otherNames ?? []) all.push([name, 'ALTERNATIVE']);
    for (const [name, nameKind] of all) if (name !== null) file(catalogueKey(name), { work, name, nameKind });
    for (const [name] of all) {
      const head = name === null ? null : headOfName(name);
      if (head !== null) file(catalogueKey(head), { work, name: head, nameKind: 'HEAD' });
    }
    for (const [name] of all) {
      const sounds = name === null || work.voteCount < 1000 ? null : soundKey(name);
      if (sounds !== null) file(sounds, { work, name: name as string, nameKind: 'SOUND' });
    }
    for (const [name, nameKind] of all)
      if (name !== null && work.voteCount >= 1000)
        for (const key of wordKeysToFile(name, nameKind !== 'ALTERNATIVE')) file(key, { work, name, nameKind: 'WORD' });
    for (const episode of work.episodes ?? []) {
      if (episode.name === null || isCommonName(episode.name)) continue;
      const key = episodeKey(episode.name);
      bearers.set(key, (bearers.get(key) ?? new Set()).add(work.id));
    }
  }
  for (const [key, same] of names) if (key.startsWith('#') && same.length > MOST_WORKS_OF_A_WORD) names.delete(key);
  for (const same of names.values()) same.sort((one, other) => votersOf(other.work) - votersOf(one.work));
  const pick = <Value>(from: ReadonlyMap<string, Value>, keys: readonly string[]) =>
    new Map(
      keys.flatMap((key) => {
        const value = from.get(key);
        return value === undefined ? [] : [[key, value] as const];
      }),
    );
  const catalogue: Catalogue = {
    version: 'memory',
    find: async (keys) => new Map([...pick(names, keys)].map(([key, found]) => [key, found.slice(0, 40)])),
    episodes: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const episodes = byId.get(id)?.episodes ?? [];
          return episodes.length === 0 ? [] : [[id, episodes] as const];
        }),
      ),
    seriesWithEpisode: async (keys) =>
      new Map([...pick(bearers, keys)].filter(([, ids]) => ids.size <= 20).map(([key, ids]) => [key, [...ids]])),
    works: async (ids) => pick(byId, ids),
    listed: async (keys) => pick(lists.titles, keys),
  };
  return withNetflixNames(catalogue, lists.names);
}
