import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SqlConnection } from './sql.ts';

/** A migration on disk is not the one that this database was made with. */
export class MigrationChangedError extends Error {
  override readonly name = 'MigrationChangedError';
  readonly code = 'MIGRATION_CHANGED';
  readonly retryable = false;
}

// The table that Prisma's own tools keep, so that either can apply the next migration.
const ledger = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL, finished_at timestamptz, migration_name varchar(255) NOT NULL,
  logs text, rolled_back_at timestamptz, started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;

/**
 * Applies the migrations that this database lacks, each in its own transaction, oldest first.
 * Several servers may start together: one applies them, the others wait for it.
 *
 * @returns the names of those applied now.
 * @throws {MigrationChangedError} when a migration that was applied reads otherwise today.
 */
export function applyMigrations(connection: SqlConnection, folder: string): Promise<string[]> {
  return connection.exclusively('watchprint migrations', async () => {
    await connection.execute(ledger);
    const rows = await connection.query<{ name: string; checksum: string }>(
      'SELECT migration_name AS name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    );
    const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
    const entries = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const done: string[] = [];
    for (const name of names.sort()) {
      const script = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      const checksum = createHash('sha256').update(script).digest('hex');
      const before = applied.get(name);
      if (before === checksum) continue;
      if (before !== undefined) throw new MigrationChangedError(`${name} was changed after it had been applied`);
      // The values are our own file names and hexadecimal digits; a script cannot take parameters.
      const entry = `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
        VALUES ('${randomUUID()}', '${checksum}', '${name.replaceAll("'", "''")}', now(), 1)`;
      await connection.execute(`BEGIN;\n${script};\n${entry};\nCOMMIT;`);
      done.push(name);
    }
    return done;
  });
}
