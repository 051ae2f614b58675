import type { FigureTitle } from '@watchprint/sdk';
import cliTruncate from 'cli-truncate';

/** What a terminal would take for a command: a name may hold anything. */
const controls = /\p{Cc}/gu;

/** A name as a cell of a table: about 40 columns at most. */
export const cell = (name: string): string => cliTruncate(printable(name), 40);

export const printable = (name: string): string => name.replace(controls, '');

/** `The Quiet Coast`, `Harbour Street: S2 E5 Thaw`. */
export const nameOf = (title: FigureTitle): string =>
  title.series === undefined ? printable(title.name) : `${printable(title.series.name)}: ${numberedName(title)}`;

/** `S2 E5 Thaw`, as far as the numbers are known. */
export function numberedName({
  name,
  seasonNumber,
  episodeNumber,
}: Pick<FigureTitle, 'name' | 'seasonNumber' | 'episodeNumber'>): string {
  const season = seasonNumber == null ? [] : [`S${seasonNumber}`];
  const episode = episodeNumber == null ? [] : [`E${episodeNumber}`];
  return [...season, ...episode, printable(name)].join(' ');
}

/** The day of an instant in a time zone, YYYY-MM-DD; nothing of none. */
export const dayIn = (timeZone: string, instant: string | null): string =>
  // Swedish dates are ISO 8601's.
  instant === null ? '' : new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(instant));

/** `1 day`, `2 days`. */
export const many = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`;
