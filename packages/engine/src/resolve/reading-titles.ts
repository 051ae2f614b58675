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

/** For comparison: without case, marks and punctuation; a name of nothing but those stays as it is. */
export function comparableName(name: string): string {
  const folded = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return folded === '' ? name.trim() : folded;
}

const nothing = { seriesKey: null, seasonKey: null, seasonNumber: null, episodeNumber: null, netflixLabel: null };

/** The titles that a reading names, parents first; the last is the one the string stands for. None where it names none. */
export function titlesOfReading(reading: TitleReading): TitleOfReading[] {
  if (reading.kind === 'MOVIE')
    return [{ ...nothing, key: `movie/${comparableName(reading.name)}`, kind: 'MOVIE', name: reading.name }];
  if (reading.kind !== 'EPISODE') return [];
  const seriesKey = `series/${comparableName(reading.seriesName)}`;
  const titles: TitleOfReading[] = [{ ...nothing, key: seriesKey, kind: 'SERIES', name: reading.seriesName }];
  const { seasonLabel, seasonNumber, episodeNumber } = reading;
  let seasonKey: string | null = null;
  if (seasonLabel !== null) {
    seasonKey = `${seriesKey}/season/${comparableName(seasonLabel)}`;
    titles.push({
      ...nothing,
      key: seasonKey,
      kind: 'SEASON',
      name: seasonLabel,
      seriesKey,
      seasonNumber,
      netflixLabel: seasonLabel,
    });
  }
  const name = reading.episodeName ?? (episodeNumber === null ? null : `Episode ${episodeNumber}`);
  if (name === null) return titles;
  titles.push({
    key: `${seasonKey ?? seriesKey}/episode/${comparableName(name)}`,
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
