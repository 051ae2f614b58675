import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SiteRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly startedAt: number;
  /** When the last of the answer was handed over, or the connection broke. */
  endedAt: number;
}

export type Behave = (response: ServerResponse, request: SiteRequest) => void | Promise<void>;

/** A site of this machine that does what a test says. */
export interface LocalSite {
  /** `http://127.0.0.1:5000` */
  readonly origin: string;
  readonly host: string;
  /** All that came, in order. */
  readonly requests: SiteRequest[];
  /** What was asked for, without robots.txt. */
  paths(): string[];
  close(): Promise<void>;
}

export async function startSite(behave: Behave, address = '127.0.0.1'): Promise<LocalSite> {
  const requests: SiteRequest[] = [];
  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAt = performance.now();
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const { method = '', url = '', headers } = incoming;
    const body = Buffer.concat(chunks).toString();
    const request: SiteRequest = { method, path: url, headers, body, startedAt, endedAt: Number.NaN };
    requests.push(request);
    const ended = () => {
      if (Number.isNaN(request.endedAt)) request.endedAt = performance.now();
    };
    // Before whoever asked can know of it: events of the end come after.
    response.once('prefinish', ended).once('close', ended);
    const destroy = response.destroy.bind(response);
    response.destroy = (error) => {
      ended();
      return destroy(error);
    };
    await behave(response, request);
  }
  const server = createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const { port } = server.address() as AddressInfo;
  const host = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return {
    origin: `http://${host}`,
    host,
    requests,
    paths: () => requests.map(({ path }) => path).filter((path) => path !== '/robots.txt'),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with a page. */
export function html(response: ServerResponse, body: string, status = 200, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers });
  response.end(body);
}

/** Requests that began before the one before had ended, or too soon after it. */
export function impatient(requests: readonly SiteRequest[], gapMs: number): string[] {
  const complaints: string[] = [];
  for (const [place, request] of requests.entries()) {
    const before = requests[place - 1];
    if (before === undefined) continue;
    const gap = request.startedAt - before.endedAt;
    // Not a number where the one before has not ended at all.
    if (!(gap >= gapMs)) complaints.push(`${request.path} ${gap} ms after ${before.path}, not ${gapMs}`);
  }
  return complaints;
}
