import { mkdtempSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { catalogueKey, episodeKey, soundKey, wordKeysToFile } from '@watchprint/engine';
import { expect, it } from 'vitest';
import { syncDataset } from '../bulk/sync.ts';
import { openDuckDb, sqlText } from '../duckdb.ts';
import { buildCatalogue } from './build-catalogue.ts';
import { openCatalogue, openCatalogueFiles } from './open-catalogue.ts';
import { syncWithCatalogue } from './sync-with-catalogue.ts';

const basics = 'tconst titleType primaryTitle originalTitle isAdult startYear endYear runtimeMinutes genres';
const akas = 'titleId ordering title region language types attributes isOriginalTitle';
const files: Record<string, string[]> = {
  'title.basics': [
    basics,
    'tt0100001 movie Paper_Harbour Puerto_de_papel 0 1999 \\N 101 Drama',
    'tt0100002 short Paper_Harbour Paper_Harbour 0 2003 \\N 12 Drama',
    'tt0100003 movie Paper_Harbour Paper_Harbour 1 2003 \\N 80 Adult',
    'tt0100004 videoGame Paper_Harbour Paper_Harbour 0 2003 \\N \\N Action',
    'tt2000001 tvSeries Lantern:_The_Long_Night Lantern:_The_Long_Night 0 2015 2019 \\N Drama',
    'tt2000002 tvEpisode The_Pier_at_Night The_Pier_at_Night 0 2015 \\N 44 Drama',
    'tt2000003 tvEpisode Episode_#1.2 Episode_#1.2 0 2015 \\N 44 Drama',
    'tt2000004 tvEpisode Pilot Pilot 0 2016 \\N 44 Drama',
  ],
  'title.akas': [
    akas,
    'tt0100001 1 Papierhafen DE de \\N \\N 0',
    'tt0100001 2 Papierhafen AT de \\N \\N 0',
    'tt0100002 1 Salzhafen DE de \\N \\N 0',
    'tt0100002 2 Salz-Hafen AT de \\N \\N 0',
    'tt2000002 1 Der_Steg_bei_Nacht DE de \\N \\N 0',
    'tt2000003 1 Folge_#1.2 DE de \\N \\N 0',
  ],
  'title.episode': [
    'tconst parentTconst seasonNumber episodeNumber',
    'tt2000004 tt2000001 2 1',
    'tt2000003 tt2000001 1 2',
    'tt2000002 tt2000001 1 1',
  ],
  'title.ratings': ['tconst averageRating numVotes', 'tt0100001 7.1 5400', 'tt0100002 6.0 12', 'tt2000001 8.0 3100'],
};

const report = [
  ',Title,Available Globally?,Release Date,Hours Viewed',
  ',Paper Harbour // 紙の港,Yes,2023-01-05,1200000',
  ',Lantern: Season 1,Yes,2023-02-05,900000',
].join('\n');

async function madeLake({ finish = true } = {}): Promise<string> {
  const lake = mkdtempSync(join(tmpdir(), 'catalogue-'));
  const from = join(lake, 'from');
  await mkdir(from);
  for (const [name, lines] of Object.entries(files))
    writeFileSync(
      join(from, `${name}.tsv`),
      `${lines.map((line) => line.replaceAll(' ', '\t').replaceAll('_', ' ')).join('\n')}\n`,
    );
  await (finish ? syncWithCatalogue : syncDataset)({ lake, dataset: 'imdb', from });
  return lake;
}

async function withCatalogue<Answer>(
  lake: string,
  ask: (catalogue: NonNullable<Awaited<ReturnType<typeof openCatalogue>>>) => Promise<Answer>,
): Promise<Answer> {
  const catalogue = await openCatalogue(lake);
  if (catalogue === null) throw new Error('no catalogue');
  try {
    return await ask(catalogue);
  } finally {
    await catalogue.close();
  }
}

it('finds works by every name, the most voted first, and leaves out games and what is for adults', async () => {
  await withCatalogue(await madeLake(), async (catalogue) => {
    const key = catalogueKey('Paper Harbour');
    const found = await catalogue.find([
      key,
      catalogueKey('Papierhafen'),
      catalogueKey('Puerto de papel'),
      catalogueKey('Lantern'),
      'nothing',
    ]);
    expect(found.get(key)).toMatchObject([
      {
        nameKind: 'PRIMARY',
        name: 'Paper Harbour',
        work: { id: 'tt0100001', kind: 'MOVIE', minor: false, year: 1999, runtimeMinutes: 101, voteCount: 5400 },
      },
      { nameKind: 'PRIMARY', work: { id: 'tt0100002', minor: true } },
    ]);
    expect(found.get(catalogueKey('Papierhafen'))).toMatchObject([
      { nameKind: 'ALTERNATIVE', name: 'Papierhafen', work: { id: 'tt0100001' } },
    ]);
    expect(found.get(catalogueKey('Puerto de papel'))).toMatchObject([{ nameKind: 'ORIGINAL' }]);
    expect(found.get(catalogueKey('Lantern'))).toMatchObject([
      { nameKind: 'HEAD', work: { id: 'tt2000001', kind: 'SERIES', endYear: 2019 } },
    ]);
    expect(found.has('nothing')).toBe(false);
  });
});

it('is the same each time, also where two names of a work have one key', async () => {
  const names = await Promise.all(
    Array.from({ length: 4 }, async () =>
      withCatalogue(await madeLake(), async (catalogue) => {
        const key = catalogueKey('Salzhafen');
        return (await catalogue.find([key])).get(key)?.map(({ name }) => name);
      }),
    ),
  );
  expect(names).toEqual(Array.from({ length: 4 }, () => ['Salz-Hafen']));
});

it('finds well-known works by sound and by a rare word', async () => {
  await withCatalogue(await madeLake(), async (catalogue) => {
    const sound = soundKey('Paper Harbour') as string;
    const [word = ''] = wordKeysToFile('Lantern', true);
    const found = await catalogue.find([sound, word]);
    expect(found.get(sound)?.map(({ work, nameKind }) => [work.id, nameKind])).toEqual([['tt0100001', 'SOUND']]);
    expect(found.get(word)?.map(({ work, nameKind }) => [work.id, nameKind])).toEqual([['tt2000001', 'WORD']]);
  });
});

it('gives the episodes of a series in order, without names that only count', async () => {
  await withCatalogue(await madeLake(), async (catalogue) => {
    const found = await catalogue.episodes(['tt2000001', 'tt0100001']);
    expect([...found.keys()]).toEqual(['tt2000001']);
    expect(found.get('tt2000001')).toMatchObject([
      {
        id: 'tt2000002',
        seasonNumber: 1,
        episodeNumber: 1,
        name: 'The Pier at Night',
        nameKeys: [episodeKey('The Pier at Night'), episodeKey('Der Steg bei Nacht')],
        year: 2015,
      },
      { id: 'tt2000003', episodeNumber: 2, name: null, nameKeys: [] },
      { id: 'tt2000004', seasonNumber: 2, name: 'Pilot' },
    ]);
  });
});

it('knows series by names of episodes that tell one, and works by their ids', async () => {
  await withCatalogue(await madeLake(), async (catalogue) => {
    const keys = [episodeKey('The Pier at Night'), episodeKey('Pilot')];
    expect([...(await catalogue.seriesWithEpisode(keys))]).toEqual([[keys[0], ['tt2000001']]]);
    expect((await catalogue.works(['tt0100001', 'tt9999999'])).get('tt0100001')).toMatchObject({
      name: 'Paper Harbour',
      // Of so old an id no more is known.
      registeredYear: 2007,
    });
  });
});

it("joins the names that Netflix's reports have for one work", async () => {
  const lake = await madeLake();
  const from = join(lake, 'what-we-watched-2023-h1.csv');
  writeFileSync(from, report);
  const before = await withCatalogue(lake, async ({ version }) => version);
  await syncDataset({ lake, dataset: 'netflix-engagement', from });
  await withCatalogue(lake, async (catalogue) => {
    const key = catalogueKey('紙の港');
    expect((await catalogue.find([key])).get(key)?.[0]).toMatchObject({
      nameKind: 'NETFLIX',
      work: { id: 'tt0100001' },
    });
    const name = 'Paper Harbour';
    expect([...(await catalogue.listed([catalogueKey(name), catalogueKey('Nothing of the kind')])).values()]).toEqual([
      [{ name, kind: null, year: 2023, runtimeMinutes: null, hoursViewed: 1_200_000 }],
    ]);
    expect(catalogue.version).not.toBe(before);
  });
});

it('answers questions that come at once', async () => {
  await withCatalogue(await madeLake(), async (catalogue) => {
    const key = catalogueKey('Paper Harbour');
    const answers = await Promise.all(Array.from({ length: 20 }, () => catalogue.find([key])));
    expect(answers.map((answer) => answer.get(key)?.length)).toEqual(Array.from({ length: 20 }, () => 2));
  });
});

it('is none where nothing was synced, or without the index of this Watchprint', async () => {
  expect(await openCatalogue(mkdtempSync(join(tmpdir(), 'catalogue-')))).toBeNull();
  expect(await openCatalogue(await madeLake({ finish: false }))).toBeNull();
});

it('files every name, however many there are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
  const works = 230_000;
  const duckdb = await openDuckDb();
  await duckdb.connection.run(
    `COPY (SELECT 'tt' || lpad((i + 1)::VARCHAR, 7, '0') AS tconst, 'movie' AS titleType, 'Made ' || i AS primaryTitle, 'Made ' || i AS originalTitle,
       0 AS isAdult, 2000 AS startYear, NULL::INTEGER AS endYear, 90 AS runtimeMinutes FROM range(${works}) AS made(i))
     TO ${sqlText(join(folder, 'title_basics.parquet'))} (FORMAT parquet)`,
  );
  await buildCatalogue(folder);
  const names = await duckdb.connection.runAndReadAll(
    `SELECT count(*)::INTEGER FROM read_parquet(${sqlText(join(folder, 'catalogue', 'names.parquet'))})`,
  );
  duckdb.close();
  expect(names.getRows()).toEqual([[works]]);
});

