import type { CatalogueEpisode } from '../src/resolve/match/catalogue.ts';
import { episodeKey } from '../src/resolve/match/episode-list.ts';
import type { MemoryWork } from './memory-catalogue.ts';

/** A work of a catalogue made up for a test; what it does not say is that of a well-known film. */
export const madeWork = (work: Partial<MemoryWork> & { readonly id: string; readonly name: string }): MemoryWork => ({
  kind: 'MOVIE',
  minor: false,
  year: 2010,
  endYear: null,
  registeredYear: null,
  runtimeMinutes: 100,
  voteCount: 20_000,
  ...work,
});

/** Episodes of one season, by their names; null where the catalogue has none. */
export const madeSeason = (
  seriesId: string,
  seasonNumber: number,
  names: readonly (string | null)[],
  year: number | null = null,
): CatalogueEpisode[] =>
  names.map((name, place) => ({
    id: `${seriesId}${String(seasonNumber).padStart(2, '0')}${String(place + 1).padStart(2, '0')}`,
    seasonNumber,
    episodeNumber: place + 1,
    name,
    nameKeys: name === null ? [] : [episodeKey(name)],
    year,
    registeredYear: null,
    runtimeMinutes: 45,
  }));
