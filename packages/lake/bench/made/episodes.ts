import { hash, unit } from './random.ts';
import type { MadeWorks } from './works.ts';

export interface MadeEpisode {
  readonly series: number;
  readonly season: number;
  readonly number: number;
  readonly year: number;
  readonly name: string;
  /** It is called by its number or its day, and the file adds such names in seven languages. */
  readonly isNumbered: boolean;
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** @param episode counted from the first of all. */
export function episodeAt(works: MadeWorks, episode: number): MadeEpisode {
  const place = works.seriesOfEpisode(episode);
  const series = works.seriesWork(place);
  const index = episode - works.firstEpisode(place);
  const count = works.episodesOf(place);
  const { season, number } = works.numberOf(series, count, index);
  const year = Math.min(2026, works.year(series) + season - 1);
  const isNumbered = works.hasNumberedEpisodes(series);
  const name = isNumbered ? numberedName(works, series, season, number, year, index) : works.episodeName(series, index);
  return { series, season, number, year, name, isNumbered };
}

function numberedName(
  works: MadeWorks,
  series: number,
  season: number,
  number: number,
  year: number,
  index: number,
): string {
  const share = unit(works.seed, series, 60);
  // Daily shows go by the day.
  if (share < 0.1 && series >= works.popular)
    return `Episode dated ${1 + (index % 28)} ${MONTHS[hash(index, 1) % 12]} ${year}`;
  return share < 0.18 ? `Episode ${number}` : `Episode #${season}.${number}`;
}

/** [region, language, word]: what the file adds to every episode with a number for its name. */
const NUMBERED_NAMES = [
  ['JP', 'ja', 'エピソード'],
  ['FR', 'fr', 'Épisode'],
  ['IN', 'hi', 'एपिसोड'],
  ['IT', 'it', 'Episodio'],
  ['DE', 'de', 'Folge'],
  ['PT', 'pt', 'Episódio'],
  ['ES', 'es', 'Episodio'],
] as const;

export interface EpisodeName {
  readonly region: string;
  readonly language: string;
  readonly name: string;
}

/**
 * Further names of an episode: its number in seven languages; for one with a name a translation, rarely.
 * @param index the episode, counted from the first of all.
 */
export function episodeNames(works: MadeWorks, episode: MadeEpisode, index: number): EpisodeName[] {
  if (episode.isNumbered) {
    const number = episode.name.slice('Episode '.length);
    return NUMBERED_NAMES.map(([region, language, word]) => ({ region, language, name: `${word} ${number}` }));
  }
  if (episode.series >= works.popular) return [];
  return NUMBERED_NAMES.flatMap(([region, language]) =>
    unit(works.seed, index, 61 + language.charCodeAt(0)) < 0.2
      ? [{ region, language, name: translatedEpisodeName(works, episode.series, index, language) }]
      : [],
  );
}

/** @param index the episode, counted from the first of all; any number that is its own for one in no catalogue. */
export function translatedEpisodeName(works: MadeWorks, series: number, index: number, language: string): string {
  return works.names.episode(language, hash(works.seed, series, index + 70_000));
}
