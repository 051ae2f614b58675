import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import {
  curatedTablesFor,
  type Database,
  findAccount,
  readCuratedRows,
  type SqlConnection,
} from '@watchprint/database';
import type { CuratedRows } from '@watchprint/lake';
import { z } from 'zod';

/** No account is called that, or has that id. */
export class AccountUnknownError extends Error {
  override readonly name = 'AccountUnknownError';
  readonly code = 'ACCOUNT_UNKNOWN';
  constructor(account: string) {
    super(`There is no account ${account}: name one by its name (local, without sign-in) or its id`);
  }
}

/** The rows came from another Watchprint than the one that is to write them. */
export class OtherVersionError extends Error {
  override readonly name = 'OtherVersionError';
  readonly code = 'OTHER_VERSION';
  constructor() {
    super('The server that has the home open is another version than this command: restart it, and try again');
  }
}

const account = z.object({ id: z.string(), name: z.string() }).nullable();
/** Whose personal rows are exported; null: nobody's. */
export type ExportedAccount = z.infer<typeof account>;

/** The first line: whose rows follow, and which columns each table's have. */
const head = z.object({ account, columns: z.record(z.string(), z.array(z.string())) });
/** Before each page of rows: how many bytes of lines follow. */
const frame = z.union([
  z.object({ table: z.string(), rows: z.number(), bytes: z.number() }),
  z.object({ isEnd: z.literal(true) }),
]);

/** The account that is meant. @throws {AccountUnknownError} */
export async function accountFor(sql: SqlConnection, nameOrId: string | null): Promise<ExportedAccount> {
  if (nameOrId === null) return null;
  const found = await findAccount(sql, nameOrId);
  if (found === null) throw new AccountUnknownError(nameOrId);
  return found;
}

/**
 * Writes the rows of the curated tables, as they stand at one instant, with what reads them on the other side: a line of JSON before
 * each page of rows. `out` is neither ended nor destroyed.
 */
export async function writeRowFrames(
  database: Pick<Database, 'kind' | 'sql'>,
  account: ExportedAccount,
  out: Writable,
): Promise<void> {
  const send = async (bytes: Uint8Array | string) => {
    // One that nobody reads any more never drains.
    if (out.destroyed) throw new Error('Whoever asked for the rows has gone');
    if (out.write(bytes)) return;
    const waited = new AbortController();
    const { signal } = waited;
    await Promise.race([once(out, 'drain', { signal }), once(out, 'close', { signal })]).finally(() => waited.abort());
  };
  const line = (value: object) => send(`${JSON.stringify(value)}\n`);
  await line({ account, columns: columnsOf(account) });
  await readCuratedRows(database, account?.id ?? null, async (table, rows) => {
    const text = Buffer.from(`${rows.join('\n')}\n`);
    await line({ table, rows: rows.length, bytes: text.length });
    await send(text);
  });
  await line({ isEnd: true });
}

/** Reads them. @throws {OtherVersionError} when they are of another Watchprint. */
export async function readRowFrames(
  stream: Readable,
): Promise<{ readonly account: ExportedAccount; readonly rows: AsyncIterable<CuratedRows> }> {
  const bytes = new ByteReader(stream);
  const first = head.safeParse(JSON.parse(await bytes.line()));
  if (!first.success || JSON.stringify(first.data.columns) !== JSON.stringify(columnsOf(first.data.account)))
    throw new OtherVersionError();
  return { account: first.data.account, rows: rowsOf(bytes) };
}

async function* rowsOf(bytes: ByteReader): AsyncGenerator<CuratedRows> {
  for (;;) {
    const next = frame.parse(JSON.parse(await bytes.line()));
    if ('isEnd' in next) return;
    yield { table: next.table, rows: next.rows, text: await bytes.take(next.bytes) };
  }
}

const columnsOf = (account: ExportedAccount): Record<string, string[]> =>
  Object.fromEntries(
    curatedTablesFor(account?.id ?? null).map(({ name, columns, partition }) => [
      name,
      [...columns, ...(partition === undefined ? [] : [partition])].map((column) => column.name),
    ]),
  );

/** What came of the rows is not all of them. */
class RowsBrokenOffError extends Error {
  override readonly name = 'RowsBrokenOffError';
  readonly code = 'ROWS_BROKEN_OFF';
}

/** A stream by lines and by numbers of bytes. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  async line(): Promise<string> {
    let end = this.#rest.indexOf(10);
    while (end < 0) {
      await this.#more();
      end = this.#rest.indexOf(10);
    }
    return (await this.take(end + 1)).toString('utf8', 0, end);
  }

  async take(length: number): Promise<Buffer> {
    while (this.#rest.length < length) await this.#more();
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }

  async #more(): Promise<void> {
    const next = await this.#chunks.next().catch((cause: Error) => {
      throw new RowsBrokenOffError(`Reading the database broke off: ${cause.message}`, { cause });
    });
    if (next.done) throw new RowsBrokenOffError('Reading the database broke off');
    this.#rest = Buffer.concat([this.#rest, next.value]);
  }
}
