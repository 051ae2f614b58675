import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cutAfter, type Origin, startOrigin } from '../../test/origin.ts';
import { download } from './download.ts';
import type { SyncProgress } from './input-file.ts';
import type { BulkSource } from './versions.ts';

const bytes = (length: number, seed: string): Buffer => {
  const chunks: Buffer[] = [];
  for (let number = 0; chunks.length * 32 < length; number += 1)
    chunks.push(createHash('sha256').update(`${seed} ${number}`).digest());
  return Buffer.concat(chunks).subarray(0, length);
};
const monday = 'Mon, 02 Nov 2026 05:00:00 GMT';
const tuesday = 'Tue, 03 Nov 2026 05:00:00 GMT';
const first = bytes(300_000, 'first');
const second = bytes(280_000, 'second');

let origin: Origin;
let folder: string;
let told: SyncProgress[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchprint-download-'));
  origin = await startOrigin({ 'a.gz': { body: first, etag: '"1"', lastModified: monday } });
  told = [];
});
afterEach(() => origin.close());

const get = (known: Partial<BulkSource> | null = null, options: { signal?: AbortSignal; stallMs?: number } = {}) =>
  download({ name: 'a.gz', url: `${origin.url}/a.gz` }, known as BulkSource | null, {
    folder,
    userAgent: 'watchprint/1 (ada@example.org)',
    tell: (progress) => void told.push(progress),
    retryDelays: [1, 1, 1],
    ...options,
  });

/** Which file it is: the bytes themselves would be compared one by one, and told. */
async function content(got: Awaited<ReturnType<typeof get>>): Promise<string> {
  if (typeof got === 'string') return got;
  const found = await readFile(got.path);
  return found.equals(first) ? 'first' : found.equals(second) ? 'second' : `${found.length} other bytes`;
}
const asked = () => origin.asked.map(({ status, headers }) => [status, headers.range ?? null]);

