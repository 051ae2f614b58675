import { mkdtemp, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPages } from '@watchprint/lake';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { newPlace } from '../../../database/test/databases.ts';
import { type SourceOrigin, startSourceOrigin } from '../../../sources/test/source-origin.ts';
import { runCommand } from '../../test/run-command.ts';
import { startServer } from '../../test/server-process.ts';

const page = `<html><head><link rel="canonical" href="https://www.rottentomatoes.com/m/paper_moons"></head><body>
<script id="media-scorecard-json" type="application/json">{"criticsScore":{"score":"81","reviewCount":12}}</script></body></html>`;

describe('source', { timeout: 240_000 }, () => {
  let folder: string;
  let origin: SourceOrigin;
  const home = () => join(folder, 'home');
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watchprint-source-'));
    await rename((await newPlace('embedded')).home, home());
    origin = await startSourceOrigin({
      titles: [{ id: 'tt0000201', kind: 'MOVIE', name: 'Paper Moons', year: 2015 }],
      plan: (_site, key) => (key === 'm/t201' ? 'CHALLENGE' : 'OK'),
    });
  });
  afterAll(() => origin.close());

  const run = (...args: string[]) => runWith({}, ...args);
  const runWith = (more: Record<string, string>, ...args: string[]) => {
    const { sites } = origin;
    return runCommand(['source', ...args], {
      WATCHPRINT_HOME: home(),
      SOURCE_CONTACT: 'somebody@example.org',
      WIKIPEDIA_URL: sites.wikipedia,
      ROTTEN_TOMATOES_URL: sites.rottenTomatoes,
      IMDB_URL: sites.imdb,
      ...more,
    });
  };
  const saved = async (name: string, content: string) => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const readFile = async (source: string, key: string, content: string) => {
    const { status, out } = await run('read', source, key, '--from', await saved('page.html', content));
    return { status, ...JSON.parse(out) };
  };

  it('read reads a saved page, and asks nobody', async () => {
    expect(await readFile('rotten-tomatoes', 'm/paper_moons', page)).toMatchObject({
      source: 'rotten-tomatoes',
      kind: 'media',
      key: 'm/paper_moons',
      status: 'FOUND',
      facts: { tomatometer: 81, criticReviewCount: 12, audienceScore: null },
    });
    expect(origin.requests).toEqual([]);
  });

  it('read says of a challenge that it is one, and of an unknown page that it cannot be read', async () => {
    const challenge =
      '<html><div id="challenge-container"></div><script src="https://x.awswaf.com/challenge.js"></script></html>';
    const run = await readFile('imdb', 'tt0000201', challenge);
    expect(run).toMatchObject({ kind: 'title', status: 'BLOCKED', code: 'CHALLENGE' });
    expect(await readFile('rotten-tomatoes', 'm/paper_moons', '<html><body>New layout</body></html>')).toMatchObject({
      status: 'UNREADABLE',
      reason: expect.any(String),
    });
    expect(await readFile('rotten-tomatoes', 'm/another', page)).toMatchObject({ status: 'UNREADABLE' });
  });

  it('read takes names as people write them, and says what a source and a key can be', async () => {
    const article = JSON.stringify({ title: 'Paper Moons', extract: 'A film.', lang: 'en', type: 'standard' });
    expect(await readFile('wikipedia', 'Paper Moons', article)).toMatchObject({
      key: 'en:Paper Moons',
      status: 'FOUND',
    });
    expect(await readFile('justwatch', 'tt0000201', '<title>Access Denied</title>')).toMatchObject({
      key: 'AU tt0000201 tt0000201',
      status: 'BLOCKED',
    });
    expect(await readFile('netflix', 'https://www.netflix.com/gb/title/20557937', '<html>New</html>')).toMatchObject({
      key: 'GB/20557937',
      status: 'UNREADABLE',
    });
    expect(await run('read', 'imbd', 'tt0000201')).toMatchObject({
      status: 1,
      said: expect.stringContaining('expected imdb, wikidata, wikipedia'),
    });
    expect(await run('read', 'imdb/title', 'Paper Moons')).toMatchObject({
      status: 1,
      said: expect.stringContaining('is no key of imdb'),
    });
    expect(await run('read', 'imdb', 'tt0000201', '--from', join(folder, 'none.html'))).toMatchObject({
      status: 1,
      said: expect.stringContaining('cannot be read'),
    });
  });

  it('read asks the site for one page, after its robots.txt, and keeps what came', async () => {
    const { status, out } = await run('read', 'imdb', 'tt0000201');
    expect([status, JSON.parse(out)]).toMatchObject([0, { status: 'FOUND', facts: { name: 'Paper Moons' } }]);
    expect(origin.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/title/tt0000201/']);
    const refused = await run('read', 'rotten-tomatoes', 'm/t201');
    expect([refused.status, JSON.parse(refused.out)]).toMatchObject([1, { status: 'BLOCKED', code: 'CHALLENGE' }]);
    const pages = createPages(join(home(), 'lake', 'pages'));
    const kept: string[] = [];
    for (const source of await pages.sources())
      for await (const { kind, key, status } of pages.entries(source)) kept.push(`${kind} ${key} ${status}`);
    expect(kept.filter((one) => !one.startsWith('robots'))).toEqual(['title tt0000201 200', 'media m/t201 202']);
  });

  it('read asks Wikimedia nothing without a contact', async () => {
    const before = origin.requests.length;
    expect(await runWith({ SOURCE_CONTACT: '' }, 'read', 'wikipedia', 'Paper Moons')).toMatchObject({
      status: 1,
      said: expect.stringContaining('SOURCE_CONTACT'),
    });
    expect(origin.requests).toHaveLength(before);
  });

  it('set switches a source for good, also where a server has the home, and list tells', async () => {
    expect(await run('set', 'netflix-pages', '--on', '--gap', '9000')).toMatchObject({
      status: 0,
      out: 'netflix-pages: on, a request every 9000 ms\n',
    });
    const server = await startServer(home(), '', inject('command'));
    try {
      expect((await run('list')).out).toContain('netflix-pages    on, a request every 9 s; nothing read yet');
      expect(await run('set', 'netflix-pages', '--off')).toMatchObject({ status: 0 });
      expect((await run('list')).out).toContain('netflix-pages    off: The source netflix-pages is switched off.');
    } finally {
      await server.stop();
    }
    expect((await run('list')).out).toContain('netflix-pages    off');
    expect(await run('set', 'netflix-pages')).toMatchObject({
      status: 1,
      said: expect.stringContaining('--on, --off or --gap'),
    });
    expect(await run('set', 'netflix', '--gap', 'soon')).toMatchObject({ status: 1 });
  });
});
