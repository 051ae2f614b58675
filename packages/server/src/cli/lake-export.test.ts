import { mkdtemp, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { databaseKinds, newPlace } from '../../../database/test/databases.ts';
import { syncMadeImdb } from '../../../lake/test/made-bulk.ts';
import { runCommand } from '../../test/run-command.ts';
import { startServer } from '../../test/server-process.ts';

// Several processes, each with a database to open.
describe.each(databaseKinds)('lake export (%s)', { timeout: 240_000 }, (kind) => {
  let folder: string;
  let home: string;
  let url: string | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watchprint-lake-export-command-'));
    const place = await newPlace(kind);
    ({ url } = place);
    // Short enough for a socket in it.
    home = join(folder, 'home');
    await rename(place.home, home);
    const history = join(folder, 'history.csv');
    await writeFile(history, 'Title,Date\n"Paper Moons","28/07/2020"\n"Red Clay","27/07/2019"\n');
    expect(await run('import', history, '--profile', 'Ada')).toMatchObject({ status: 0 });
  });

  const run = (...args: string[]) => runCommand(args, { WATCHPRINT_HOME: home, DATABASE_URL: url ?? '' });

  it('is the same while a server runs and while none does, and the server goes on', async () => {
    const written = async (name: string) => {
      const to = join(folder, name);
      const answer = await run('lake', 'export', to, '--account', 'local');
      expect(answer).toMatchObject({ status: 0 });
      expect(answer.out).toMatch(
        /personal data of local.*\n.*\n {2}matches: 2 rows, 1 file\n {2}viewings: 2 rows, 2 files\n/,
      );
      const sql =
        'SELECT raw_title, watched_on, year FROM curated.viewings JOIN curated.matches USING (match_id) ORDER BY 2';
      const { out } = await run('lake', 'query', '--export', to, sql);
      return { said: answer.said, out };
    };
    expect(await run('lake', 'export', '')).toMatchObject({
      status: 1,
      said: expect.stringContaining('Which folder?'),
    });
    expect(await run('lake', 'query', 'FROM curated.titles')).toMatchObject({
      status: 1,
      said: expect.stringMatching(/^The schema curated is empty: watchprint lake export DIR/),
    });
    const stopped = await written('stopped');
    expect(stopped.said).toContain('watchprint lake sync imdb');
    expect(stopped.out).toBe('raw_title,watched_on,year\nRed Clay,2019-07-27,2019\nPaper Moons,2020-07-28,2020\n');
    const server = await startServer(home, url ?? '', inject('command'));
    try {
      const running = await written('running');
      expect(running.out).toBe(stopped.out);
      expect(running.said.includes('Asking the process')).toBe(kind === 'embedded');
      expect(await run('lake', 'export', join(folder, 'x'), '--account', 'nobody')).toMatchObject({
        status: 1,
        said: expect.stringMatching(/There is no account nobody.*\(ACCOUNT_UNKNOWN\)/),
      });
      // What cannot be written to is refused before the server is asked.
      const refused = await run('lake', 'export', join(folder, 'history.csv'));
      expect(refused).toMatchObject({ status: 1, said: expect.stringContaining('(EXPORT_REFUSED)') });
      expect(refused.said).not.toContain('Asking');
      expect((await fetch(`${server.url}/curated-rows`)).status).toBe(404);
    } finally {
      await server.stop();
    }
  });

  it('without an account has no row of one, and says so', async () => {
    await syncMadeImdb(join(home, 'lake'));
    const to = join(folder, 'nobody');
    expect(await run('lake', 'export', to)).toMatchObject({
      status: 0,
      out: expect.stringMatching(/of no account;[\s\S]*matches: 0 rows[\s\S]*courtesy of IMDb/),
    });
    expect((await readdir(to)).sort()).toEqual([
      'README.md',
      'dictionary.json',
      'facts',
      'matches',
      'ratings',
      'titles',
    ]);
    expect(JSON.parse(await readFile(join(to, 'dictionary.json'), 'utf8'))).toMatchObject({ account: null });
  });

  it.runIf(kind === 'embedded')('says in one line what is wrong', async () => {
    for (const [args, said] of [
      [[join(folder, 'history.csv')], /is a file.*\(EXPORT_REFUSED\)\n$/],
      [[join(home, 'database')], /\(EXPORT_REFUSED\)\n$/],
      [[join(folder, 'a'), join(folder, 'b')], /Which folder\? One \(USAGE\)\n$/],
      [[join(folder, 'a'), '--acount', 'local'], /There is no option --acount/],
      [[join(folder, 'a'), '--account', ''], /--account needs/],
    ] as const)
      expect(await run('lake', 'export', ...args)).toMatchObject({
        status: 1,
        out: '',
        said: expect.stringMatching(said),
      });
    expect((await readdir(folder)).filter((name) => /^(a|b)$|unfinished/.test(name))).toEqual([]);
  });
});

it('lake export makes no home where none is', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'watchprint-lake-export-'));
  const { said } = await runCommand(['lake', 'export', join(folder, 'out')], {
    WATCHPRINT_HOME: join(folder, 'none'),
  });
  expect(said).toMatch(/There is nothing in .*none to export: set WATCHPRINT_HOME/);
  expect(await readdir(folder)).toEqual([]);
});
