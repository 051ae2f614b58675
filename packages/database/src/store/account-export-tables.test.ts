import { afterAll, beforeAll, expect, it } from 'vitest';
import { onEveryDatabase } from '../../test/databases.ts';
import type { Database } from '../open-database.ts';
import { exportedTables, leftOut } from './account-export-tables.ts';
import { personalTables, storedTables, tablesMade } from './catalogue.ts';

onEveryDatabase('what an export tells', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it('is every column that has something of an account, but those named as left out', async () => {
    const tables = await storedTables(database.sql, database.migrations);
    const personal = [...personalTables(tables), ...tables.filter(({ name }) => name === 'account')];
    const stored = personal.flatMap(({ name, columns }) =>
      columns.filter((column) => column !== 'account_id').map((column) => `${name}.${column}`),
    );
    const told = exportedTables.flatMap(({ columns }) => columns.flatMap(({ tells }) => tells));
    expect([...new Set([...told, ...Object.keys(leftOut)])].sort()).toEqual(stored.sort());
    expect(told.filter((column) => column in leftOut)).toEqual([]);
  });

  it('has no table of ours that the migrations’ scripts are not seen to make', async () => {
    const there = await database.sql.query<{ name: string }>(
      `SELECT relname::text AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')`,
    );
    const names = there.map(({ name }) => name).filter((name) => name !== '_prisma_migrations');
    expect(names.sort()).toEqual([...tablesMade(database.migrations)].sort());
  });
});
