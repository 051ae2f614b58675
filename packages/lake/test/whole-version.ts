import { datasetFolder, pinVersion } from '../src/bulk/versions.ts';
import { openDuckDb, sqlText } from '../src/duckdb.ts';

const markOf: Record<string, string> = {
  title_basics: 'startYear',
  title_akas: 'ordering',
  title_ratings: 'numVotes',
};

/** How many rows each table of a mark has: another number for each, so that a table of another mark is told by that, too. */
export const rowsOfMark = (mark: number, rows: number): number => rows + mark * 10;

/**
 * Reads all of the version of IMDb's tables in use, as a reader would, and checks that it is one: every table there, with the rows that
 * it should have, and one mark in all rows of all tables (made-imdb.ts).
 * @returns the mark; null where nothing is in use yet.
 */
export async function wholeVersion(lake: string, rows: number): Promise<number | null> {
  const version = await pinVersion(datasetFolder(lake, 'imdb'));
  if (version === null) return null;
  const duckdb = await openDuckDb({ threads: 1 });
  try {
    const marks = new Set<number>();
    for (const [name, column] of Object.entries(markOf)) {
      const path = version.table(name);
      if (path === null) throw new Error(`${version.current.version} has no ${name}`);
      const [[count, lowest, highest] = []] = (
        await duckdb.connection.runAndReadAll(
          `SELECT count(*)::INTEGER, min(${column}), max(${column}) FROM read_parquet(${sqlText(path)})`,
        )
      ).getRows() as number[][];
      const expected = rowsOfMark(lowest ?? 0, rows);
      const told = version.current.tables[name]?.rows;
      if (lowest !== highest || count !== expected || told !== expected)
        throw new Error(
          `${path} has ${count} rows of marks ${lowest} to ${highest}; ${told} are told, ${expected} right`,
        );
      marks.add(lowest ?? 0);
    }
    const [mark, ...others] = marks;
    if (mark === undefined || others.length > 0)
      throw new Error(`${version.current.version} has marks ${[...marks].join(', ')}`);
    return mark;
  } finally {
    duckdb.close();
    await version.release();
  }
}
