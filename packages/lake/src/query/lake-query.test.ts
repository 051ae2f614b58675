import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exchange } from '../../test/exchanges.ts';
import { syncMadeImdb } from '../../test/made-bulk.ts';
import { imdbNotice } from '../bulk/imdb-tables.ts';
import { datasetFolder, readCurrent } from '../bulk/versions.ts';
import { openDuckDb, sqlText } from '../duckdb.ts';
import { createOriginals } from '../originals.ts';
import { indexOf } from '../pages/page-index.ts';
import { createPages } from '../pages/pages.ts';
import { type LakeQuery, openLakeQuery } from './lake-query.ts';

let folder: string;
let lake: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchprint-query-'));
  lake = join(folder, "it's a lake");
  await syncMadeImdb(lake, async (version) => {
    await mkdir(join(version, 'catalogue'));
    const duckdb = await openDuckDb();
    await duckdb.connection.run(
      `COPY (SELECT 'paper moons' AS name) TO ${sqlText(join(version, 'catalogue', 'names.parquet'))} (FORMAT parquet)`,
    );
    duckdb.close();
  });
  const pages = createPages(join(lake, 'pages'));
  await pages.append(exchange({ key: "it's", body: Buffer.from('12345'), url: 'https://films.example/?q="a, {b"' }));
  await pages.append(exchange({ key: 'b', status: 404, fetchedAt: new Date('2026-11-27T23:59:59.999Z') }));
  const { file } = await pages.append(exchange({ source: 'books', responseHeaders: [] }));
  await pages.close();
  await writeFile(indexOf(file), (await readFile(indexOf(file), 'utf8')).slice(0, 50));
  const originals = createOriginals(join(lake, 'uploads'));
  const upload = await originals.receive(
    (async function* () {
      yield Buffer.from('Title,Date\n');
    })(),
  );
  await upload.keep();
});

let opened: LakeQuery | null = null;
const open = async (place = lake): Promise<LakeQuery> => {
  opened = await openLakeQuery(place, { temporaryFolder: join(folder, 'temporary') });
  return opened;
};
beforeEach(() => {
  opened = null;
});
afterEach(() => opened?.close());

async function ask(sql: string, place = lake) {
  const { columns, rows, notices } = await (opened ?? (await open(place))).query(sql);
  const all: unknown[] = [];
  for await (const row of rows) all.push(row);
  return { columns, rows: all, notices };
}

