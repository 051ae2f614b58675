import { afterAll, expect, it } from 'vitest';
import { onEveryDatabase } from '../../test/databases.ts';
import type { Database } from '../open-database.ts';
import { appliedMigrations, applyMigrations } from './migrate.ts';

onEveryDatabase('migrations', (open) => {
  let database: Database | undefined;
  afterAll(() => database?.close());

  it('are refused where they are not those that made the database, which stays as it is', async () => {
    database = await open();
    const { sql, migrations } = database;
    const before = await appliedMigrations(sql);
    expect(before.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
    const later = { name: '99990101000000_later', script: 'CREATE TABLE later (id int)', checksum: 'a'.repeat(64) };
    const changed = migrations.map((migration) => ({ ...migration, checksum: 'b'.repeat(64) }));
    await expect(applyMigrations(sql, [...changed, later])).rejects.toMatchObject({ code: 'MIGRATION_CHANGED' });
    expect(await appliedMigrations(sql)).toEqual(before);
    expect(await applyMigrations(sql, [...migrations, later])).toEqual([later.name]);
    // As an earlier Watchprint finds it.
    await expect(applyMigrations(sql, migrations)).rejects.toMatchObject({
      code: 'MIGRATION_UNKNOWN',
      message: expect.stringContaining('99990101000000_later'),
    });
    expect(await sql.query('SELECT * FROM later')).toEqual([]);
  });
});
