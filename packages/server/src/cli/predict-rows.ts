import {
  type Catalogue,
  type MatchOptions,
  namesOfTwins,
  type Prediction,
  predictMatches,
  predictTitles,
  readNetflixNames,
  type StringToMatch,
  withNetflixNames,
} from '@watchprint/engine';
import { type TitlesFile, watchedOn, yearIn } from './titles-file.ts';

/** Reads the titles of a table beside the rows of other files; with a catalogue, matches them too. */
export async function predictRows(
  rows: readonly Readonly<Record<string, string>>[],
  contexts: readonly TitlesFile[],
  catalogue: Catalogue | null,
  options: MatchOptions = {},
): Promise<Prediction[]> {
  const titles = rows.map((row) => row.title ?? '');
  if (catalogue === null)
    return predictTitles(
      titles,
      contexts.flatMap(({ strings }) => strings.map(({ rawTitle }) => rawTitle)),
    );
  const { strings, known } = stringsToMatch(rows, contexts, catalogue);
  return predictMatches(titles, strings, known, options);
}

/** All that a matcher is told: the titles of a table and the rows of other files, and a catalogue that knows what two downloads of one history call a work. */
export function stringsToMatch(
  rows: readonly Readonly<Record<string, string>>[],
  contexts: readonly TitlesFile[],
  catalogue: Catalogue,
): { readonly strings: readonly StringToMatch[]; readonly known: Catalogue } {
  const own = rows.map((row) => ({
    rawTitle: row.title ?? '',
    watchedYear: yearIn(watchedOn(row)),
    longestSeconds: null,
  }));
  const names = readNetflixNames(namesOfTwins(contexts.flatMap(({ history }) => history ?? [])));
  return {
    strings: [...own, ...contexts.flatMap(({ strings }) => strings)],
    known: withNetflixNames(catalogue, names),
  };
}
