import { splitEpisodeSuffix } from './read/markers.ts';
import { readTitles } from './read/read-titles.ts';
import { cleanTitle } from './read/title-structure.ts';

/** One row as the scorer of labelled titles wants it. */
export interface Prediction {
  readonly title: string;
  readonly kind: 'movie' | 'episode' | 'series-other' | 'unknown';
  readonly series: string;
  readonly season: string;
  /** As it stands, with the "(Episode 5)" that readings take off. */
  readonly episode: string;
}

/** Reads titles with the other rows' titles beside them, in the words of the labelled set. */
export function predictTitles(rawTitles: readonly string[], context: readonly string[]): Prediction[] {
  const readings = readTitles([...rawTitles, ...context]);
  return rawTitles.map((title, index) => {
    const reading = readings[index];
    switch (reading?.kind) {
      case 'EPISODE':
        return {
          title,
          kind: 'episode',
          series: reading.seriesName,
          season: reading.seasonNumber === null ? '' : String(reading.seasonNumber),
          episode: [reading.episodeName, splitEpisodeSuffix(cleanTitle(title))?.suffix].filter(Boolean).join(' '),
        };
      case 'MOVIE':
        return { title, kind: 'movie', series: '', season: '', episode: '' };
      case 'SUPPLEMENTAL':
        return { title, kind: 'series-other', series: '', season: '', episode: '' };
      default:
        return { title, kind: 'unknown', series: '', season: '', episode: '' };
    }
  });
}
