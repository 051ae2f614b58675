import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { openEmbedded } from './connection/embedded.ts';
import { type HomeLock, lockHome } from './connection/home-lock.ts';
import { applyMigrations, type Migration, readMigrations } from './connection/migrate.ts';
import { postgresConnection } from './connection/postgres.ts';
import { checkRoom } from './connection/room.ts';
import type { SqlConnection } from './connection/sql.ts';
import { PrismaClient } from './generated/prisma/client.ts';

export interface DatabaseOptions {
  /** `postgres://…`; `memory:`, gone when closed; undefined: embedded in `home`. */
  readonly url?: string | undefined;
  readonly home: string;
  /** What to call this process to others who want the same home. */
  readonly command?: string;
  /** Connections of this process to PostgreSQL. */
  readonly poolSize?: number;
}

export interface Database {
  readonly kind: 'embedded' | 'postgres';
  readonly prisma: PrismaClient;
  readonly sql: SqlConnection;
  /** What made its tables, oldest first. */
  readonly migrations: readonly Migration[];
  /** How many times the embedded database has forced its files to disk; 0 elsewhere, where it is PostgreSQL's own business. */
  forcedWrites(): number;
  /**
   * Asked before many rows are written.
   * @throws {DiskFullError} where the disk of the embedded database is nearly full; a server of PostgreSQL looks after its own.
   */
  checkRoom(): Promise<void>;
  /** Tells others that want the same home where this process answers. */
  announce(url: string): Promise<void>;
  close(): Promise<void>;
}

/** In a build they lie beside it. */
const migrationsFolder = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../prisma/migrations' : './migrations', import.meta.url),
);

/** Whether a home has an embedded database: to open one makes it. */
export const hasDatabase = (home: string): Promise<boolean> =>
  access(databaseOf(home)).then(
    () => true,
    () => false,
  );

const databaseOf = (home: string) => join(home, 'database');

/**
 * Opens the database and brings it up to date.
 * @throws {HomeLockedError} when another process has the embedded one open.
 * @throws {DatabaseUnopenedError} when the embedded one cannot be opened, for want of room on its disk for example.
 * @throws {MigrationChangedError} when the database was made by other migrations.
 * @throws {MigrationUnknownError} when a later Watchprint made it, or another program has it too.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.url !== undefined && options.url !== 'memory:') return openPostgres(options.url, options.poolSize ?? 10);
  const lock = options.url === 'memory:' ? null : await lockHome(options.home, options.command ?? 'watchprint');
  try {
    const { pool, sql, forcedWrites } = await openEmbedded(lock === null ? null : databaseOf(options.home));
    return {
      ...(await opened('embedded', pool, sql, lock, forcedWrites)),
      ...(lock === null ? {} : { checkRoom: () => checkRoom(options.home) }),
    };
  } catch (error) {
    await lock?.release();
    throw error;
  }
}

async function openPostgres(url: string, poolSize: number): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: poolSize });
  // A connection lost while idle is replaced when next needed; unheard, the event would end the process.
  pool.on('error', () => {});
  return opened('postgres', pool, postgresConnection(pool), null);
}

async function opened(
  kind: Database['kind'],
  pool: pg.Pool,
  sql: SqlConnection,
  lock: HomeLock | null,
  forcedWrites: () => number = () => 0,
): Promise<Database> {
  let migrations: Migration[];
  try {
    migrations = await readMigrations(migrationsFolder);
    await applyMigrations(sql, migrations);
  } catch (error) {
    await sql.close();
    throw error;
  }
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    kind,
    prisma,
    sql,
    migrations,
    forcedWrites,
    checkRoom: async () => {},
    announce: async (url) => lock?.announce(url),
    async close() {
      await prisma.$disconnect();
      await sql.close();
      await lock?.release();
    },
  };
}
