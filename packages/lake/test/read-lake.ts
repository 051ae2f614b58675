import type { DatasetName } from '../src/bulk/versions.ts';
import { datasetFolder, pinVersion } from '../src/bulk/versions.ts';
import { openDuckDb, sqlText } from '../src/duckdb.ts';

/** Runs SQL over the tables of the version in use, each a view of its name. Rows as JSON has them. */
export async function queryLake(lake: string, dataset: DatasetName, sql: string): Promise<Record<string, unknown>[]> {
  const version = await pinVersion(datasetFolder(lake, dataset));
  if (version === null) throw new Error(`There is no ${dataset}`);
  const duckdb = await openDuckDb({ threads: 1 });
  try {
    for (const name of Object.keys(version.current.tables))
      await duckdb.connection.run(
        `CREATE VIEW ${name} AS FROM read_parquet(${sqlText(version.table(name) ?? '')}, hive_partitioning = false)`,
      );
    return (await duckdb.connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    duckdb.close();
    await version.release();
  }
}
