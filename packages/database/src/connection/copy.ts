import type { Connection, Submittable } from 'pg';
import type { CopiedTable } from './copy-rows.ts';
import type { Transaction } from './sql.ts';

/** Adds rows to a table, and fails where one is there already. */
export async function copyRows(sql: Transaction, table: CopiedTable, rows: Pieces): Promise<void> {
  if (rows.length > 0) await sql.copy(copyStatement(table.name, table), rows);
}

/**
 * Puts rows aside until the transaction ends, for a statement that looks what is there first, which COPY does not.
 * @returns the name of the table that they are in.
 */
export async function stageRows(sql: Transaction, table: CopiedTable, rows: Pieces): Promise<string> {
  const staged = `staged_${table.name}`;
  await sql.query(
    `CREATE TEMP TABLE IF NOT EXISTS ${staged} ON COMMIT DELETE ROWS AS
     SELECT ${columnList(table)} FROM ${table.name} WITH NO DATA`,
  );
  await sql.copy(copyStatement(staged, table), rows);
  return staged;
}

export const columnList = ({ columns }: CopiedTable): string => Object.keys(columns).join(', ');

const copyStatement = (into: string, table: CopiedTable): string =>
  `COPY ${into} (${columnList(table)}) FROM STDIN (FORMAT binary)`;

type Pieces = readonly Uint8Array[];

/** https://www.postgresql.org/docs/18/protocol-message-formats.html */
function copyDataHead(rows: Pieces): Buffer {
  const message = Buffer.from('d\0\0\0\0');
  message.writeInt32BE(
    rows.reduce((length, piece) => length + piece.length, 4),
    1,
  );
  return message;
}

const copyDone = Buffer.from('c\0\0\0\x04');

/**
 * A COPY as node-postgres sends it, all in one write. pg-copy-streams waits for the server's word before it sends rows, and the
 * embedded database cannot wait for more. A server that refuses the statement skips the rows.
 */
export class CopyIn implements Submittable {
  readonly done: Promise<void>;
  readonly #statement: string;
  readonly #rows: Pieces;
  #resolve = () => {};
  #reject = (_error: Error) => {};

  constructor(statement: string, rows: Pieces) {
    this.#statement = statement;
    this.#rows = rows;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    stream.cork();
    connection.query(this.#statement);
    stream.write(copyDataHead(this.#rows));
    for (const piece of this.#rows) stream.write(piece);
    stream.write(copyDone);
    stream.uncork();
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    this.#resolve();
  }

  handleCopyInResponse(): void {}

  handleCommandComplete(): void {}
}

/** A COPY to us: every row is a message of its own, in memory that the next ones are read into. */
export class CopyOut implements Submittable {
  readonly done: Promise<Buffer>;
  readonly #statement: string;
  #rows = Buffer.allocUnsafe(64 * 1024);
  #length = 0;
  #resolve = (_rows: Buffer) => {};
  #reject = (_error: Error) => {};

  constructor(statement: string) {
    this.#statement = statement;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    connection.query(this.#statement);
  }

  handleError(error: Error): void {
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#rows.subarray(0, this.#length));
  }

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    const length = this.#length + chunk.length;
    if (length > this.#rows.length) {
      const larger = Buffer.allocUnsafe(2 * length);
      this.#rows.copy(larger, 0, 0, this.#length);
      this.#rows = larger;
    }
    chunk.copy(this.#rows, this.#length);
    this.#length = length;
  }

  handleCommandComplete(): void {}
}
