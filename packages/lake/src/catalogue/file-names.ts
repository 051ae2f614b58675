import { type DuckDBConnection, DuckDBDataChunk, INTEGER, UTINYINT, VARCHAR } from '@duckdb/node-api';
import { catalogueKey, episodeKey, headOfName, isCommonName, soundKey } from '@watchprint/engine';

/** As many rows as DuckDB keeps together. */
const ROWS = 2048;

const kinds = { head: 3, sound: 4 };

/** Files every spelled name under its key, its head's and its sound's. The engine makes the keys: it looks them up with the same. */
export async function fileNames(connection: DuckDBConnection): Promise<void> {
  const appender = await connection.createAppender('filed');
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
  const rows = await connection.stream('SELECT id, name, kind, regions, sounds FROM spelled ORDER BY id');
  for await (const [ids, names, nameKinds, regions, sounds] of columnsOf(rows)) {
    for (const [row, id] of (ids as number[]).entries()) {
      const name = (names as string[])[row] as string;
      const kind = (nameKinds as number[])[row] as number;
      const where = (regions as (string | null)[])[row] ?? null;
      file(catalogueKey(name), id, name, kind, where);
      const head = headOfName(name);
      if (head !== null) file(catalogueKey(head), id, head, kinds.head, where);
      if (kind < 2 && (sounds as boolean[])[row]) file(soundKey(name), id, name, kinds.sound, where);
    }
  }
  if ((columns[0] as unknown[]).length > 0) flush();
  appender.closeSync();
}

/** Files series under the names of their episodes, where those are names of few. */
export async function fileEpisodeNames(connection: DuckDBConnection): Promise<void> {
  const appender = await connection.createAppender('episode_keys');
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
  const rows = await connection.stream('SELECT series_id, name FROM episodes WHERE name IS NOT NULL');
  for await (const [ids, names] of columnsOf(rows)) {
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

type Rows = Awaited<ReturnType<DuckDBConnection['stream']>>;

async function* columnsOf(rows: Rows): AsyncGenerator<unknown[][]> {
  for (;;) {
    const chunk = await rows.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk.getColumns() as unknown[][];
  }
}
