import { v7 as uuidv7 } from 'uuid';
import type { AccountStore, AccountTransaction } from './account-store.ts';
import { lockAccount } from './title-store.ts';

export interface ProfileToOpen {
  readonly name: string;
  /** Who says the name: the file, in every row, or whoever sent it, for all of its rows. */
  readonly saidBy: 'FILE' | 'CALLER';
  /** For a profile that is made. */
  readonly timeZone: string;
  readonly timeZoneAssumed: boolean;
}

export interface OpenedProfile {
  readonly id: string;
  readonly timeZone: string;
}

/**
 * The profile whose rows an import has, made where the account has none.
 *
 * A profile that was given another name is found by the names that imports had for it, so a later file goes on where the
 * earlier ended. A caller means first of all the profile that has the name now. A file means the profile that files have called
 * so; one with that name now is taken where no file has called it otherwise, else it is somebody else's.
 */
export function openProfile(account: AccountStore, asked: ProfileToOpen): Promise<OpenedProfile> {
  return account.transaction(async (sql) => {
    await lockAccount(sql);
    const { name, saidBy } = asked;
    const finders = saidBy === 'CALLER' ? [byName, byAlias] : [byAlias, byNameUnlessFromFile];
    let profile: OpenedProfile | undefined;
    for (const find of finders) profile ??= (await sql.query<OpenedProfile>(find, [name]))[0];
    profile ??= await make(sql, asked);
    await sql.query(
      `INSERT INTO profile_alias (account_id, name, profile_id, from_file) VALUES ($1::uuid, $2, $3::uuid, $4)
       ON CONFLICT (account_id, name) DO UPDATE SET from_file = true
       WHERE excluded.from_file AND profile_alias.profile_id = excluded.profile_id`,
      [name, profile.id, saidBy === 'FILE'],
    );
    return profile;
  });
}

/** Gives a profile another name. @returns false where another profile of the account has it: then nothing is changed. */
export function renameProfile(account: AccountStore, id: string, name: string): Promise<boolean> {
  return account.transaction(async (sql) => {
    await lockAccount(sql);
    const [taken] = await sql.query(`${byName} AND id <> $3::uuid`, [name, id]);
    if (taken !== undefined) return false;
    await sql.query('UPDATE profile SET name = $3 WHERE account_id = $1::uuid AND id = $2::uuid', [id, name]);
    return true;
  });
}

/** The profiles whose rows an import contained, those too that an earlier import had brought. */
export async function profilesOfImport(account: AccountStore, importId: string): Promise<string[]> {
  const rows = await account.query<{ id: string }>(
    `SELECT id::text FROM profile WHERE account_id = $1::uuid AND (
       EXISTS (SELECT FROM viewing WHERE viewing.account_id = $1::uuid AND viewing.profile_id = profile.id
         AND viewing.import_id = $2::uuid)
       OR EXISTS (
         SELECT FROM viewing_import other JOIN viewing ON viewing.account_id = $1::uuid AND viewing.id = other.viewing_id
         WHERE other.account_id = $1::uuid AND other.import_id = $2::uuid AND viewing.profile_id = profile.id)
       OR EXISTS (SELECT FROM export_row row WHERE row.account_id = $1::uuid AND row.profile_id = profile.id
         AND row.import_id = $2::uuid)
       OR EXISTS (
         SELECT FROM export_row_import other JOIN export_row row ON row.account_id = $1::uuid AND row.id = other.row_id
         WHERE other.account_id = $1::uuid AND other.import_id = $2::uuid AND row.profile_id = profile.id))`,
    [importId],
  );
  return rows.map(({ id }) => id);
}

/**
 * Removes the account's profiles that have no row, unless an import is at work, `importId` left out: it may have opened one
 * whose rows are still to come. Its end looks again.
 */
export async function removeUnusedProfiles(sql: AccountTransaction, importId: string): Promise<void> {
  await sql.query(
    `DELETE FROM profile WHERE account_id = $1::uuid AND deleting_since IS NULL
       AND NOT EXISTS (SELECT FROM viewing WHERE viewing.account_id = $1::uuid AND viewing.profile_id = profile.id)
       AND NOT EXISTS (SELECT FROM export_row row WHERE row.account_id = $1::uuid AND row.profile_id = profile.id)
       AND NOT EXISTS (
         SELECT FROM import WHERE import.account_id = $1::uuid AND import.id <> $2::uuid AND import.status = 'RUNNING')`,
    [importId],
  );
}

const columns = 'profile.id::text, profile.time_zone AS "timeZone"';
const byName = `SELECT ${columns} FROM profile WHERE account_id = $1::uuid AND name = $2`;
const byNameUnlessFromFile = `${byName} AND NOT EXISTS (
  SELECT FROM profile_alias alias WHERE alias.account_id = $1::uuid AND alias.profile_id = profile.id AND alias.from_file)`;
const byAlias = `SELECT ${columns} FROM profile_alias alias
  JOIN profile ON profile.account_id = $1::uuid AND profile.id = alias.profile_id
  WHERE alias.account_id = $1::uuid AND alias.name = $2`;

async function make(sql: AccountTransaction, asked: ProfileToOpen): Promise<OpenedProfile> {
  const taken = await sql.query<{ name: string }>('SELECT name FROM profile WHERE account_id = $1::uuid');
  const names = new Set(taken.map(({ name }) => name));
  let name = asked.name;
  for (let number = 2; names.has(name); number += 1) name = `${asked.name} ${number}`;
  const id = uuidv7();
  await sql.query(
    `INSERT INTO profile (account_id, id, name, time_zone, time_zone_assumed) VALUES ($1::uuid, $2::uuid, $3, $4, $5)`,
    [id, name, asked.timeZone, asked.timeZoneAssumed],
  );
  return { id, timeZone: asked.timeZone };
}
