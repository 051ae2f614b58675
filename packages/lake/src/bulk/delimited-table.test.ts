import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DuckDb, openDuckDb, sqlText } from '../duckdb.ts';
import { readDelimited, recognise } from './delimited-table.ts';
import { imdbTables } from './imdb-tables.ts';

let folder: string;
let duckdb: DuckDb;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchprint-delimited-'));
  duckdb = await openDuckDb({ threads: 2 });
});
afterAll(() => duckdb.close());

const header = 'tconst\ttitleType\tprimaryTitle\toriginalTitle\tisAdult\tstartYear\tendYear\truntimeMinutes\tgenres';
const good = (id: number, title = 'Paper Moons') => `tt${id}\tmovie\t${title}\t\\N\t0\t1999\t\\N\t90\tDrama,War`;

async function read(content: string | Buffer, name = 'title.basics.tsv') {
  const path = join(folder, name);
  await writeFile(path, content);
  const file = await recognise(path, imdbTables, 'no table of IMDb');
  const to = join(folder, 'out.parquet');
  const found = await readDelimited(
    duckdb.connection,
    file,
    (select) => `COPY (${select}) TO ${sqlText(to)} (FORMAT parquet)`,
    { temporaryFolder: folder },
  );
  const rows = (
    await duckdb.connection.runAndReadAll(`SELECT * FROM read_parquet(${sqlText(to)})`)
  ).getRowObjectsJson();
  return { ...found, table: file.layout.table, unknown: file.unknown, written: rows };
}

const titlesOf = ({ written }: { written: Record<string, unknown>[] }) => written.map((row) => row.primaryTitle);

