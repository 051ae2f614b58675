import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { PinnedVersion } from '../bulk/versions.ts';
import type { OpenedExport } from '../curated/open-export.ts';
import { sqlName, sqlText } from '../duckdb.ts';

/** A table that a query can name. */
export interface LakeTable {
  readonly schema: string;
  readonly name: string;
  /** Why nothing can be read of it; null where all is well. */
  readonly fault: string | null;
}

/** `netflix-top10` → `netflix_top10`: a schema that needs no quotes. */
export const schemaOf = (dataset: string): string => dataset.replaceAll('-', '_');

/**
 * Makes a view of each table of each zone.
 * @param lake The lake's folder.
 * @param versions The pinned version of each bulk dataset.
 * @param exported The curated zone; null where there is none.
 */
export async function createZoneViews(
  connection: DuckDBConnection,
  lake: string,
  versions: readonly PinnedVersion[],
  exported: OpenedExport | null,
): Promise<LakeTable[]> {
  const views: { schema: string; name: string; select: string }[] = [
    { schema: 'raw', name: 'uploads', select: await uploadsOf(join(lake, 'uploads')) },
    { schema: 'raw', name: 'pages', select: await pagesOf(join(lake, 'pages')) },
  ];
  for (const version of versions) {
    const schema = schemaOf(version.current.dataset);
    for (const name of Object.keys(version.current.tables))
      views.push({ schema, name, select: parquet(version.table(name) as string) });
    if (version.current.dataset !== 'imdb') continue;
    const catalogue = join(version.folder, 'catalogue');
    for (const file of await namesIn(catalogue))
      if (file.endsWith('.parquet'))
        views.push({
          schema: 'catalogue',
          name: file.slice(0, -'.parquet'.length),
          select: parquet(join(catalogue, file)),
        });
  }
  for (const table of exported?.dictionary.tables ?? [])
    views.push({ schema: 'curated', name: table.name, select: curatedOf(exported?.folder ?? '', table) });
  const tables: LakeTable[] = [];
  for (const { schema, name, select } of views) {
    await connection.run(`CREATE SCHEMA IF NOT EXISTS ${sqlName(schema)}`);
    // One table that is damaged keeps nobody from the others.
    const fault = await connection.run(`CREATE VIEW ${sqlName(schema)}.${sqlName(name)} AS ${select}`).then(
      () => null,
      (error: Error) => error.message,
    );
    tables.push({ schema, name, fault });
  }
  return tables;
}

/** The folder `version=…` above it would be a column. */
const parquet = (path: string) => `SELECT * FROM read_parquet(${sqlText(path)}, hive_partitioning = false)`;

/** The files that the dictionary names, and the folder that they lie in as a column. */
function curatedOf(
  folder: string,
  { columns, partition, files }: OpenedExport['dictionary']['tables'][number],
): string {
  const all = partition === null ? columns : [...columns, partition];
  if (files.length === 0) return nothing(Object.fromEntries(all.map(({ name, type }) => [name, type])));
  const paths = files.map(({ path }) => sqlText(join(folder, ...path.split('/'))));
  const hive =
    partition === null
      ? 'hive_partitioning = false'
      : `hive_partitioning = true, hive_types = {${sqlName(partition.name)}: ${partition.type}}`;
  return `SELECT ${all.map(({ name }) => sqlName(name)).join(', ')} FROM read_parquet([${paths.join(', ')}], ${hive})`;
}

/** Their names are all that is known of uploads; of their content nothing is read. */
async function uploadsOf(folder: string): Promise<string> {
  const shelves = (await namesIn(folder)).filter((name) => /^[0-9a-f]{2}$/.test(name));
  const used: string[] = [];
  for (const shelf of shelves) if ((await namesIn(join(folder, shelf))).length > 0) used.push(shelf);
  if (used.length === 0) return nothing({ sha256: 'VARCHAR', bytes: 'BIGINT', kept_at: 'TIMESTAMP' });
  const paths = used.map((shelf) => sqlText(join(folder, shelf, '*')));
  return `SELECT parse_filename(filename) AS sha256, size AS bytes, last_modified AT TIME ZONE 'UTC' AS kept_at
    FROM read_blob([${paths.join(', ')}])`;
}

const pageColumns = {
  source: 'VARCHAR',
  day: 'DATE',
  kind: 'VARCHAR',
  key: 'VARCHAR',
  url: 'VARCHAR',
  method: 'VARCHAR',
  status: 'INTEGER',
  mime: 'VARCHAR',
  bytes: 'BIGINT',
  fetched_at: 'TIMESTAMP',
  digest: 'VARCHAR',
  filename: 'VARCHAR',
  offset: 'BIGINT',
  length: 'BIGINT',
} as const;

/** Out of the indexes beside the WARC files: a line has an address, a time, and JSON. */
async function pagesOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  if (!names.some((name) => name.endsWith('.cdxj'))) return nothing(pageColumns);
  const fields = Object.entries(pageColumns).map(([name, type]) => {
    if (name === 'day') return `CAST(day AS DATE) AS day`;
    return `CAST(page->>'${name}' AS ${type}) AS ${sqlName(name)}`;
  });
  // A character that no line has: each is one field. A last line that was cut off is no JSON.
  const lines = `read_csv(${sqlText(join(folder, 'source=*', 'day=*', '*.cdxj'))}, columns = {'line': 'VARCHAR'}, header = false,
    auto_detect = false, delim = ${sqlText('\u0001')}, quote = '', escape = '', hive_partitioning = true, hive_types_autocast = false)`;
  return `SELECT ${fields.join(', ')} FROM (
      SELECT day, TRY_CAST(substr(line, instr(line, ' {') + 1) AS JSON) AS page FROM ${lines}
    ) WHERE page IS NOT NULL`;
}

const nothing = (columns: Readonly<Record<string, string>>) =>
  `SELECT ${Object.entries(columns)
    .map(([name, type]) => `NULL::${type} AS ${sqlName(name)}`)
    .join(', ')} WHERE false`;

/** None where there is no such folder. */
const namesIn = async (folder: string): Promise<string[]> => (await readdir(folder).catch(() => [])).sort();