describe('the lake', () => {
  it('has a view for each table of each zone', async () => {
    const { tables } = await open();
    expect(tables).toEqual(
      [
        ['raw', 'uploads'],
        ['raw', 'pages'],
        ['imdb', 'title_basics'],
        ['imdb', 'title_ratings'],
        ['catalogue', 'names'],
      ].map(([schema, name]) => ({ schema, name, fault: null })),
    );
    expect((await ask('SELECT * FROM catalogue.names')).rows).toEqual([['paper moons']]);
    expect(await ask('SELECT tconst, genres, isAdult FROM imdb.title_basics ORDER BY 1')).toEqual({
      columns: ['tconst', 'genres', 'isAdult'],
      rows: [
        ['tt0000001', ['Drama', 'Romance'], false],
        ['tt0000002', null, false],
        ['tt0000003', ['Crime'], true],
      ],
      notices: [imdbNotice],
    });
  });

  it('has pages and uploads as tables, also pages that their index lacks', async () => {
    const { rows, notices } = await ask(
      'SELECT source, day, key, url, status, mime, bytes, fetched_at FROM raw.pages ORDER BY source, key',
    );
    expect(rows).toEqual([
      [
        'books',
        '2026-11-28',
        'tt0000001',
        'https://films.example/title/tt0000001/',
        200,
        'unk',
        24,
        '2026-11-28 10:00:00.25',
      ],
      ['films', '2026-11-27', 'b', 'https://films.example/title/b/', 404, 'text/html', 16, '2026-11-27 23:59:59.999'],
      [
        'films',
        '2026-11-28',
        "it's",
        'https://films.example/?q=%22a,%20{b%22',
        200,
        'text/html',
        5,
        '2026-11-28 10:00:00.25',
      ],
    ]);
    expect(notices).toEqual([]);
    expect(
      (await ask('SELECT sha256, bytes, kept_at > now()::TIMESTAMP - INTERVAL 1 HOUR FROM raw.uploads')).rows,
    ).toEqual([[createHash('sha256').update('Title,Date\n').digest('hex'), 11, true]]);
  });

  it('may be empty, but is there', async () => {
    const empty = join(folder, 'empty');
    await expect(open(empty)).rejects.toMatchObject({ code: 'LAKE_EMPTY' });
    await mkdir(empty);
    expect(
      (await ask('SELECT (SELECT count(*) FROM raw.pages) + (SELECT count(*) FROM raw.uploads)', empty)).rows,
    ).toEqual([[0]]);
  });

  it('is answered by the version that was in use when it was opened, whatever is synced meanwhile', async () => {
    const place = join(folder, 'renewed');
    await syncMadeImdb(place);
    const versionInUse = async () => (await readCurrent(datasetFolder(place, 'imdb')))?.version;
    const first = await versionInUse();
    await open(place);
    for (let round = 0; round < 3; round += 1) await syncMadeImdb(place);
    expect(await versionInUse()).not.toBe(first);
    expect((await ask('SELECT count(*), max(averageRating) FROM imdb.title_ratings')).rows).toEqual([[2, 7.9]]);
    await opened?.close();
    opened = null;
    expect((await readdir(join(datasetFolder(place, 'imdb'), 'pins'))).length).toBe(0);
  });

  it('is answered as JSON has values', async () => {
    const { rows } =
      await ask(`SELECT 1::BIGINT, 9007199254740993, 1.50, 0.1::DOUBLE, 'nan'::DOUBLE, DATE '2026-01-02', {'a': [1, NULL]},
      MAP {'k': true}, INTERVAL 1 DAY, 'a'::BLOB, TIMESTAMPTZ '2026-01-02 03:04:05+02'`);
    expect(rows).toEqual([
      [
        1,
        '9007199254740993',
        1.5,
        0.1,
        'NaN',
        '2026-01-02',
        { a: [1, null] },
        [{ key: 'k', value: true }],
        '1 day',
        'a',
        '2026-01-02 01:04:05+00',
      ],
    ]);
  });
});

