import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { newPlace } from '../../../database/test/databases.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { runCommand } from '../../test/run-command.ts';

const bin = fileURLToPath(new URL('../../bin/watchprint.mjs', import.meta.url));

describe('the watchprint command', () => {
  let folder: string;
  let history: string;
  let home: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watchprint-command-'));
    ({ home } = await newPlace('embedded'));
    history = join(folder, 'history.csv');
    await writeFile(history, 'Title,Date\n"Paper Moons","28/07/2020"\n"Red Clay","31/02/2020"\n"Salt","soon"\n');
  });

  const run = (args: readonly string[], settings: Record<string, string> = {}) =>
    runCommand(args, { WATCHPRINT_HOME: home, ...settings });

  it('imports, says which rows it could not read, and goes on past a file that it cannot', async () => {
    const { status, out, said } = await run([
      'import',
      join(folder, 'nothing.csv'),
      folder,
      history,
      '--profile',
      'Ada',
    ]);
    expect(status).toBe(1);
    expect(out).toContain(`${history}: 3 rows: 1 imported`);
    expect(said).toContain(`No server has ${home} open`);
    expect(said).toContain('nothing.csv: The file could not be read');
    expect(said).toContain('is a folder');
    expect(said).toContain('line 3: "31/02/2020" is no date');
    expect(said).toContain('line 4: "soon" is no date');
    expect(await run(['import', history, '--profile=Ada'])).toMatchObject({
      status: 0,
      out: expect.stringContaining('1 there already'),
    });
  });

  it('says how to say in which order dates are', async () => {
    const either = join(folder, 'either.csv');
    await writeFile(either, 'Title,Date\n"Paper Moons","02/03/2020"\n');
    expect(await run(['import', either])).toMatchObject({
      status: 1,
      said: expect.stringMatching(/DATE_ORDER_NEEDED.*--date-order day-first/s),
    });
    expect(await run(['import', either, '--date-order', 'day-first'])).toMatchObject({ status: 0 });
  });

  it('runs from its sources in the repository, from any folder', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [bin, '--version'], { cwd: folder });
    expect(stdout).toBe(`${packageJson.version}\n`);
  });

  it('refuses options that it does not have', async () => {
    expect(await run(['import', history, '--profil', 'Ada'])).toMatchObject({
      status: 1,
      out: '',
      said: expect.stringContaining('no option --profil; expected --profile'),
    });
    expect(await run(['serve', '--port=1'])).toMatchObject({ status: 1, said: expect.stringContaining('--port') });
  });

  it('reads titles alone, and overwrites none of the files that it reads', async () => {
    const out = join(folder, 'out.csv');
    expect(await run(['resolve', history, '--context', history, '--out', out])).toMatchObject({ status: 0 });
    expect(await readFile(out, 'utf8')).toMatch(/^Paper Moons,28\/07\/2020,movie/m);
    for (const args of [
      [history, '--out', history],
      [out, '--context', history, '--out', history],
    ])
      expect(await run(['resolve', ...args])).toMatchObject({ status: 1, said: expect.stringContaining('overwrite') });
    expect(await readFile(history, 'utf8')).toContain('Red Clay');
    const other = join(folder, 'other.csv');
    await writeFile(other, 'Name,Price\nBread,3\n');
    expect(await run(['resolve', other, '--out', out])).toMatchObject({
      status: 1,
      said: expect.stringContaining('no column named title; found name, price'),
    });
  });

  it('takes corrections along as lines without anything personal, and says what it needs for matching', async () => {
    const file = (name: string) => join(folder, name);
    const lines = [
      '{"rawTitle":"Paper Moons","imdbId":"tt0000201","imdbEpisodeId":null}\n',
      '{"rawTitle":"Tidewater: Season 1: Salt","imdbId":null,"imdbEpisodeId":null}\n',
    ];
    await writeFile(file('corrections.jsonl'), lines.join(''));
    await writeFile(file('corrections.jsonl'), [lines[1]?.replace('null', '"tt0000201"'), ...lines].join(''));
    expect(await run(['corrections', 'import', file('corrections.jsonl')])).toMatchObject({
      status: 0,
      out: expect.stringContaining('2 corrections kept'),
      said: expect.stringContaining('1 of its lines are of strings that a later line is of too'),
    });
    expect(await run(['corrections', 'export', file('again.jsonl')])).toMatchObject({
      status: 0,
      out: expect.stringContaining('2 corrections'),
    });
    expect(await readFile(file('again.jsonl'), 'utf8')).toBe(lines.join(''));
    await writeFile(file('broken.jsonl'), `${lines[0]}{"rawTitle":"Salt","watchedOn":"2020-07-28"}\n`);
    expect(await run(['corrections', 'import', file('broken.jsonl')])).toMatchObject({
      status: 1,
      said: expect.stringContaining('broken.jsonl, line 2: expected'),
    });
    expect(await run(['corrections', 'export', join(folder, 'nowhere', 'more.jsonl')])).toMatchObject({
      status: 1,
      said: expect.stringContaining(`${join(folder, 'nowhere')} is no folder to write more.jsonl to`),
    });
    expect(await run(['match', '--dry-run'])).toMatchObject({
      status: 1,
      said: expect.stringContaining('watchprint lake sync imdb'),
    });
  }, 600_000);

  it('waits for a server that is starting, and imports through it', async () => {
    const settings = { WATCHPRINT_HOME: join(folder, 'shared'), PORT: '0' };
    const env = { ...process.env, DATABASE_URL: '', ...settings };
    const server = spawn(process.execPath, [...inject('command'), 'serve'], { env, stdio: 'ignore' });
    const lock = join(settings.WATCHPRINT_HOME, 'lock.json');
    await vi.waitFor(() => readFile(lock), { timeout: 30_000, interval: 10 });
    const [one, other] = await Promise.all([
      run(['import', history, '--profile', 'Ada'], settings),
      run(['import', history, '--profile', 'Bo'], settings),
    ]);
    server.kill('SIGTERM');
    expect([one, other]).toMatchObject(
      Array(2).fill({ status: 0, said: expect.stringContaining('Using the server at http') }),
    );
    await new Promise((resolve) => server.once('exit', resolve));
  });

  // Starts the command some sixteen times.
  it('makes tokens before a server starts and while it runs, shows them once, and imports with them', async () => {
    const settings = { WATCHPRINT_HOME: (await newPlace('embedded')).home, PORT: '0', AUTH: 'tokens' };
    const token = (...args: string[]) => run(['token', ...args], settings);
    const first = await token('create', '--account', 'ann', '--name', 'first');
    expect(first).toMatchObject({ status: 0, out: expect.stringMatching(/^wp_[0-9a-f]{32}_[\w-]{43}\n$/) });

    const env = { ...process.env, DATABASE_URL: '', ...settings };
    const server = spawn(process.execPath, [...inject('command'), 'serve'], { env, stdio: 'ignore' });
    await vi.waitFor(() => readFile(join(settings.WATCHPRINT_HOME, 'lock.json')), { timeout: 30_000, interval: 10 });
    const second = await token('create', '--account=ann', '--scope=read', '--expires=3');
    const withToken = { ...settings, WATCHPRINT_TOKEN: first.out.trim() };
    expect(await run(['import', history, '--profile', 'Ada'], withToken)).toMatchObject({ status: 0 });
    expect(await run(['import', history], settings)).toMatchObject({
      status: 1,
      said: expect.stringContaining('UNAUTHENTICATED'),
    });
    expect(await run(['import', history, '--token', second.out.trim()], settings)).toMatchObject({
      status: 1,
      said: expect.stringContaining('FORBIDDEN'),
    });
    const listed = await token('list', '--json');
    for (const { out } of [first, second]) expect(listed.out).not.toContain(out.trim().slice(36));
    const [one, other] = JSON.parse(listed.out) as { id: string }[];
    expect([one, other]).toMatchObject([
      { account: 'ann', scope: 'FULL', name: 'first', expiresAt: null, lastUsedAt: expect.any(String) },
      { account: 'ann', scope: 'READ', name: null, expiresAt: expect.any(String) },
    ]);
    expect(await token('revoke', one?.id ?? '')).toMatchObject({ status: 0 });
    expect(await run(['import', history], withToken)).toMatchObject({
      status: 1,
      said: expect.stringContaining('UNAUTHENTICATED'),
    });
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));

    expect(JSON.parse((await token('list', '--json')).out)).toMatchObject([{ id: other?.id }]);
    for (const wrong of [
      ['create'],
      ['create', '--account', ' '],
      ['create', '--account', 'ann', '--scope', 'admin'],
      ['create', '--account', 'ann', '--expires', 'soon'],
      ['revoke', 'nothing'],
    ])
      expect(await token(...wrong)).toMatchObject({ status: 1, out: expect.not.stringContaining('wp_') });
  }, 600_000);

  it('says that a port is taken, and leaves its home free', async () => {
    const other = createTcpServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    expect(await run(['serve'], { PORT: String(port) })).toMatchObject({
      status: 1,
      said: expect.stringContaining(`${port} of 127.0.0.1 is in use`),
    });
    other.close();
    expect(await readdir(home)).not.toContain('lock.json');
  });
});
