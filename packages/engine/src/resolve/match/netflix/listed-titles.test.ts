import { expect, it } from 'vitest';
import { madeWork } from '../../../../test/made-works.ts';
import { matchWith, row } from '../../../../test/match-with.ts';
import type { MemoryWork } from '../../../../test/memory-catalogue.ts';
import type { ListedTitle } from '../catalogue.ts';
import { catalogueKey } from '../names/catalogue-key.ts';
import { agreementWith, type ListedRow, readNetflixLists, titlesMeant } from './listed-titles.ts';

const listed = (title: string, more: Partial<ListedRow> = {}): ListedRow => ({
  title,
  originalTitle: null,
  kind: null,
  year: null,
  runtimeMinutes: null,
  hoursViewed: 100,
  ...more,
});

const titlesOf = (rows: readonly ListedRow[], name: string) =>
  readNetflixLists(rows).titles.get(catalogueKey(name)) ?? [];

it('files a title under both its names, with what the lists of several half-years say', () => {
  const both = { originalTitle: 'Papierhafen', year: 2021 };
  const rows = [
    listed('Paper Harbour', both),
    listed('Paper Harbour', { ...both, kind: 'MOVIE' }),
    listed('Paper Harbour', { ...both, kind: 'MOVIE', runtimeMinutes: 101 }),
  ];
  for (const name of ['Paper Harbour', 'Papierhafen'])
    expect(titlesOf(rows, name)).toEqual([{ name, kind: 'MOVIE', year: 2021, runtimeMinutes: 101, hoursViewed: 300 }]);
});

it('reads what a title is called in two scripts as two names', async () => {
  const rows = [listed('Tin Moon: Season 1', { originalTitle: '鐵月: 第 1 季 // 铁月: 第 1 季' })];
  for (const name of ['Tin Moon', '鐵月', '铁月'])
    expect(titlesOf(rows, name)).toMatchObject([{ name, kind: 'SERIES' }]);
  const series = madeWork({ id: 'tt1000005', name: 'Tin Moon', kind: 'SERIES' });
  const string = '铁月: 第 1 季: 第 1 集';
  expect((await matchWith([series], [row(string)], {}, rows))(string).work?.id).toBe('tt1000005');
});

it('takes the year of a series from its first season alone, and that of a film from its name too', () => {
  const rows = [
    listed('Salt Line: Season 2', { year: 2020 }),
    listed('Salt Line: Season 1', { year: 2018 }),
    listed('Salt Line: Season 3', { originalTitle: 'Salzlinie: Staffel 3', year: 2021 }),
    listed('Tin Moon (2016)', { kind: 'MOVIE', runtimeMinutes: 90 }),
    listed('Iron Tide: Part Two', { kind: 'MOVIE', year: 2024 }),
  ];
  expect(titlesOf(rows, 'Salt Line')).toMatchObject([
    { kind: 'SERIES', year: 2018, hoursViewed: 200 },
    { kind: 'SERIES', year: null },
  ]);
  expect(titlesOf(rows, 'Tin Moon')).toMatchObject([{ name: 'Tin Moon (2016)', kind: 'MOVIE', year: 2016 }]);
  expect(titlesOf(rows, 'Iron Tide: Part Two')).toMatchObject([{ kind: 'MOVIE', year: 2024 }]);
});

const work = (more: Partial<MemoryWork>) => madeWork({ id: 'tt1000001', name: 'Salt Line', ...more });

it('leaves open which series a year is of where another has its arcs under the same name', () => {
  const older = work({ kind: 'SERIES', year: 1999 });
  const says = (...rows: ListedRow[]) => agreementWith(older, titlesOf(rows, 'Salt Line'));
  const remake = listed('Salt Line: Season 1', { year: 2018 });
  expect(says(remake)).toMatchObject({ year: false, runtime: null });
  expect(says(remake, listed('Salt Line: The Long Arc'))).toMatchObject({ year: null, runtime: null });
});

const title = (year: number | null, more: Partial<ListedTitle> = {}): ListedTitle => ({
  name: 'Salt Line',
  kind: 'MOVIE',
  year,
  runtimeMinutes: null,
  hoursViewed: 100,
  ...more,
});

