import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A file as an origin has it. */
export interface OriginFile {
  body: Buffer;
  etag?: string;
  lastModified?: string;
}

export interface Origin {
  readonly url: string;
  readonly files: Map<string, OriginFile>;
  /** What was asked: name, status, headers. */
  readonly asked: { name: string; status: number; headers: IncomingHttpHeaders }[];
  /** Answers the next requests in other ways, one each; what returns false is answered as usual. */
  readonly instead: ((request: IncomingMessage, response: ServerResponse, file: OriginFile | undefined) => boolean)[];
  close(): Promise<void>;
}

/** A server on loopback that offers files as IMDb's and Netflix's do: with ETags, conditions and ranges. */
export async function startOrigin(files: Record<string, OriginFile> = {}): Promise<Origin> {
  const offered = new Map(Object.entries(files));
  const asked: Origin['asked'] = [];
  const instead: Origin['instead'] = [];
  const server = createServer((request, response) => {
    const name = decodeURIComponent((request.url ?? '/').slice(1));
    const file = offered.get(name);
    response.once('close', () => asked.push({ name, status: response.statusCode, headers: request.headers }));
    if (instead.shift()?.(request, response, file) === true) return;
    // Looked up once more: a file may be changed just before it is answered.
    answer(request, response, offered.get(name));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files: offered,
    asked,
    instead,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer({ headers }: IncomingMessage, response: ServerResponse, file: OriginFile | undefined): void {
  if (file === undefined) {
    response.writeHead(404).end();
    return;
  }
  const { body, etag, lastModified } = file;
  if (etag !== undefined) response.setHeader('etag', etag);
  if (lastModified !== undefined) response.setHeader('last-modified', lastModified);
  const isSame =
    headers['if-none-match'] === undefined
      ? lastModified !== undefined && headers['if-modified-since'] === lastModified
      : headers['if-none-match'] === etag;
  if (isSame) {
    response.writeHead(304).end();
    return;
  }
  const [, start] = /^bytes=(\d+)-$/.exec(headers.range ?? '') ?? [];
  const condition = headers['if-range'];
  if (start === undefined || (condition !== undefined && condition !== etag && condition !== lastModified)) {
    response.writeHead(200, { 'content-length': body.length }).end(body);
    return;
  }
  const from = Number(start);
  if (from >= body.length) {
    response.writeHead(416, { 'content-range': `bytes */${body.length}` }).end();
    return;
  }
  response.writeHead(206, {
    'content-length': body.length - from,
    'content-range': `bytes ${from}-${body.length - 1}/${body.length}`,
  });
  response.end(body.subarray(from));
}

/** What was sent has to be read first, and who reads may be this same process, on a machine that has other things to do. */
async function breakLater(response: ServerResponse): Promise<void> {
  for (let round = 0; round < 5; round += 1) await sleep(20);
  response.destroy();
}

/** Sends so many bytes of what was asked for, and breaks the connection. */
export const cutAfter =
  (bytes: number): Origin['instead'][number] =>
  ({ headers }, response, file) => {
    const from = Number(/^bytes=(\d+)-/.exec(headers.range ?? '')?.[1] ?? 0);
    const body = (file?.body ?? Buffer.alloc(0)).subarray(from);
    if (file?.etag !== undefined) response.setHeader('etag', file.etag);
    if (file?.lastModified !== undefined) response.setHeader('last-modified', file.lastModified);
    response.writeHead(from === 0 ? 200 : 206, {
      'content-length': body.length,
      ...(from === 0 ? {} : { 'content-range': `bytes ${from}-${from + body.length - 1}/${from + body.length}` }),
    });
    response.write(body.subarray(0, bytes), () => void breakLater(response));
    return true;
  };
