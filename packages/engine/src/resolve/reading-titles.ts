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
  const folded = /^[ -~]*$/.test(name) ? asciiFolded(name) : unicodeFolded(name);
  return folded === '' ? name.trim() : folded;
}

const asciiFolded = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const unicodeFolded = (name: string) =>
  name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The titles that a reading names, parents first; the last is the one the string stands for. None where it names none. */
export function titlesOfReading(reading: TitleReading): TitleOfReading[] {
  if (reading.kind === 'MOVIE') return [whole('MOVIE', `movie/${comparableName(reading.name)}`, reading.name)];
  if (reading.kind !== 'EPISODE') return [];
  const seriesKey = `series/${comparableName(reading.seriesName)}`;
  const titles: TitleOfReading[] = [whole('SERIES', seriesKey, reading.seriesName)];
  const { seasonLabel, seasonNumber, episodeNumber } = reading;
  let seasonKey: string | null = null;
  if (seasonLabel !== null) {
    seasonKey = `${seriesKey}/season/${comparableName(seasonLabel)}`;
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
