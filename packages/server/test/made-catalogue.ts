import { type Catalogue, type CatalogueEpisode, episodeKey, searchKeys, searchPrefixes } from '@watchprint/engine';
import type { SearchableCatalogue } from '@watchprint/lake';
import { type MemoryWork, memoryCatalogue } from '../../engine/test/memory-catalogue.ts';
import type { CatalogueKeeper } from '../src/matching/catalogue-keeper.ts';
import { withOutcomes } from '../src/matching/group-matcher.ts';
import { matchGroups } from '../src/matching/match-groups.ts';

const work = (id: string, kind: MemoryWork['kind'], name: string, year: number, voteCount: number): MemoryWork => ({
  id,
  kind,
  minor: false,
  name,
  year,
  endYear: null,
  registeredYear: null,
  runtimeMinutes: kind === 'MOVIE' ? 96 : null,
  voteCount,
});

const episode = (id: string, seasonNumber: number, episodeNumber: number, name: string): CatalogueEpisode => ({
  id,
  seasonNumber,
  episodeNumber,
  name,
  nameKeys: [episodeKey(name)],
  year: 2017 + seasonNumber,
  registeredYear: null,
  runtimeMinutes: 45,
});

/** A film and a series that are told apart from all others, two films and two series of one name that are not. */
export const madeWorks: readonly MemoryWork[] = [
  {
    ...work('tt0000101', 'SERIES', 'Tidewater', 2018, 40_000),
    endYear: 2020,
    episodes: [
      episode('tt0000111', 1, 1, 'Salt and Silver'),
      episode('tt0000112', 1, 2, 'The Long Thaw'),
      episode('tt0000121', 2, 1, 'Ashes of Winter'),
    ],
  },
  work('tt0000201', 'MOVIE', 'Paper Moons', 2015, 50_000),
  work('tt0000301', 'MOVIE', 'Harbour Lights', 2010, 3000),
  work('tt0000302', 'MOVIE', 'Harbour Lights', 2012, 2900),
  work('tt0000401', 'SERIES', 'Night Ferry', 2012, 2000),
  work('tt0000402', 'SERIES', 'Night Ferry', 2014, 1900),
  work('tt0000501', 'MOVIE', 'The Glass', 2001, 700),
  { ...work('tt0000502', 'MOVIE', 'Glass Lantern', 2003, 90_000), originalName: 'La linterna de vidrio' },
  work('tt0000503', 'MOVIE', 'Bracket', 2003, 300),
  {
    ...work('tt0000504', 'SERIES', 'Bracken', 2011, 5000),
    episodes: [episode('tt0000511', 3, 4, 'Low Water')],
  },
];

function searchIn(works: readonly MemoryWork[]): SearchableCatalogue {
  return {
    async search(text) {
      const prefixes = searchPrefixes(text);
      return works
        .filter(({ name }) => searchKeys(name).some((key) => prefixes.some((prefix) => key.startsWith(prefix))))
        .sort((one, other) => other.voteCount - one.voteCount);
    },
    async episode(id) {
      for (const series of works)
        for (const episode of series.episodes ?? []) if (episode.id === id) return { series, episode };
      return null;
    },
  };
}

/** A catalogue that is there, or not, as a test likes. */
export interface MadeCatalogue extends CatalogueKeeper {
  /** What there is from now on. Null: none. */
  put(works: readonly MemoryWork[] | null, version: string): void;
  /** Called before each look-up of names. */
  onFind: () => Promise<void>;
  /** Called whenever outcomes are handed over. */
  onOutcomes: () => Promise<void>;
}

export function madeCatalogue(first: readonly MemoryWork[] | null = madeWorks): MadeCatalogue {
  let now: (Catalogue & SearchableCatalogue) | null = null;
  const made: MadeCatalogue = {
    put(works, version) {
      if (works === null) {
        now = null;
        return;
      }
      const catalogue = memoryCatalogue(works);
      now = {
        ...catalogue,
        ...searchIn(works),
        version,
        async find(keys) {
          await made.onFind();
          return catalogue.find(keys);
        },
      };
    },
    onFind: async () => {},
    onOutcomes: async () => {},
    version: async () => now?.version ?? null,
    refresh: async () => now?.version ?? null,
    use: (work) => {
      const catalogue = now;
      if (catalogue === null) return work(null);
      return work({
        ...catalogue,
        notice: null,
        match: async function* (groups) {
          for await (const outcomes of withOutcomes(groups, (asked) => matchGroups(asked, catalogue))) {
            await made.onOutcomes();
            yield outcomes;
          }
        },
      });
    },
    close: async () => {},
  };
  made.put(first, 'made-1');
  return made;
}
