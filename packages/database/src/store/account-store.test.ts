import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onEveryDatabase } from '../../test/databases.ts';
import type { Database } from '../open-database.ts';
import { type AccountStore, accountStore } from './account-store.ts';

onEveryDatabase('the store of an account', (open) => {
  let database: Database;
  let ada: AccountStore;
  let bo: AccountStore;
  const title = uuidv7();
  const shared = uuidv7();
  /** One id for both: what tells them apart is the account alone. */
  const profile = uuidv7();

  beforeAll(async () => {
    database = await open();
    ada = await accountOf('Ada');
    bo = await accountOf('Bo');
    await ada.query(`INSERT INTO title (account_id, id, kind, name) VALUES ($1::uuid, $2::uuid, 'MOVIE', 'Hers')`, [
      title,
    ]);
    await database.sql.query(`INSERT INTO title (id, kind, name) VALUES ($1::uuid, 'MOVIE', 'Shared')`, [shared]);
  });
  afterAll(() => database.close());

  async function accountOf(name: string): Promise<AccountStore> {
    const account = accountStore(database, uuidv7());
    await account.query('INSERT INTO account (id, name) VALUES ($1::uuid, $2)', [name]);
    const insertion = `INSERT INTO profile (account_id, id, name, time_zone) VALUES ($1::uuid, $2::uuid, $3, 'UTC')`;
    await account.query(insertion, [profile, name]);
    return account;
  }

  it('finds its own rows and the shared ones, whatever it is asked', async () => {
    const { prisma } = bo;
    const hers = { accountId: ada.accountId };
    expect(await prisma.profile.findMany({ select: { name: true } })).toEqual([{ name: 'Bo' }]);
    expect(await prisma.profile.findMany({ where: hers })).toEqual([]);
    expect(await prisma.profile.findMany({ where: { OR: [hers, { id: profile }] }, select: { name: true } })).toEqual([
      { name: 'Bo' },
    ]);
    expect(await prisma.profile.findMany({ where: { AND: [hers] } })).toEqual([]);
    expect(await prisma.profile.findUnique({ where: { accountId_id: { ...hers, id: profile } } })).toBeNull();
    expect(await prisma.profile.count()).toBe(1);
    expect((await prisma.account.findMany()).map(({ name }) => name)).toEqual(['Bo']);
    expect((await prisma.title.findMany()).map(({ name }) => name)).toEqual(['Shared']);
    expect(await prisma.title.findUnique({ where: { id: title } })).toBeNull();
    expect((await ada.prisma.title.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name)).toEqual([
      'Hers',
      'Shared',
    ]);
  });

  it('changes its own rows alone', async () => {
    await bo.prisma.profile.updateMany({ data: { timeZone: 'Asia/Tokyo' } });
    await bo.prisma.profile.deleteMany({ where: { accountId: ada.accountId } });
    expect((await ada.prisma.profile.findFirstOrThrow()).timeZone).toBe('UTC');
    expect((await bo.prisma.profile.findFirstOrThrow()).timeZone).toBe('Asia/Tokyo');
  });

  it('refuses what cannot be kept to one account', async () => {
    const data = { accountId: ada.accountId, id: uuidv7(), name: 'Third', timeZone: 'UTC' };
    await expect(bo.prisma.profile.create({ data })).rejects.toThrow('does not take create');
    await expect(bo.prisma.title.updateMany({ data: { name: 'Changed' } })).rejects.toThrow('does not take updateMany');
    await expect(bo.prisma.$queryRaw`SELECT name FROM profile`).rejects.toThrow('does not take $queryRaw');
    const withoutAccount = 'DELETE FROM profile WHERE id = $2::uuid';
    await expect(bo.query(withoutAccount, [profile])).rejects.toMatchObject({ code: '42P18' });
    await expect(bo.transaction((sql) => sql.query('DELETE FROM profile'))).rejects.toMatchObject({ code: '08P01' });
    expect(await ada.prisma.profile.count()).toBe(1);
  });
});
