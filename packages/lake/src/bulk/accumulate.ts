import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlName, sqlText } from '../duckdb.ts';

export interface Accumulation {
  /** The table of the version before; null where it has none. */
  readonly before: string | null;
  /** Parquet files of what came now; of rows that are equal otherwise, those of a later file win. */
  readonly incoming: readonly string[];
  /** All columns, in their order. */
  readonly columns: readonly string[];
  /** What makes a row the same row. */
  readonly key: readonly string[];
  /** A column that says how late a row's list is; of one key the latest stay. */
  readonly latestBy?: string;
  readonly orderBy: readonly string[];
  readonly to: string;
}

/**
 * Merges what came with what is there: of each key, the rows of one source stay, all of them. So a list that has two rows of one key
 * keeps both, and no row is half of one list and half of another.
 * @returns how many rows there are now.
 */
export async function accumulate(
  connection: DuckDBConnection,
  { before, incoming, columns, key, latestBy, orderBy, to }: Accumulation,
): Promise<number> {
  const names = columns.map(sqlName).join(', ');
  const sources = [...(before === null ? [] : [before]), ...incoming].map(
    (path, index) =>
      `SELECT *, ${index} AS source_order FROM read_parquet(${sqlText(path)}, hive_partitioning = false)`,
  );
  const latest = [...(latestBy === undefined ? [] : [`${sqlName(latestBy)} DESC NULLS LAST`]), 'source_order DESC'];
  const { rowsChanged } = await connection.run(`COPY (
    SELECT ${names} FROM (${sources.join(' UNION ALL BY NAME ')})
    QUALIFY rank() OVER (PARTITION BY ${key.map(sqlName).join(', ')} ORDER BY ${latest.join(', ')}) = 1
    ORDER BY ${orderBy.join(', ')}
  ) TO ${sqlText(to)} (FORMAT parquet, COMPRESSION zstd)`);
  return rowsChanged;
}
