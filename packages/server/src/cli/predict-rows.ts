import {
  type Catalogue,
  type MatchOptions,
  namesOfTwins,
  type Prediction,
  predictMatches,
  predictTitles,
  readNetflixNames,
  withNetflixNames,
} from '@watchprint/engine';
import { type TitlesFile, yearIn } from './titles-file.ts';

/** Reads the titles of a table beside the rows of other files; with a catalogue, matches them too. */
export async function predictRows(
  rows: readonly Readonly<Record<string, string>>[],
  contexts: readonly TitlesFile[],
  catalogue: Catalogue | null,
  options: MatchOptions = {},
): Promise<Prediction[]> {
  const titles = rows.map((row) => row.title ?? '');
  const context = contexts.flatMap(({ strings }) => strings);
  if (catalogue === null)
    return predictTitles(
      titles,
      context.map(({ rawTitle }) => rawTitle),
    );
  const own = rows.map((row) => ({
    rawTitle: row.title ?? '',
    watchedYear: yearIn(row.watched_on ?? ''),
    longestSeconds: null,
  }));
  const names = readNetflixNames(namesOfTwins(contexts.flatMap(({ history }) => history ?? [])));
  return predictMatches(titles, [...own, ...context], withNetflixNames(catalogue, names), options);
}
