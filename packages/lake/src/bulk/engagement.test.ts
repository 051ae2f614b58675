import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { type MadeCell, spreadsheet } from '../../test/made-spreadsheet.ts';
import { queryLake } from '../../test/read-lake.ts';
import { readEngagementReport } from './engagement-report.ts';
import { kindIn, periodIn, titlesIn } from './engagement-sheet.ts';
import { syncDataset } from './sync.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchprint-engagement-'));
});

async function read(content: string | Buffer, name: string) {
  const path = join(folder, name);
  await writeFile(path, content);
  return readEngagementReport(path);
}

const header = [null, 'Title', 'Available Globally?', 'Release Date', 'Hours Viewed', 'Runtime', 'Views'];
const above: MadeCell[][] = [
  [],
  [null, 'What We Watched: A Netflix Engagement Report'],
  [null, 'Views from July to December 2023'],
  [],
  [],
];

describe('an engagement report', () => {
  it('is read from Excel, all its sheets, wherever the header is, with days and times as Excel or a person wrote them', async () => {
    const bytes = await spreadsheet({
      Film: [
        ...above,
        header,
        [null, 'Red Clay & Co', 'Yes', { serial: 45_008 }, 812_100_000, '1:54', 5],
        [null, 1917, 'No', null, 100_000, 0.079166, 3],
        [],
        [null, ' Padded ', 'No', '2023-12-01', 7, '*', null],
      ],
      TV: [...above, header, [null, 'Paper Moons: Season 1 // Месяцы: Сезон 1', 'No', null, 900_000, '12:05', 2]],
      Notes: [[null, 'Hours are rounded.']],
    });
    const { rows, rowsRejected } = await read(bytes, 'any name.xlsx');
    expect(rowsRejected).toBe(0);
    const period = { period_start: '2023-07-01', period_end: '2023-12-31' };
    expect(rows).toEqual([
      {
        raw_title: 'Red Clay & Co',
        title: 'Red Clay & Co',
        original_title: null,
        available_globally: true,
        release_date: '2023-03-23',
        hours_viewed: 812_100_000,
        runtime_minutes: 114,
        views: 5,
        kind: 'film',
        ...period,
      },
      expect.objectContaining({
        raw_title: '1917',
        release_date: null,
        runtime_minutes: 114,
        available_globally: false,
      }),
      expect.objectContaining({ raw_title: 'Padded', release_date: '2023-12-01', runtime_minutes: null, views: null }),
      expect.objectContaining({
        raw_title: 'Paper Moons: Season 1 // Месяцы: Сезон 1',
        title: 'Paper Moons: Season 1',
        original_title: 'Месяцы: Сезон 1',
        runtime_minutes: 725,
        kind: 'series',
        ...period,
      }),
    ]);
  });

  it('is read from CSV, with what only the name of the file says', async () => {
    const csv =
      '\uFEFF,Title,Available Globally?,Release Date,Hours Viewed,\n,"Red Clay, Again",Yes,45008,"1,200,000",\n,Paper Moons,No,,100000,\n';
    const { rows } = await read(csv, 'What_We_Watched_2023Jan-Jun.csv');
    expect(rows).toMatchObject([
      { raw_title: 'Red Clay, Again', release_date: '2023-03-23', hours_viewed: 1_200_000, views: null, kind: null },
      { raw_title: 'Paper Moons', release_date: null, period_start: '2023-01-01', period_end: '2023-06-30' },
    ]);
  });

  it('tells each row that cannot be read, and keeps the others', async () => {
    const rows = Array.from({ length: 5 }, (_, index) => `,Good ${index},Yes,2024-01-01,100,1:00,1`);
    const bad = [
      [',,Yes,2024-01-01,100,1:00,1', 'has no title'],
      [',A,Yes,2024-01-01,,1:00,1', 'has no hours viewed'],
      [',A,Yes,2024-01-01,many,1:00,1', 'has "many" as hours viewed'],
      [',A,Maybe,2024-01-01,100,1:00,1', 'has "Maybe" as available globally'],
      [',A,Yes,01/02/2024,100,1:00,1', 'has "01/02/2024" as release date'],
      [',A,Yes,2024-02-31,100,1:00,1', 'has "2024-02-31" as release date'],
      [',A,Yes,2024-01-01,100,1:75,1', 'has "1:75" as runtime'],
      [',A,Yes,2024-01-01,100,1:00,-1', 'has "-1" as views'],
    ];
    const content = [header.join(','), ...rows, ...bad.map(([line]) => line)].join('\n');
    const report = await read(content, '2024-h1.csv');
    expect(report.rows).toHaveLength(5);
    expect(report.rejected).toEqual(bad.map(([, reason], index) => ({ file: '2024-h1.csv', line: 7 + index, reason })));
  });

  it('is told from what is none', async () => {
    const only = [header.join(','), ',A,Yes,2024-01-01,100,1:00,1'].join('\n');
    for (const [content, name, error] of [
      ['type,title,director\nMovie,A,B\n', '2024-h1.csv', { code: 'TABLE_UNKNOWN' }],
      [only, 'report.csv', { code: 'TABLE_UNKNOWN', message: expect.stringContaining('which months') }],
      [header.join(','), '2024-h1.csv', { code: 'TABLE_BROKEN' }],
      [Buffer.from([0xff, 0xfe, 0x41, 0]), '2024-h1.csv', { code: 'FILE_BROKEN' }],
      [`${only}\n"`, '2024-h1.csv', { code: 'FILE_BROKEN' }],
      [only, '2024-h1.xlsx', { code: 'FILE_BROKEN', message: '2024-h1.xlsx is no Excel file' }],
      [(await spreadsheet({ Film: [header] })).subarray(0, -40), '2024-h1.xlsx', { code: 'FILE_BROKEN' }],
    ] as const)
      await expect(read(content as string | Buffer, name)).rejects.toMatchObject(error);
  });

  it('adds to those of other half-years, and takes the place of its own rows', async () => {
    const sync = async (name: string, ...rows: string[]) => {
      await writeFile(join(folder, name), [header.join(','), ...rows].join('\n'));
      return syncDataset({ lake: folder, dataset: 'netflix-engagement', from: join(folder, name), threads: 1 });
    };
    const found = () =>
      queryLake(
        folder,
        'netflix-engagement',
        'SELECT period_start AS start, raw_title AS title, hours_viewed::INTEGER AS hours FROM engagement ORDER BY ALL',
      );
    // Two films may have one name.
    await sync('2023-h2-film.csv', ',Monster,No,,10,1:00,1', ',Monster,No,,20,2:00,1', ',Red Clay,No,,30,1:00,1');
    await sync('2024-h1-film.csv', ',Red Clay,No,,40,1:00,1');
    await sync('2023-h2 film, corrected.csv', ',Red Clay,No,,31,1:00,1');
    expect(await found()).toEqual([
      { start: '2023-07-01', title: 'Monster', hours: 10 },
      { start: '2023-07-01', title: 'Monster', hours: 20 },
      { start: '2023-07-01', title: 'Red Clay', hours: 31 },
      { start: '2024-01-01', title: 'Red Clay', hours: 40 },
    ]);
    await expect(syncDataset({ lake: folder, dataset: 'netflix-engagement' })).rejects.toMatchObject({
      code: 'NO_DOWNLOAD',
      message: expect.stringContaining('--from'),
    });
  });
});

