import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Database } from '@watchprint/database';
import type { Originals } from '@watchprint/lake';
import { writeBackup } from '../backup/write-backup.ts';
import { refuse } from './guard.ts';

/**
 * `GET /backup.zip`: what `watchprint backup` asks of a server that has the embedded database. It holds all accounts, so it is for
 * a server whose only user is the person at the machine; and no page in a browser has any use for it.
 */
export async function answerBackup(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  database: Database,
  originals: Originals,
): Promise<void> {
  if (method !== 'GET') return refuse(response, { status: 405, message: 'Use GET.' });
  if (headers['sec-fetch-site'] !== undefined)
    return refuse(response, { status: 403, message: 'Not for browsers: use watchprint backup.' });
  response.writeHead(200, { 'content-type': 'application/zip', 'cache-control': 'no-store' });
  await writeBackup(database, originals, response);
}
