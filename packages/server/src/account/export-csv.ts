import type { Writable } from 'node:stream';
import { type AccountSql, accountRows, type ExportedTable, exportedTables } from '@watchprint/database';
import { type Originals, ZipWriter } from '@watchprint/lake';
import { stringify } from 'csv-stringify/sync';
import { exportVersion } from './export-json.ts';

/**
 * Writes an account as a zip: a CSV file a table, README.txt that says what is in them, and the files that were imported where
 * they are wanted.
 */
export async function writeCsv(account: AccountSql, out: Writable, originals: Originals | null): Promise<void> {
  const zip = new ZipWriter(out);
  const counts = new Map<string, number>();
  for (const table of exportedTables)
    await zip.add(
      `${table.name}.csv`,
      csvOf(account, table, (rows) => counts.set(table.name, rows)),
    );
  const missing = originals === null ? [] : await addOriginals(account, zip, originals);
  await zip.add('README.txt', readme(counts, originals !== null, missing));
  await zip.end();
}

const layOut = {
  record_delimiter: 'windows',
  // A spreadsheet runs a cell that begins so as a formula, whoever wrote it.
  escape_formulas: true,
  cast: {
    boolean: String,
    object: (value: unknown) => (Array.isArray(value) ? value.join(' ') : JSON.stringify(value)),
  },
} as const;

async function* csvOf(account: AccountSql, table: ExportedTable, counted: (rows: number) => void) {
  const names = table.columns.map(({ name }) => name);
  // Spreadsheets take a file without the mark at its start for one of their country's old encoding.
  yield stringify([names], { ...layOut, bom: true });
  let count = 0;
  for await (const rows of accountRows(account, table)) {
    const parsed = rows.map((row) => JSON.parse(row) as Record<string, unknown>);
    yield stringify(
      parsed.map((row) => names.map((name) => row[name])),
      layOut,
    );
    count += rows.length;
  }
  counted(count);
}

/** @returns names of files that this server does not have: another one, with a home of its own, took them in. */
async function addOriginals(account: AccountSql, zip: ZipWriter, originals: Originals): Promise<string[]> {
  const kept = await account.query<{ sha256: string; fileName: string }>(
    `SELECT DISTINCT ON (sha256) sha256, file_name AS "fileName" FROM import
     WHERE account_id = $1::uuid AND original_kept ORDER BY sha256, created_at`,
  );
  const missing: string[] = [];
  for (const { sha256, fileName } of kept) {
    const content = await originals.find(sha256);
    if (content === null) {
      missing.push(fileName);
      continue;
    }
    try {
      await zip.add(`originals/${sha256.slice(0, 12)}-${asPath(fileName)}`, content);
    } finally {
      content.destroy();
    }
  }
  return missing;
}

/** A name that unzips on every system. */
const asPath = (fileName: string) =>
  fileName
    .replaceAll(/[\p{Cc}/\\:*?"<>|]/gu, '_')
    .replace(/^\.+/, '')
    .slice(-100) || 'file';

async function* readme(counts: ReadonlyMap<string, number>, hasOriginals: boolean, missing: readonly string[]) {
  yield `Everything that Watchprint has of this account (export version ${exportVersion}), ${new Date().toISOString()}.

Files are CSV as RFC 4180 has it: UTF-8, a header line, values in double quotes where they need them. Empty means not known.
Instants are UTC. Several ids in one cell are separated by spaces. A text that begins with = + - or @ has an apostrophe before it,
since a spreadsheet would run it as a formula: the export as JSON has it without.
`;
  for (const { name, description, columns } of exportedTables) {
    yield `\n${name}.csv: ${counts.get(name)} rows. ${description}\n`;
    for (const column of columns) yield `    ${column.name}: ${column.description}\n`;
  }
  if (hasOriginals)
    yield '\noriginals/: the imported files as they came; names begin with the start of their SHA-256.\n';
  for (const fileName of missing) yield `    not here, since another server keeps it: ${fileName}\n`;
}
