import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { markedImdb, packed, writeFiles } from '../../test/made-imdb.ts';
import { type Origin, startOrigin } from '../../test/origin.ts';
import { queryLake } from '../../test/read-lake.ts';
import { type SyncOptions, syncDataset } from './sync.ts';
import { datasetFolder, pinVersion, readCurrent } from './versions.ts';

let lake: string;
let folder: string;
beforeEach(async () => {
  lake = await mkdtemp(join(tmpdir(), 'watchprint-lake-'));
  folder = datasetFolder(lake, 'imdb');
});

let number = 0;
async function sync(files: Record<string, string>, options: Partial<SyncOptions> = {}) {
  number += 1;
  const from = join(lake, `files ${number}'`);
  await writeFiles(from, files);
  return syncDataset({ lake, dataset: 'imdb', from, threads: 1, ...options });
}

const versionsOnDisk = async () => (await readdir(folder)).filter((name) => name.startsWith('version=')).sort();
const markInUse = async () =>
  (await queryLake(lake, 'imdb', 'SELECT DISTINCT startYear AS mark FROM title_basics')).map(({ mark }) => mark);

describe('a sync', () => {
  it('makes a table of each file, and says what it did', async () => {
    const result = await sync({ ...packed(markedImdb(1, 30)), 'notes.txt': 'x', 'other.tsv': 'a\tb\n1\t2\n' });
    expect(result).toMatchObject({
      isUnchanged: false,
      renewed: ['title_akas', 'title_basics', 'title_ratings'],
      refused: [{ file: 'other.tsv', code: 'TABLE_UNKNOWN', reason: expect.stringContaining('"a\\tb"') }],
      current: {
        dataset: 'imdb',
        previous: null,
        notice: 'Information courtesy of IMDb (https://www.imdb.com). Used with permission.',
        tables: { title_basics: { rows: 30, rowsRejected: 0, sources: [{ name: 'title.basics.tsv.gz', url: null }] } },
      },
    });
    expect(await queryLake(lake, 'imdb', 'SELECT * FROM title_akas WHERE titleId = $$tt0000007$$')).toEqual([
      {
        titleId: 'tt0000007',
        ordering: 1,
        title: 'Die Marke 1',
        region: 'DE',
        language: null,
        types: ['alternative', 'imdbDisplay'],
        attributes: null,
        isOriginalTitle: false,
      },
    ]);
    expect((await readdir(folder)).sort()).toEqual(['current.json', 'pins', result.current.version]);
    expect((await readdir(join(folder, result.current.version))).sort()).toEqual([
      'title_akas.parquet',
      'title_basics.parquet',
      'title_ratings.parquet',
    ]);
  });

  it('takes a file that may not be whole, and says so', async () => {
    const doubts: string[] = [];
    const onProgress: SyncOptions['onProgress'] = (progress) => {
      if (progress.step === 'doubt') doubts.push(progress.reason);
    };
    const whole = markedImdb(1, 30);
    await sync(whole, { onProgress });
    expect(doubts).toEqual([]);
    const { 'title.basics.tsv': basics = '' } = whole;
    const lines = basics.trimEnd().split('\n');
    // Cut off where the last line is still a whole one.
    const cut = await sync({ 'title.basics.tsv': lines.slice(0, 21).join('\n') }, { onProgress });
    expect(cut.current.tables.title_basics).toMatchObject({ rows: 20, rowsRejected: 0 });
    expect(doubts).toEqual([
      'title.basics.tsv does not end with an end of line: it may have been cut off',
      'title_basics has 20 rows, and had 30 before: the file may not be whole. Sync again with the whole one',
    ]);
  });

  it('keeps tables that nothing new came for, and the version before until the next', async () => {
    const first = await sync(markedImdb(1, 30));
    const { 'title.ratings.tsv': ratings = '' } = markedImdb(2, 5);
    const second = await sync({ 'ratings.tsv': ratings });
    expect(second.renewed).toEqual(['title_ratings']);
    expect(second.current).toMatchObject({
      previous: first.current.version,
      tables: { title_basics: { rows: 30 }, title_ratings: { rows: 5 } },
    });
    expect(await versionsOnDisk()).toEqual([first.current.version, second.current.version].sort());
    const third = await sync(markedImdb(3, 10));
    expect(await versionsOnDisk()).toEqual([second.current.version, third.current.version].sort());
    expect(await markInUse()).toEqual([3]);
  });

  it('leaves what is in use where no file can be taken, where the last step fails, and where it is stopped', async () => {
    const { current } = await sync(markedImdb(1, 30));
    const controller = new AbortController();
    for (const failing of [
      () => sync({ 'title.basics.tsv': 'null' }),
      () => sync({ 'readme.md': '' }),
      () => syncDataset({ lake, dataset: 'imdb', from: join(lake, 'nowhere') }),
    ])
      await expect(failing()).rejects.toMatchObject({ code: 'NOTHING_TO_SYNC' });
    const finish = () => Promise.reject(new Error('no index'));
    await expect(sync(markedImdb(2, 30), { finish })).rejects.toThrow('no index');
    const stop = async () => controller.abort();
    await expect(sync(markedImdb(2, 30), { finish: stop, signal: controller.signal })).rejects.toMatchObject({
      code: 'STOPPED',
    });
    expect(await readCurrent(folder)).toEqual(current);
    expect(await markInUse()).toEqual([1]);
    expect((await readdir(folder)).sort()).toEqual(['current.json', 'pins', current.version]);
  });

  it('is finished in its folder before it is in use, and anew when what is built has another name', async () => {
    const seen: unknown[] = [];
    const finish = async (path: string) => {
      seen.push([(await readCurrent(folder))?.version ?? null, (await readdir(path)).sort()]);
      await writeFile(join(path, 'index'), 'built');
    };
    const origin = await startOrigin();
    try {
      offer(origin, 1);
      const download = (finishedAs: string) =>
        syncDataset({ lake, dataset: 'imdb', origin: origin.url, finish, finishedAs, threads: 1 });
      const first = await download('index 1');
      const tables = ['title_akas.parquet', 'title_basics.parquet', 'title_ratings.parquet'];
      expect(seen).toEqual([[null, tables]]);
      expect(await readFile(join(folder, first.current.version, 'index'), 'utf8')).toBe('built');
      expect(await download('index 1')).toMatchObject({ isUnchanged: true, current: first.current });
      expect(seen).toHaveLength(1);
      const again = await download('index 2');
      expect(again).toMatchObject({ isUnchanged: false, renewed: [], current: { finishedAs: 'index 2' } });
      expect(seen).toEqual([
        [null, tables],
        [first.current.version, tables],
      ]);
      expect(await markInUse()).toEqual([1]);
    } finally {
      await origin.close();
    }
  });

  it('runs once at a time; the lock of a process that died does not count', async () => {
    let inside = 0;
    const both = await Promise.allSettled(
      [1, 2].map((mark) =>
        sync(markedImdb(mark, 30), {
          finish: async () => {
            inside += 1;
            expect(inside).toBe(1);
            await new Promise((resolve) => setTimeout(resolve, 100));
            inside -= 1;
          },
        }),
      ),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'SYNC_RUNNING', retryable: true },
    });
    const dead = { token: 'x', pid: 2 ** 22 - 1, host: hostname(), processStart: '1' };
    for (const lock of [JSON.stringify(dead), JSON.stringify({ ...dead, pid: process.pid }), '{', '']) {
      await writeFile(join(folder, 'sync.lock'), lock);
      expect(await sync(markedImdb(4, 30))).toMatchObject({ renewed: expect.arrayContaining(['title_basics']) });
    }
    // Nobody can see from here whether a process of another machine lives.
    await writeFile(join(folder, 'sync.lock'), JSON.stringify({ ...dead, host: 'elsewhere.example' }));
    await expect(sync(markedImdb(5, 30))).rejects.toMatchObject({
      code: 'SYNC_RUNNING',
      message: expect.stringContaining('elsewhere.example'),
    });
  });

  it('removes what syncs that died left, and no version that a living reader has pinned', async () => {
    const first = await sync(markedImdb(1, 30));
    const pinned = await pinVersion(folder);
    const dead = join(folder, 'pins', `${first.current.version}.x.json`);
    await writeFile(dead, JSON.stringify({ pid: 2 ** 22 - 1, host: hostname(), processStart: '1' }));
    await writeFiles(join(folder, 'unfinished-20260101T000000Z-00000000'), { 'a.parquet': 'half' });
    await writeFiles(join(folder, 'removed-20260101T000000Z-00000000'), { 'a.parquet': 'half' });
    // It had its name, but was not yet in use.
    await writeFiles(join(folder, 'version=20260101T000000Z-00000000'), { 'a.parquet': 'whole' });
    const second = await sync(markedImdb(2, 30));
    const third = await sync(markedImdb(3, 30));
    const versions = [first, second, third].map(({ current }) => current.version);
    expect(await versionsOnDisk()).toEqual([...versions].sort());
    expect(await readdir(pinned?.folder ?? '')).toHaveLength(3);
    expect(await readdir(join(folder, 'pins'))).toHaveLength(1);
    await pinned?.release();
    const fourth = await sync(markedImdb(4, 30));
    expect((await readdir(folder)).sort()).toEqual(
      ['current.json', 'pins', third.current.version, fourth.current.version].sort(),
    );
  });

  it('gives readers one version, however often it is renewed meanwhile', async () => {
    await sync(markedImdb(1, 30));
    let isOver = false;
    const reader = (async () => {
      let reads = 0;
      for (; !isOver; reads += 1) {
        const rows = await queryLake(
          lake,
          'imdb',
          `SELECT count(*)::INTEGER AS rows, count(DISTINCT mark)::INTEGER AS marks FROM (
             SELECT startYear AS mark FROM title_basics UNION ALL SELECT ordering FROM title_akas
             UNION ALL SELECT numVotes FROM title_ratings)`,
        );
        expect(rows).toEqual([{ rows: 90, marks: 1 }]);
      }
      return reads;
    })();
    for (let mark = 2; mark < 8; mark += 1) await sync(markedImdb(mark, 30));
    isOver = true;
    expect(await reader).toBeGreaterThan(2);
  });

  it('says so where current.json is none of ours', async () => {
    await sync(markedImdb(1, 30));
    for (const content of ['', '{}', '{"format":"watchprint-bulk","formatVersion":1,"version":"../../x"}']) {
      await writeFile(join(folder, 'current.json'), content);
      await expect(sync(markedImdb(2, 30))).rejects.toMatchObject({ code: 'BULK_BROKEN' });
      await expect(pinVersion(folder)).rejects.toMatchObject({ code: 'BULK_BROKEN' });
    }
    await rm(join(folder, 'current.json'));
    await sync(markedImdb(2, 30));
    expect(await markInUse()).toEqual([2]);
    expect(await versionsOnDisk()).toHaveLength(1);
    await rename(join(folder, 'current.json'), join(folder, 'aside'));
    expect(await pinVersion(folder)).toBeNull();
  });
});