describe('a table of IMDb', () => {
  it('is typed, with nulls, empty texts, lists, and quotes that mean nothing', async () => {
    const lines = [header, good(1, '"Lone quote'), good(2, ''), 'tt3\tshort\t\\N\tA "b"\t1\t\\N\t\\N\t\\N\t\\N'];
    const found = await read(`${lines.join('\n')}\n`);
    expect(found).toMatchObject({ table: 'title_basics', rows: 3, rowsRejected: 0 });
    expect(found.written[0]).toEqual({
      tconst: 'tt1',
      titleType: 'movie',
      primaryTitle: '"Lone quote',
      originalTitle: null,
      isAdult: false,
      startYear: 1999,
      endYear: null,
      runtimeMinutes: 90,
      genres: ['Drama', 'War'],
    });
    expect(titlesOf(found)).toEqual(['"Lone quote', '', null]);
    expect(found.written[2]).toMatchObject({ isAdult: true, originalTitle: 'A "b"', startYear: null, genres: null });
  });

  it('is the same packed or not, whatever the file is called, with columns in another order and one more', async () => {
    const [first = '', ...rest] = header.split('\t');
    const line = good(7).split('\t');
    const content = `${[...rest, 'later', first].join('\t')}\n${[...line.slice(1), 'x', line[0]].join('\t')}`;
    for (const [bytes, name] of [
      [content, 'a.tsv'],
      [gzipSync(content), 'b.tsv.gz'],
      [gzipSync(content), 'c.tsv'],
      [Buffer.concat([gzipSync(content.slice(0, 80)), gzipSync(content.slice(80))]), 'd.tsv.gz'],
      [`\uFEFF${content}`, 'e.tsv'],
    ] as const) {
      const found = await read(bytes, name);
      expect(found).toMatchObject({ rows: 1, rowsRejected: 0, unknown: ['later'] });
      expect(found.written).toMatchObject([{ tconst: 'tt7', titleType: 'movie', genres: ['Drama', 'War'] }]);
    }
  });

  const broken: Record<string, [string | Buffer, string]> = {
    'a field too few': ['tt9\tmovie\tShifted\t0\t1999\t\\N\t90\tDrama', 'has 8 fields where the header has 9'],
    'a field too many': [`${good(9)}\textra`, 'has 10 fields where the header has 9'],
    'nothing in it': ['', 'is empty'],
    'a shifted field': ['tt9\tmovie\tShifted\t\\N\t1999\t\\N\t90\tDrama\t\\N', 'has "1999" as isAdult'],
    'an id of another kind': [good(9).replace('tt9', 'nm9'), 'has "nm9" as tconst'],
    'no id': [good(9).replace('tt9', '\\N'), 'has no tconst'],
    'a text as a year': [good(9).replace('1999', 'MCMXCIX'), 'has "MCMXCIX" as startYear'],
    'an empty year': [good(9).replace('1999', ''), 'has "" as startYear'],
    'bytes that are no UTF-8': [Buffer.from([0x74, 0x74, 0x39, 9, 0xff, 0xfe]), 'is not UTF-8'],
    'a carriage return inside': [good(9, 'a\rb'), 'has a carriage return in it'],
    'over a megabyte': [good(9, 'x'.repeat(1_100_000)), 'is longer than a megabyte'],
  };
  it.each(Object.entries(broken))('tells the line that has %s, and keeps all others', async (_, [line, reason]) => {
    const before = `${header}\n${good(1, 'One')}\n${good(2, 'Two')}\n`;
    const after = `\n${good(3, 'Three')}\n`;
    for (const end of ['\n', '\r\n']) {
      const lines = [before, after].map((text) => Buffer.from(text.replaceAll('\n', end)));
      const found = await read(Buffer.concat([lines[0] as Buffer, Buffer.from(line), lines[1] as Buffer]));
      expect(found).toMatchObject({
        rows: 3,
        rowsRejected: 1,
        rejected: [{ file: 'title.basics.tsv', line: 4, reason }],
      });
      expect(titlesOf(found)).toEqual(['One', 'Two', 'Three']);
    }
  });

  it('is refused where so much is broken that the rest can hardly be right', async () => {
    const lines = Array.from({ length: 20 }, (_, index) => (index < 9 ? good(index) : 'tt1\tshifted'));
    await expect(read([header, ...lines].join('\n'))).rejects.toMatchObject({
      code: 'TABLE_BROKEN',
      message: expect.stringContaining(
        'has 11 broken lines of 20, too many to trust the others; line 11: has 2 fields',
      ),
    });
    await expect(read([header, 'tt1\tshifted'].join('\n'))).rejects.toMatchObject({ code: 'TABLE_BROKEN' });
    await expect(read(`${header}\n`)).rejects.toMatchObject({ code: 'TABLE_BROKEN' });
  });

  it('is refused where a packed file is cut off or changed anywhere: DuckDB would not say so', async () => {
    const whole = gzipSync(
      [header, ...Array.from({ length: 5000 }, (_, index) => good(index, String(index * 7919)))].join('\n'),
    );
    const flipped = (at: number) => {
      const copy = Buffer.from(whole);
      copy[at] = (copy[at] as number) ^ 0x55;
      return copy;
    };
    for (const bytes of [
      whole.subarray(0, whole.length / 2),
      whole.subarray(0, -1),
      flipped(whole.length >> 1),
      flipped(whole.length - 6),
    ])
      await expect(read(bytes, 'cut.tsv.gz')).rejects.toMatchObject({ code: 'FILE_BROKEN' });
  });

  it.each([
    ['', 'is empty'],
    ['null', '"null"'],
    ['<html><body>Moved</body></html>\n', '"<html>'],
    ['tconst\ttitleType\n', '"tconst\\ttitleType"'],
    [`${header}\ttconst\n`, 'begins with'],
    ['PK\u{3}\u{4}', 'begins with'],
  ])('is told from what begins with %j', async (content, told) => {
    await expect(read(content)).rejects.toMatchObject({
      code: 'TABLE_UNKNOWN',
      message: expect.stringContaining(told),
    });
  });
});