it.each([
  ['Views from July to December 2023', '2023-07-01', '2023-12-31'],
  ['Hours Viewed: January – June 2024', '2024-01-01', '2024-06-30'],
  ['What_We_Watched_A_Netflix_Engagement_Report_2023Jan-Jun.xlsx', '2023-01-01', '2023-06-30'],
  ['what-we-watched-2025-h1-movies.csv', '2025-01-01', '2025-06-30'],
  ['2024H2', '2024-07-01', '2024-12-31'],
  ['Report H2 2024', '2024-07-01', '2024-12-31'],
])('%s is of %s to %s', (text, start, end) => {
  expect(periodIn(text)).toEqual({ start, end });
});

it('finds no months and no kind where none are said', () => {
  for (const text of ['', 'report-2024.csv', '2024-h10', 'January 2024']) expect(periodIn(text)).toBeNull();
  expect(['Film', 'Movies', 'a-tv-b.csv', 'Shows', 'Engagement', 'Filmography'].map(kindIn)).toEqual([
    'film',
    'film',
    'series',
    'series',
    null,
    null,
  ]);
});

it('takes names apart only where there are two', () => {
  expect(['A // Б', 'A // 甲 // 乙', 'A//B', '// B', 'A'].map(titlesIn)).toEqual([
    { title: 'A', original_title: 'Б' },
    { title: 'A', original_title: '甲 // 乙' },
    { title: 'A//B', original_title: null },
    { title: '// B', original_title: null },
    { title: 'A', original_title: null },
  ]);
});

describe.skipIf(corpus === null)('the real reports', () => {
  const reports = join(corpus ?? '', 'netflix', 'public-data');

  it.each([
    ['what-we-watched-2023-h1.xlsx', 18_214, 6575, '2023-01-01', null],
    ['what-we-watched-2025-h1.xlsx', 8674, 3194, '2025-01-01', 'film'],
    ['what-we-watched-2023-h1-engagement-head-converted.csv', 309, null, '2023-01-01', null],
    ['what-we-watched-2023-h2-film-head-converted.csv', 304, 34, '2023-07-01', 'film'],
    ['what-we-watched-2024-h1-film-head-converted.csv', 304, 47, '2024-01-01', 'film'],
    ['what-we-watched-2024-h1-tv-head-converted.csv', 304, 71, '2024-01-01', 'series'],
    ['what-we-watched-2024-h2-film-head-converted.csv', 304, 35, '2024-07-01', 'film'],
    ['what-we-watched-2025-h1-movies-head-converted.csv', 304, null, '2025-01-01', 'film'],
  ])('%s has %i rows, all read', async (name, count, twoNames, start, kind) => {
    const { rows, rowsRejected } = await readEngagementReport(join(reports, name));
    expect([rows.length, rowsRejected]).toEqual([count, 0]);
    if (twoNames !== null) expect(rows.filter(({ original_title }) => original_title !== null)).toHaveLength(twoNames);
    expect(rows.every((row) => row.period_start === start && row.kind === kind)).toBe(true);
  });

  it('are one table, in which the heads add nothing to the whole reports', async () => {
    const { current, refused } = await syncDataset({ lake: folder, dataset: 'netflix-engagement', from: reports });
    expect(current.tables.engagement).toMatchObject({ rows: 18_214 + 8674 + 4 * 304, rowsRejected: 0 });
    expect(refused).toMatchObject([{ file: 'netflix_titles-sample-and-au.csv', code: 'TABLE_UNKNOWN' }]);
    expect(
      await queryLake(
        folder,
        'netflix-engagement',
        "SELECT title, original_title FROM engagement WHERE raw_title LIKE 'The Glory: Season 1 //%' AND kind IS NULL",
      ),
    ).toEqual([{ title: 'The Glory: Season 1', original_title: '더 글로리: 시즌 1' }]);
  });
});
