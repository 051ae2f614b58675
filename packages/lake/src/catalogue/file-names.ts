import {
  BOOLEAN,
  type DuckDBAppender,
  DuckDBDataChunk,
  type DuckDBType,
  INTEGER,
  UTINYINT,
  VARCHAR,
} from '@duckdb/node-api';
import {
  catalogueKey,
  episodeKey,
  headOfName,
  isCommonName,
  searchKeys,
  soundKey,
  wordKeysToFile,
} from '@watchprint/engine';
import type { DuckDb } from '../duckdb.ts';

/** As many rows as DuckDB keeps together. */
const ROWS = 2048;

const kinds = { alternative: 2, head: 3, sound: 4, word: 5 };

/** Rows for a table, handed over some at a time. */
class Rows {
  readonly #appender: DuckDBAppender;
  readonly #types: readonly DuckDBType[];
  readonly #columns: unknown[][];

  constructor(appender: DuckDBAppender, types: readonly DuckDBType[]) {
    this.#appender = appender;
    this.#types = types;
    this.#columns = types.map(() => []);
  }

  add(...row: readonly unknown[]): void {
    for (const [place, value] of row.entries()) (this.#columns[place] as unknown[]).push(value);
    if ((this.#columns[0] as unknown[]).length === ROWS) this.#flush();
  }

  end(): void {
    this.#flush();
    this.#appender.closeSync();
  }

  #flush(): void {
    if ((this.#columns[0] as unknown[]).length === 0) return;
    const chunk = DuckDBDataChunk.create(this.#types);
    chunk.setColumns(this.#columns as never);
    this.#appender.appendDataChunk(chunk);
    for (const column of this.#columns) column.length = 0;
  }
}

/** Files every spelled name under its key, its head's and its sound's. The engine makes the keys: it looks them up with the same. */
export async function fileNames(duckdb: DuckDb): Promise<void> {
  const filed = new Rows(await duckdb.connection.createAppender('filed'), [VARCHAR, INTEGER, VARCHAR, UTINYINT]);
  for await (const columns of columnsOf(duckdb, 'id, name, kind, sounds', 'spelled')) {
    const [ids, names, nameKinds, sounds] = columns as [number[], string[], number[], boolean[]];
    for (const [row, id] of ids.entries()) {
      const name = names[row] as string;
      const kind = nameKinds[row] as number;
      const key = catalogueKey(name);
      if (key !== '') filed.add(key, id, name, kind);
      const head = headOfName(name);
      const headKey = head === null ? '' : catalogueKey(head);
      if (headKey !== '') filed.add(headKey, id, head, kinds.head);
      if (!sounds[row]) continue;
      const sound = kind < kinds.alternative ? soundKey(name) : null;
      if (sound !== null) filed.add(sound, id, name, kinds.sound);
      for (const word of wordKeysToFile(name, kind < kinds.alternative)) filed.add(word, id, name, kinds.word);
    }
  }
  filed.end();
}

/** Makes the keys of the names of episodes, and says which of them tell a series. */
export async function fileEpisodeNames(duckdb: DuckDb): Promise<void> {
  const keyed = new Rows(await duckdb.connection.createAppender('keyed'), [
    VARCHAR,
    INTEGER,
    INTEGER,
    BOOLEAN,
    BOOLEAN,
  ]);
  for await (const columns of columnsOf(duckdb, 'id, series_id, name, is_own', 'episode_titles')) {
    const [ids, series, names, own] = columns as [number[], number[], string[], boolean[]];
    for (const [row, id] of ids.entries()) {
      const name = names[row] as string;
      keyed.add(episodeKey(name), id, series[row], own[row], own[row] === true && !isCommonName(name));
    }
  }
  keyed.end();
}

/** Files well-known names under every end of them that begins with a word, for whoever types what a name begins with. */
export async function fileSearchKeys(duckdb: DuckDb): Promise<void> {
  const filed = new Rows(await duckdb.connection.createAppender('search_keys'), [VARCHAR, INTEGER]);
  for await (const columns of columnsOf(duckdb, 'id, name', 'known_names')) {
    const [ids, names] = columns as [number[], string[]];
    for (const [row, id] of ids.entries()) for (const key of searchKeys(names[row] as string)) filed.add(key, id);
  }
  filed.end();
}

/**
 * A table's columns, some rows at a time, read on a connection of their own: what another statement of theirs, or an appender's, does
 * to them ends a stream without a word. So the rows are counted too.
 */
async function* columnsOf(duckdb: DuckDb, columns: string, table: string): AsyncGenerator<unknown[][]> {
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
