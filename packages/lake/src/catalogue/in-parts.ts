import type { DuckDBConnection } from '@duckdb/node-api';

/** Groups of millions of rows are made in so many parts: what a group gathers must fit in memory. */
export const PARTS = 16;

export async function inParts(connection: DuckDBConnection, statement: (part: number) => string): Promise<void> {
  for (let part = 0; part < PARTS; part += 1) await connection.run(statement(part));
}