function offer(origin: Origin, mark: number, names?: string[]): void {
  for (const [name, content] of Object.entries(markedImdb(mark, 30)))
    if (names === undefined || names.includes(name))
      origin.files.set(`${name}.gz`, { body: gzipSync(content), etag: `"${mark}"` });
}

describe('a sync from an origin', () => {
  it('fetches what has changed, keeps the rest, and does nothing where nothing has', async () => {
    const origin = await startOrigin();
    const download = () =>
      syncDataset({ lake, dataset: 'imdb', origin: `${origin.url}/`, threads: 1, userAgent: 'x', retryDelays: [1, 1] });
    try {
      await expect(download()).rejects.toMatchObject({ code: 'NOTHING_TO_SYNC' });
      offer(origin, 1);
      const first = await download();
      expect(first.missing).toEqual(
        ['title.episode', 'title.crew', 'name.basics', 'title.principals'].map((name) => `${name}.tsv.gz`),
      );
      expect(first.current.tables.title_basics?.sources).toMatchObject([
        { url: `${origin.url}/title.basics.tsv.gz`, etag: '"1"' },
      ]);
      expect(await download()).toMatchObject({ isUnchanged: true, current: first.current });
      expect((await readdir(folder)).sort()).toEqual(['current.json', 'pins', first.current.version].sort());
      offer(origin, 2, ['title.ratings.tsv']);
      const second = await download();
      expect(second).toMatchObject({ renewed: ['title_ratings'], current: { tables: { title_akas: { rows: 30 } } } });
      expect(await queryLake(lake, 'imdb', 'SELECT DISTINCT numVotes FROM title_ratings')).toEqual([{ numVotes: 2 }]);
      expect(await markInUse()).toEqual([1]);
      // A table that came from elsewhere meanwhile is fetched again.
      await sync(markedImdb(3, 30));
      expect((await download()).renewed).toHaveLength(3);
      expect(await markInUse()).toEqual([1]);
    } finally {
      await origin.close();
    }
  });

  it('takes no garbage, and does not keep it: the next sync asks anew', async () => {
    const origin = await startOrigin();
    const download = () => syncDataset({ lake, dataset: 'imdb', origin: origin.url, threads: 1, retryDelays: [1] });
    try {
      offer(origin, 1);
      const first = await download();
      origin.files.clear();
      origin.files.set('title.basics.tsv.gz', { body: Buffer.from('<!doctype html><p>We are closed'), etag: '"2"' });
      await expect(download()).rejects.toMatchObject({ message: expect.stringContaining('<!doctype html>') });
      // Half of a table whose length is told wrongly.
      const whole = gzipSync(markedImdb(2, 30)['title.basics.tsv'] ?? '');
      origin.files.set('title.basics.tsv.gz', { body: whole.subarray(0, -20), etag: '"2"' });
      await expect(download()).rejects.toMatchObject({ message: expect.stringContaining('cut off') });
      expect(await readCurrent(folder)).toEqual(first.current);
      origin.files.set('title.basics.tsv.gz', { body: whole, etag: '"2"' });
      expect(await download()).toMatchObject({ renewed: ['title_basics'] });
      origin.instead.push(...[1, 2].map(() => serverError));
      await expect(download()).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
      expect(await markInUse()).toEqual([2]);
    } finally {
      await origin.close();
    }
  });
});

const serverError: Origin['instead'][number] = (_, response) => {
  response.writeHead(500).end();
  return true;
};
