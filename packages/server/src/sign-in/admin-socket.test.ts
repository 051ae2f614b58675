import { mkdir, mkdtemp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { type Database, openDatabase } from '@watchprint/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAdminSocket, backupFromAdminSocket, openAdminSocket } from './admin-socket.ts';

describe('the socket of a home', () => {
  let database: Database;
  let folder: string;
  beforeAll(async () => {
    database = await openDatabase({ home: '', url: 'memory:' });
    folder = await mkdtemp(join(tmpdir(), 'watchprint-socket-'));
  });
  afterAll(() => database.close());

  const open = async (home: string, backUp: (out: Writable) => Promise<void> = async () => {}) => {
    await mkdir(home, { recursive: true });
    return openAdminSocket(home, { sql: database.sql, backUp, writeRows: async () => {} });
  };

  it('lies where only the owner of the home may enter', async () => {
    const home = join(folder, 'home');
    const socket = await open(home);
    expect((await stat(join(home, 'admin'))).mode & 0o777).toBe(0o700);
    expect(await askAdminSocket(home, { do: 'list' })).toEqual({ tokens: [] });
    await socket.close();
    await expect(askAdminSocket(home, { do: 'list' })).rejects.toMatchObject({ code: 'HOME_LOCKED' });
  });

  it('is not opened at the start of a path that is too long, which is somewhere else and another home’s too', async () => {
    const home = join(folder, 'x'.repeat(108 - folder.length));
    await expect(open(home)).rejects.toThrow(/has \d+ bytes, and a socket’s path/);
    // Nothing lies beside the homes.
    expect(await readdir(folder)).toHaveLength(2);
    await expect(askAdminSocket(home, { do: 'list' })).rejects.toMatchObject({ code: 'HOME_LOCKED' });
    await expect(backupFromAdminSocket(home)).rejects.toMatchObject({ code: 'HOME_LOCKED' });
  });

  it('says of a backup that breaks off that it did', async () => {
    const home = join(folder, 'broken');
    const socket = await open(home, async (out) => {
      await new Promise((resolve) => out.write('PK', resolve));
      throw new Error('the disk is gone');
    });
    const chunks: Uint8Array[] = [];
    const read = async () => {
      for await (const chunk of await backupFromAdminSocket(home)) chunks.push(chunk);
    };
    await expect(read()).rejects.toMatchObject({ code: 'BACKUP_BROKEN_OFF' });
    expect(Buffer.concat(chunks).toString()).toBe('PK');
    await socket.close();
  });
});
