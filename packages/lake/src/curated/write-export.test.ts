import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { syncMadeImdb } from '../../test/made-bulk.ts';
import { madeRows, madeTables, page } from '../../test/made-curated.ts';
import { openLakeQuery } from '../query/lake-query.ts';
import { curatedFolder } from './export-folder.ts';
import { type CuratedExportOptions, writeCuratedExport } from './write-export.ts';

let folder: string;
let home: string;
let to: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "watchprint's curated-"));
  home = join(folder, 'home');
  to = join(folder, 'out');
  await mkdir(join(home, 'lake'), { recursive: true });
});

const write = (names: readonly string[], options: Partial<CuratedExportOptions> = {}) =>
  writeCuratedExport({
    to,
    home,
    lake: join(home, 'lake'),
    account: null,
    tables: madeTables,
    rows: madeRows(names, 3),
    ...options,
  });

async function ask(sql: string, exported?: string): Promise<unknown[]> {
  const query = await openLakeQuery(join(home, 'lake'), { temporaryFolder: join(folder, 'temporary'), exported });
  try {
    const rows: unknown[] = [];
    for await (const row of (await query.query(sql)).rows) rows.push(row);
    return rows;
  } finally {
    await query.close();
  }
}

const namesIn = async (exported = to) => (await ask('SELECT title_id FROM curated.titles ORDER BY 1', exported)).flat();
/** Everything but the home, so that nothing that is left behind goes unseen. */
const beside = async () => (await readdir(folder)).filter((name) => name !== 'home' && name !== 'temporary').sort();

describe('an export', () => {
  it('takes the place of an earlier one, whole', async () => {
    await mkdir(to);
    await write(['first']);
    expect(await namesIn()).toEqual(['first']);
    const { place, dictionary } = await write(['second', 'third'], { rows: madeRows(['second', 'third']) });
    expect(place).toBe(to);
    expect(await namesIn()).toEqual(['second', 'third']);
    // Nothing of the first is left: it had viewings.
    expect(await readdir(join(to, 'viewings'))).toEqual([]);
    expect(dictionary.tables.map(({ name, rows }) => [name, rows])).toEqual([
      ['titles', 2],
      ['viewings', 0],
      ['facts', 0],
      ['ratings', 0],
    ]);
    expect(
      await ask(
        'SELECT (SELECT count(*) FROM curated.viewings WHERE year = 2020), count(value) FROM curated.facts',
        to,
      ),
    ).toEqual([[0, 0]]);
    expect(await beside()).toEqual(['out']);
  });

  it('has a file a partition, in order, and rows by the thousand', async () => {
    const { dictionary } = await write(['one'], { rows: madeRows(['one'], 300_000) });
    const viewings = dictionary.tables.find(({ name }) => name === 'viewings');
    expect(viewings?.files.map(({ path }) => path)).toEqual(
      [2015, 2016, 2017, 2018, 2019, 2020, 2021].map((year) => `viewings/year=${year}/part-0.parquet`),
    );
    expect(viewings?.rows).toBe(300_000);
    expect(
      await ask(
        `SELECT count(*), count(DISTINCT viewing_id), bool_and(year = year(watched_on)) FROM curated.viewings`,
        to,
      ),
    ).toEqual([[300_000, 300_000, true]]);
    const paths = join(to, 'viewings', '*', '*.parquet').replaceAll("'", "''");
    expect(
      await ask(
        `SELECT bool_and(watched_on >= before) FROM (SELECT watched_on, lag(watched_on, 1, watched_on)
           OVER (PARTITION BY filename ORDER BY file_row_number) AS before
           FROM read_parquet('${paths}', filename = true, file_row_number = true))`,
        to,
      ),
    ).toEqual([[true]]);
  });

  it('has facts of the titles alone that it has', async () => {
    await syncMadeImdb(join(home, 'lake'));
    await write(['Paper Moons', 'another']);
    expect(await ask('SELECT DISTINCT title_id, imdb_id, source FROM curated.facts', to)).toEqual([
      ['Paper Moons', 'tt0000001', 'imdb'],
    ]);
    expect(await ask('SELECT title_id, rating, rating_count FROM curated.ratings', to)).toEqual([
      ['Paper Moons', 7.9, 1200],
    ]);
  });

  it('in the lake is read without being named', async () => {
    const place = curatedFolder(join(home, 'lake'));
    await write(['in the lake'], { to: place });
    expect(await ask('SELECT title_id FROM curated.titles')).toEqual([['in the lake']]);
    await writeFile(join(place, 'dictionary.json'), '{"format":"watchprint-curated"');
    // One that is broken keeps nobody from the rest.
    expect(await ask('SELECT count(*) FROM raw.pages')).toEqual([[0]]);
    await expect(namesIn(place)).rejects.toMatchObject({ code: 'EXPORT_BROKEN' });
    await expect(namesIn(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'EXPORT_BROKEN' });
  });

  it('can be asked where there is no lake, and nothing beside it is read', async () => {
    await write(['alone']);
    const query = await openLakeQuery(join(folder, 'no lake'), {
      temporaryFolder: join(folder, 'temporary'),
      exported: to,
    });
    await writeFile(join(folder, 'secret.csv'), 'a\n1\n');
    await expect(
      query.query(`SELECT * FROM '${join(folder, 'secret.csv').replaceAll("'", "''")}'`),
    ).rejects.toMatchObject({
      code: 'QUERY_REFUSED',
    });
    await query.close();
  });
});

