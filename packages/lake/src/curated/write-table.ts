import { chmod, mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlName, sqlText } from '../duckdb.ts';
import { allColumns, type CuratedTable } from './curated-table.ts';
import type { ExportedFile } from './dictionary.ts';

/** Rows of a row group: what engines read at once, and by whose least and greatest values they skip. DuckDB's own number. */
const rowsOfGroup = 122_880;

/**
 * Writes a table: a folder with a file, or with folders of its partition and a file in each.
 * @param select a query that has its columns by their names.
 * @returns its files; none where a partitioned table has no rows.
 */
export async function writeTable(
  connection: DuckDBConnection,
  table: CuratedTable,
  select: string,
  exportFolder: string,
): Promise<ExportedFile[]> {
  const { name, partition, orderBy } = table;
  const columns = allColumns(table).map((column) => {
    const value = `${sqlName(column.name)}::${column.type}`;
    // The dictionary says that there is none.
    const checked = column.isNullable
      ? value
      : `CASE WHEN ${sqlName(column.name)} IS NULL THEN error(${sqlText(`${name}.${column.name} is null`)}) ELSE ${value} END`;
    return `${checked} AS ${sqlName(column.name)}`;
  });
  const keys = [...(partition === undefined ? [] : [partition.name]), ...orderBy].map(sqlName);
  const sorted = `SELECT ${columns.join(', ')} FROM (${select}) ORDER BY ${keys.join(', ')}`;
  const folder = join(exportFolder, name);
  await mkdir(folder, { mode: 0o700 });
  const format = `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowsOfGroup}`;
  if (partition === undefined) {
    await connection.run(`COPY (${sorted}) TO ${sqlText(join(folder, 'part-0.parquet'))} (${format})`);
  } else {
    // Of several threads each would write files of its own, and none of them in order.
    const [[threads]] = (await connection.runAndReadAll("SELECT current_setting('threads')")).getRows() as [[bigint]];
    await connection.run('SET threads = 1');
    try {
      await connection.run(
        `COPY (${sorted}) TO ${sqlText(folder)} (${format}, PARTITION_BY (${sqlName(partition.name)}), FILENAME_PATTERN 'part-{i}')`,
      );
    } finally {
      await connection.run(`SET threads = ${threads}`);
    }
  }
  return filesIn(connection, exportFolder, name);
}

/** The files of a table; from now on nobody but their owner may read them. */
async function filesIn(connection: DuckDBConnection, exportFolder: string, inside: string): Promise<ExportedFile[]> {
  const files: ExportedFile[] = [];
  const entries = await readdir(join(exportFolder, inside), { withFileTypes: true });
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = `${inside}/${entry.name}`;
    const full = join(exportFolder, path);
    await chmod(full, entry.isDirectory() ? 0o700 : 0o600);
    if (entry.isDirectory()) {
      files.push(...(await filesIn(connection, exportFolder, path)));
      continue;
    }
    const reader = await connection.runAndReadAll(`SELECT num_rows FROM parquet_file_metadata(${sqlText(full)})`);
    files.push({ path, rows: Number(reader.getRows()[0]?.[0]), bytes: (await stat(full)).size });
  }
  return files;
}
