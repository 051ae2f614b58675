import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { type Caller, SignInError, SignInUnavailableError } from '../sign-in/caller.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import { createGuard, preflightHeaders, refuse } from './guard.ts';
import { watchSpeed } from './limits/slow-peers.ts';
import { codeOf, unexpected } from './refusals.ts';
import type { ServerContext } from './server-context.ts';

type Answer = (request: IncomingMessage, response: ServerResponse, context: ServerContext) => unknown;

/** Milliseconds without a byte after which a connection is ended: a client that fell asleep holds nothing for ever. */
const stallMs = 60_000;

/** Bytes of an upload beside its file: fields, and what comes in one piece over a limit that is found out then. */
const besideFile = 4 * 1024 * 1024;

/** The HTTP server: who may come in, before anything of what they send is read. */
export function createDoor(config: Config, signIn: SignIn, answer: Answer, log: Logger): Server {
  const guard = createGuard(config);
  const { SLOWEST_BYTES_PER_SECOND: bytesPerSecond, CONNECTIONS_AT_ONCE } = config.limits;

  async function open(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A page that showed GraphiQL in a frame could have its clicks.
    response.setHeader('x-frame-options', 'DENY');
    response.setHeader('x-content-type-options', 'nosniff');
    watchSpeed({ bytesPerSecond, mostBytes: config.uploadLimit + besideFile }, request, response);
    const turnedAway = guard.refusal(request);
    for (const [name, value] of Object.entries(guard.corsHeaders(request.headers.origin)))
      response.setHeader(name, value);
    if (turnedAway !== null) return refuse(response, turnedAway);
    if (request.method === 'OPTIONS' && response.hasHeader('access-control-allow-origin')) {
      response.writeHead(204, preflightAnswer).end();
      return;
    }
    if (request.url === '/') {
      response.writeHead(302, { location: '/graphql' }).end();
      return;
    }
    let caller: Caller | undefined;
    try {
      // A page holds nothing of anybody, and cannot send a token before it is there.
      if (!asksForPage(request)) caller = await signIn.byHeader(request.headers.authorization ?? null);
    } catch (error) {
      if (!(error instanceof SignInError)) throw error;
      if (error instanceof SignInUnavailableError) log.warn({ err: error }, 'tokens could not be checked');
      return refuse(response, error);
    }
    // The client may have gone while it was looked up.
    if (response.destroyed) return;
    if (isPaused.has(request)) response.writeContinue();
    await answer(request, response, { caller });
  }

  const isPaused = new WeakSet<IncomingMessage>();
  /** What connections wait for. */
  const answering = new Map<Socket, ServerResponse>();
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answering.set(request.socket, response);
    response.once('close', () => {
      if (answering.get(request.socket) === response) answering.delete(request.socket);
    });
    open(request, response).catch((error: unknown) => {
      const answer = unexpected(error, log);
      if (response.headersSent) response.destroy();
      else refuse(response, answer);
    });
  };

  const http = createServer(
    // Node looks for late headers only so often.
    { requestTimeout: 0, headersTimeout: 15_000, connectionsCheckingInterval: 5_000 },
    listener,
  );
  http.setTimeout(stallMs, (socket) => {
    // Whoever has sent all of a request has done their part: the server is at work, with a large deletion for one.
    const response = answering.get(socket);
    if (response === undefined || !response.req.complete || response.headersSent) socket.destroy();
  });
  http.maxConnections = CONNECTIONS_AT_ONCE;
  // Whoever asks before sending (`Expect: 100-continue`) is told to go on once it is known who it is.
  http.on('checkContinue', (request, response) => {
    isPaused.add(request);
    listener(request, response);
  });
  http.on('clientError', refuseBytes);
  return http;
}

/** GraphiQL's page. Whatever a browser opens at its address gets that page, never data. */
const asksForPage = ({ method, url, headers }: IncomingMessage): boolean =>
  method === 'GET' && /^\/graphql\/?(\?|$)/.test(url ?? '') && (headers.accept?.includes('text/html') ?? false);

const preflightAnswer = {
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': ['authorization', 'content-type', ...preflightHeaders].join(', '),
  'access-control-max-age': '7200',
};

const statusOfError: Record<string, [status: number, text: string, message: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The headers are larger than this server takes.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The headers came too slowly.'],
};

/** What is no HTTP never becomes a request; it is answered with what is left of the connection. */
function refuseBytes(error: Error & { code?: string }, duplex: Duplex): void {
  const socket = duplex as Socket;
  // Behind an answer, another would be taken for more of it.
  if (!socket.writable || socket.bytesWritten > 0 || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, text, message] = statusOfError[error.code ?? ''] ?? [400, 'Bad Request', 'This is no HTTP request.'];
  const body = JSON.stringify({ errors: [{ message, extensions: { code: codeOf(status) } }] });
  const head = `HTTP/1.1 ${status} ${text}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`;
  socket.end(head + body, () => socket.destroy());
}
