import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, inject } from 'vitest';
import { type Database, openDatabase } from '../src/open-database.ts';

export const databaseKinds = ['embedded', 'postgres'] as const;
export type DatabaseKind = (typeof databaseKinds)[number];

/** Where a database is: what `openDatabase` asks for. */
export interface DatabasePlace {
  readonly home: string;
  readonly url: string | undefined;
}

/** An empty database in a home of its own. The embedded one is a copy: to make it takes three seconds. */
export async function newPlace(kind: DatabaseKind): Promise<DatabasePlace> {
  const home = await mkdtemp(join(tmpdir(), 'home-'));
  if (kind === 'postgres') return { home, url: await newPostgresDatabase() };
  // A thousand small files: with a promise for each it takes more than twice as long.
  cpSync(inject('embeddedHome'), home, { recursive: true });
  return { home, url: undefined };
}

/** Runs a suite on every database that we support, each time on an empty one of its own. */
export function onEveryDatabase(name: string, suite: (open: () => Promise<Database>) => void): void {
  describe.each(databaseKinds)(`${name} (%s)`, (kind) => {
    suite(async () => openDatabase(await newPlace(kind)));
  });
}

/** The address of a new, empty PostgreSQL database. */
export async function newPostgresDatabase(): Promise<string> {
  const url = new URL(inject('postgresUrl'));
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

/** Ends every connection to a PostgreSQL database, as its restart would. */
export async function endConnections(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') });
  await client.connect();
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
    new URL(url).pathname.slice(1),
  ]);
  await client.end();
}