describe('a download', () => {
  it('says who asks, and keeps the file as it came with what it is known by', async () => {
    const got = await get();
    expect(await content(got)).toBe('first');
    expect(got).toMatchObject({
      source: { name: 'a.gz', url: `${origin.url}/a.gz`, etag: '"1"', lastModified: monday, bytes: first.length },
    });
    expect(origin.asked[0]?.headers).toMatchObject({
      'user-agent': 'watchprint/1 (ada@example.org)',
      'accept-encoding': 'identity',
    });
    expect(told.at(-1)).toEqual({ step: 'download', file: 'a.gz', bytes: first.length, bytesTotal: first.length });
  });

  it('does not fetch again what has not changed, by ETag or by date', async () => {
    expect(await get({ etag: '"1"', lastModified: monday })).toBe('UNCHANGED');
    expect(await get({ etag: null, lastModified: monday })).toBe('UNCHANGED');
    expect(await content(await get({ etag: '"0"', lastModified: tuesday }))).toBe('first');
    expect(asked().map(([status]) => status)).toEqual([304, 304, 200]);
    // What came is whole, but not yet in use: it is asked for again, and what is here is taken.
    expect(await content(await get({ etag: '"0"', lastModified: null }))).toBe('first');
    expect(asked().at(-1)).toEqual([304, null]);
    origin.files.set('a.gz', { body: second, etag: '"2"' });
    expect(await content(await get({ etag: '"0"', lastModified: null }))).toBe('second');
  });

  it('goes on where the connection broke, as often as it gets further', async () => {
    for (let time = 0; time < 6; time += 1) origin.instead.push(cutAfter(40_000));
    expect(await content(await get())).toBe('first');
    const ranges = asked().map(([, range]) => range);
    expect(ranges).toHaveLength(7);
    expect(ranges[0]).toBeNull();
    expect(ranges.slice(1)).toEqual([1, 2, 3, 4, 5, 6].map((time) => `bytes=${40_000 * time}-`));
    expect(origin.asked.at(-1)?.headers['if-range']).toBe('"1"');
  });

  it('goes on in a later run', async () => {
    origin.instead.push(cutAfter(120_000), ...Array.from({ length: 3 }, () => failing(500)));
    await expect(get()).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED', retryable: true });
    expect((await readdir(folder)).sort()).toEqual(['a.gz.json', 'a.gz.part']);
    expect(await content(await get())).toBe('first');
    expect(asked().at(-1)).toEqual([206, 'bytes=120000-']);
  });

  it('mixes no two files when it was changed in between', async () => {
    const change = () => origin.files.set('a.gz', { body: second, etag: '"2"', lastModified: tuesday });
    // As If-Range has it: all of the new one.
    origin.instead.push(cutAfter(100_000), (...args) => {
      change();
      expect(args[0].headers['if-range']).toBe('"1"');
      return false;
    });
    expect(await content(await get())).toBe('second');
    expect(asked()).toEqual([
      [200, null],
      [200, 'bytes=100000-'],
    ]);
  });

  it('asks whether a file has changed whose last byte came just before a run died', async () => {
    await get();
    const dies = async () => {
      await rename(join(folder, 'a.gz'), join(folder, 'a.gz.part'));
      const state = JSON.parse(await readFile(join(folder, 'a.gz.json'), 'utf8'));
      await writeFile(join(folder, 'a.gz.json'), JSON.stringify({ ...state, isWhole: false }));
    };
    await dies();
    expect(await content(await get())).toBe('first');
    expect(asked().at(-1)).toEqual([304, null]);
    await dies();
    origin.files.set('a.gz', { body: second, etag: '"2"', lastModified: tuesday });
    expect(await content(await get())).toBe('second');
  });

  it.each([412, 416])('begins anew when an origin answers %i to the rest', async (status) => {
    origin.instead.push(cutAfter(100_000), failing(status));
    expect(await content(await get())).toBe('first');
    expect(asked()).toEqual([
      [200, null],
      [status, 'bytes=100000-'],
      [200, null],
    ]);
  });

  it('begins anew when an origin ignores If-Range and sends the rest of another file', async () => {
    origin.instead.push(cutAfter(100_000), (_, response) => {
      origin.files.set('a.gz', { body: second, etag: '"2"' });
      response.writeHead(206, { etag: '"2"', 'content-range': `bytes 100000-279999/280000` });
      response.end(second.subarray(100_000));
      return true;
    });
    expect(await content(await get())).toBe('second');
  });

  it('does not go on with a file that has nothing to be known by', async () => {
    origin.files.set('a.gz', { body: first });
    origin.instead.push(cutAfter(100_000));
    expect(await content(await get())).toBe('first');
    expect(asked()).toEqual([
      [200, null],
      [200, null],
    ]);
  });

  it('tries again after errors that pass, as late as it is told to, and not after others', async () => {
    origin.instead.push(failing(500), failing(503, { 'retry-after': '0' }), failing(429));
    expect(await content(await get())).toBe('first');
    expect(told.filter(({ step }) => step === 'wait')).toHaveLength(3);
    for (const [status, code] of [
      [403, 'DOWNLOAD_FAILED'],
      [400, 'DOWNLOAD_FAILED'],
    ] as const) {
      origin.asked.length = 0;
      origin.files.set('a.gz', { body: second, etag: '"2"' });
      origin.instead.push(failing(status));
      await expect(get()).rejects.toMatchObject({ code, message: expect.stringContaining(String(status)) });
      expect(origin.asked).toHaveLength(1);
    }
    origin.instead.push(failing(503, { 'retry-after': '3600' }));
    await expect(get()).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
    origin.instead.push(...Array.from({ length: 4 }, () => failing(500)));
    await expect(get()).rejects.toMatchObject({ message: expect.stringContaining('the source answers 500') });
  });

  it('says that a file is not there', async () => {
    origin.files.clear();
    expect(await get()).toBe('MISSING');
  });

  it('takes no web page for the file, and follows no redirect to elsewhere', async () => {
    const page = failing(200, { 'content-type': 'text/html; charset=utf-8' });
    origin.instead.push(page);
    await expect(get()).rejects.toMatchObject({ message: expect.stringContaining('a web page') });
    origin.instead.push(failing(302, { location: 'http://127.0.0.1:9/a.gz' }));
    await expect(get()).rejects.toMatchObject({ message: expect.stringContaining('which is not followed') });
    origin.instead.push(failing(301, { location: '/b.gz' }));
    origin.files.set('b.gz', { body: second });
    expect(await content(await get())).toBe('second');
    for (let hop = 0; hop < 5; hop += 1) origin.instead.push(failing(302, { location: '/a.gz' }));
    await expect(get()).rejects.toMatchObject({ message: expect.stringContaining('in circles') });
    const elsewhere = download({ name: 'a.gz', url: 'http://192.0.2.1/a.gz' }, null, {
      folder,
      userAgent: 'x',
      tell: () => {},
    });
    await expect(elsewhere).rejects.toMatchObject({ message: expect.stringContaining('no https:// address') });
  });

  it('ends an attempt when nothing comes, and goes on', async () => {
    origin.instead.push((_, response) => {
      response.writeHead(200, { etag: '"1"', 'content-length': first.length });
      response.write(first.subarray(0, 50_000));
      return true;
    });
    expect(await content(await get(null, { stallMs: 300 }))).toBe('first');
    expect(asked().some(([, range]) => range === 'bytes=50000-')).toBe(true);
  });

  it('can be stopped, and keeps what came', async () => {
    const controller = new AbortController();
    origin.instead.push((_, response) => {
      response.writeHead(200, { etag: '"1"', 'content-length': first.length });
      response.write(first.subarray(0, 50_000), () => setTimeout(() => controller.abort(), 100));
      return true;
    });
    await expect(get(null, { signal: controller.signal })).rejects.toMatchObject({ code: 'STOPPED' });
    expect(await content(await get())).toBe('first');
    expect(asked().at(-1)).toEqual([206, 'bytes=50000-']);
  });
});

const failing =
  (status: number, headers: Record<string, string> = {}): Origin['instead'][number] =>
  (_, response) => {
    response.writeHead(status, headers).end('<p>no</p>');
    return true;
  };
