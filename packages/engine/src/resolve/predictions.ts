import type { Catalogue } from './match/catalogue.ts';
import type { Match, StringToMatch } from './match/match.ts';
import { type MatchOptions, matchTitles } from './match/match-titles.ts';
import { splitEpisodeSuffix } from './read/markers.ts';
import { readTitles } from './read/read-titles.ts';
import type { TitleReading } from './read/title-reading.ts';
import { cleanTitle } from './read/title-structure.ts';

/** One row as the scorer of labelled titles wants it. An empty id is an abstention. */
export interface Prediction {
  readonly title: string;
  readonly kind: 'movie' | 'episode' | 'series-other' | 'unknown';
  readonly series: string;
  readonly season: string;
  /** As it stands, with the "(Episode 5)" that readings take off. */
  readonly episode: string;
  readonly imdb_title_id: string;
  readonly imdb_episode_id: string;
  /** Of the best candidate, accepted or not; empty where there is none. */
  readonly confidence: string;
}

/** Reads titles with the other rows' titles beside them, in the words of the labelled set. */
export function predictTitles(rawTitles: readonly string[], context: readonly string[]): Prediction[] {
  const readings = readTitles([...rawTitles, ...context]);
  return rawTitles.map((title, place) => predictionOf(title, readings[place] as TitleReading, null));
}

/** Likewise, and matches them with a catalogue. @param context All rows that tell something, those of the titles too. */
export async function predictMatches(
  rawTitles: readonly string[],
  context: readonly StringToMatch[],
  catalogue: Catalogue,
  options: MatchOptions = {},
): Promise<Prediction[]> {
  const unknown = { watchedYear: null, longestSeconds: null };
  const strings = joinStrings([...context, ...rawTitles.map((rawTitle) => ({ rawTitle, ...unknown }))]);
  const matches = await matchTitles(strings, catalogue, options);
  return rawTitles.map((title) => {
    const match = matches.get(title) as Match;
    return predictionOf(title, match.reading, match);
  });
}

/** Rows of one string as one. */
export function joinStrings(rows: Iterable<StringToMatch>): StringToMatch[] {
  const strings = new Map<string, StringToMatch>();
  for (const row of rows) strings.set(row.rawTitle, joinRows(strings.get(row.rawTitle), row));
  return [...strings.values()];
}

/** What two rows of one string tell together. */
function joinRows(one: StringToMatch | undefined, other: StringToMatch): StringToMatch {
  if (one === undefined) return other;
  const years = [one.watchedYear, other.watchedYear].flatMap((year) => year ?? []);
  const seconds = [one.longestSeconds, other.longestSeconds].flatMap((second) => second ?? []);
  return {
    rawTitle: one.rawTitle,
    watchedYear: years.length === 0 ? null : Math.min(...years),
    longestSeconds: seconds.length === 0 ? null : Math.max(...seconds),
  };
}

function predictionOf(title: string, reading: TitleReading, match: Match | null): Prediction {
  const ids = {
    imdb_title_id: match?.work?.id ?? '',
    imdb_episode_id: match?.episode?.id ?? '',
    confidence: match?.confidence == null ? '' : match.confidence.toFixed(4),
  };
  const whole = { title, series: '', season: '', episode: '', ...ids };
  switch (reading.kind) {
    case 'EPISODE':
      return {
        ...whole,
        kind: 'episode',
        series: reading.seriesName,
        season: reading.seasonNumber === null ? '' : String(reading.seasonNumber),
        episode: [reading.episodeName, splitEpisodeSuffix(cleanTitle(title))?.suffix].filter(Boolean).join(' '),
      };
    case 'MOVIE':
      return { ...whole, kind: 'movie' };
    case 'SUPPLEMENTAL':
      return { ...whole, kind: 'series-other' };
    default:
      return { ...whole, kind: 'unknown' };
  }
}
