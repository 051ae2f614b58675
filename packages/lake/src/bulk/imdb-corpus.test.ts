import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { queryLake } from '../../test/read-lake.ts';
import { syncDataset } from './sync.ts';

describe.skipIf(corpus === null)('real tables of IMDb', () => {
  it.each([
    ['catalogue', { title_akas: 28_121, title_basics: 145_086, title_episode: 116_664, title_ratings: 112_017 }],
    [
      'pages/imdb-datasets',
      {
        name_basics: 219,
        title_akas: 240,
        title_basics: 75,
        title_crew: 75,
        title_episode: 43,
        title_principals: 572,
        title_ratings: 12,
      },
    ],
  ])('of %s are all read, to the last row', async (folder, rows) => {
    const lake = await mkdtemp(join(tmpdir(), 'watchprint-imdb-'));
    const { current } = await syncDataset({ lake, dataset: 'imdb', from: join(corpus ?? '', folder), threads: 1 });
    expect(Object.fromEntries(Object.entries(current.tables).map(([name, table]) => [name, table.rows]))).toEqual(rows);
    expect(Object.values(current.tables).every(({ rowsRejected }) => rowsRejected === 0)).toBe(true);
    for (const [name, count] of Object.entries(rows))
      expect(await queryLake(lake, 'imdb', `SELECT count(*)::INTEGER AS count FROM ${name}`)).toEqual([{ count }]);
  });
});