describe('a query', () => {
  it.each([
    'WITH a AS (SELECT 1 AS n) SELECT n FROM a;',
    'FROM imdb.title_basics',
    'VALUES (1)',
    'DESCRIBE raw.pages',
    'SUMMARIZE imdb.title_ratings',
    'SHOW ALL TABLES',
    'EXPLAIN SELECT 1',
    'explain analyze\nSELECT 1 -- all of it',
    "PIVOT imdb.title_basics ON titleType IN ('movie') USING count(*)",
  ])('may be %s', async (sql) => {
    expect((await ask(sql)).rows).not.toEqual([]);
  });

  it('writes nothing, reads nothing outside of the lake, loads nothing, and cannot allow itself to', async () => {
    await writeFile(join(folder, 'outside.csv'), 'a,b\n1,2\n');
    await symlink(join(folder, 'outside.csv'), join(lake, 'link.csv'));
    await open();
    const before = (await readdir(folder, { recursive: true })).sort();
    const inside = sqlText(join(lake, 'written'));
    const outside = sqlText(join(folder, 'outside.csv'));
    const refused = [
      `COPY (SELECT 1) TO ${inside}`,
      `COPY (SELECT 1) TO ${sqlText(join(folder, 'written'))}`,
      `EXPLAIN ANALYZE COPY (SELECT 1) TO ${inside}`,
      `EXPLAIN /* */ ANALYZE COPY (SELECT 1) TO ${inside}`,
      `EXPLAIN (ANALYZE) COPY (SELECT 1) TO ${inside}`,
      `EXPLAIN EXPLAIN ANALYZE COPY (SELECT 1) TO ${inside}`,
      `SELECT * FROM query('COPY (SELECT 1) TO ${inside.replaceAll("'", "''")}')`,
      `EXPORT DATABASE ${inside}`,
      `ATTACH ${inside}`,
      'CREATE TABLE t AS SELECT 1',
      'DROP VIEW raw.pages',
      `CREATE PERSISTENT SECRET s (TYPE s3)`,
      'CHECKPOINT',
      `SELECT * FROM ${outside}`,
      `SELECT * FROM read_csv(${outside})`,
      `SELECT * FROM read_text(${sqlText(join(lake, 'link.csv'))})`,
      `SELECT * FROM read_text(${sqlText(join(lake, '..', 'outside.csv')).replace('/outside', '/x/../outside')})`,
      `SELECT * FROM read_text(${sqlText(`${lake}/../outside.csv`)})`,
      `SELECT * FROM glob(${sqlText(`${folder}/*`)})`,
      "SELECT * FROM read_text('/etc/hosts')",
      "SELECT * FROM read_csv('https://films.example/a.csv')",
      'INSTALL httpfs',
      'LOAD httpfs',
      'SET enable_external_access = true',
      "SET allowed_directories = ['/']",
      'RESET lock_configuration',
      'PRAGMA enable_profiling',
      'CALL pragma_version()',
      'SELECT 1; SELECT 2',
      '',
      ' ; -- nothing',
    ];
    for (const sql of refused)
      await expect(ask(sql), sql).rejects.toMatchObject({ code: expect.stringMatching(/^QUERY_(REFUSED|INVALID)$/) });
    expect((await readdir(folder, { recursive: true })).sort()).toEqual(before);
    // What is in the lake itself can be read.
    expect(
      (await ask(`SELECT size > 0 FROM read_text(${sqlText(join(lake, 'bulk', 'imdb', 'current.json'))})`)).rows,
    ).toEqual([[true]]);
  });

  it.each([
    ['SELEC 1', 'syntax error at or near "SELEC"'],
    ['SELECT nope\nFROM raw.pages', 'Binder Error: Referenced column "nope" not found'],
    ['SELECT * FROM raw.page', 'Did you mean "pages"?'],
    ["SELECT key::INTEGER FROM raw.pages WHERE key = 'b'", "Could not convert string 'b' to INT32"],
  ])('that is wrong is told in one line: %s', async (sql, message) => {
    await expect(ask(sql)).rejects.toMatchObject({
      code: 'QUERY_INVALID',
      message: expect.stringMatching(/^[^\n]+$/),
    });
    await expect(ask(sql)).rejects.toThrow(message);
  });

  it('can be stopped', async () => {
    const { query, interrupt } = await open();
    // Again and again: nobody knows when it has begun.
    const interrupting = setInterval(interrupt, 100);
    const run = async () => {
      for await (const _ of (await query('SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b'))
        .rows);
    };
    await expect(run()).rejects.toMatchObject({ code: 'QUERY_STOPPED' });
    clearInterval(interrupting);
  });
});

it('tables are read alike by a reader that is not DuckDB', async () => {
  const current = await readCurrent(datasetFolder(lake, 'imdb'));
  expect(Object.keys(current?.tables ?? {})).toHaveLength(2);
  for (const [name, { file, rows }] of Object.entries(current?.tables ?? {})) {
    const path = join(datasetFolder(lake, 'imdb'), current?.version ?? '', file);
    const read = await parquetReadObjects({ file: await asyncBufferFromFile(path), compressors });
    const answer = await ask(`SELECT * FROM imdb.${name}`);
    const asked = answer.rows.map((row) =>
      Object.fromEntries(answer.columns.map((column, index) => [column, (row as unknown[])[index]])),
    );
    expect(read).toEqual(asked);
    expect(read).toHaveLength(rows);
  }
});

it('a table that is damaged is named, and the others are there', async () => {
  const place = join(folder, 'damaged');
  await syncMadeImdb(place);
  const current = await readCurrent(datasetFolder(place, 'imdb'));
  const file = join(datasetFolder(place, 'imdb'), current?.version ?? '', 'title_ratings.parquet');
  expect(await readdir(dirname(file))).toContain('title_ratings.parquet');
  await writeFile(file, 'no Parquet');
  const { tables } = await open(place);
  expect(tables.find(({ name }) => name === 'title_ratings')?.fault).toMatch(/Parquet|magic/i);
  expect((await ask('SELECT count(*) FROM imdb.title_basics', place)).rows).toEqual([[3]]);
});
