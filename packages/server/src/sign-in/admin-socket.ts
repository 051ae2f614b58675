import { chmod, mkdir, rm } from 'node:fs/promises';
import { createServer, request as httpRequest } from 'node:http';
import { join } from 'node:path';
import type { SqlConnection } from '@watchprint/database';
import { administerTokens, type TokenAnswer, type TokenRequest, tokenRequest } from './token-admin.ts';

/**
 * The way in for whoever the home belongs to, while a server has its database open: a Unix socket in a folder of the home that no
 * other user may enter. It is no port, and no address of the API leads to it.
 */
const folderOf = (home: string) => join(home, 'admin');
const socketOf = (home: string) => join(folderOf(home), 'socket');

/** Longer than anything that is asked. */
const mostBytes = 65_536;

export interface AdminSocket {
  close(): Promise<void>;
}

/** @throws where the system has no such sockets, or the home's path is too long for one. */
export async function openAdminSocket(home: string, sql: SqlConnection): Promise<AdminSocket> {
  await mkdir(folderOf(home), { recursive: true, mode: 0o700 });
  await chmod(folderOf(home), 0o700);
  // One that is there belonged to a process that died: this one has the home.
  await rm(socketOf(home), { force: true });
  const server = createServer(async (request, response) => {
    const send = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));
    try {
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
    server.listen(socketOf(home), resolve);
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

/** Asks the server that has a home open. @throws {NoAdminSocketError} */
export function askAdminSocket(home: string, asked: TokenRequest): Promise<TokenAnswer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ socketPath: socketOf(home), method: 'POST', path: '/' }, async (response) => {
      try {
        let text = '';
        for await (const chunk of response) text += chunk;
        const answer = JSON.parse(text) as TokenAnswer & { message?: string; code?: string };
        if (response.statusCode === 200) resolve(answer);
        else reject(Object.assign(new Error(answer.message), { code: answer.code }));
      } catch (error) {
        reject(error);
      }
    });
    sent.on('error', (cause) =>
      reject(
        new NoAdminSocketError(`${home} is open in a process that does not take this: stop it and try again`, {
          cause,
        }),
      ),
    );
    sent.end(JSON.stringify(asked));
  });
}
