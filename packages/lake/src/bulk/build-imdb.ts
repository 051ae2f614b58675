import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sqlText } from '../duckdb.ts';
import { BulkError } from './bulk-error.ts';
import { readDelimited, recognise } from './delimited-table.ts';
import { imdbTables } from './imdb-tables.ts';
import type { BuildInput, BuiltTables, RefusedFile } from './input-file.ts';
import type { BulkTable } from './versions.ts';

/** Makes a table of each file. Each file is a whole table: it takes the place of the one that was there. */
export async function buildImdb(input: BuildInput): Promise<BuiltTables> {
  const { files, folder, temporaryFolder, connection, signal, tell } = input;
  const tables: Record<string, BulkTable> = {};
  const refused: RefusedFile[] = [];
  for (const { path, source } of files) {
    try {
      const recognised = await recognise(path, imdbTables, "that is no table of IMDb's datasets");
      const { table } = recognised.layout;
      if (table in tables)
        throw new BulkError('TABLE_UNKNOWN', `${source.name} is ${table}, which ${tables[table]?.sources[0]?.name} is`);
      const file = `${table}.parquet`;
      const read = await readDelimited(
        connection,
        recognised,
        (select) => `COPY (${select}) TO ${sqlText(join(folder, file))} (FORMAT parquet, COMPRESSION zstd)`,
        {
          temporaryFolder,
          signal,
          onBytes: (bytes) => tell({ step: 'read', file: source.name, bytes, bytesTotal: source.bytes }),
          onWrite: () => tell({ step: 'write', file: source.name }),
          onDoubt: (reason) => tell({ step: 'doubt', reason }),
        },
      );
      tables[table] = { file, bytes: (await stat(join(folder, file))).size, ...read, sources: [source] };
      tell({ step: 'table', table, rows: read.rows, rowsRejected: read.rowsRejected });
    } catch (error) {
      refused.push(refusal(source.name, error));
    }
  }
  return { tables, refused };
}

/** A file that is no table is refused; anything else ends the sync. */
export function refusal(file: string, error: unknown): RefusedFile {
  if (!(error instanceof BulkError) || error.code === 'STOPPED') throw error;
  return { file, code: error.code, reason: error.message };
}
