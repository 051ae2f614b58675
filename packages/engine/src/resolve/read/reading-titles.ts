import { compareKey } from '../compare-key.ts';
import type { TitleReading } from './title-reading.ts';

/** A title as a reading names it. Two readings with one key mean the same title. */
export interface TitleOfReading {
  readonly key: string;
  readonly kind: 'MOVIE' | 'SERIES' | 'SEASON' | 'EPISODE';
  readonly name: string;
  readonly seriesKey: string | null;
  readonly seasonKey: string | null;
  readonly seasonNumber: number | null;
  readonly episodeNumber: number | null;
  /** Netflix's own words for the season: "Season 3", "Coven". */
  readonly netflixLabel: string | null;
}

/** The titles that a reading names, parents first; the last is the one the string stands for. None where it names none. */
export function titlesOfReading(reading: TitleReading): TitleOfReading[] {
  if (reading.kind === 'MOVIE') return [whole('MOVIE', `movie/${compareKey(reading.name)}`, reading.name)];
  if (reading.kind !== 'EPISODE') return [];
  const seriesKey = `series/${compareKey(reading.seriesName)}`;
  const titles: TitleOfReading[] = [whole('SERIES', seriesKey, reading.seriesName)];
  const { seasonLabel, seasonNumber, episodeNumber } = reading;
  let seasonKey: string | null = null;
  if (seasonLabel !== null) {
    seasonKey = `${seriesKey}/season/${compareKey(seasonLabel)}`;
    titles.push({
      key: seasonKey,
      kind: 'SEASON',
      name: seasonLabel,
      seriesKey,
      seasonKey: null,
      seasonNumber,
      episodeNumber: null,
      netflixLabel: seasonLabel,
    });
  }
  const name = reading.episodeName ?? (episodeNumber === null ? null : `Episode ${episodeNumber}`);
  if (name === null) return titles;
  titles.push({
    key: `${seasonKey ?? seriesKey}/episode/${compareKey(name)}`,
    kind: 'EPISODE',
    name,
    seriesKey,
    seasonKey,
    seasonNumber,
    episodeNumber,
    netflixLabel: seasonLabel,
  });
  return titles;
}

/** A title that is part of no other. */
const whole = (kind: 'MOVIE' | 'SERIES', key: string, name: string): TitleOfReading => ({
  key,
  kind,
  name,
  seriesKey: null,
  seasonKey: null,
  seasonNumber: null,
  episodeNumber: null,
  netflixLabel: null,
});
