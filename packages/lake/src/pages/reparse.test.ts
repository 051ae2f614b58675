import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { exchange } from '../../test/exchanges.ts';
import type { PageEntry, PageExchange } from './exchange.ts';
import { createPages, type Pages } from './pages.ts';
import { type FailedPage, type PageParser, reparse } from './reparse.ts';

let pages: Pages;
beforeEach(async () => {
  pages = createPages(await mkdtemp(join(tmpdir(), 'watchprint-reparse-')));
});

const page = (key: string, time: string, body: string, given: Partial<PageExchange> = {}) =>
  pages.append(exchange({ key, fetchedAt: new Date(`2026-11-${time}:00Z`), body: Buffer.from(body), ...given }));

/** Reads `<title>…</title>`. */
function titles(given: Partial<PageParser<string>> = {}) {
  const kept: string[] = [];
  const parser: PageParser<string> = {
    parse({ body }) {
      const [, title] = /<title>(.*)<\/title>/.exec(Buffer.from(body).toString()) ?? [];
      if (title === undefined) throw new Error('There is no title');
      return title;
    },
    async keep(title, { kind, key }) {
      kept.push(`${kind} ${key} ${title}`);
    },
    ...given,
  };
  return { parser, kept };
}

it('reads the newest answer of each kind and key again, and lists those it cannot read', async () => {
  await page('a', '27T10:00', '<title>Old</title>');
  await page('a', '28T11:00', '<title>New</title>');
  await page('a', '28T10:00', '<title>Between</title>');
  await page('a', '26T10:00', '<title>Cast</title>', { kind: 'cast' });
  await page('b', '28T10:00', 'Nothing');
  await page('b', '27T10:00', '<title>Before nothing</title>');
  await page('c', '25T10:00', '<title>Before the refusal</title>');
  await page('c', '28T10:00', 'Too many requests', { status: 429 });
  await page('d', '28T10:00', '<title>Of another</title>', { source: 'books' });
  await pages.close();
  const { parser, kept } = titles();
  const failures: FailedPage[] = [];
  const progress: unknown[] = [];
  const report = await reparse(pages, 'films', parser, {
    onFailure: (failure) => failures.push(failure),
    onProgress: (now) => progress.push(now),
  });
  expect(kept.sort()).toEqual(['cast a Cast', 'title a New', 'title c Before the refusal']);
  expect(report).toEqual({ read: 3, failed: 1 });
  expect(progress).toHaveLength(4);
  expect(progress.at(-1)).toEqual(report);
  expect(failures).toMatchObject([{ entry: { key: 'b', bytes: 7 }, error: { message: 'There is no title' } }]);
  expect(await reparse(pages, 'nothing', parser)).toEqual({ read: 0, failed: 0 });
});

it('lets the parser say which pages it reads', async () => {
  await page('a', '28T10:00', '<title>Gone</title>', { status: 404 });
  await page('a', '27T10:00', '<title>There</title>');
  const { parser, kept } = titles({ reads: ({ status }: PageEntry) => status === 404 });
  await reparse(pages, 'films', parser);
  expect(kept).toEqual(['title a Gone']);
});

it('goes on where a page is damaged, and ends where nothing can be kept or somebody has enough', async () => {
  await page('a', '28T10:00', '<title>A</title>');
  const { file, responsePlace } = await page('b', '28T10:01', '<title>B</title>');
  await page('c', '28T10:02', '<title>C</title>');
  await pages.close();
  const bytes = await readFile(file);
  bytes.fill(0, responsePlace.offset + 20, responsePlace.offset + 60);
  await writeFile(file, bytes);
  const { parser, kept } = titles();
  const failures: FailedPage[] = [];
  await reparse(pages, 'films', parser, { onFailure: (failure) => failures.push(failure) });
  expect(kept).toEqual(['title a A', 'title c C']);
  expect(failures).toMatchObject([{ entry: { key: 'b' }, error: { code: 'PAGE_DAMAGED' } }]);

  const full = titles({ keep: () => Promise.reject(new Error('No room')) });
  await expect(reparse(pages, 'films', full.parser)).rejects.toThrow('No room');
  const enough = new AbortController();
  const stopped = reparse(pages, 'films', parser, { signal: enough.signal, onProgress: () => enough.abort() });
  await expect(stopped).rejects.toThrow('aborted');
  expect(kept).toEqual(['title a A', 'title c C', 'title a A']);
});
