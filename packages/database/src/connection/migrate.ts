import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sql, SqlConnection } from './sql.ts';

/** A migration on disk is not the one that this database was made with. */
export class MigrationChangedError extends Error {
  override readonly name = 'MigrationChangedError';
  readonly code = 'MIGRATION_CHANGED';
  readonly retryable = false;
}

/** A database, or a dump of one, was made by migrations that are not among ours. */
export class MigrationUnknownError extends Error {
  override readonly name = 'MigrationUnknownError';
  readonly code = 'MIGRATION_UNKNOWN';
  readonly retryable = false;
}

// The table that Prisma's own tools keep, so that either can apply the next migration.
const ledger = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

export interface Migration {
  readonly name: string;
  readonly script: string;
  /** SHA-256 of the script. */
  readonly checksum: string;
}

/** Every migration there is, oldest first. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => {
      const script = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
    }),
  );
}

/** What the ledger has of the migrations that were applied. */
export async function appliedMigrations(sql: Sql): Promise<Pick<Migration, 'name' | 'checksum'>[]> {
  return sql.query(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL
     ORDER BY migration_name`,
  );
}

/** Statements that apply a migration, the entry in the ledger with it. */
export function scriptOf({ name, script, checksum }: Migration): string {
  // The values are our own file names and hexadecimal digits; a script cannot take parameters.
  return `${script};\nINSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
    VALUES ('${randomUUID()}', '${checksum}', '${name.replaceAll("'", "''")}', now(), 1)`;
}

/**
 * Applies the migrations that this database lacks, each in its own transaction, oldest first.
 * Several servers may start together: one applies them, the others wait for it.
 *
 * @returns the names of those applied now.
 * @throws {MigrationChangedError} when a migration that was applied reads otherwise today.
 * @throws {MigrationUnknownError} when one was applied that we do not have.
 */
export function applyMigrations(connection: SqlConnection, migrations: readonly Migration[]): Promise<string[]> {
  return connection.exclusively('watchprint migrations', async () => {
    await connection.execute(ledger);
    const applied = new Map((await appliedMigrations(connection)).map(({ name, checksum }) => [name, checksum]));
    const ours = new Set(migrations.map(({ name }) => name));
    const unknown = [...applied.keys()].find((name) => !ours.has(name));
    if (unknown !== undefined)
      throw new MigrationUnknownError(
        `The database has the migration ${unknown}, of a later Watchprint or of another program. Use that Watchprint, or a database of Watchprint’s own.`,
      );
    const done: string[] = [];
    for (const migration of migrations) {
      const before = applied.get(migration.name);
      if (before === migration.checksum) continue;
      if (before !== undefined)
        throw new MigrationChangedError(`${migration.name} was changed after it had been applied`);
      await connection.execute(`BEGIN;\n${scriptOf(migration)};\nCOMMIT;`);
      done.push(migration.name);
    }
    return done;
  });
}
