import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sqlText } from '../duckdb.ts';
import { accumulate } from './accumulate.ts';
import { refusal } from './build-imdb.ts';
import { type ReadTable, readDelimited, recognise } from './delimited-table.ts';
import type { BuildInput, BuiltTables, InputFile, RefusedFile } from './input-file.ts';
import { type Top10List, top10Lists } from './netflix-top10-lists.ts';
import { type BulkSource, type BulkTable, joinSources } from './versions.ts';

interface ReadList {
  readonly list: Top10List;
  readonly path: string;
  readonly source: BulkSource;
  readonly read: ReadTable;
}

/** Reads each list, and merges it with what is known of earlier weeks. */
export async function buildNetflixTop10(input: BuildInput): Promise<BuiltTables> {
  const lists: ReadList[] = [];
  const refused: RefusedFile[] = [];
  for (const file of input.files)
    try {
      lists.push(await readList(input, file, lists.length));
    } catch (error) {
      refused.push(refusal(file.source.name, error));
    }
  const tables: Record<string, BulkTable> = {};
  for (const table of new Set(lists.map(({ list }) => list.layout.table)))
    tables[table] = await mergeLists(
      input,
      table,
      // Of lists up to the same week the one with more rows is the whole one.
      lists.filter(({ list }) => list.layout.table === table).sort((a, b) => a.read.rows - b.read.rows),
    );
  return { tables, refused };
}

async function readList(
  { temporaryFolder, connection, signal, tell }: BuildInput,
  { path, source }: InputFile,
  number: number,
): Promise<ReadList> {
  const recognised = await recognise(
    path,
    top10Lists.map(({ layout }) => layout),
    "that is no list of Netflix's Top 10",
  );
  const list = top10Lists.find(({ layout }) => layout === recognised.layout) as Top10List;
  const to = join(temporaryFolder, `list-${number}.parquet`);
  const facts = list.facts(dateOf(source));
  const read = await readDelimited(
    connection,
    recognised,
    (select) => `COPY (SELECT *, ${facts} FROM (${select})) TO ${sqlText(to)} (FORMAT parquet)`,
    {
      temporaryFolder,
      signal,
      onBytes: (bytes) => tell({ step: 'read', file: source.name, bytes, bytesTotal: source.bytes }),
      onWrite: () => tell({ step: 'write', file: source.name }),
    },
  );
  return { list, path: to, source, read };
}

/** A list that has no weeks is dated by its name (`most-popular-2026-07.tsv`), else by when its file was changed last. */
function dateOf({ name, lastModified, readAt }: BulkSource): string {
  const [, year, month, day] = /(20\d\d)-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?/.exec(name) ?? [];
  if (year !== undefined) return `${year}-${month}-${day ?? '01'}`;
  const changed = lastModified === null ? Number.NaN : Date.parse(lastModified);
  return Number.isNaN(changed) ? readAt : new Date(changed).toISOString();
}

async function mergeLists(
  { folder, before, connection, tell }: BuildInput,
  table: string,
  lists: readonly ReadList[],
): Promise<BulkTable> {
  const [{ list }] = lists as [ReadList];
  const file = `${table}.parquet`;
  const rows = await accumulate(connection, {
    before: before?.table(table) ?? null,
    incoming: lists.map(({ path }) => path),
    columns: [...list.layout.columns.map(({ name }) => name), ...list.factNames],
    key: list.key,
    latestBy: list.latestBy,
    orderBy: list.orderBy,
    to: join(folder, file),
  });
  const rowsRejected = lists.reduce((sum, { read }) => sum + read.rowsRejected, 0);
  tell({ step: 'table', table, rows, rowsRejected });
  return {
    file,
    bytes: (await stat(join(folder, file))).size,
    rows,
    rowsRejected,
    rejected: lists.flatMap(({ read }) => read.rejected).slice(0, 100),
    sources: joinSources(
      before?.current.tables[table]?.sources,
      lists.map(({ source }) => source),
    ),
  };
}
