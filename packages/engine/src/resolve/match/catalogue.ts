/**
 * Port: what the outside world knows of titles. The IMDb datasets in the lake stand behind it; other sources can stand beside
 * them (docs/architecture.md).
 *
 * Everything is asked for many at once: a matcher has a whole history before it, and a catalogue answers thousands of names in
 * hardly more time than one.
 */
export interface Catalogue {
  /** Which state of the catalogue this is; matches are made anew when it changes. */
  readonly version: string;
  /**
   * Works by the keys of their names (`catalogueKey`, `soundKey`, `wordKeys`), the most voted first, at most some dozens a key. Keys that nothing is filed
   * under are left out.
   */
  find(keys: readonly string[]): Promise<ReadonlyMap<string, readonly FoundWork[]>>;
  /** All episodes of each series, in the catalogue's order. Series without any are left out. */
  episodes(seriesIds: readonly string[]): Promise<ReadonlyMap<string, readonly CatalogueEpisode[]>>;
  /** Which series have an episode with a name of this key; keys that too many share are left out. */
  seriesWithEpisode(keys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Films and series by their ids. */
  works(ids: readonly string[]): Promise<ReadonlyMap<string, CatalogueWork>>;
  /** What Netflix's own lists have under the keys of names (`catalogueKey`). Keys that are in none are left out. */
  listed(keys: readonly string[]): Promise<ReadonlyMap<string, readonly ListedTitle[]>>;
}

/** What Netflix's own lists say of a title. */
export interface ListedTitle {
  /** The one of its names that has the key. */
  readonly name: string;
  /** Null where the list does not say, and the name is not one of a season. */
  readonly kind: CatalogueWork['kind'] | null;
  /** Of its release on Netflix, where it was first there, or as the name says; of a series, its first season's. Else null. */
  readonly year: number | null;
  /** Of a film; null where not known. */
  readonly runtimeMinutes: number | null;
  /** In all half-years together. */
  readonly hoursViewed: number;
}

/** A film or a series. */
export interface CatalogueWork {
  /** The catalogue's own: `tt5753856`. */
  readonly id: string;
  readonly kind: 'MOVIE' | 'SERIES';
  /** Shorts, videos, specials: works that are less often what a string means. */
  readonly minor: boolean;
  readonly name: string;
  /** Of first release. */
  readonly year: number | null;
  readonly endYear: number | null;
  /**
   * About when the catalogue took it in: the median year of works with neighbouring ids, which are given out in order. Where ids are older
   * than the order, the last year that it can be. Null where nothing is known.
   */
  readonly registeredYear: number | null;
  readonly runtimeMinutes: number | null;
  /** How many people rated it; 0 where nobody did, null where that is not known. */
  readonly voteCount: number | null;
}

/** How many people rated a work, as far as that is known. */
export const votersOf = ({ voteCount }: Pick<CatalogueWork, 'voteCount'>): number => voteCount ?? 0;

/** A work, and the name by which it was found. */
export interface FoundWork {
  readonly work: CatalogueWork;
  readonly name: string;
  /**
   * PRIMARY is what it is mostly called, ORIGINAL what it was called first, ALTERNATIVE anywhere else; HEAD is only what stands
   * before the colon of one of them, SOUND a name that sounds alike, WORD one with a word
   * that few names have, NETFLIX what Netflix's own lists call it, OFFERED only what a source was asked for when it offered the work.
   */
  readonly nameKind: NameKind;
  /** Of NETFLIX: whether what Netflix calls it is only another name of the work. */
  readonly isAlternative?: boolean;
}

export type NameKind = 'PRIMARY' | 'ORIGINAL' | 'ALTERNATIVE' | 'HEAD' | 'SOUND' | 'WORD' | 'NETFLIX' | 'OFFERED';

export interface CatalogueEpisode {
  readonly id: string;
  readonly seasonNumber: number | null;
  readonly episodeNumber: number | null;
  /** Null where the catalogue has none, or only a number in its place. */
  readonly name: string | null;
  /** `episodeKey` of its name, then of what it is called elsewhere. */
  readonly nameKeys: readonly string[];
  readonly year: number | null;
  /** As of a work. */
  readonly registeredYear: number | null;
  readonly runtimeMinutes: number | null;
}
