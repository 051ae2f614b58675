import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { onEveryDatabase } from '../../test/databases.ts';
import type { Database } from '../open-database.ts';
import { type AccountStore, accountStore } from './account-store.ts';
import { profileZones, setTimeZone, settleTimeZone } from './time-zone-store.ts';

onEveryDatabase('time zones of profiles', (open) => {
  let database: Database;
  let account: AccountStore;
  const profileId = uuidv7();
  beforeAll(async () => {
    database = await open();
    account = accountStore(database, uuidv7());
    const [importId, matchId] = [uuidv7(), uuidv7()];
    await account.query('INSERT INTO account (id, name) VALUES ($1::uuid, $1)');
    await account.query(
      `INSERT INTO profile (account_id, id, name, time_zone) VALUES ($1::uuid, $2::uuid, 'Ada', 'UTC')`,
      [profileId],
    );
    await account.query(
      `INSERT INTO import (account_id, id, sha256, file_name, format, recognised, bytes_total)
       VALUES ($1::uuid, $2::uuid, 'abc', 'activity.csv', 'NETFLIX_VIEWING_ACTIVITY', '{}', 10)`,
      [importId],
    );
    await account.query(
      `INSERT INTO match (account_id, id, raw_title, evidence) VALUES ($1::uuid, $2::uuid, 'Red Clay', '')`,
      [matchId],
    );
    // Late in the evening of 2 May and early in the morning of 3 May, UTC; and a row with a day only.
    await account.query(
      `INSERT INTO viewing (account_id, profile_id, match_id, import_id, ordered_at, watched_on, occurrence, country) VALUES
         ($1::uuid, $2::uuid, $3::uuid, $4::uuid, '2021-05-02 23:00Z', '2021-05-02', 0, 'NZ'),
         ($1::uuid, $2::uuid, $3::uuid, $4::uuid, '2021-05-03 01:00Z', '2021-05-03', 0, 'NZ'),
         ($1::uuid, $2::uuid, $3::uuid, $4::uuid, '2021-05-03 02:00Z', '2021-05-03', 0, 'GB'),
         ($1::uuid, $2::uuid, $3::uuid, $4::uuid, '2021-05-03 12:00Z', '2021-05-03', 1, NULL)`,
      [profileId, matchId, importId],
    );
  });
  afterAll(() => database.close());

  const days = async () =>
    (
      await account.query<{ day: string }>(
        'SELECT watched_on::text AS day FROM viewing WHERE account_id = $1::uuid ORDER BY ordered_at',
      )
    ).map(({ day }) => day.slice(8));

  it('are assumed from the country of most rows, and move the days of rows with instants', async () => {
    expect(await profileZones(account)).toEqual([
      { id: profileId, timeZone: 'UTC', isAssumed: true, mainCountry: 'NZ' },
    ]);
    const asked: (string | null)[] = [];
    await settleTimeZone(account, profileId, (country) => {
      asked.push(country);
      return 'Pacific/Auckland';
    });
    expect(asked).toEqual(['NZ']);
    expect(await days()).toEqual(['03', '03', '03', '03']);
    await settleTimeZone(account, profileId, () => 'America/New_York');
    expect(await days()).toEqual(['02', '02', '02', '03']);
    expect(await profileZones(account)).toMatchObject([{ timeZone: 'America/New_York', isAssumed: true }]);
  });

  it('are assumed no more once somebody has set one', async () => {
    await setTimeZone(account, profileId, 'UTC');
    await settleTimeZone(account, profileId, () => 'America/New_York');
    expect(await profileZones(account)).toEqual([
      { id: profileId, timeZone: 'UTC', isAssumed: false, mainCountry: null },
    ]);
    expect(await days()).toEqual(['02', '03', '03', '03']);
  });

  it('count anew what came with days of another zone', async () => {
    await account.query(`UPDATE viewing SET watched_on = '2021-05-04' WHERE account_id = $1::uuid AND occurrence = 0`);
    await settleTimeZone(account, profileId, () => 'America/New_York');
    expect(await days()).toEqual(['02', '03', '03', '03']);
    expect(await profileZones(account)).toMatchObject([{ timeZone: 'UTC', isAssumed: false }]);
  });

  it('are assumed from rows of other tables where there is no viewing', async () => {
    const id = uuidv7();
    await account.query(
      `INSERT INTO profile (account_id, id, name, time_zone) VALUES ($1::uuid, $2::uuid, 'Bo', 'UTC')`,
      [id],
    );
    // My List names the country in words.
    await account.query(
      `INSERT INTO export_row (account_id, id, import_id, profile_id, export_table, details)
       SELECT $1::uuid, gen_random_uuid(), (SELECT id FROM import WHERE account_id = $1::uuid), $2::uuid, 'MY_LIST',
         jsonb_build_object('country', country)
       FROM unnest(ARRAY['Brazil', 'Brazil', 'Brazil', 'GB', 'BR', 'BR', NULL, NULL, NULL]) AS row(country)`,
      [id],
    );
    expect(await profileZones(account, id)).toMatchObject([{ isAssumed: true, mainCountry: 'BR' }]);
  });
});
