import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { corpus } from '../../../../scripts/corpus.ts';
import { writeFiles } from '../../test/made-imdb.ts';
import { queryLake } from '../../test/read-lake.ts';
import { syncDataset } from './sync.ts';

let lake: string;
beforeEach(async () => {
  lake = await mkdtemp(join(tmpdir(), 'watchprint-lists-'));
});

let number = 0;
async function sync(files: Record<string, string>) {
  number += 1;
  const from = join(lake, `files-${number}`);
  await writeFiles(from, files);
  return syncDataset({ lake, dataset: 'netflix-top10', from, threads: 1 });
}
const query = (sql: string) => queryLake(lake, 'netflix-top10', sql);

const lines = (...rows: (string | number)[][]) => `${rows.map((row) => row.join('\t')).join('\n')}\n`;
const before2023 =
  'week category weekly_rank show_title season_title weekly_hours_viewed cumulative_weeks_in_top_10'.split(' ');
const since2023 =
  'week category weekly_rank show_title season_title weekly_hours_viewed runtime weekly_views cumulative_weeks_in_top_10'.split(
    ' ',
  );

describe("Netflix's Top 10 lists", () => {
  it('have one table whatever the layout, and null where a layout has nothing', async () => {
    await sync({
      'a.tsv': lines(before2023, ['2021-07-04', 'Films (English)', 1, 'Red Clay', 'N/A', 12_000_000, 2]),
      'b.tsv': lines(
        [...since2023, 'is_staggered_launch', 'episode_launch_details'],
        [
          '2023-07-09',
          'TV (English)',
          1,
          'Paper Moons',
          'Paper Moons: Season 1',
          500,
          '1.6667',
          300,
          1,
          'true',
          '"[{""episodes"":5}]"',
        ],
      ),
      'c.tsv': lines(
        [...since2023, 'is_staggered_launch', 'runtime_override_flag', 'episode_launch_dtls'],
        [
          '2024-07-07',
          'TV (English)',
          1,
          'Paper Moons',
          'Paper Moons: Season 2',
          400,
          '',
          '',
          1,
          'false',
          '[{live=0}]',
          '',
        ],
      ),
    });
    expect(await query('SELECT * EXCLUDE(category, weekly_rank, list_week) FROM top10_global ORDER BY week')).toEqual([
      {
        week: '2021-07-04',
        show_title: 'Red Clay',
        season_title: null,
        cumulative_weeks_in_top_10: 2,
        weekly_hours_viewed: '12000000',
        runtime_hours: null,
        weekly_views: null,
        is_staggered_launch: null,
        runtime_override_flag: null,
        episode_launch_details: null,
      },
      {
        week: '2023-07-09',
        show_title: 'Paper Moons',
        season_title: 'Paper Moons: Season 1',
        cumulative_weeks_in_top_10: 1,
        weekly_hours_viewed: '500',
        runtime_hours: 1.6667,
        weekly_views: '300',
        is_staggered_launch: true,
        runtime_override_flag: null,
        episode_launch_details: '[{"episodes":5}]',
      },
      expect.objectContaining({ is_staggered_launch: false, runtime_override_flag: '[{live=0}]', runtime_hours: null }),
    ]);
  });

  it('grow from sync to sync; a row of a later list takes the place of an earlier one, never the other way', async () => {
    const row = (week: string, rank: number, title: string) => [week, 'TV (English)', rank, title, 'N/A', 1, 1];
    const titles = async () =>
      (await query('SELECT week, show_title FROM top10_global ORDER BY week, weekly_rank')).map(
        (one) => one.show_title,
      );
    await sync({ 'a.tsv': lines(before2023, row('2026-01-04', 1, 'One'), row('2026-01-11', 1, 'Two')) });
    await sync({ 'b.tsv': lines(before2023, row('2026-01-11', 1, 'Two, mended'), row('2026-01-18', 1, 'Three')) });
    expect(await titles()).toEqual(['One', 'Two, mended', 'Three']);
    // An old list that is found again brings what is missing, and nothing else.
    const old = await sync({
      'old.tsv': lines(before2023, row('2026-01-04', 2, 'One b'), row('2026-01-11', 1, 'Two')),
    });
    expect(await titles()).toEqual(['One', 'One b', 'Two, mended', 'Three']);
    expect(old.current.tables.top10_global?.sources.map(({ name }) => name)).toEqual(['a.tsv', 'b.tsv', 'old.tsv']);
  });

  it('are by country, and of the most popular the latest whole list for as many days', async () => {
    const country =
      'country_name country_iso2 week category weekly_rank show_title season_title cumulative_weeks_in_top_10';
    const popular = (days: number, ...more: string[]) => [
      ...['category', 'rank', 'show_title', 'season_title', `hours_viewed_first_${days}_days`],
      ...more,
    ];
    await sync({
      'countries.tsv': lines(country.split(' '), ['Australia', 'AU', '2026-01-04', 'TV', 1, 'Red Clay', 'N/A', 1]),
      'most-popular-2021-11.tsv': lines(popular(28), ['TV (English)', 1, 'Old', 'N/A', 5]),
      'most-popular-2026-06.tsv': lines(
        popular(91, 'runtime', `views_first_91_days`),
        ['TV (English)', 1, 'June 1', 'N/A', 9, 2, 4],
        ['TV (English)', 2, 'June 2', 'N/A', 8, 2, 4],
      ),
    });
    await sync({
      'most-popular-2026-07.tsv': lines(popular(91, 'runtime', `views_first_91_days`), [
        'TV (English)',
        1,
        'July 1',
        'N/A',
        9,
        2,
        4,
      ]),
      'most-popular-2026-05.tsv': lines(popular(91), ['TV (English)', 1, 'May 1', 'N/A', 9]),
    });
    expect(await query('SELECT days, rank, show_title, hours_viewed, views FROM most_popular ORDER BY days')).toEqual([
      { days: 28, rank: 1, show_title: 'Old', hours_viewed: '5', views: null },
      { days: 91, rank: 1, show_title: 'July 1', hours_viewed: '9', views: '4' },
    ]);
    expect(await query('SELECT country_iso2, week, season_title FROM top10_countries')).toEqual([
      { country_iso2: 'AU', week: '2026-01-04', season_title: null },
    ]);
  });

  it('are told from what is none, and lines that are broken are told', async () => {
    const good = Array.from({ length: 5 }, (_, index) => ['2026-01-04', 'TV (English)', index + 1, 'A', 'N/A', 1, 1]);
    const result = await sync({
      'good.tsv': lines(before2023, ...good, ['2026-02-30', 'TV (English)', 6, 'A', 'N/A', 1, 1]),
      'html.tsv': '<a href="https://example.org">Moved Permanently</a>.\n\n',
      'null.tsv': 'null',
    });
    expect(result.refused).toMatchObject([
      { file: 'html.tsv', code: 'TABLE_UNKNOWN', reason: expect.stringContaining('Moved Permanently') },
      { file: 'null.tsv', code: 'TABLE_UNKNOWN', reason: expect.stringContaining('"null"') },
    ]);
    expect(result.current.tables.top10_global).toMatchObject({
      rows: 5,
      rowsRejected: 1,
      rejected: [{ file: 'good.tsv', line: 7, reason: 'has "2026-02-30" as week' }],
    });
  });
});

