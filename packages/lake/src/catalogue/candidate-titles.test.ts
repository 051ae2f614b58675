import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFiles } from '../../test/made-imdb.ts';
import { syncDataset } from '../bulk/sync.ts';
import { readCandidateTitles } from './candidate-titles.ts';

const tables = {
  'title.basics.tsv': [
    'tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes genres',
    'tt0000001 movie Little_known Little_known 0 1999 \\N 101 Drama',
    'tt0000002 tvMiniSeries Well_known Well_known 0 2003 2004 50 Crime,Drama',
    'tt0000003 movie Adult Adult 1 2003 \\N 80 Adult',
    'tt0000004 short Short Short 0 2003 \\N 12 Comedy',
    'tt0000005 movie Unrated Unrated 0 2003 \\N 80 Comedy',
    'tt0000006 movie As_well_known As_well_known \\N \\N \\N \\N \\N',
  ],
  'title.ratings.tsv': [
    'tconst averageRating numVotes',
    'tt0000001 6.5 10',
    'tt0000002 8.5 5000',
    'tt0000003 5 9000',
    'tt0000004 5 9000',
    'tt0000006 7 5000',
  ],
};
const people = {
  'title.crew.tsv': ['tconst directors writers', 'tt0000001 nm0000002,nm0000001 \\N'],
  'title.principals.tsv': [
    'tconst ordering nconst category job characters',
    'tt0000001 1 nm0000003 actor \\N \\N',
    'tt0000001 2 nm0000001 director \\N \\N',
    'tt0000001 3 nm0000004 composer \\N \\N',
    'tt0000002 1 nm0000005 writer creator \\N',
    'tt0000002 11 nm0000006 actress \\N \\N',
  ],
};

async function lakeWith(files: Record<string, readonly string[]>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'candidates-'));
  const text = (lines: readonly string[]) =>
    lines.map((line) => `${line.replaceAll(' ', '\t').replaceAll('_', ' ')}\n`).join('');
  await writeFiles(
    join(folder, 'from'),
    Object.fromEntries(Object.entries(files).map(([name, lines]) => [name, text(lines)])),
  );
  await syncDataset({ lake: join(folder, 'lake'), dataset: 'imdb', from: join(folder, 'from') });
  return join(folder, 'lake');
}

it('gives films and series, the most voted first, with what is known of them', async () => {
  const titles = await readCandidateTitles(await lakeWith({ ...tables, ...people }), 10);
  const unknown = { keywords: [], countries: [], languages: [] };
  expect(titles).toEqual([
    {
      id: 'tt0000002',
      kind: 'SERIES',
      name: 'Well known',
      year: 2003,
      runtimeMinutes: 50,
      votes: 5000,
      score: 8.5,
      genres: ['Crime', 'Drama'],
      // Billed tenth or before; creators, directors and actors.
      people: ['nm0000005'],
      ...unknown,
    },
    {
      id: 'tt0000006',
      kind: 'MOVIE',
      name: 'As well known',
      year: null,
      runtimeMinutes: null,
      votes: 5000,
      score: 7,
      genres: [],
      people: [],
      ...unknown,
    },
    {
      id: 'tt0000001',
      kind: 'MOVIE',
      name: 'Little known',
      year: 1999,
      runtimeMinutes: 101,
      votes: 10,
      score: 6.5,
      genres: ['Drama'],
      people: ['nm0000001', 'nm0000002', 'nm0000003'],
      ...unknown,
    },
  ]);
});

it('gives no more than asked, also without the tables of people', async () => {
  const titles = await readCandidateTitles(await lakeWith(tables), 2);
  expect(titles?.map(({ id, people: credited }) => [id, credited])).toEqual([
    ['tt0000002', []],
    ['tt0000006', []],
  ]);
});

it('knows none without datasets', async () => {
  expect(await readCandidateTitles(await mkdtemp(join(tmpdir(), 'candidates-')), 10)).toBeNull();
});