it('compares years and runtimes', () => {
  const film = work({ year: 2018, runtimeMinutes: 100 });
  const years = [2015, 2016, 2017, 2018, 2019, 2020, 2021].map((year) => agreementWith(film, [title(year)])?.year);
  expect(years).toEqual([false, null, true, true, true, null, false]);
  const runtimes = [80, 90, 98, 102, 110, 120].map(
    (runtimeMinutes) => agreementWith(film, [title(null, { runtimeMinutes })])?.runtime,
  );
  expect(runtimes).toEqual([false, null, true, true, null, false]);
  // Of several titles of the name one may be it; what the list does not call a series is a film.
  expect(agreementWith(film, [title(2004), title(2018, { kind: null })])).toMatchObject({ year: true, runtime: null });
  expect(agreementWith(film, [title(2018, { kind: 'SERIES' })])).toBeNull();
  // What hardly anybody views is not what people mean.
  expect(agreementWith(film, [title(2004), title(2018, { hoursViewed: 9 })])).toMatchObject({
    year: false,
    runtime: null,
  });
  // A series is on IMDb long before it is to be seen, and not long after.
  const planned = (registeredYear: number) =>
    agreementWith(work({ kind: 'SERIES', year: null, registeredYear }), [title(2018, { kind: 'SERIES' })])?.year;
  expect([2007, 2012, 2018, 2019, 2021].map(planned)).toEqual([false, null, null, null, false]);
});

it('takes titles that are out, and of just the name where there are any', () => {
  const titles = [title(2018, { name: 'Salt-Line' }), title(2021), title(2016, { name: 'The Salt Line' })];
  const meant = (name: string, watchedYear: number | null) =>
    titlesMeant(titles, name, watchedYear).map((one) => one.name);
  expect(meant('Saltline', 2022)).toEqual(['Salt-Line', 'Salt Line']);
  expect(meant('Saltline', 2019)).toEqual(['Salt-Line']);
  expect(meant('The Salt Line', null)).toEqual(['The Salt Line']);
  expect(meant('The Saltline', 2015)).toEqual([]);
  // The very spelling first.
  expect(meant('Salt-Line', 2022)).toEqual(['Salt-Line']);
});

const namesakes = [
  madeWork({ id: 'tt1000001', name: 'Tin Moon', year: 2004, voteCount: 90_000, runtimeMinutes: 90 }),
  madeWork({ id: 'tt1000002', name: 'Tin Moon', year: 2018, voteCount: 30_000, runtimeMinutes: 104 }),
];

it("tells namesakes apart by the date of Netflix's own lists, or the runtime", async () => {
  const match = async (list: readonly ListedRow[]) =>
    (await matchWith(namesakes, [row('Tin Moon', 2022)], {}, list))('Tin Moon');
  expect((await match([])).status).toBe('AMBIGUOUS');
  for (const more of [{ year: 2018 }, { kind: 'MOVIE', runtimeMinutes: 105 }] as const)
    expect((await match([listed('Tin Moon', more)])).work?.id).toBe('tt1000002');
  expect((await match([listed('Tin Moon', { year: 2004 })])).work?.id).toBe('tt1000001');
  // What was listed after the viewing, or is another name by its article, says nothing.
  for (const other of [listed('Tin Moon', { year: 2024 }), listed('The Tin Moon', { year: 2018 })])
    expect((await match([other])).status).toBe('AMBIGUOUS');
});

it('never accepts a film of another year than the only one of the name that Netflix lists', async () => {
  const match = async (list: readonly ListedRow[]) =>
    (await matchWith(namesakes.slice(0, 1), [row('Tin Moon', 2022)], {}, list))('Tin Moon');
  expect((await match([])).status).toBe('MATCHED');
  const apart = await match([listed('Tin Moon', { year: 2018 })]);
  expect(apart).toMatchObject({ status: 'AMBIGUOUS', candidates: [{ work: { id: 'tt1000001' } }] });
});

it('binds a translated name to the work of its year', async () => {
  const list = [listed('Tin Moon', { originalTitle: 'Blechmond', year: 2018 })];
  const match = (await matchWith(namesakes, [row('Blechmond', 2022)], {}, list))('Blechmond');
  expect(match.work?.id).toBe('tt1000002');
});

it('does not bind the name of a series to a film', async () => {
  const list = [listed('Tin Moon: Season 1', { originalTitle: 'Blechmond: Staffel 1' })];
  expect((await matchWith(namesakes, [row('Blechmond', 2022)], {}, list))('Blechmond').status).toBe('UNMATCHED');
});

