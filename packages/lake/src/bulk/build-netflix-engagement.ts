import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlText } from '../duckdb.ts';
import { accumulate } from './accumulate.ts';
import { refusal } from './build-imdb.ts';
import { refuseStopped } from './bulk-error.ts';
import { type EngagementReport, readEngagementReport } from './engagement-report.ts';
import type { EngagementRow } from './engagement-sheet.ts';
import type { BuildInput, BuiltTables, RefusedFile } from './input-file.ts';
import { type BulkSource, joinSources } from './versions.ts';

const table = 'engagement';

const columns: Readonly<Record<keyof EngagementRow, string>> = {
  period_start: 'DATE',
  period_end: 'DATE',
  kind: 'VARCHAR',
  raw_title: 'VARCHAR',
  title: 'VARCHAR',
  original_title: 'VARCHAR',
  available_globally: 'BOOLEAN',
  release_date: 'DATE',
  hours_viewed: 'BIGINT',
  runtime_minutes: 'INTEGER',
  views: 'BIGINT',
};

/** Reads each report, and merges it with those of other half-years. */
export async function buildNetflixEngagement(input: BuildInput): Promise<BuiltTables> {
  const { files, folder, temporaryFolder, before, connection, signal, tell } = input;
  const reports: { path: string; source: BulkSource; report: EngagementReport }[] = [];
  const refused: RefusedFile[] = [];
  for (const { path, source } of files) {
    refuseStopped(signal);
    try {
      tell({ step: 'read', file: source.name, bytes: 0, bytesTotal: source.bytes });
      const report = await readEngagementReport(path);
      tell({ step: 'read', file: source.name, bytes: source.bytes, bytesTotal: source.bytes });
      const to = join(temporaryFolder, `report-${reports.length}.parquet`);
      await writeRows(connection, report.rows, to);
      reports.push({ path: to, source, report });
    } catch (error) {
      refused.push(refusal(source.name, error));
    }
  }
  if (reports.length === 0) return { tables: {}, refused };
  // Of two reports of one half-year the one with more rows is the whole one.
  reports.sort((a, b) => a.report.rows.length - b.report.rows.length);
  const file = `${table}.parquet`;
  const rows = await accumulate(connection, {
    before: before?.table(table) ?? null,
    incoming: reports.map(({ path }) => path),
    columns: Object.keys(columns),
    key: ['period_start', 'period_end', 'kind', 'raw_title', 'release_date'],
    orderBy: ['period_start DESC', 'kind', 'hours_viewed DESC', 'raw_title'],
    to: join(folder, file),
  });
  const rowsRejected = reports.reduce((sum, { report }) => sum + report.rowsRejected, 0);
  tell({ step: 'table', table, rows, rowsRejected });
  const built = {
    file,
    bytes: (await stat(join(folder, file))).size,
    rows,
    rowsRejected,
    rejected: reports.flatMap(({ report }) => report.rejected).slice(0, 100),
    sources: joinSources(
      before?.current.tables[table]?.sources,
      reports.map(({ source }) => source),
    ),
  };
  return { tables: { [table]: built }, refused };
}

async function writeRows(connection: DuckDBConnection, rows: readonly EngagementRow[], to: string): Promise<void> {
  const lines = `${to}.json`;
  await writeFile(lines, rows.map((row) => `${JSON.stringify(row)}\n`).join(''), { mode: 0o600 });
  const types = Object.entries(columns).map(([name, type]) => `'${name}': '${type}'`);
  await connection.run(
    `COPY (SELECT * FROM read_json(${sqlText(lines)}, format = 'newline_delimited', columns = {${types.join(', ')}}))
     TO ${sqlText(to)} (FORMAT parquet)`,
  );
}
