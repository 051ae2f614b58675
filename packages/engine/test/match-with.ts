import type { Correction, StringToMatch } from '../src/resolve/match/match.ts';
import { matchTitles } from '../src/resolve/match/match-titles.ts';
import type { ListedRow } from '../src/resolve/match/netflix/listed-titles.ts';
import { type MemoryWork, memoryCatalogue } from './memory-catalogue.ts';

/** A string with what its rows tell. */
export const row = (
  rawTitle: string,
  watchedYear: number | null = 2020,
  longestSeconds: number | null = null,
): StringToMatch => ({
  rawTitle,
  watchedYear,
  longestSeconds,
});

/** Matches strings with a catalogue of these works. @returns what each was taken for. */
export async function matchWith(
  works: readonly MemoryWork[],
  strings: readonly (string | StringToMatch)[],
  corrections: Record<string, Correction> = {},
  listed: readonly ListedRow[] = [],
) {
  const rows = strings.map((string) => (typeof string === 'string' ? row(string) : string));
  const matches = await matchTitles(rows, memoryCatalogue(works, listed), {
    corrections: new Map(Object.entries(corrections)),
  });
  return (rawTitle: string) => {
    const found = matches.get(rawTitle);
    if (found === undefined) throw new Error(`no match of ${rawTitle}`);
    return found;
  };
}
