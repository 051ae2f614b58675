import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { onEveryDatabase } from '../../test/databases.ts';
import { type BatchToSave, ViewingPreparer, type ViewingToSave } from '../batch/prepared-batch.ts';
import type { StringReader } from '../batch/prepared-strings.ts';
import type { Database } from '../open-database.ts';
import { accountStore } from './account-store.ts';
import { deleteImport } from './delete-import.ts';
import { completeImport, failImport } from './end-import.ts';
import { HistoryWriter, ImportLostError } from './history-store.ts';
import { createImportQueue, importChannel } from './import-queue.ts';
import { openProfile } from './profile-store.ts';

/** Every string is a film; one that begins like another is known to. */
const reader: StringReader = {
  group: (rawTitle) => rawTitle.charAt(0),
  read: (rawTitles) =>
    rawTitles.map((name) => ({
      titles: [{ key: name, kind: 'MOVIE', name, ...noParents }],
      evidence: [`read with ${rawTitles.filter((other) => other.charAt(0) === name.charAt(0)).length - 1} others`],
    })),
};
const noParents = { seriesKey: null, seasonKey: null, seasonNumber: null, episodeNumber: null, netflixLabel: null };

onEveryDatabase('the history store', (open) => {
  let database: Database;
  const worker = uuidv7();
  const lake = uuidv7();
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  async function newAccount() {
    const accountId = uuidv7();
    const profileId = uuidv7();
    await database.sql.query('INSERT INTO account (id, name) VALUES ($1::uuid, $1)', [accountId]);
    await database.sql.query(
      `INSERT INTO profile (account_id, id, name, time_zone) VALUES ($1::uuid, $2::uuid, 'Ada', 'UTC')`,
      [accountId, profileId],
    );
    return { accountId, profileId };
  }

  async function queued(accountId: string) {
    const id = uuidv7();
    await database.sql.query(
      `INSERT INTO import (account_id, id, sha256, file_name, format, recognised, bytes_total)
       VALUES ($1::uuid, $2::uuid, $3, 'history.csv', 'NETFLIX_VIEWING_HISTORY', '{}', 10)`,
      [accountId, id, id],
    );
    return id;
  }

  async function running(accountId: string) {
    const id = await queued(accountId);
    await database.sql.query(
      `UPDATE import SET status = 'RUNNING', leased_by = $3::uuid, leased_until = now() + interval '1 minute'
       WHERE account_id = $1::uuid AND id = $2::uuid`,
      [accountId, id, worker],
    );
    return id;
  }

  const row = (profileId: string, rawTitle: string, day: number): ViewingToSave => ({
    profileId,
    rawTitle,
    orderedAt: day * 86_400 + 43_200,
    watchedOn: day,
    occurrence: 1,
    seconds: -1,
    positionSeconds: null,
    accidental: false,
    supplemental: false,
    device: null,
    country: null,
  });

  const batch = (importId: string, number: number, rows: ViewingToSave[]): BatchToSave => ({
    importId,
    workerId: worker,
    fileName: 'history.csv',
    filePlace: 0,
    number,
    rows,
    rejected: [],
    bytesRead: number,
  });

  async function save(accountId: string, given: BatchToSave): Promise<void> {
    await new HistoryWriter(accountStore(database, accountId), reader).save(
      new ViewingPreparer(accountId, reader).prepare(given),
    );
  }

  const counts = async (accountId: string, importId: string) =>
    (
      await database.sql.query<{ read: number; imported: number; duplicate: number }>(
        `SELECT rows_read AS read, rows_imported AS imported, rows_duplicate AS duplicate FROM import
         WHERE account_id = $1::uuid AND id = $2::uuid`,
        [accountId, importId],
      )
    )[0];

  const titles = async (accountId: string) =>
    (
      await database.sql.query<{ title: string }>(
        `SELECT match.raw_title AS title FROM viewing JOIN match ON match.account_id = viewing.account_id
           AND match.id = viewing.match_id WHERE viewing.account_id = $1::uuid ORDER BY 1`,
        [accountId],
      )
    ).map(({ title }) => title);

  it('adds a row once, and counts the second as a duplicate', async () => {
    const { accountId, profileId } = await newAccount();
    const first = await running(accountId);
    await save(accountId, batch(first, 1, [row(profileId, 'Dark', 1), row(profileId, 'Rent', 2)]));
    const second = await running(accountId);
    await save(accountId, batch(second, 1, [row(profileId, 'Dark', 1), row(profileId, 'Heat', 2)]));
    expect(await counts(accountId, second)).toEqual({ read: 2, imported: 1, duplicate: 1 });
    expect(await titles(accountId)).toEqual(['Dark', 'Heat', 'Rent']);
  });

  it('keeps a row until the last import that contained it is deleted', async () => {
    const { accountId, profileId } = await newAccount();
    const first = await running(accountId);
    await save(accountId, batch(first, 1, [row(profileId, 'Dark', 1), row(profileId, 'Rent', 2)]));
    const second = await running(accountId);
    await save(accountId, batch(second, 1, [row(profileId, 'Dark', 1)]));
    expect(await deleteImport(accountStore(database, accountId), first, reader)).toMatchObject({
      viewingsRemoved: 1,
      sha256: first,
    });
    expect(await titles(accountId)).toEqual(['Dark']);
    expect(await counts(accountId, second)).toEqual({ read: 1, imported: 1, duplicate: 0 });
    expect(await deleteImport(accountStore(database, accountId), second, reader)).toMatchObject({ viewingsRemoved: 1 });
    expect(await titles(accountId)).toEqual([]);
    expect(await database.sql.query('SELECT id FROM match WHERE account_id = $1::uuid', [accountId])).toEqual([]);
    expect(await deleteImport(accountStore(database, accountId), second, reader)).toBeNull();
  });

  it('reads a group anew whenever it gains or loses a string', async () => {
    const { accountId, profileId } = await newAccount();
    const evidence = async () =>
      (
        await database.sql.query<{ text: string }>(
          `SELECT raw_title || ': ' || evidence AS text FROM match WHERE account_id = $1::uuid ORDER BY 1`,
          [accountId],
        )
      ).map(({ text }) => text);
    const first = await running(accountId);
    await save(accountId, batch(first, 1, [row(profileId, 'Dark', 1), row(profileId, 'Heat', 2)]));
    const second = await running(accountId);
    await save(accountId, batch(second, 1, [row(profileId, 'Dune', 3)]));
    expect(await evidence()).toEqual([
      'Dark: read with 1 others',
      'Dune: read with 1 others',
      'Heat: read with 0 others',
    ]);
    await deleteImport(accountStore(database, accountId), first, reader);
    expect(await evidence()).toEqual(['Dune: read with 0 others']);
    const titlesLeft = await database.sql.query('SELECT name FROM title WHERE account_id = $1::uuid', [accountId]);
    expect(titlesLeft).toEqual([{ name: 'Dune' }]);
  });

  it('never saves a batch twice, nor one of an import that was taken over', async () => {
    const { accountId, profileId } = await newAccount();
    const id = await running(accountId);
    await save(accountId, batch(id, 1, [row(profileId, 'Dark', 1)]));
    await expect(save(accountId, batch(id, 1, [row(profileId, 'Heat', 1)]))).rejects.toBeInstanceOf(ImportLostError);
    await expect(
      save(accountId, { ...batch(id, 2, [row(profileId, 'Heat', 1)]), workerId: uuidv7() }),
    ).rejects.toBeInstanceOf(ImportLostError);
    expect(await titles(accountId)).toEqual(['Dark']);
  });

  it('ends an import only for the worker that has it', async () => {
    const { accountId, profileId } = await newAccount();
    const account = accountStore(database, accountId);
    const reason = { code: 'INTERNAL', message: 'The disk is full' };
    const id = await running(accountId);
    await save(accountId, batch(id, 1, [row(profileId, 'Dark', 1)]));
    const heard: (string | null)[] = [];
    const stop = await database.sql.listen(importChannel, (payload) => heard.push(payload));
    await expect(completeImport(account, id, uuidv7())).rejects.toBeInstanceOf(ImportLostError);
    await completeImport(account, id, worker);
    await vi.waitFor(() => expect(heard).toEqual([`${accountId}/${id}`]));
    // Too late: the import is another's, or has ended.
    await expect(failImport(account, id, worker, reason, reader)).rejects.toBeInstanceOf(ImportLostError);
    await expect(completeImport(account, id, worker)).rejects.toBeInstanceOf(ImportLostError);
    expect(await titles(accountId)).toEqual(['Dark']);
    expect(await account.prisma.import.findMany()).toMatchObject([{ status: 'COMPLETED', rowsImported: 1 }]);
    await stop();
  });

  it('leaves nothing of an import that failed but why, and what it rejected', async () => {
    const { accountId, profileId } = await newAccount();
    const account = accountStore(database, accountId);
    const id = await running(accountId);
    const rejected = [{ line: 3, reason: '"soon" is no date', content: 'Heat,soon' }];
    await save(accountId, { ...batch(id, 1, [row(profileId, 'Dark', 1)]), rejected });
    await failImport(account, id, worker, { code: 'INTERNAL', message: 'The disk is full' }, reader);
    expect(await titles(accountId)).toEqual([]);
    expect(await account.prisma.profile.count()).toBe(0);
    expect(await account.prisma.rejectedRow.count()).toBe(1);
    expect(await account.prisma.import.findMany()).toMatchObject([
      { status: 'FAILED', errorCode: 'INTERNAL', rowsRead: 1, rowsImported: 0, rowsRejected: 1, batchesDone: 0 },
    ]);
  });

  it('keeps a profile that an import at work may have opened, until that has ended', async () => {
    const { accountId, profileId } = await newAccount();
    const account = accountStore(database, accountId);
    const first = await running(accountId);
    await save(accountId, batch(first, 1, [row(profileId, 'Dark', 1)]));
    await completeImport(account, first, worker);
    const second = await running(accountId);
    await deleteImport(account, first, reader);
    await save(accountId, batch(second, 1, [row(profileId, 'Heat', 1)]));
    expect(await account.prisma.viewing.findMany({ include: { profile: true } })).toMatchObject([
      { profile: { name: 'Ada' } },
    ]);
    await openProfile(account, { name: 'Bo', saidBy: 'FILE', timeZone: 'UTC', timeZoneAssumed: true });
    await completeImport(account, second, worker);
    expect(await account.prisma.profile.findMany()).toMatchObject([{ name: 'Ada' }]);
  });

  it('counts attempts from the last that got further', async () => {
    const { accountId, profileId } = await newAccount();
    const id = await running(accountId);
    await database.sql.query('UPDATE import SET attempts = 5 WHERE id = $1::uuid', [id]);
    await save(accountId, batch(id, 1, [row(profileId, 'Dark', 1)]));
    expect(await accountStore(database, accountId).prisma.import.findMany()).toMatchObject([{ attempts: 1 }]);
  });

  it('gives out the imports of one account one at a time, in the order they came', async () => {
    const { accountId } = await newAccount();
    const other = await newAccount();
    const first = await queued(accountId);
    const second = await queued(accountId);
    const elsewhere = await queued(other.accountId);
    const queue = createImportQueue(database.sql);
    const claimed = [await queue.claim(worker, lake), await queue.claim(worker, lake), await queue.claim(worker, lake)];
    expect(claimed.map((job) => job?.id)).toEqual([first, elsewhere, undefined]);
    await database.sql.query(`UPDATE import SET status = 'COMPLETED' WHERE id = $1::uuid`, [first]);
    expect((await queue.claim(worker, lake))?.id).toBe(second);
  });

  it('gives out only imports whose original the worker has', async () => {
    const { accountId } = await newAccount();
    const id = await queued(accountId);
    await database.sql.query('UPDATE import SET lake_id = $2::uuid WHERE id = $1::uuid', [id, uuidv7()]);
    const queue = createImportQueue(database.sql);
    expect(await queue.claim(worker, lake)).toBeNull();
    await database.sql.query('UPDATE import SET lake_id = $2::uuid WHERE id = $1::uuid', [id, lake]);
    expect((await queue.claim(worker, lake))?.id).toBe(id);
  });

  it('sends arrays as they are, whatever their elements hold', async () => {
    const texts = [
      'plain',
      '',
      'NULL',
      null,
      'a "quote"',
      'back\\slash',
      '{brace, comma}',
      ' space ',
      'line\nbreak',
      '日本',
    ];
    const [row] = await database.sql.query('SELECT $1::text[] AS texts, $2::int[] AS numbers, $3::bool[] AS flags', [
      texts,
      [1, -2, null],
      [true, false, null],
    ]);
    expect(row).toEqual({ texts, numbers: [1, -2, null], flags: [true, false, null] });
  });

  it('brings notices to those who listen', async () => {
    const heard = new Promise((resolve) => {
      void database.sql.listen('some_channel', resolve).then(() => database.sql.notify('some_channel', 'hello'));
    });
    expect(await heard).toBe('hello');
  });
});
