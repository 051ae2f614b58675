import { DuckDBDataChunk, INTEGER, UTINYINT, VARCHAR } from '@duckdb/node-api';
import { catalogueKey, episodeKey, headOfName, isCommonName, soundKey, wordKeys } from '@watchprint/engine';
import type { DuckDb } from '../duckdb.ts';

/** As many rows as DuckDB keeps together. */
const ROWS = 2048;

const kinds = { head: 3, sound: 4, word: 5 };

/** Files every spelled name under its key, its head's and its sound's. The engine makes the keys: it looks them up with the same. */
export async function fileNames(duckdb: DuckDb): Promise<void> {
  const appender = await duckdb.connection.createAppender('filed');
  const types = [VARCHAR, INTEGER, VARCHAR, UTINYINT, VARCHAR];
  const columns: unknown[][] = types.map(() => []);
  const flush = () => {
    const chunk = DuckDBDataChunk.create(types);
    chunk.setColumns(columns as never);
    appender.appendDataChunk(chunk);
    for (const column of columns) column.length = 0;
  };
  const file = (key: string | null, id: number, name: string, kind: number, regions: string | null) => {
    if (key === null || key === '') return;
    for (const [place, value] of [key, id, name, kind, regions].entries()) (columns[place] as unknown[]).push(value);
    if ((columns[0] as unknown[]).length === ROWS) flush();
  };
  const columnsOf = rowsOf(duckdb, 'id, name, kind, regions, sounds', 'spelled');
  for await (const [ids, names, nameKinds, regions, sounds] of columnsOf) {
    for (const [row, id] of (ids as number[]).entries()) {
      const name = (names as string[])[row] as string;
      const kind = (nameKinds as number[])[row] as number;
      const where = (regions as (string | null)[])[row] ?? null;
      file(catalogueKey(name), id, name, kind, where);
      const head = headOfName(name);
      if (head !== null) file(catalogueKey(head), id, head, kinds.head, where);
      if (!(sounds as boolean[])[row]) continue;
      if (kind < 2) file(soundKey(name), id, name, kinds.sound, where);
      for (const key of wordKeys(name)) file(key, id, name, kinds.word, where);
    }
  }
  if ((columns[0] as unknown[]).length > 0) flush();
  appender.closeSync();
}

/** Files series under the names of their episodes, where those are names of few. */
export async function fileEpisodeNames(duckdb: DuckDb): Promise<void> {
  const appender = await duckdb.connection.createAppender('episode_keys');
  const types = [VARCHAR, INTEGER];
  const keys: string[] = [];
  const series: number[] = [];
  const flush = () => {
    const chunk = DuckDBDataChunk.create(types);
    chunk.setColumns([keys, series]);
    appender.appendDataChunk(chunk);
    keys.length = 0;
    series.length = 0;
  };
  for await (const [ids, names] of rowsOf(duckdb, 'series_id, name', 'episodes WHERE name IS NOT NULL')) {
    for (const [row, id] of (ids as number[]).entries()) {
      const name = (names as string[])[row] as string;
      if (isCommonName(name)) continue;
      keys.push(episodeKey(name));
      series.push(id);
      if (keys.length === ROWS) flush();
    }
  }
  if (keys.length > 0) flush();
  appender.closeSync();
}

/**
 * A table's columns, some rows at a time, read on a connection of their own: what another statement of theirs, or an appender's, does
 * to them ends a stream without a word. So the rows are counted too.
 */
async function* rowsOf(duckdb: DuckDb, columns: string, table: string): AsyncGenerator<unknown[][]> {
  const connection = await duckdb.connect();
  const [[expected]] = (await connection.runAndReadAll(`SELECT count(*) FROM ${table}`)).getRows() as [[bigint]];
  const rows = await connection.stream(`SELECT ${columns} FROM ${table}`);
  let read = 0;
  for (;;) {
    const chunk = await rows.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) break;
    read += chunk.rowCount;
    yield chunk.getColumns() as unknown[][];
  }
  connection.closeSync();
  if (read !== Number(expected)) throw new Error(`DuckDB gave ${read} of ${expected} rows of ${table}`);
}
