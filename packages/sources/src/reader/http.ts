import { isIP } from 'node:net';
import { Agent, buildConnector, fetch } from 'undici';
import { TransportError } from './errors.ts';
import { isLoopbackAddress, isLoopbackHost, isPublicAddress } from './public-address.ts';

export type HttpHeader = readonly [name: string, value: string];

/** One request and its answer, of whatever status. */
export interface HttpExchange {
  readonly url: string;
  readonly method: string;
  readonly requestHeaders: readonly HttpHeader[];
  readonly requestBody?: Uint8Array | undefined;
  readonly status: number;
  readonly responseHeaders: readonly HttpHeader[];
  /** With its content encoding undone. */
  readonly body: Uint8Array;
  readonly fetchedAt: Date;
  /** From the request to the end of the answer, in milliseconds. */
  readonly elapsed: number;
  readonly peer?: string | undefined;
}

export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** Of the answer, unpacked, where it is not the usual limit. */
  readonly maxBytes?: number | undefined;
}

export interface HttpOptions {
  /** Origins that may be asked: `https://www.imdb.com`, or `http://127.0.0.1:5000` where the configuration names it. */
  readonly mayAsk: (origin: string) => boolean;
  /** From the request to the end of the answer, in milliseconds. */
  readonly timeoutMs: number;
  /** Of an answer, unpacked. */
  readonly maxBytes: number;
}

/** Asks one address after the checks that no answer can get around; redirects are answers like others. */
export interface Http {
  /** @throws {TransportError} */
  send(request: HttpRequest, signal?: AbortSignal): Promise<HttpExchange>;
  close(): Promise<void>;
}

export function createHttp({ mayAsk, timeoutMs, maxBytes }: HttpOptions): Http {
  /** Who answered last, by host. */
  const peers = new Map<string, string>();
  const agent = new Agent({
    connect: guarded(buildConnector({ timeout: timeoutMs }), peers),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    // One request at a time a host; several connections would only be several to close.
    connections: 1,
    maxHeaderSize: 64 * 1024,
  });
  return {
    async send({ url, method, headers, body, maxBytes: most = maxBytes }, signal) {
      const { origin, host } = checkAddress(url, mayAsk);
      const timeout = AbortSignal.timeout(timeoutMs);
      const fetchedAt = new Date();
      const began = performance.now();
      try {
        const response = await fetch(url, {
          method,
          headers: { ...headers },
          body: body ?? null,
          redirect: 'manual',
          dispatcher: agent,
          signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
        });
        return {
          url,
          method,
          requestHeaders: Object.entries(headers),
          requestBody: body === undefined ? undefined : Buffer.from(body),
          status: response.status,
          responseHeaders: [...response.headers],
          body: await bytesOf(response.body, most),
          fetchedAt,
          elapsed: performance.now() - began,
          peer: peers.get(host),
        };
      } catch (error) {
        signal?.throwIfAborted();
        throw asTransportError(error, origin, timeout.aborted, timeoutMs);
      }
    },
    close: () => agent.destroy(),
  };
}

function checkAddress(text: string, mayAsk: HttpOptions['mayAsk']): URL {
  if (!URL.canParse(text)) throw new TransportError('ADDRESS_REFUSED', `${text.slice(0, 200)} is no address`);
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname)))
    throw new TransportError('ADDRESS_REFUSED', `${url.origin} is no https:// address`);
  if (url.username !== '' || url.password !== '')
    throw new TransportError('ADDRESS_REFUSED', `An address of ${url.origin} has a user's name in it`);
  if (!mayAsk(url.origin)) throw new TransportError('ADDRESS_REFUSED', `${url.origin} is no host of a source`);
  return url;
}

/** What a name stands for is known when the connection is there, and not before: a second look-up may answer otherwise. */
function guarded(connect: buildConnector.connector, peers: Map<string, string>): buildConnector.connector {
  return (options, callback) => {
    const { hostname } = options;
    const wantsLoopback = isLoopbackHost(hostname);
    const isAllowed = wantsLoopback ? isLoopbackAddress : isPublicAddress;
    const literal = hostname.replace(/^\[|\]$/g, '');
    const refuse = (address: string) =>
      callback(new TransportError('ADDRESS_REFUSED', `${hostname} is ${address}, which is no public address`), null);
    if (isIP(literal) !== 0 && !isAllowed(literal)) return refuse(literal);
    connect(options, (...answer) => {
      const [error, socket] = answer;
      if (error !== null || socket === null) return callback(...answer);
      const peer = socket.remoteAddress ?? '';
      if (!isAllowed(peer)) {
        socket.destroy();
        return refuse(peer);
      }
      peers.set(options.host ?? hostname, peer);
      callback(null, socket);
    });
  };
}

async function bytesOf(body: AsyncIterable<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    // Leaving the loop cancels what is still to come.
    if (bytes > maxBytes) throw new TransportError('TOO_LARGE', `The answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function asTransportError(error: unknown, origin: string, timedOut: boolean, timeoutMs: number): TransportError {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof TransportError) return cause;
  const options = { cause: error };
  const { code, name } = (error as { cause?: { code?: string; name?: string } }).cause ?? {};
  if (timedOut || /TIMEOUT/.test(code ?? '') || name === 'TimeoutError')
    return new TransportError('TIMEOUT', `${origin} did not answer within ${timeoutMs / 1000} s`, options);
  return new TransportError(
    'CONNECTION',
    `The connection to ${origin} broke: ${code ?? (error as Error).message}`,
    options,
  );
}
