import type { CuratedTable } from '../src/curated/curated-table.ts';
import type { CuratedRows } from '../src/curated/write-export.ts';

const sources = ['watchprint'] as const;
const description = 'Made up.';

/** Two tables as a database might have them: titles, and rows by year. */
export const madeTables: readonly CuratedTable[] = [
  {
    name: 'titles',
    description,
    orderBy: ['title_id'],
    columns: [
      { name: 'title_id', type: 'VARCHAR', description, sources },
      { name: 'imdb_id', type: 'VARCHAR', isNullable: true, description, sources },
    ],
  },
  {
    name: 'viewings',
    description,
    partition: { name: 'year', type: 'INTEGER', description, sources },
    orderBy: ['watched_on', 'viewing_id'],
    columns: [
      { name: 'viewing_id', type: 'BIGINT', description, sources },
      { name: 'watched_on', type: 'DATE', description, sources },
    ],
  },
];

export function page(table: string, rows: readonly object[]): CuratedRows {
  return { table, rows: rows.length, text: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')) };
}

/** Titles by these names, and as many viewings, in no order. */
export async function* madeRows(names: readonly string[], viewings = 0): AsyncGenerator<CuratedRows> {
  yield page(
    'titles',
    names.map((name, place) => ({ title_id: name, imdb_id: place === 0 ? 'tt0000001' : null })),
  );
  for (let begun = 0; begun < viewings; begun += 1000)
    yield page(
      'viewings',
      Array.from({ length: Math.min(1000, viewings - begun) }, (_, place) => {
        const id = ((begun + place) * 7919) % viewings;
        const year = 2015 + (id % 7);
        return { viewing_id: id, watched_on: `${year}-0${1 + (id % 9)}-1${id % 10}`, year };
      }),
    );
}
