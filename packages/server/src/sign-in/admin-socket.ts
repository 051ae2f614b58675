import { chmod, mkdir, rm } from 'node:fs/promises';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { SqlConnection } from '@watchprint/database';
import { accountFor, type ExportedAccount } from '../lake-export/row-frames.ts';
import { administerTokens, type TokenAnswer, type TokenRequest, tokenRequest } from './token-admin.ts';

/**
 * The way in for whoever the home belongs to, while a server has its database open: a Unix socket in a folder of the home that no
 * other user may enter. It is no port, and no address of the API leads to it.
 */
const folderOf = (home: string) => join(home, 'admin');

/** Bytes that every system takes for the path of a socket. Of a longer one Node 20 takes the start alone, which is elsewhere. */
const longestPath = 103;

/** @throws {NoAdminSocketError} when the home's path is too long for a socket in it. */
function socketOf(home: string): string {
  const path = join(folderOf(home), 'socket');
  const length = Buffer.byteLength(path);
  if (length <= longestPath) return path;
  throw new NoAdminSocketError(
    `${path} has ${length} bytes, and a socket’s path ${longestPath} at most: stop the server for this, or give it a home with a shorter path`,
  );
}

/** Longer than anything that is asked. */
const mostBytes = 65_536;

export interface AdminSocket {
  close(): Promise<void>;
}

/** What can be asked for through it. */
export interface AdminDoors {
  readonly sql: SqlConnection;
  /** Writes a backup of everything. */
  backUp(out: Writable): Promise<void>;
  /** Writes the rows of the curated tables, an account's or nobody's. */
  writeRows(account: ExportedAccount, out: Writable): Promise<void>;
}

const backupPath = '/backup.zip';
/** Rows for `watchprint lake export`; whose, if anybody's, says the parameter `account`. */
const rowsPath = '/curated-rows';

/** @throws where the system has no such sockets, or the home's path is too long for one. */
export async function openAdminSocket(home: string, { sql, backUp, writeRows }: AdminDoors): Promise<AdminSocket> {
  const path = socketOf(home);
  await mkdir(folderOf(home), { recursive: true, mode: 0o700 });
  await chmod(folderOf(home), 0o700);
  // One that is there belonged to a process that died: this one has the home.
  await rm(path, { force: true });
  const server = createServer(async (request, response) => {
    const send = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));
    if (request.url === backupPath) {
      response.writeHead(200, { 'content-type': 'application/zip', connection: 'close' });
      // One that breaks off is no whole zip, and is found out as such.
      await backUp(response).then(
        () => response.end(),
        () => response.destroy(),
      );
      return;
    }
    try {
      const asked = new URL(request.url ?? '/', 'http://home.invalid');
      if (asked.pathname === rowsPath) {
        const account = await accountFor(sql, asked.searchParams.get('account'));
        response.writeHead(200, { 'content-type': 'application/x-ndjson', connection: 'close' });
        await writeRows(account, response).then(
          () => response.end(),
          () => response.destroy(),
        );
        return;
      }
      let text = '';
      for await (const chunk of request) {
        text += chunk;
        if (text.length > mostBytes) throw new Error('The request is too long');
      }
      send(200, await administerTokens(sql, tokenRequest.parse(JSON.parse(text))));
    } catch (error) {
      const { message, code } = error as { message: string; code?: string };
      send(400, { message, code: code ?? 'BAD_REQUEST' });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  server.unref();
  return {
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** The server that has a home open cannot be asked this way. */
export class NoAdminSocketError extends Error {
  override readonly name = 'NoAdminSocketError';
  readonly code = 'HOME_LOCKED';
}

/** What came of a backup is not all of one. */
class BackupBrokenOffError extends Error {
  override readonly name = 'BackupBrokenOffError';
  readonly code = 'BACKUP_BROKEN_OFF';
}

const noSocket = (home: string, cause: unknown) =>
  new NoAdminSocketError(`${home} is open in a process that does not take this: stop it and try again`, { cause });

/** Asks for a path, with GET, or POST where there is a body. @throws {NoAdminSocketError} */
function request(home: string, path: string, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const sent = httpRequest({ socketPath: socketOf(home), method, path }, resolve);
    sent.on('error', (cause) => reject(noSocket(home, cause)));
    sent.end(body);
  });
}

/** What a response says; thrown where that is an error. */
async function answerOf(response: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of response) text += chunk;
  const answer = JSON.parse(text) as { message?: string; code?: string };
  if (response.statusCode === 200) return answer;
  throw Object.assign(new Error(answer.message), { code: answer.code });
}

/** The backup that the server writes that has a home open. @throws {NoAdminSocketError} */
export const backupFromAdminSocket = async (home: string): Promise<AsyncIterable<Uint8Array>> =>
  wholeOf(await request(home, backupPath));

/**
 * Rows of the curated tables, as the server writes them that has a home open.
 * @param account name or id; null: nobody's.
 * @throws {NoAdminSocketError}
 */
export async function curatedRowsFromAdminSocket(home: string, account: string | null): Promise<Readable> {
  const path = account === null ? rowsPath : `${rowsPath}?${new URLSearchParams({ account })}`;
  const response = await request(home, path);
  if (response.statusCode !== 200) await answerOf(response);
  return response;
}

async function* wholeOf(response: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* response;
  } catch (cause) {
    throw new BackupBrokenOffError('The server broke the backup off: its log says why', { cause });
  }
}

/** Asks the server that has a home open. @throws {NoAdminSocketError} */
export const askAdminSocket = async (home: string, asked: TokenRequest): Promise<TokenAnswer> =>
  (await answerOf(await request(home, '/', JSON.stringify(asked)))) as TokenAnswer;
