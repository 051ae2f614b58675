import { mkdtemp, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@watchprint/sdk';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { newPlace } from '../../../database/test/databases.ts';
import { send } from '../../test/http-client.ts';
import { runCommand } from '../../test/run-command.ts';
import { type ServerProcess, startServer } from '../../test/server-process.ts';

// A dozen processes, each with a database to open.
describe('export, backup and restore', { timeout: 240_000 }, () => {
  let folder: string;
  const home = (name: string) => join(folder, name);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'watchprint-keep-'));
    await rename((await newPlace('embedded')).home, home('first'));
    const history = join(folder, 'history.csv');
    await writeFile(history, 'Title,Date\n"Paper Moons","28/07/2020"\n"Red Clay","27/07/2020"\n');
    expect(await run('first', 'import', history, '--profile', 'Ada')).toMatchObject({ status: 0 });
  });

  const run = (name: string, ...args: string[]) => runCommand(args, { WATCHPRINT_HOME: home(name) });

  async function serving<Result>(name: string, work: (server: ServerProcess) => Promise<Result>): Promise<Result> {
    const server = await startServer(home(name), '', inject('command'));
    try {
      return await work(server);
    } finally {
      await server.stop();
    }
  }

  it('write what the account has to a file that only its owner may read, and over no other', async () => {
    const json = join(folder, 'all.json');
    expect(await run('first', 'export', json)).toMatchObject({ status: 0, out: expect.stringContaining('all.json: ') });
    expect(JSON.parse(await readFile(json, 'utf8')).counts).toMatchObject({ viewings: 2, profiles: 1 });
    expect((await stat(json)).mode & 0o777).toBe(0o600);
    expect(await run('first', 'export', json)).toMatchObject({
      status: 1,
      said: expect.stringContaining('is there already'),
    });
    const zip = join(folder, 'all.zip');
    expect(await run('first', 'export', zip, '--with-originals')).toMatchObject({ status: 0 });
    expect((await readFile(zip)).subarray(0, 2).toString()).toBe('PK');
    expect(await run('first', 'export', join(folder, 'x'), '--format', 'xml')).toMatchObject({ status: 1 });
    expect((await readdir(folder)).filter((name) => /partial|^x$/.test(name))).toEqual([]);
  });

  it('end with an error where the file cannot be written, and back no home up that is none', async () => {
    const nowhere = join(folder, 'nowhere', 'x.zip');
    for (const args of [
      ['backup', nowhere],
      ['export', nowhere],
    ])
      expect(await run('first', ...args)).toMatchObject({
        status: 1,
        said: expect.stringContaining('is no folder to write x.zip to'),
      });
    expect(await run('none', 'backup', join(folder, 'none.zip'))).toMatchObject({
      status: 1,
      said: expect.stringContaining(`nothing in ${home('none')}`),
    });
    expect((await readdir(folder)).filter((name) => name.startsWith('none'))).toEqual([]);
  });

  it('back a home up while its server runs and while none does, and restore both', async () => {
    const stopped = join(folder, 'stopped.zip');
    const running = join(folder, 'running.zip');
    expect(await run('first', 'backup', stopped)).toMatchObject({
      status: 0,
      out: expect.stringContaining('1 imported files'),
    });
    await serving('first', async ({ url }) => {
      expect(await run('first', 'backup', running)).toMatchObject({
        status: 0,
        said: expect.stringContaining('Asking the process that has'),
      });
      // A server that runs has the home: nothing can be put in its place.
      expect(await run('first', 'restore', stopped, '--replace')).toMatchObject({
        status: 1,
        said: expect.stringContaining('HOME_LOCKED'),
      });
      const port = Number(new URL(url).port);
      // It holds all accounts: no address of the server leads to it.
      expect((await send(port, { method: 'GET', path: '/backup.zip' })).status).toBe(404);
    });
    expect((await stat(running)).mode & 0o777).toBe(0o600);
    for (const backup of [stopped, running]) {
      const name = `of ${backup.slice(folder.length + 1)}`;
      expect(await run(name, 'restore', backup)).toMatchObject({
        status: 0,
        out: expect.stringContaining('1 imported files'),
      });
      expect(await run(name, 'restore', backup)).toMatchObject({
        status: 1,
        said: expect.stringContaining('NOT_EMPTY'),
      });
      await serving(name, async ({ url }) => {
        expect((await createClient({ url }).profiles()).map((profile) => profile.name)).toEqual(['Ada']);
      });
    }
    await writeFile(running, (await readFile(running)).subarray(0, -30));
    expect(await run('first', 'restore', running, '--replace')).toMatchObject({
      status: 1,
      said: expect.stringContaining('BACKUP_DAMAGED'),
    });
    expect(await run('first', 'backup', stopped)).toMatchObject({
      status: 1,
      said: expect.stringContaining('is there already'),
    });
  });
});
