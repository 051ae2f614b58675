import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { syncDataset } from '../src/bulk/sync.ts';

const table = (header: string, rows: string[]) => `${[header, ...rows].join('\n').replaceAll(' | ', '\t')}\n`;

/** Made up, in the shape of IMDb's files. */
const files = {
  'title.basics.tsv': table(
    'tconst | titleType | primaryTitle | originalTitle | isAdult | startYear | endYear | runtimeMinutes | genres',
    [
      'tt0000001 | movie | Paper Moons | Papiermonde | 0 | 2019 | \\N | 101 | Drama,Romance',
      'tt0000002 | tvSeries | Red Clay | Red Clay | 0 | 2020 | \\N | \\N | \\N',
      'tt0000003 | tvEpisode | 비상선언 | 비상선언 | 1 | \\N | \\N | 45 | Crime',
    ],
  ),
  'title.ratings.tsv': table('tconst | averageRating | numVotes', ['tt0000001 | 7.9 | 1200', 'tt0000002 | 5.5 | 31']),
};

/** A lake with two of IMDb's tables. @param finish What is built in the version besides. */
export async function syncMadeImdb(lake: string, finish?: (folder: string) => Promise<void>): Promise<void> {
  const from = await mkdtemp(join(tmpdir(), 'watchprint-made-imdb-'));
  await mkdir(lake, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(from, name), text);
  await syncDataset({ lake, dataset: 'imdb', from, ...(finish === undefined ? {} : { finish }) });
}
