import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/**
 * Three tables in IMDb's layout that all carry one mark: whoever reads rows of two marks has read two versions.
 * @param rows of each table.
 */
export function markedImdb(mark: number, rows: number): Record<string, string> {
  const id = (number: number) => `tt${String(number).padStart(7, '0')}`;
  const lines = (header: string, line: (number: number) => string): string =>
    `${header}\n${Array.from({ length: rows }, (_, index) => `${line(index + 1)}\n`).join('')}`;
  return {
    'title.basics.tsv': lines(
      'tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres',
      (number) => `${id(number)}\tmovie\tThe "Mark" ${mark}\t\\N\t0\t${mark}\t\\N\t90\tDrama,Comedy`,
    ),
    'title.akas.tsv': lines(
      'titleId\tordering\ttitle\tregion\tlanguage\ttypes\tattributes\tisOriginalTitle',
      (number) => `${id(number)}\t${mark}\tDie Marke ${mark}\tDE\t\\N\talternative\u0002imdbDisplay\t\\N\t0`,
    ),
    'title.ratings.tsv': lines('tconst\taverageRating\tnumVotes', (number) => `${id(number)}\t6.5\t${mark}`),
  };
}

/** Writes files to a folder, packed where they are called so. */
export async function writeFiles(folder: string, files: Record<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(files))
    await writeFile(join(folder, name), name.endsWith('.gz') ? gzipSync(content) : content);
}

/** The same files as they are offered for download. */
export const packed = (files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${name}.gz`, content]));