it('does not take a work of another name for what Netflix itself lists under the very name', async () => {
  const works = [madeWork({ id: 'tt1000003', name: 'Splinterwood', voteCount: 200_000, year: 2008 })];
  const odds = async (list: readonly ListedRow[]) => {
    const { confidence } = (await matchWith(works, [row('Splintarwud', 2020)], {}, list))('Splintarwud');
    return (confidence ?? 0) / (1 - (confidence ?? 0));
  };
  expect(await odds([listed('Splintarwud')])).toBeLessThan((await odds([])) / 10);
});

it('never accepts a film that lacks a word of what Netflix lists under the very name', async () => {
  const works = [madeWork({ id: 'tt1000004', name: 'Fifty Lantern Harbours', voteCount: 200_000, year: 2015 })];
  const name = 'Fifty Lantern Harbours Freed';
  const match = async (list: readonly ListedRow[]) => (await matchWith(works, [row(name, 2020)], {}, list))(name);
  expect((await match([])).status).toBe('MATCHED');
  expect((await match([listed(name)])).work).toBeNull();
});

it('binds another name of Netflix to works of just the English one, and sure only where year or length agree', async () => {
  const works = [
    madeWork({ id: 'tt1000006', name: 'The Tin Moon', voteCount: 200_000, runtimeMinutes: 97 }),
    madeWork({ id: 'tt1000007', name: 'Tin Moon', voteCount: 900, runtimeMinutes: 129 }),
  ];
  const match = async (runtimeMinutes: number) =>
    (
      await matchWith(works, [row('Blechmond')], {}, [
        listed('Tin Moon', { originalTitle: 'Blechmond', kind: 'MOVIE', runtimeMinutes }),
      ])
    )('Blechmond');
  expect((await match(129)).work?.id).toBe('tt1000007');
  expect((await match(97)).work).toBeNull();
});

it('says nothing of strings that have more between the name and the season', async () => {
  const series = [2015, 1981].map((year, place) =>
    madeWork({ id: `tt100001${place}`, name: 'Dormouse', kind: 'SERIES', year, voteCount: 20_000 }),
  );
  const list = [listed('Dormouse: Season 1', { year: 2015 }), listed('Dormouse: Old Tales: Season 1')];
  const match = async (string: string) => (await matchWith(series, [row(string)], {}, list))(string);
  expect((await match('Dormouse: Season 1: Cheese')).work?.id).toBe('tt1000010');
  expect((await match('Dormouse: Old Tales: Season 1: Cheese')).work).toBeNull();
});

it('reads as a film what lists have as a whole, and of which the beginning is a series', async () => {
  const series = madeWork({ id: 'tt1000012', name: 'Dormouse', kind: 'SERIES', year: 1981, voteCount: 90_000 });
  const strings = ['Dormouse: Cheese', 'Dormouse: Bread', 'Dormouse: The Great Escape'].map((string) => row(string));
  const film = listed('Dormouse: The Great Escape', { kind: 'MOVIE' });
  const alone = (await matchWith([series], strings))('Dormouse: The Great Escape');
  expect(alone.work?.id).toBe('tt1000012');
  const beside = (await matchWith([series], strings, {}, [film]))('Dormouse: The Great Escape');
  expect(beside).toMatchObject({ reading: { kind: 'MOVIE' }, work: null });
});

it('says in the evidence what the lists have', async () => {
  const evidence = async (name: string, list: readonly ListedRow[]) =>
    (await matchWith(namesakes.slice(0, 1), [row(name, 2022)], {}, list))(name).candidates[0]?.evidence.join('; ');
  expect(await evidence('Tin Moon', [])).not.toContain('Netflix');
  expect(await evidence('Tin Moon', [listed('Tin Moon', { year: 2004 })])).toContain(
    'Netflix lists “Tin Moon” with 2004',
  );
  const other = listed('Tin Moon (2018)', { kind: 'MOVIE', runtimeMinutes: 140 });
  expect(await evidence('Tin Moon', [other])).toContain(
    'Netflix lists “Tin Moon (2018)” with 2018, another year, and with 140 minutes, another length',
  );
  expect(await evidence('Tin Moon', [listed('Tin Moon', { kind: 'MOVIE', runtimeMinutes: 90 })])).toContain(
    'Netflix lists “Tin Moon” with 90 minutes',
  );
});
