import { afterAll, beforeAll, expect, it } from 'vitest';
import { onEveryDatabase } from '../../test/databases.ts';
import type { Database } from '../open-database.ts';
import { openAccount } from './account-directory.ts';
import { readCuratedRows } from './curated-rows.ts';

onEveryDatabase('the rows of the curated tables', (open) => {
  let database: Database;
  let accountId: string;
  beforeAll(async () => {
    database = await open();
    accountId = await openAccount(database.sql, 'ann');
    await addStrings('Tidewater', 4500);
  });
  afterAll(() => database.close());

  const addStrings = (name: string, count: number) =>
    database.sql.query(
      `INSERT INTO match (account_id, id, raw_title, evidence)
       SELECT $1::uuid, gen_random_uuid(), $2 || ': "' || number, '' FROM generate_series(1, $3::int) number`,
      [accountId, name, count],
    );

  async function read(during: () => Promise<unknown> = async () => {}): Promise<object[]> {
    const rows: object[] = [];
    await readCuratedRows(database, accountId, async (table, page) => {
      expect(table).toBe('matches');
      rows.push(...page.map((row) => JSON.parse(row) as object));
      await during();
    });
    return rows;
  }

  it('are of one instant, and others are answered while they are read', async () => {
    let added = 0;
    const rows = await read(async () => {
      added += 1;
      await addStrings(`Later ${added}`, 1);
    });
    expect(rows).toHaveLength(4500);
    expect(added).toBe(3);
    expect(rows).toContainEqual(
      expect.objectContaining({ raw_title: 'Tidewater: "17', status: 'READ', confidence: null }),
    );
    expect(await read()).toHaveLength(4503);
  });

  it('can be read by two at once, and one that stops leaves nothing behind', async () => {
    let pages = 0;
    const stopping = read(async () => {
      pages += 1;
      if (pages === 2) throw new Error('enough');
    });
    const [whole] = await Promise.all([read(), expect(stopping).rejects.toThrow('enough')]);
    expect(whole).toHaveLength(4503);
    expect(await database.sql.query('SELECT name FROM pg_cursors')).toEqual([]);
  });
});