it('finds works by how a name or a word of it begins, or by all words, the most voted first', async () => {
  await withCatalogue(await madeLake(), async (catalogue) => {
    const search = async (text: string) => (await catalogue.search(text)).map(({ id }) => id);
    expect(await search('pap')).toEqual(['tt0100001']);
    // Hardly anybody voted for the second: its names are found as a whole, from four characters on.
    expect(await search('pape')).toEqual(['tt0100001', 'tt0100002']);
    expect(await search('paper h')).toEqual(['tt0100001', 'tt0100002']);
    expect(await search('papierhaf')).toEqual(['tt0100001']);
    expect(await search('salz h')).toEqual(['tt0100002']);
    expect(await search('harb')).toEqual(['tt0100001']);
    expect(await search('de pap')).toEqual(['tt0100001']);
    expect(await search('the long n')).toEqual(['tt2000001']);
    expect(await search('night lantern')).toEqual(['tt2000001']);
    expect(await search('night harbour')).toEqual([]);
    expect(await search("o'%_$p0")).toEqual([]);
    expect(await search(' ')).toEqual([]);
  });
});

it('keeps the most voted works of a beginning that very many names have', async () => {
  const lake = mkdtempSync(join(tmpdir(), 'catalogue-'));
  const from = join(lake, 'from');
  await mkdir(from);
  const films = Array.from({ length: 4200 }, (_, number) => ({
    id: `tt${String(number + 1).padStart(7, '0')}`,
    number,
  }));
  const write = (name: string, lines: string[]) => writeFileSync(join(from, name), `${lines.join('\n')}\n`);
  write('title.basics.tsv', [
    basics.replaceAll(' ', '\t'),
    ...films.map(({ id, number }) =>
      [id, 'movie', `Sea of ${number} lights`, `Sea of ${number} lights`, 0, 1999, '\\N', 90, 'Drama'].join('\t'),
    ),
  ]);
  write('title.ratings.tsv', [
    'tconst\taverageRating\tnumVotes',
    ...films.map(({ id, number }) => `${id}\t7.0\t${1000 + number}`),
  ]);
  await syncWithCatalogue({ lake, dataset: 'imdb', from });
  await withCatalogue(lake, async (catalogue) => {
    for (const text of ['s', 'sea', 'lights']) {
      const found = await catalogue.search(text);
      expect(found.map(({ voteCount }) => voteCount)).toEqual(Array.from({ length: 100 }, (_, place) => 5199 - place));
    }
    expect((await catalogue.search('sea of 17 l')).map(({ name }) => name)).toEqual(['Sea of 17 lights']);
    expect((await catalogue.search('sea of 419')).map(({ name }) => name)).toEqual(
      [4199, 4198, 4197, 4196, 4195, 4194, 4193, 4192, 4191, 4190, 419].map((number) => `Sea of ${number} lights`),
    );
  });
});

it('knows an episode by its id, with its series', async () => {
  await withCatalogue(await madeLake(), async (catalogue) => {
    expect(await catalogue.episode('tt2000004')).toMatchObject({
      series: { id: 'tt2000001', kind: 'SERIES', name: 'Lantern: The Long Night' },
      episode: { id: 'tt2000004', seasonNumber: 2, episodeNumber: 1, name: 'Pilot' },
    });
    expect(await catalogue.episode('tt0100001')).toBeNull();
    expect(await catalogue.episode('tt9999999')).toBeNull();
  });
});

it('opens once more what somebody has open, also when another version is in use by then', async () => {
  const lake = await madeLake();
  await withCatalogue(lake, async (catalogue) => {
    for (let more = 0; more < 3; more += 1)
      await syncWithCatalogue({ lake, dataset: 'imdb', from: join(lake, 'from') });
    const again = await openCatalogueFiles(catalogue.files);
    expect(again.version).toBe(catalogue.version);
    const ids = ['tt0100001', 'tt2000001'];
    expect(await again.works(ids)).toEqual(await catalogue.works(ids));
    await again.close();
    await expect(again.works(ids)).rejects.toThrow('The catalogue is closed');
    expect((await catalogue.works(ids)).size).toBe(2);
  });
});
