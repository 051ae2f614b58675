import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { onEveryDatabase } from '../../test/databases.ts';
import type { Database } from '../open-database.ts';
import { type AccountStore, accountStore } from './account-store.ts';
import { openProfile, type ProfileToOpen } from './profile-store.ts';

onEveryDatabase('profiles that imports open', (open) => {
  let database: Database;
  let account: AccountStore;
  beforeAll(async () => {
    database = await open();
  });
  beforeEach(async () => {
    account = accountStore(database, uuidv7());
    await account.query('INSERT INTO account (id, name) VALUES ($1::uuid, $1)');
  });
  afterAll(() => database.close());

  const opened = async (name: string, saidBy: ProfileToOpen['saidBy']) =>
    (await openProfile(account, { name, saidBy, timeZone: 'Asia/Tokyo', timeZoneAssumed: true })).id;
  const rename = (id: string, name: string) => account.prisma.profile.updateMany({ where: { id }, data: { name } });
  const names = async () =>
    (await account.prisma.profile.findMany({ orderBy: { createdAt: 'asc' } })).map(({ name }) => name);

  it('are made once, with the time zone they are made with', async () => {
    const first = await openProfile(account, {
      name: 'Ada',
      saidBy: 'FILE',
      timeZone: 'Asia/Tokyo',
      timeZoneAssumed: false,
    });
    const again = await openProfile(account, {
      name: 'Ada',
      saidBy: 'FILE',
      timeZone: 'Europe/Paris',
      timeZoneAssumed: true,
    });
    expect(again).toEqual(first);
    expect(await account.prisma.profile.findMany()).toMatchObject([
      { id: first.id, name: 'Ada', timeZone: 'Asia/Tokyo', timeZoneAssumed: false },
    ]);
  });

  it.each(['FILE', 'CALLER'] as const)('are found again under another name, as said by %s', async (saidBy) => {
    const id = await opened('Ada', saidBy);
    await rename(id, 'Mum');
    expect(await opened('Ada', saidBy)).toBe(id);
    expect(await opened('Mum', 'CALLER')).toBe(id);
    expect(await names()).toEqual(['Mum']);
  });

  it('take a name that a caller gave and a file says later', async () => {
    const id = await opened('Profile', 'CALLER');
    await rename(id, 'Ada');
    expect(await opened('Ada', 'FILE')).toBe(id);
    expect(await opened('Profile', 'CALLER')).toBe(id);
  });

  it("keep two people apart, of whom one has the other's name from files", async () => {
    const ada = await opened('Ada', 'FILE');
    await rename(ada, 'Bo');
    const bo = await opened('Bo', 'FILE');
    expect(bo).not.toBe(ada);
    expect(await names()).toEqual(['Bo', 'Bo 2']);
    expect([await opened('Ada', 'FILE'), await opened('Bo', 'FILE')]).toEqual([ada, bo]);
    // Whoever sends a file means the one they see.
    expect([await opened('Bo', 'CALLER'), await opened('Bo 2', 'CALLER')]).toEqual([ada, bo]);
  });

  it('are left out of the accounts of others', async () => {
    const id = await opened('Ada', 'FILE');
    account = accountStore(database, uuidv7());
    await account.query('INSERT INTO account (id, name) VALUES ($1::uuid, $1)');
    expect(await opened('Ada', 'FILE')).not.toBe(id);
  });
});
