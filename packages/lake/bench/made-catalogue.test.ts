import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { compareKey } from '../../engine/src/resolve/compare-key.ts';
import { splitEpisodeSuffix } from '../../engine/src/resolve/read/markers.ts';
import type { MadeTitle } from './made/made-title.ts';
import { writeMadeCatalogue } from './made-catalogue.ts';
import { madeTitles } from './made-titles.ts';

const TITLES = 20_000;
const STRINGS = 2000;
const FILES = ['title.basics', 'title.akas', 'title.episode', 'title.ratings'] as const;

let folder: string;
let files: Record<(typeof FILES)[number], string[][]>;
let counted: Record<string, number>;
let strings: MadeTitle[];
/** By id: how the names of a title compare, with those of other regions. */
const names = new Map<string, Set<string>>();
const kinds = new Map<string, string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'made-'));
  counted = await writeMadeCatalogue(folder, { titles: TITLES, seed: 1 });
  const read = (name: string) => {
    const lines = readFileSync(join(folder, `${name}.tsv`), 'utf8')
      .trimEnd()
      .split('\n');
    return lines.slice(1).map((line) => line.split('\t'));
  };
  files = Object.fromEntries(FILES.map((name) => [name, read(name)])) as typeof files;
  for (const [id = '', kind = '', primary = '', original = ''] of files['title.basics']) {
    kinds.set(id, kind);
    names.set(id, new Set([compareKey(primary), compareKey(original)]));
  }
  for (const [id = '', , name = ''] of files['title.akas']) names.get(id)?.add(compareKey(name));
  strings = madeTitles({ strings: STRINGS, titles: TITLES, seed: 1 });
});

test('the same seed and size give the same bytes, another seed gives others', async () => {
  const again = mkdtempSync(join(tmpdir(), 'made-'));
  const other = mkdtempSync(join(tmpdir(), 'made-'));
  await writeMadeCatalogue(again, { titles: TITLES, seed: 1, gzip: true });
  await writeMadeCatalogue(other, { titles: TITLES, seed: 2 });
  for (const name of FILES) {
    const bytes = readFileSync(join(folder, `${name}.tsv`));
    expect(gunzipSync(readFileSync(join(again, `${name}.tsv.gz`))).equals(bytes), name).toBe(true);
    expect(readFileSync(join(other, `${name}.tsv`)).equals(bytes), name).toBe(false);
  }
});

test('the catalogue has as many titles as asked for, each under an id of its own, by rising id', () => {
  const ids = files['title.basics'].map(([id = '']) => Number(id.slice(2)));
  expect(ids).toHaveLength(TITLES);
  expect(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0))).toBe(true);
  const rows = Object.values(files).map((file) => file.length);
  expect(Object.values(counted)).toEqual(rows);
});

test('every line has all columns, and every row of the other files is about a title of title.basics', () => {
  const columns = { 'title.basics': 9, 'title.akas': 8, 'title.episode': 4, 'title.ratings': 3 };
  for (const name of FILES) {
    for (const row of files[name]) {
      if (row.length !== columns[name]) expect.fail(`${name}: ${row.join(' ')}`);
      if (!kinds.has(row[0] ?? '')) expect.fail(`${name}: ${row.join(' ')}`);
    }
  }
});

test('every episode belongs to a series, once under each number', () => {
  const numbers = new Set<string>();
  for (const [id = '', series = '', season, number] of files['title.episode']) {
    if (kinds.get(id) !== 'tvEpisode') expect.fail(`${id} is no episode`);
    if (!/^tv(?:Mini)?Series$/.test(kinds.get(series) ?? '')) expect.fail(`${series} is no series`);
    numbers.add(`${series} ${season} ${number}`);
  }
  expect(numbers.size).toBe(files['title.episode'].length);
  expect(numbers.size).toBe([...kinds.values()].filter((kind) => kind === 'tvEpisode').length);
});

test('strings are distinct, the same each time, and fewer of them are the first of many', () => {
  expect(new Set(strings.map(({ title }) => title)).size).toBe(STRINGS);
  expect(madeTitles({ strings: STRINGS, titles: TITLES, seed: 1 })).toEqual(strings);
  expect(madeTitles({ strings: 300, titles: TITLES, seed: 1 })).toEqual(strings.slice(0, 300));
});

test('a catalogue too small for so many strings is refused', () => {
  expect(() => madeTitles({ strings: 5000, titles: 500, seed: 1 })).toThrow('500 titles are too few for 5000 strings');
  expect(() => madeTitles({ strings: 1, titles: 100, seed: 1 })).toThrow('at least 500 titles');
});

test('four in five films and episodes are about works of the catalogue', () => {
  const works = strings.filter(({ kind }) => kind !== 'series-other');
  const present = works.filter(({ made_title_id }) => made_title_id !== '-').length / works.length;
  expect(present).toBeCloseTo(0.8, 1);
});

test('every work that is present is in the catalogue under the name in its string', () => {
  for (const row of strings) {
    if (!row.made_title_id.startsWith('tt')) continue;
    const known = [...(names.get(row.made_title_id) ?? [])];
    const key = compareKey(row.title);
    const isNamed = known.some((name) => key === name || (row.kind === 'episode' && key.startsWith(`${name} `)));
    if (!isNamed) expect.fail(`${row.title} is none of ${known.join(', ')}`);
    if (row.kind === 'episode' && !known.includes(compareKey(row.series))) expect.fail(`${row.series} is not its name`);
  }
});

test('nearly no work that is absent has the name of one that is present', () => {
  const known = new Set([...names].flatMap(([id, keys]) => (kinds.get(id) === 'tvEpisode' ? [] : [...keys])));
  const absent = strings.filter(({ made_title_id }) => made_title_id === '-');
  const namesakes = absent.filter(({ title, series }) => known.has(compareKey(series === '' ? title : series)));
  expect(absent.length).toBeGreaterThan(300);
  expect(namesakes.length / absent.length).toBeLessThan(0.15);
});

test('every labelled episode belongs to its series, and its name or its number tells it as the label says', () => {
  const episodes = new Map(files['title.episode'].map(([id = '', ...rest]) => [id, rest]));
  const counts = { title: 0, number: 0, 'number+title': 0 };
  for (const row of strings) {
    if (row.episode_basis === '') continue;
    const [series, season, number] = episodes.get(row.imdb_episode_id) ?? [];
    if (series !== row.made_title_id) expect.fail(`${row.title}: ${row.imdb_episode_id} is of ${series}`);
    const suffix = splitEpisodeSuffix(row.episode);
    if (row.episode_basis.includes('title')) {
      const name = compareKey(suffix?.rest ?? row.episode);
      if (!names.get(row.imdb_episode_id)?.has(name)) expect.fail(`${row.title}: no such name`);
    }
    if (row.episode_basis.includes('number')) {
      const told = suffix?.number ?? Number(/\d+/.exec(row.episode)?.[0]);
      const [wanted, got] = [`${row.season || '1'}, ${told}`, `${season}, ${number}`];
      if (wanted !== got) expect.fail(`${row.title} says ${wanted} and is ${got}`);
    }
    counts[row.episode_basis] += 1;
  }
  expect(Math.min(...Object.values(counts))).toBeGreaterThan(50);
});
