import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { endConnections, newPostgresDatabase } from '../../test/databases.ts';
import { type Database, openDatabase } from '../open-database.ts';
import { isConnectionLost } from './connection-lost.ts';

describe('PostgreSQL that ends its connections', () => {
  let database: Database;
  let url: string;
  beforeEach(async () => {
    url = await newPostgresDatabase();
    database = await openDatabase({ home: '/nowhere', url });
  });
  afterEach(() => database.close());

  it('fails the transaction that it breaks, and nothing else', async () => {
    const broken = database.sql.transaction(async (sql) => {
      await sql.query('SELECT 1');
      await endConnections(url);
      await sql.query('SELECT 2');
    });
    await expect(broken).rejects.toSatisfy(isConnectionLost);
    // While nothing is asked of it, too: then there is no statement to fail.
    const idle = database.sql.transaction(async (sql) => {
      await sql.query('SELECT 1');
      await endConnections(url);
      await new Promise((resolve) => setTimeout(resolve, 100));
    });
    await expect(idle).rejects.toSatisfy(isConnectionLost);
    expect(await database.sql.query('SELECT 3 AS three')).toEqual([{ three: 3 }]);
    await expect(database.sql.query('SELECT nope')).rejects.not.toSatisfy(isConnectionLost);
  });

  it('is listened to again, and whoever listens is told that notices may be missing', async () => {
    const heard: (string | null)[] = [];
    const stop = await database.sql.listen('some_channel', (payload) => heard.push(payload));
    await database.sql.notify('some_channel', 'one');
    await vi.waitFor(() => expect(heard).toEqual(['one']));
    await endConnections(url);
    await vi.waitFor(() => expect(heard).toEqual(['one', null]), 5000);
    await database.sql.notify('some_channel', 'two');
    await vi.waitFor(() => expect(heard).toEqual(['one', null, 'two']));
    await stop();
  });

  it('is listened to after a time in which it took no connections', async () => {
    const other = new pg.Client({ connectionString: inject('postgresUrl') });
    await other.connect();
    const name = new URL(url).pathname.slice(1);
    await other.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await endConnections(url);
    await expect(database.sql.listen('some_channel', () => {})).rejects.toThrow();
    await other.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await other.end();
    const heard: (string | null)[] = [];
    await database.sql.listen('some_channel', (payload) => heard.push(payload));
    await database.sql.notify('some_channel', 'again');
    await vi.waitFor(() => expect(heard).toContain('again'), 5000);
  });
});