describe.skipIf(corpus === null)('the real lists', () => {
  const folder = join(corpus ?? '', 'netflix', 'public-data');

  it('are all read, each layout alone too, and the two broken ones are not', async () => {
    const result = await syncDataset({ lake, dataset: 'netflix-top10', from: folder, threads: 1 });
    expect(result.refused.map(({ file, code }) => [file, code])).toEqual([
      ['top10-global-broken-html-2023-06-01.tsv', 'TABLE_UNKNOWN'],
      ['top10-global-broken-null-2023-12-27.tsv', 'TABLE_UNKNOWN'],
    ]);
    const rows = Object.entries(result.current.tables).map(([name, table]) => [name, table.rows, table.rowsRejected]);
    expect(rows).toEqual([
      ['most_popular', 80, 0],
      ['top10_countries', 1020, 0],
      // 264 weeks of forty rows; the three heads are of weeks that it has.
      ['top10_global', 10_560, 0],
    ]);
    expect(
      await query(`SELECT count(*) FILTER (season_title IS NULL)::INTEGER AS films, count(runtime_hours)::INTEGER AS timed,
        count(*) FILTER (season_title = 'N/A')::INTEGER AS unnamed FROM top10_global`),
    ).toEqual([{ films: 5442, timed: 6480, unnamed: 0 }]);
    for (const file of (await readdir(folder)).filter((name) => name.includes('layout'))) {
      const alone = await mkdtemp(join(tmpdir(), 'watchprint-lists-'));
      const { current } = await syncDataset({ lake: alone, dataset: 'netflix-top10', from: join(folder, file) });
      expect(Object.values(current.tables)).toMatchObject([
        { rows: file.startsWith('most') ? 40 : 200, rowsRejected: 0 },
      ]);
    }
  });
});