describe('an export that does not come to its end leaves the earlier one', () => {
  beforeEach(async () => {
    await write(['earlier']);
  });

  it.each([
    [
      'the database breaks off',
      async function* () {
        yield page('titles', [{ title_id: 'later', imdb_id: null }]);
        throw new Error('the connection is gone');
      },
      /the connection is gone/,
    ],
    [
      'a value is null that never is',
      async function* () {
        yield page('titles', [{ title_id: null, imdb_id: null }]);
      },
      /titles\.title_id is null/,
    ],
    [
      'a value is not of its type',
      async function* () {
        yield page('viewings', [{ viewing_id: 'x', watched_on: '2020-01-01', year: 2020 }]);
      },
      /EXPORT_FAILED|could not be written/,
    ],
    [
      'rows are lost',
      async function* () {
        yield { ...page('titles', [{ title_id: 'later', imdb_id: null }]), rows: 2 };
      },
      /1 rows in place of 2/,
    ],
  ])('because %s', async (_, rows, message) => {
    await expect(write([], { rows: rows() })).rejects.toThrow(message);
    expect(await namesIn()).toEqual(['earlier']);
    expect(await beside()).toEqual(['out']);
  });

  it('because somebody stops it', async () => {
    const stopping = new AbortController();
    async function* rows() {
      yield* madeRows(['later'], 1000);
      stopping.abort();
    }
    await expect(write([], { rows: rows(), signal: stopping.signal })).rejects.toMatchObject({ code: 'STOPPED' });
    expect(await namesIn()).toEqual(['earlier']);
    expect(await beside()).toEqual(['out']);
  });

  const stalled = async (limit = '') => {
    const script = fileURLToPath(new URL('../../test/stalled-export.ts', import.meta.url));
    const child = spawn('sh', ['-c', `${limit} exec "$0" --import tsx "$@"`, process.execPath, script, to, home], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    return { child, said: () => said };
  };

  it('because its process dies; the next one goes on without it, and two at once are refused', async () => {
    const { child } = await stalled();
    await once(child.stdout, 'data');
    expect(await beside()).toEqual(['.out.unfinished', 'out']);
    await expect(write(['later'])).rejects.toMatchObject({ code: 'EXPORT_RUNNING', retryable: true });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await beside()).toEqual(['.out.unfinished', 'out']);
    expect(await namesIn()).toEqual(['earlier']);
    await write(['later']);
    expect(await namesIn()).toEqual(['later']);
    expect(await beside()).toEqual(['out']);
  });

  it.skipIf(process.platform === 'win32')('because its disk takes no more', async () => {
    // No file over 8 kB can be written: to a process that is a disk which is full.
    const { child, said } = await stalled('ulimit -f 16;');
    expect((await once(child, 'exit'))[0]).toBe(1);
    expect(said()).toMatch(/EFBIG/);
    expect(await namesIn()).toEqual(['earlier']);
    expect(await beside()).toEqual(['out']);
  });

  it('also between the two names that it has while it is replaced', async () => {
    // As a process leaves it that dies there.
    await rename(to, join(folder, '.out.replaced'));
    expect(await namesIn()).toEqual(['earlier']);
    await expect(write([], { rows: madeRows([]), tables: [] })).rejects.toThrow();
    expect(await beside()).toEqual(['out']);
    expect(await namesIn()).toEqual(['earlier']);
  });
});

describe('an export is refused', () => {
  const refusal = (place: string, says: RegExp) =>
    expect(write(['any'], { to: place })).rejects.toMatchObject({
      code: 'EXPORT_REFUSED',
      message: expect.stringMatching(says),
    });

  it('where something else is, and leaves it', async () => {
    await writeFile(to, 'a file');
    await refusal(to, /is a file/);
    const full = join(folder, 'full');
    await mkdir(full);
    await writeFile(join(full, 'notes.txt'), 'mine');
    await refusal(full, /is not empty/);
    await writeFile(join(full, 'dictionary.json'), '{"format": "another"}');
    await refusal(full, /is not empty/);
    await refusal(join(folder, 'nowhere', 'out'), /no folder .*nowhere/);
    await refusal('/', /top of a disk/);
    expect(await readFile(to, 'utf8')).toBe('a file');
    expect(await readFile(join(full, 'notes.txt'), 'utf8')).toBe('mine');
    expect(await beside()).toEqual(['full', 'out']);
  });

  it('where somebody has put a file into an earlier one', async () => {
    await write(['earlier']);
    await writeFile(join(to, 'titles', 'mine.parquet'), 'mine');
    await refusal(to, /mine\.parquet is no part of the export/);
    expect(await readFile(join(to, 'titles', 'mine.parquet'), 'utf8')).toBe('mine');
  });

  it('inside of home and lake, but for the place that it has there', async () => {
    for (const inside of [home, join(home, 'out'), join(home, 'lake'), join(home, 'lake', 'bulk')])
      await refusal(inside, /inside .*keeps in order itself|is not empty/);
    const ann = { id: 'a', name: 'ann' };
    await expect(write(['any'], { to: curatedFolder(join(home, 'lake')), account: ann })).rejects.toMatchObject({
      code: 'EXPORT_REFUSED',
      message: expect.stringMatching(/a deletion of the account would not find it/),
    });
    expect(await readdir(home)).toEqual(['lake']);
    expect(await readdir(join(home, 'lake'))).toEqual([]);
  });

  it('at a link to nowhere; a link to a folder is that folder', async () => {
    await symlink(join(folder, 'target'), to);
    await refusal(to, /link to what is not there/);
    await mkdir(join(folder, 'target'));
    const { place } = await write(['linked']);
    expect(place).toBe(join(folder, 'target'));
    expect(await namesIn()).toEqual(['linked']);
    await write(['again']);
    expect(await namesIn(join(folder, 'target'))).toEqual(['again']);
    await symlink(join(home, 'lake'), join(folder, 'to the lake'));
    await refusal(join(folder, 'to the lake', 'out'), /keeps in order itself/);
  });
});
