import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { curatedTablesFor, saveFacts } from '@watchprint/database';
import { type CuratedDictionary, openLakeQuery, writeCuratedExport } from '@watchprint/lake';
import { createClient } from '@watchprint/sdk';
import { factKinds } from '@watchprint/sources';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { syncDataset } from '../../../lake/src/bulk/sync.ts';
import { madeCatalogue } from '../../test/made-catalogue.ts';
import { onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';
import { imdbDatasetKind } from '../enriching/dataset-facts.ts';
import { accountFor, readRowFrames, writeRowFrames } from './row-frames.ts';

const activity = (profile: string, rows: readonly string[]) =>
  `Profile Name,Start Time,Duration,Attributes,Title,Supplemental Video Type,Device Type,Bookmark,Latest Bookmark,Country\n${rows
    .map((row) => {
      const [start, title, supplemental = ''] = row.split(' | ');
      return `${profile},${start},00:40:00,,"${title}",${supplemental},TV,,Not latest view,GB (United Kingdom)\n`;
    })
    .join('')}`;
const bytes = (text: string) => new TextEncoder().encode(text);

const ofAnn = activity('Ann’s own', [
  '2020-12-31 23:30:00 | Tidewater: Season 1: Salt and Silver (Episode 1)',
  '2021-03-13 20:00:00 | Tidewater: Season 1: The Long Thaw (Episode 2)',
  '2021-03-14 20:00:00 | Paper Moons',
  '2021-03-15 20:00:00 | Harbour Lights',
  '2021-03-16 20:00:00 | Ann’s words that nobody knows',
  '2021-03-17 20:00:00 | Paper Moons: Trailer | TRAILER',
]);
const ratingsOfAnn = `Profile Name,Title Name,Rating Type,Star Value,Thumbs Value,Device Model,Event Utc Ts,Region View Date
Ann’s own,Paper Moons,thumb,,2,TV,2021-03-02 10:00:00,
`;
const ofBo = activity('Bo’s own', [
  '2022-05-01 20:00:00 | Tidewater: Season 2: Ashes of Winter (Episode 1)',
  '2022-05-02 20:00:00 | Paper Moons',
  '2022-05-03 20:00:00 | Bo’s words that nobody knows',
  '2022-05-04 20:00:00 | Harbour Lights',
]);

const table = (header: string, rows: readonly string[]) => `${[header, ...rows].join('\n').replaceAll(' | ', '\t')}\n`;
const imdb = {
  'title.basics.tsv': table(
    'tconst | titleType | primaryTitle | originalTitle | isAdult | startYear | endYear | runtimeMinutes | genres',
    [
      'tt0000101 | tvSeries | Tidewater | Tidevann | 0 | 2018 | 2020 | 45 | Drama,Crime',
      'tt0000111 | tvEpisode | Salt and Silver | Salt and Silver | 0 | 2018 | \\N | 45 | \\N',
      'tt0000201 | movie | Paper Moons | Papiermonde | 0 | 2015 | \\N | 96 | Drama',
      'tt0000401 | tvSeries | Night Ferry | Night Ferry | 0 | 2012 | \\N | \\N | \\N',
    ],
  ),
  'title.akas.tsv': table('titleId | ordering | title | region | language | types | attributes | isOriginalTitle', [
    'tt0000201 | 1 | Papiermonde | DE | de | imdbDisplay | informal title | 0',
    'tt0000201 | 2 | 종이 달 | KR | \\N | \\N | \\N | 0',
    'tt0000401 | 1 | Nachtfähre | DE | de | \\N | \\N | 0',
  ]),
  'title.ratings.tsv': table('tconst | averageRating | numVotes', [
    'tt0000201 | 7.9 | 50000',
    'tt0000401 | 5.5 | 2000',
  ]),
};

/** What sources' pages say, by kind and subject. */
const pages: Readonly<Record<string, object>> = {
  'imdb-dataset tt0000201': {
    directors: [
      { name: 'Ada Byron', imdbId: 'nm0000001' },
      { name: 'Somebody', imdbId: null },
    ],
    creators: null,
    cast: [],
  },
  'imdb-title tt0000201': { plot: 'Moons of paper.', certificate: null, rating: 8.8, voteCount: 9 },
  'imdb-title tt0000101': { plot: null, certificate: 'PG', rating: 8.1, voteCount: 77, genres: ['Ignored'] },
  // The datasets do not have it.
  'imdb-title tt0000112': {
    plot: null,
    certificate: null,
    rating: 7.7,
    voteCount: 5,
    genres: ['Drama'],
    runtimeMinutes: 45,
  },
  'wikidata-item tt0000201': { wikidataId: 'Q201', netflixId: '80000201', countryItems: ['Q30', 'Q1', 'Q16'] },
  'wikidata-code Q30': { country: 'US', language: null },
  'wikidata-code Q16': { country: 'CA', language: null },
  'wikipedia-summary tt0000201 pt': {
    summary: 'Um filme.',
    language: 'pt',
    pageTitle: 'Luas',
    url: 'https://pt.example/Luas',
  },
  'wikipedia-infobox tt0000201 en': { networks: null, productionCompanies: ['One', 'Two'] },
  'rotten-tomatoes tt0000201': { tomatometer: 91, criticReviewCount: 33, audienceScore: 60, certifiedFresh: true },
  'rotten-tomatoes tt0000101/1': { tomatometer: 70, criticReviewCount: 12, audienceScore: null, criticAverage: 6.5 },
  'netflix-title tt0000201 AU': { region: 'AU', synopsis: 'Paper, moons.', genres: ['Dramas'] },
  'justwatch-offers tt0000201 AU': { country: 'AU', onNetflix: false },
  // Of a title that nobody here has.
  'wikidata-item tt9999999': { wikidataId: 'Q999' },
};

const pagesReadOn = '2026-11-20';

function asFacts([key, facts]: [string, object]) {
  const [kind = '', ...subject] = key.split(' ');
  const fetchedAt = new Date(`${pagesReadOn}T10:00:00Z`);
  return {
    kind,
    subject: subject.join(' '),
    item: null,
    about: {},
    answer: 'FOUND' as const,
    facts,
    pageKey: key,
    fetchedAt,
    freshUntil: fetchedAt,
  };
}

it('has facts of kinds that are really stored: the export names them in SQL, where no compiler looks', () => {
  const stored = [imdbDatasetKind, ...factKinds.map(({ kind }) => kind)];
  for (const key of Object.keys(pages)) expect(stored).toContain(key.split(' ')[0]);
});

onEveryServer('an export of the curated tables', (open) => {
  let server: ServerOfTest;
  let folder: string;
  beforeAll(async () => {
    server = await open(madeCatalogue());
    folder = await mkdtemp(join(tmpdir(), 'watchprint-lake-export-'));
    await send('ann', ofAnn, 'ViewingActivity.csv');
    await send('ann', ratingsOfAnn, 'Ratings.csv');
    await send('bo', ofBo, 'ViewingActivity.csv');
    const bo = clientOf('bo');
    const { viewer } = await bo.query<Ambiguous>(
      '{ viewer { profiles { matches(status: AMBIGUOUS) { nodes { id candidates { title { id } } } } } } }',
    );
    const { id, candidates } = viewer.profiles[0].matches.nodes[0];
    await bo.correctMatch(id, candidates[0].title.id);
    const from = join(folder, 'imdb');
    await mkdir(from);
    for (const [name, text] of Object.entries(imdb)) await writeFile(join(from, name), text);
    await syncDataset({ lake: join(server.home, 'lake'), dataset: 'imdb', from });
    await saveFacts(server.database.sql, Object.entries(pages).map(asFacts));
  });
  afterAll(() => server.close());

  const clientOf = (account: string) =>
    createClient({ url: 'http://embedded.invalid', fetch: (request) => server.fetch(request, { account }) });

  async function send(account: string, file: string, fileName: string): Promise<void> {
    const client = clientOf(account);
    await client.importHistory(bytes(file), { fileName });
    while ((await client.matching())?.status !== 'COMPLETED') await new Promise((resolve) => setTimeout(resolve, 20));
  }

  let exports = 0;
  async function exported(nameOrId: string | null) {
    exports += 1;
    const to = join(folder, `export ${exports}`);
    const frames = new PassThrough();
    const account = await accountFor(server.database.sql, nameOrId);
    const written = writeRowFrames(server.database, account, frames);
    const { rows } = await readRowFrames(frames);
    const result = await writeCuratedExport({
      to,
      home: server.home,
      lake: join(server.home, 'lake'),
      account,
      tables: curatedTablesFor(account?.id ?? null),
      rows,
    });
    await written;
    return result;
  }

  /** All that an export's tables say, by way of `lake query`. */
  async function contentOf(place: string, { tables }: CuratedDictionary) {
    const query = await openLakeQuery(join(server.home, 'lake'), {
      temporaryFolder: join(folder, 'temporary'),
      exported: place,
    });
    try {
      const content: Record<string, Record<string, unknown>[]> = {};
      for (const { name } of tables) {
        const { columns, rows } = await query.query(`SELECT * FROM curated.${name}`);
        const all: Record<string, unknown>[] = [];
        for await (const row of rows)
          all.push(Object.fromEntries(columns.map((column, place) => [column, row[place]])));
        content[name] = all;
      }
      return content;
    } finally {
      await query.close();
    }
  }

  const rowsOf = async (nameOrId: string | null) => {
    const { place, dictionary } = await exported(nameOrId);
    return contentOf(place, dictionary);
  };

  it('of an account has what the account has, and titles, facts and ratings of what its strings mean', async () => {
    const content = await rowsOf('ann');
    const nameOf = new Map(content.titles?.map(({ title_id, name }) => [title_id, name]));
    expect(
      content.viewings?.map(({ title_id, watched_on, started_at, year, profile, supplemental }) => [
        ...[nameOf.get(title_id), watched_on, started_at, year, profile, supplemental],
      ]),
    ).toEqual([
      // The day and its year are the profile's, in London.
      ['Salt and Silver', '2020-12-31', '2020-12-31 23:30:00+00', 2020, 'Ann’s own', false],
      ['The Long Thaw', '2021-03-13', '2021-03-13 20:00:00+00', 2021, 'Ann’s own', false],
      ['Paper Moons', '2021-03-14', '2021-03-14 20:00:00+00', 2021, 'Ann’s own', false],
      ['Harbour Lights', '2021-03-15', '2021-03-15 20:00:00+00', 2021, 'Ann’s own', false],
      ['Ann’s words that nobody knows', '2021-03-16', '2021-03-16 20:00:00+00', 2021, 'Ann’s own', false],
      [undefined, '2021-03-17', '2021-03-17 20:00:00+00', 2021, 'Ann’s own', true],
    ]);
    expect(content.matches?.map(({ raw_title, status, imdb_id }) => [raw_title, status, imdb_id])).toEqual([
      ['Ann’s words that nobody knows', 'UNMATCHED', null],
      ['Harbour Lights', 'AMBIGUOUS', null],
      ['Paper Moons', 'MATCHED', 'tt0000201'],
      ['Paper Moons: Trailer', 'READ', null],
      ['Tidewater: Season 1: Salt and Silver (Episode 1)', 'MATCHED', 'tt0000111'],
      ['Tidewater: Season 1: The Long Thaw (Episode 2)', 'MATCHED', 'tt0000112'],
    ]);
    expect(content.profile_ratings).toMatchObject([
      { profile: 'Ann’s own', raw_title: 'Paper Moons', rating_type: 'thumb', stars: null, thumbs: 2 },
    ]);
    // Season 2 of Tidewater is Bo's alone, and the candidates of Harbour Lights are in the match.
    const shared = content.titles?.filter(({ source }) => source === 'imdb');
    expect(shared?.map(({ kind, name, imdb_id }) => [kind, name, imdb_id]).sort()).toEqual([
      ['EPISODE', 'Salt and Silver', 'tt0000111'],
      ['EPISODE', 'The Long Thaw', 'tt0000112'],
      ['MOVIE', 'Paper Moons', 'tt0000201'],
      ['SEASON', 'Season 1', null],
      ['SERIES', 'Tidewater', 'tt0000101'],
    ]);
    const facts = content.facts?.filter(({ imdb_id, known_on }) => imdb_id === 'tt0000201' && known_on !== pagesReadOn);
    expect(
      facts?.map(({ property, value, number, ordinal, region, language, qualifiers }) => [
        ...[property, value, number, ordinal, region, language, qualifiers],
      ]),
    ).toEqual([
      ['alternative_title', 'Papiermonde', null, 1, 'DE', 'de', ['imdbDisplay', 'informal title']],
      ['alternative_title', '종이 달', null, 2, 'KR', null, null],
      ['genre', 'Drama', null, 1, null, null, null],
      ['is_adult', 'false', null, null, null, null, null],
      ['original_title', 'Papiermonde', null, null, null, null, null],
      ['primary_title', 'Paper Moons', null, null, null, null, null],
      ['runtime_minutes', '96', 96, null, null, null, null],
      ['start_year', '2015', 2015, null, null, null, null],
      ['title_type', 'movie', null, null, null, null, null],
    ]);
    expect(content.facts?.every(({ title_id }) => nameOf.has(title_id))).toBe(true);
  });

  it('has what sources’ pages said of its titles beside what the datasets say', async () => {
    const content = await rowsOf('ann');
    const nameOf = new Map(content.titles?.map(({ title_id, name }) => [title_id, name]));
    const told = content.facts
      ?.filter(({ known_on }) => known_on === pagesReadOn)
      .map((row) => [
        ...[row.source, nameOf.get(row.title_id), row.property, row.value, row.number, row.ordinal],
        ...[row.region, row.language, row.qualifiers].filter((more) => more !== null),
      ]);
    const of = (source: string) => told?.filter(([one]) => one === source).map(([, ...rest]) => rest);
    expect(of('imdb')).toEqual([
      ['Tidewater', 'certificate', 'PG', null, null],
      ['The Long Thaw', 'genre', 'Drama', null, 1],
      ['The Long Thaw', 'runtime_minutes', '45', 45, null],
      ['Paper Moons', 'director', 'Ada Byron', null, 1, ['nm0000001']],
      ['Paper Moons', 'director', 'Somebody', null, 2],
      ['Paper Moons', 'plot', 'Moons of paper.', null, null],
    ]);
    expect(of('wikidata')).toEqual([
      // What has no code is left out.
      ['Paper Moons', 'country', 'US', null, 1],
      ['Paper Moons', 'country', 'CA', null, 2],
      ['Paper Moons', 'netflix_id', '80000201', null, null],
      ['Paper Moons', 'wikidata_id', 'Q201', null, null],
    ]);
    expect(of('wikipedia')).toEqual([
      ['Paper Moons', 'article_title', 'Luas', null, null, 'pt'],
      ['Paper Moons', 'article_url', 'https://pt.example/Luas', null, null, 'pt'],
      ['Paper Moons', 'production_company', 'One', null, 1, 'en'],
      ['Paper Moons', 'production_company', 'Two', null, 2, 'en'],
      ['Paper Moons', 'summary', 'Um filme.', null, null, 'pt'],
    ]);
    expect(of('rotten-tomatoes')).toEqual([
      ['Paper Moons', 'certified_fresh', 'true', null, null],
      ['Season 1', 'critics_average', '6.5', 6.5, null],
    ]);
    expect(of('netflix')).toEqual([
      ['Paper Moons', 'genre', 'Dramas', null, 1, 'AU'],
      ['Paper Moons', 'synopsis', 'Paper, moons.', null, null, 'AU'],
    ]);
    expect(of('justwatch')).toEqual([['Paper Moons', 'on_netflix', 'false', null, null, 'AU']]);
    expect(
      content.ratings?.map((row) => [
        ...[row.source, nameOf.get(row.title_id), row.rated_by],
        ...[row.rating, row.worst_rating, row.best_rating, row.rating_count],
      ]),
    ).toEqual([
      // The page counts where the datasets have nothing.
      ['imdb', 'Tidewater', 'users', 8.1, 1, 10, 77],
      ['imdb', 'The Long Thaw', 'users', 7.7, 1, 10, 5],
      ['imdb', 'Paper Moons', 'users', 7.9, 1, 10, 50_000],
      ['rotten-tomatoes', 'Paper Moons', 'audience', 60, 0, 100, null],
      ['rotten-tomatoes', 'Paper Moons', 'critics', 91, 0, 100, 33],
      ['rotten-tomatoes', 'Season 1', 'critics', 70, 0, 100, 12],
    ]);
  });

  it('of an account has nothing of another, also not which titles it was shown', async () => {
    const told = async (whose: string) => {
      const { matches = [], ...content } = await rowsOf(whose);
      // The made catalogue's candidates have all episodes with them.
      return JSON.stringify([content, matches.map(({ candidates: _, ...match }) => match)]);
    };
    const found = (text: string, words: readonly string[]) => words.filter((word) => text.includes(word));
    const [ann, bo] = [await told('ann'), await told('bo')];
    expect(found(ann, ['Bo’s', 'Ashes of Winter', 'Season 2', '2022-'])).toEqual([]);
    expect(found(bo, ['Ann’s', 'Salt and Silver', 'Season 1', '2021-', 'AMBIGUOUS'])).toEqual([]);
    expect(found(bo, ['Bo’s', 'Ashes of Winter', 'Season 2', '2022-', 'CORRECTED'])).toHaveLength(5);
  });

  it('of nobody has the strings alone that the matcher knew, without whose, when or how sure', async () => {
    const { place, dictionary } = await exported(null);
    const content = await contentOf(place, dictionary);
    expect(Object.keys(content)).toEqual(['titles', 'matches', 'facts', 'ratings']);
    const imdbIds = {
      'Paper Moons': 'tt0000201',
      'Tidewater: Season 1: Salt and Silver (Episode 1)': 'tt0000111',
      'Tidewater: Season 1: The Long Thaw (Episode 2)': 'tt0000112',
      'Tidewater: Season 2: Ashes of Winter (Episode 1)': 'tt0000121',
    };
    // Both have Paper Moons: that two have it is not told either. What Harbour Lights is, Bo says and no matcher.
    expect(content.matches).toEqual(
      Object.entries(imdbIds).map(([raw_title, imdb_id]) => ({
        raw_title,
        status: 'MATCHED',
        title_id: content.titles?.find((title) => title.imdb_id === imdb_id)?.title_id,
        imdb_id,
      })),
    );
    expect(new Set(content.titles?.map(({ source }) => source))).toEqual(new Set(['imdb']));
    expect(JSON.stringify(content).match(/’s|words|2020-|2021|2022|TV|GB|Trailer|confidence|evidence/g)).toBeNull();
    const accounts = await server.database.sql.query<{ id: string; name: string }>(
      'SELECT id::text, name FROM account UNION SELECT id::text, name FROM profile',
    );
    const written = JSON.stringify(content) + JSON.stringify(dictionary) + (await readFile(join(place, 'README.md')));
    for (const { id, name } of accounts)
      for (const told of [id, `"${name}"`, `“${name}”`]) expect(written.includes(told), told).toBe(false);
  });

  it('is of one account by name or id, and of none that is not there', async () => {
    const [ann] = await server.database.sql.query<{ id: string }>(`SELECT id::text FROM account WHERE name = 'ann'`);
    expect(await rowsOf(ann?.id ?? '')).toEqual(await rowsOf('ann'));
    await expect(exported('anna')).rejects.toMatchObject({ code: 'ACCOUNT_UNKNOWN' });
  });

  it('is read alike by a reader that is not DuckDB, and its dictionary has every column with its type', async () => {
    for (const whose of ['ann', null]) {
      const { place, dictionary } = await exported(whose);
      const content = await contentOf(place, dictionary);
      const inFolder = (await readdir(place, { recursive: true })).filter((name) => name.endsWith('.parquet'));
      expect(dictionary.tables.flatMap(({ files }) => files.map(({ path }) => path)).sort()).toEqual(inFolder.sort());
      for (const { name, columns, partition, files, rows: expected } of dictionary.tables) {
        const read: Record<string, unknown>[] = [];
        expect(files.length, name).toBeGreaterThan(0);
        for (const { path, rows } of files) {
          const file = await asyncBufferFromFile(join(place, path));
          const { schema } = await parquetMetadataAsync(file);
          const [root, ...described] = topLevel(schema);
          expect(root?.num_children).toBe(columns.length);
          expect(described.map(typeOf), path).toEqual(columns.map((column) => [column.name, column.parquetType]));
          const objects = await parquetReadObjects({ file, compressors });
          expect(objects).toHaveLength(rows);
          const [, key, value] = /\/(\w+)=([^/]*)\//.exec(path) ?? [];
          expect(key ?? null).toBe(partition?.name ?? null);
          const inPath =
            partition === null ? {} : { [partition.name]: partition.type === 'INTEGER' ? Number(value) : value };
          read.push(...objects.map((row) => ({ ...row, ...inPath })));
        }
        expect(read).toHaveLength(expected);
        expect(read.map(asJson), name).toEqual(content[name]);
        for (const column of columns)
          if (!column.nullable) expect(read.filter((row) => (row[column.name] ?? null) === null)).toEqual([]);
        expect(columns.every(({ description, sources }) => description !== '' && sources.length > 0)).toBe(true);
        const told = await readFile(join(place, 'README.md'), 'utf8');
        for (const column of columns) expect(told).toContain(`| \`${column.name}\` | ${column.type} |`);
      }
      expect(JSON.parse(await readFile(join(place, 'dictionary.json'), 'utf8'))).toEqual(dictionary);
    }
  });

  it('can be read by its owner alone, and says whose notice goes with it', async () => {
    const { place } = await exported('ann');
    for (const entry of await readdir(place, { recursive: true, withFileTypes: true }))
      expect((await stat(join(entry.parentPath, entry.name))).mode & 0o777).toBe(entry.isDirectory() ? 0o700 : 0o600);
    expect((await stat(place)).mode & 0o777).toBe(0o700);
    expect(await readFile(join(place, 'README.md'), 'utf8')).toContain('Information courtesy of IMDb');
    const query = await openLakeQuery(join(server.home, 'lake'), {
      temporaryFolder: join(folder, 'temporary'),
      exported: place,
    });
    expect((await query.query('SELECT count(*) FROM curated.viewings')).notices).toEqual([
      expect.stringContaining('courtesy of IMDb'),
    ]);
    await query.close();
  });
});

interface Ambiguous {
  readonly viewer: {
    readonly profiles: readonly [
      {
        readonly matches: {
          readonly nodes: readonly [
            { readonly id: string; readonly candidates: readonly [{ readonly title: { readonly id: string } }] },
          ];
        };
      },
    ];
  };
}

type Schema = Awaited<ReturnType<typeof parquetMetadataAsync>>['schema'];

/** The root and its columns; what stands inside of lists left out. */
function topLevel(schema: Schema): Schema {
  const [root, ...rest] = schema;
  const columns: Schema = [];
  for (let place = 0; place < rest.length; ) {
    const element = rest[place] as Schema[number];
    columns.push(element);
    place += element.num_children === undefined ? 1 : 3;
  }
  return [root as Schema[number], ...columns];
}

/** In the words of the dictionary. */
function typeOf({ name, type, converted_type, num_children }: Schema[number]): [string, string] {
  if (num_children !== undefined) return [name, `${converted_type} of BYTE_ARRAY, STRING`];
  const meant: Record<string, string> = {
    UTF8: 'BYTE_ARRAY, STRING',
    DATE: 'INT32, DATE',
    TIMESTAMP_MICROS: 'INT64, TIMESTAMP in microseconds, adjusted to UTC',
    INT_32: 'INT32',
    INT_64: 'INT64',
  };
  return [name, converted_type === undefined ? String(type) : (meant[converted_type] ?? converted_type)];
}

/** As `lake query` writes values. */
const asJson = (row: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      if (typeof value === 'bigint') return [name, Number(value)];
      if (!(value instanceof Date)) return [name, value];
      const text = value.toISOString();
      return [name, /_on$/.test(name) ? text.slice(0, 10) : `${text.slice(0, 19).replace('T', ' ')}+00`];
    }),
  );
