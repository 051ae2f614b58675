import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { DuckDBConnection } from '@duckdb/node-api';

export interface DuckDbOptions {
  /** What DuckDB may hold in memory before it writes to the temporary folder, such as `512MB`. */
  readonly memoryLimit?: string;
  /** Default: as many as the machine has, at most four: each needs memory of its own. */
  readonly threads?: number;
  /** Where it puts what does not fit in memory; made when it is not there. Without one, what does not fit fails. */
  readonly temporaryFolder?: string;
  /** A database file. Default: none, in memory. */
  readonly path?: string;
  /** The database file is there and stays as it is. */
  readonly readOnly?: boolean;
}

/** One DuckDB of this process with one connection. */
export interface DuckDb {
  readonly connection: DuckDBConnection;
  /** A further connection, for what runs beside; closed with the rest. */
  connect(): Promise<DuckDBConnection>;
  /** Frees memory, threads and files at once: a DuckDB that is only forgotten keeps them until it is collected. */
  close(): void;
}

/**
 * Opens a DuckDB that stays on this machine: it never downloads an extension. Parquet, JSON and ICU are inside.
 * @throws when the database file cannot be opened.
 */
export async function openDuckDb({
  memoryLimit = '512MB',
  threads = Math.min(4, availableParallelism()),
  temporaryFolder,
  path = ':memory:',
  readOnly = false,
}: DuckDbOptions = {}): Promise<DuckDb> {
  if (temporaryFolder !== undefined) await mkdir(temporaryFolder, { recursive: true, mode: 0o700 });
  // Loaded when it is needed: most of what imports the lake keeps uploads and opens no DuckDB.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(path, {
    memory_limit: memoryLimit,
    threads: String(threads),
    temp_directory: temporaryFolder ?? '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    ...(readOnly ? { access_mode: 'READ_ONLY' } : {}),
  });
  const connections: DuckDBConnection[] = [];
  const connect = async (): Promise<DuckDBConnection> => {
    const connection = await instance.connect();
    connections.push(connection);
    return connection;
  };
  const close = (): void => {
    for (const connection of connections.splice(0)) connection.closeSync();
    instance.closeSync();
  };
  try {
    return { connection: await connect(), connect, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** A text as SQL writes it: for paths, where a statement takes no parameters. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name as SQL writes it. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
