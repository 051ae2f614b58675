import { readdir, readlink, rm } from 'node:fs/promises';
import { type ClientRequest, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { openDatabase } from '@watchprint/database';
import { newPlace } from '../../database/test/databases.ts';
import type { Config } from '../src/config.ts';
import { createServer, type WatchprintServer } from '../src/server.ts';

export interface ListeningServer {
  readonly server: WatchprintServer;
  readonly port: number;
  readonly home: string;
  close(): Promise<void>;
}

/** A server on a free port, with an empty home that goes with it. */
export async function openOnPort(config: Partial<Config> = {}): Promise<ListeningServer> {
  const { TMPDIR } = process.env;
  const place = await newPlace('embedded');
  const { home } = place;
  const database = await openDatabase(place);
  const server = await createServer({
    database,
    config: { home, port: 0, logLevel: 'silent', sources: [], ...config },
  });
  const url = await server.listen();
  return {
    server,
    port: Number(new URL(url).port),
    home,
    async close() {
      await server.close();
      // The server points it into its home, which is gone now.
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
      await rm(home, { recursive: true });
    },
  };
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body; undefined where it is no JSON. */
  readonly json: { data?: never; errors: { message: string; extensions?: { code?: string } }[] } | undefined;
}

export interface OpenRequest {
  readonly request: ClientRequest;
  /** Rejects when the connection ends before the answer. */
  readonly answer: Promise<HttpAnswer>;
}

export interface RequestParts {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
}

/** A request on a connection of its own that the test goes on with, or breaks. */
export function openRequest(
  port: number,
  { method = 'POST', path = '/graphql', headers = {} }: RequestParts,
): OpenRequest {
  const opened = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
  const answer = new Promise<HttpAnswer>((resolve, reject) => {
    opened.on('error', reject);
    opened.on('response', async (response) => {
      try {
        const chunks: Uint8Array[] = [];
        for await (const chunk of response) chunks.push(chunk);
        const text = Buffer.concat(chunks).toString('utf8');
        const isJson = response.headers['content-type']?.startsWith('application/json') && text !== '';
        const { statusCode: status = 0 } = response;
        resolve({ status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined });
      } catch (error) {
        reject(error);
      }
    });
  });
  // A test may break the connection and never ask.
  answer.catch(() => {});
  return { request: opened, answer };
}

export function send(port: number, parts: RequestParts & { readonly body?: string | Uint8Array }): Promise<HttpAnswer> {
  const { request, answer } = openRequest(port, parts);
  request.end(parts.body);
  return answer;
}

export const sendJson = (port: number, body: unknown): Promise<HttpAnswer> =>
  send(port, {
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** What the server answers to bytes that no HTTP client would send. */
export function sendBytes(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => socket.end());
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}

const boundary = 'a-boundary';
export const formHeaders = {
  'content-type': `multipart/form-data; boundary=${boundary}`,
  'graphql-require-preflight': '1',
};
export const endOfForm = `\r\n--${boundary}--\r\n`;

/** The start of a part, as it follows another one or begins the form. */
export const partHead = (name: string, fileName?: string): string =>
  `\r\n--${boundary}\r\nContent-Disposition: form-data; name="${name}"${
    fileName === undefined ? '' : `; filename="${fileName}"`
  }\r\n\r\n`;

export const sendForm = (
  port: number,
  parts: readonly (readonly [name: string, content: string, fileName?: string])[],
): Promise<HttpAnswer> =>
  send(port, {
    headers: formHeaders,
    body: parts.map(([name, content, fileName]) => partHead(name, fileName) + content).join('') + endOfForm,
  });

export const importHistory = JSON.stringify({
  query: 'mutation ($file: Upload!) { importHistory(input: { file: $file }) { import { id } } }',
  variables: { file: null },
});
export const fileMap = JSON.stringify({ 0: ['variables.file'] });

/** The fields of an upload, up to where its file part would begin. */
export const uploadFields = (operations = importHistory, map = fileMap): string =>
  partHead('operations') + operations + partHead('map') + map;

/** An upload whose fields are sent, and the file part as far as `content`. */
export function openUpload(port: number, content: string | Uint8Array): OpenRequest {
  const opened = openRequest(port, { headers: formHeaders });
  opened.request.write(uploadFields() + partHead('0', 'history.csv'));
  opened.request.write(content);
  return opened;
}

export function upload(port: number, content: string | Uint8Array): Promise<HttpAnswer> {
  const { request, answer } = openUpload(port, content);
  request.end(endOfForm);
  return answer;
}

/** Files and descriptors of uploads that are still there: temporary ones, unfinished ones, deleted ones held open. */
export async function leftovers(home: string): Promise<string[]> {
  const found: string[] = [];
  for (const folder of ['temporary', 'lake/uploads/unfinished'])
    for (const name of await readdir(join(home, folder)).catch(() => [])) found.push(`${folder}/${name}`);
  for (const path of await openDescriptors(home))
    if (path.startsWith(home) && /\/temporary\/|\/unfinished\/| \(deleted\)$/.test(path))
      found.push(`descriptor of ${path.slice(home.length)}`);
  return found;
}

/**
 * What each descriptor of this process leads to, but for the database's, which opens its files as it needs them.
 * Linux only; elsewhere there are none, and the files have to do.
 */
export async function openDescriptors(home: string): Promise<string[]> {
  const open = await readdir('/proc/self/fd').catch(() => []);
  const paths = await Promise.all(open.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
  return paths.filter((path) => !path.startsWith(join(home, 'database')));
}
