import { v7 as uuidv7 } from 'uuid';
import type { Sql } from '../connection/sql.ts';

/**
 * The id of the account that has this name, opened when it is seen for the first time. Of several who see it first at once, all
 * get the same.
 */
export async function openAccount(sql: Sql, name: string): Promise<string> {
  const find = () => sql.query<{ id: string }>('SELECT id::text FROM account WHERE name = $1', [name]);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const [account] = await find();
    if (account !== undefined) return account.id;
    await sql.query('INSERT INTO account (id, name) VALUES ($1::uuid, $2) ON CONFLICT (name) DO NOTHING', [
      uuidv7(),
      name,
    ]);
  }
  throw new Error('The account is deleted as often as it is opened');
}

/** An account by its name or id; null where there is none, or it is being deleted. */
export async function findAccount(sql: Sql, nameOrId: string): Promise<{ id: string; name: string } | null> {
  const [account] = await sql.query<{ id: string; name: string }>(
    `SELECT id::text, name FROM account WHERE (name = $1 OR id::text = lower($1)) AND deleting_since IS NULL
     ORDER BY name = $1 DESC LIMIT 1`,
    [nameOrId],
  );
  return account ?? null;
}
