/** Arrays go into `unnest($1::int[])` and the like. */
export type SqlValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | null
  | readonly (string | number | bigint | boolean | null)[];

/**
 * Plain SQL for bulk work: reading a history as columns, writing it in batches.
 * Answers are compared across drivers only where the statement casts: `::text`, `::int`, `::float8`.
 */
export interface Sql {
  query<Row>(text: string, values?: readonly SqlValue[]): Promise<Row[]>;
}

/** Statements that take effect together. */
export interface Transaction extends Sql {
  /** Sends rows for a `COPY … FROM STDIN`, in pieces. */
  copy(statement: string, rows: readonly Uint8Array[]): Promise<void>;
  /** Answers what a `COPY … TO STDOUT` sends, whole: ask for as much as memory may hold. */
  copyOut(statement: string): Promise<Buffer>;
}

/** What a transaction sees: what others have committed by each of its statements, or by its first. */
export type Isolation = 'read committed' | 'repeatable read';

/** Called with a notice's payload; with null when some may have been missed, after a lost connection is there again. */
export type OnNotice = (payload: string | null) => void;

/** A connection that can also open transactions and carry notices between processes. */
export interface SqlConnection extends Sql {
  /** Keep it short: on the embedded database an open transaction makes everybody else wait. */
  transaction<Result>(work: (sql: Transaction) => Promise<Result>, isolation?: Isolation): Promise<Result>;
  /** Several statements without parameters. */
  execute(script: string): Promise<void>;
  /** Runs `work` while no other process that asks for the same name does. */
  exclusively<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
  notify(channel: string, payload: string): Promise<void>;
  /** Calls back for each notice of any process; the answer stops it. */
  listen(channel: string, onNotice: OnNotice): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
