import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type AccountStore, accountStore, openAccount } from '@watchprint/database';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onEveryServer, type ServerOfTest } from '../../test/server-on-every-database.ts';
import { originalsOf } from '../home.ts';
import { createImports } from './imports.ts';

onEveryServer('an upload that cannot be written down', (open) => {
  let server: ServerOfTest;
  beforeAll(async () => {
    server = await open();
  });
  afterAll(() => server.close());

  it('leaves no file that no import has, and takes away none that another has', async () => {
    const { database, home } = server;
    const originals = originalsOf(home);
    const imports = createImports(database, originals, 'AU');
    const account = accountStore(database, await openAccount(database.sql, 'ann'));
    const failing: AccountStore = {
      ...account,
      transaction: (work) =>
        account.transaction(async (sql) => {
          await work(sql);
          throw new Error('the database is gone');
        }),
    };
    const send = (to: AccountStore) =>
      imports.receive(to, {
        fileName: 'history.csv',
        stream: new Blob(['Title,Date\n"Salt","28/07/2020"\n']).stream() as unknown as AsyncIterable<Uint8Array>,
        profileName: null,
        dateOrder: null,
        timeZone: null,
      });
    const kept = async () =>
      (await readdir(join(home, 'lake', 'uploads'), { recursive: true })).filter((name) => /[0-9a-f]{64}$/.test(name));
    await expect(send(failing)).rejects.toThrow('the database is gone');
    expect(await kept()).toEqual([]);
    await send(account);
    await expect(send(failing)).rejects.toThrow('the database is gone');
    expect(await kept()).toHaveLength(1);
  });
});
