import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { createPages } from '../../../lake/src/pages/pages.ts';
import { exchange } from '../../../lake/test/exchanges.ts';
import { syncMadeImdb } from '../../../lake/test/made-bulk.ts';
import { runCommand } from '../../test/run-command.ts';

let settings: NodeJS.ProcessEnv;
beforeAll(async () => {
  const home = join(await mkdtemp(join(tmpdir(), 'watchprint-lake-command-')), 'home');
  settings = { WATCHPRINT_HOME: home };
  await mkdir(join(home, 'lake'), { recursive: true });
  await syncMadeImdb(join(home, 'lake'));
  const pages = createPages(join(home, 'lake', 'pages'));
  await pages.append(exchange());
  await pages.close();
});

const run = (...args: string[]) => runCommand(['lake', ...args], settings);

it('lake query answers as CSV or JSON, with the notice of whose data it is', async () => {
  const sql = 'SELECT primaryTitle, startYear FROM imdb.title_basics ORDER BY tconst LIMIT 2';
  expect(await run('query', sql)).toEqual({
    status: 0,
    out: 'primaryTitle,startYear\nPaper Moons,2019\nRed Clay,2020\n',
    said: expect.stringContaining('courtesy of IMDb'),
  });
  expect(JSON.parse((await run('query', '--json', sql)).out)).toEqual([
    { primaryTitle: 'Paper Moons', startYear: 2019 },
    { primaryTitle: 'Red Clay', startYear: 2020 },
  ]);
  expect(await run('query', 'SELECT url FROM raw.pages')).toEqual({
    status: 0,
    out: 'url\nhttps://films.example/title/tt0000001/\n',
    said: '',
  });
});

it('lake query says in one line what is wrong, and writes nothing', async () => {
  for (const [sql, said] of [
    ['SELECT nope FROM raw.pages', /^watchprint: Binder Error: .* \(QUERY_INVALID\)\n$/],
    ["COPY (SELECT 1) TO 'x.csv'", /^watchprint: The lake is read only.* \(QUERY_REFUSED\)\n$/],
  ] as const)
    expect(await run('query', sql)).toEqual({ status: 1, out: '', said: expect.stringMatching(said) });
  expect(await run('query', 'SELECT', '1')).toMatchObject({ status: 1, said: expect.stringContaining('quotes') });
  expect(await run('query', 'SELECT 1', '--jsn')).toMatchObject({
    status: 1,
    said: expect.stringContaining('no option'),
  });
});

it('lake reparse says which sources have a parser, and how many pages of another are stored', async () => {
  expect(await run('reparse', 'films')).toEqual({
    status: 1,
    out: '',
    said: 'watchprint: No parser reads the pages of films (1 stored): there are parsers of wikidata, imdb, wikipedia, rotten-tomatoes, netflix-pages, justwatch, or all (USAGE)\n',
  });
});
