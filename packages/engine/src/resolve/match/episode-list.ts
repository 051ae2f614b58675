import { compareKey } from '../compare-key.ts';
import type { CatalogueEpisode } from './catalogue.ts';
import { catalogueKey } from './names/catalogue-key.ts';

/** The episodes of one series, laid out to be looked up. */
export interface EpisodeList {
  readonly episodes: readonly CatalogueEpisode[];
  /** By `episodeKey`; several where episodes share a name. */
  readonly byName: ReadonlyMap<string, readonly CatalogueEpisode[]>;
  /** By `3/12`. */
  readonly byNumber: ReadonlyMap<string, CatalogueEpisode>;
  /** How many episodes each numbered season has. */
  readonly seasons: ReadonlyMap<number, number>;
  /** How many episodes of each season have a name, and of all of them. */
  readonly named: ReadonlyMap<number | typeof ALL_SEASONS, { readonly named: number; readonly all: number }>;
  /** When each numbered season began, where anything tells. */
  readonly firstYears: ReadonlyMap<number, number>;
}

/** Stands for a series as a whole where seasons are counted. */
export const ALL_SEASONS = 'all';

export const numberKey = (season: number, episode: number): string => `${season}/${episode}`;

export function layOutEpisodes(episodes: readonly CatalogueEpisode[]): EpisodeList {
  const byName = new Map<string, CatalogueEpisode[]>();
  const byNumber = new Map<string, CatalogueEpisode>();
  const seasons = new Map<number, number>();
  const firstYears = new Map<number, number>();
  const named = new Map<number | typeof ALL_SEASONS, { named: number; all: number }>();
  for (const episode of episodes) {
    const { seasonNumber, episodeNumber } = episode;
    if (seasonNumber !== null) seasons.set(seasonNumber, (seasons.get(seasonNumber) ?? 0) + 1);
    for (const season of [seasonNumber ?? 0, ALL_SEASONS] as const) {
      const of = named.get(season) ?? { named: 0, all: 0 };
      named.set(season, of);
      of.all += 1;
      if (episode.name !== null) of.named += 1;
    }
    const year = episode.year ?? episode.registeredYear;
    if (seasonNumber !== null && year !== null)
      firstYears.set(seasonNumber, Math.min(firstYears.get(seasonNumber) ?? year, year));
    if (seasonNumber !== null && episodeNumber !== null) byNumber.set(numberKey(seasonNumber, episodeNumber), episode);
    for (const key of episode.nameKeys) {
      const same = byName.get(key);
      if (same?.at(-1) === episode) continue;
      if (same) same.push(episode);
      else byName.set(key, [episode]);
    }
  }
  return { episodes, byName, byNumber, seasons, named, firstYears };
}

const PARTED = /[\s:,(–-]+(?:(?:pt|part|partie|parte|teil|deel|del)\.?\s*)?(?<number>\d{1,2}|I{1,3}|IV|V|VI)\)?$/u;
const ROMAN: Readonly<Record<string, string>> = { I: '1', II: '2', III: '3', IV: '4', V: '5', VI: '6' };

/** How names of episodes compare: "Stress Relief: Part 2", "Stress Relief (2)" and "Stress Relief, Part II" are one. */
export function episodeKey(name: string): string {
  const match = PARTED.exec(name);
  if (!match || match.index === 0) return catalogueKey(name);
  const number = match.groups?.number ?? '';
  return `${catalogueKey(name.slice(0, match.index))}#${ROMAN[number] ?? number}`;
}

const NUMBERED =
  /^(?:ep|episode|episodio|folge|aflevering|afsnit|avsnitt|odcinek|bolum|dil|jakso|chapter|ch|part|pt|vol|day)?\s?\d+$|^\d+\s?(?:dil|bolum)$|^(?:the )?(?:pilot|finale|series finale|season finale)$/u;

/** Names that hundreds of series have: they tell an episode of a series, and no series. */
export const isCommonName = (name: string): boolean => NUMBERED.test(compareKey(name)) || compareKey(name).length < 3;
