import { ArgumentError, RefusedError, UnreachableError } from './errors.ts';
import { type FileSource, WatchedStream } from './history-file.ts';
import { multipartBody } from './multipart.ts';

/** Sends a request and gives the answer, as the global `fetch` does. */
export type Fetch = (request: Request) => Promise<Response>;

export interface ClientOptions {
  /** Where the server answers, such as http://127.0.0.1:4000; a path before its `/graphql` is kept. */
  readonly url: string;
  /** For a server where people sign in: an API token or a JWT, sent as `Authorization: Bearer …`. Undefined or empty: none is sent. */
  readonly token?: string | undefined;
  /** In place of the global `fetch`: to go by way of a proxy, add headers or watch. */
  readonly fetch?: Fetch | undefined;
}

interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: { readonly code?: string } & Readonly<Record<string, unknown>>;
  }[];
}

/** Carries documents to a server and answers back. */
export interface Transport {
  send(document: string, variables: Record<string, unknown>, signal?: AbortSignal): Promise<unknown>;
  sendFile(
    document: string,
    variables: Record<string, unknown>,
    fileVariable: string,
    file: FileSource,
    name: string,
    signal?: AbortSignal,
  ): Promise<unknown>;
  subscribe(document: string, variables: Record<string, unknown>, signal?: AbortSignal): AsyncIterable<unknown>;
  /** A file of the server's, as it comes. @param path Beside `graphql`. */
  download(path: string): Promise<ReadableStream<Uint8Array>>;
}

/** @throws {ArgumentError} */
function endpointOf(url: unknown): URL {
  const base = String(url).replace(/\/?$/, '/');
  if (typeof url !== 'string' || !/^https?:\/\//i.test(url) || !URL.canParse(base))
    throw new ArgumentError(`url is where the server answers, such as http://127.0.0.1:4000, not ${url}`);
  return new URL('graphql', base);
}

/** @throws {ArgumentError} which does not repeat the token: errors are logged. */
function authorizationOf(token: unknown): Record<string, string> {
  // An empty one is a setting that was not set; of a file, the end of its line comes along.
  if (token === undefined || token === null || token === '') return {};
  if (typeof token !== 'string' || !/^[\x21-\x7e]+\s*$/.test(token))
    throw new ArgumentError('token has characters that no token has');
  return { authorization: `Bearer ${token.trimEnd()}` };
}

export function createTransport(options: ClientOptions): Transport {
  const { url, token, fetch: send = (request) => fetch(request) }: Partial<ClientOptions> = options ?? {};
  const endpoint = endpointOf(url);
  const authorization = authorizationOf(token);

  const request = (headers: Record<string, string>, body: BodyInit, signal?: AbortSignal): Promise<Response> => {
    const init = { method: 'POST', headers: { ...authorization, ...headers }, body, duplex: 'half' };
    return answered(new Request(endpoint, signal === undefined ? init : { ...init, signal }));
  };

  async function answered(asked: Request): Promise<Response> {
    try {
      return await send(asked);
    } catch (cause) {
      throw new UnreachableError(`${endpoint.origin} gave no answer`, { cause });
    }
  }

  return {
    async send(document, variables, signal) {
      const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
      return answerOf(await request(headers, JSON.stringify({ query: document, variables }), signal));
    },
    async sendFile(document, variables, fileVariable, file, name, signal) {
      const source = file instanceof Blob ? file : new WatchedStream(file, signal);
      const upload = multipartBody(JSON.stringify({ query: document, variables }), fileVariable, source, name);
      const headers = { 'graphql-require-preflight': '1', accept: 'application/graphql-response+json' };
      try {
        return await answerOf(await request({ ...headers, ...upload.headers }, upload.body, signal));
      } catch (error) {
        throw (source instanceof WatchedStream ? source.failure : null) ?? error;
      }
    },
    async *subscribe(document, variables, signal) {
      const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
      const response = await request(headers, JSON.stringify({ query: document, variables }), signal);
      if (!response.headers.get('content-type')?.startsWith('text/event-stream') || response.body === null) {
        await answerOf(response);
        return;
      }
      for await (const { event, data } of serverSentEvents(response.body)) {
        if (event === 'complete') return;
        if (event === 'next') yield dataOf(data, response);
      }
    },
    async download(path) {
      const response = await answered(new Request(new URL(path, endpoint), { headers: authorization }));
      if (response.ok && response.body !== null) return brokenOffSaid(response.body);
      await answerOf(response);
      throw new UnreachableError(`The answer (status ${response.status}) is no file`);
    },
  };
}

/** The same bytes; a stream that breaks off fails with an error that says so. */
function brokenOffSaid(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (cause) {
        controller.error(new UnreachableError('The file broke off: what came of it is not whole', { cause }));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text().catch((cause: unknown) => {
    throw new UnreachableError('The answer broke off', { cause });
  });
  return dataOf(text, response);
}

function dataOf(text: string, response: Response): unknown {
  const { status } = response;
  // A date in its place, which is allowed, is no number.
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
  const retryAfter = Number.isNaN(seconds) ? null : seconds;
  let answer: GraphqlAnswer | null = null;
  let cause: unknown;
  try {
    answer = JSON.parse(text) as GraphqlAnswer | null;
  } catch (error) {
    cause = error;
  }
  const [first] = Array.isArray(answer?.errors) ? (answer.errors as NonNullable<GraphqlAnswer['errors']>) : [];
  if (typeof first?.message === 'string') {
    const { message, extensions = {} } = first;
    throw new RefusedError(message, extensions.code ?? 'UNKNOWN', status, { retryAfter, extensions });
  }
  if (answer?.data !== undefined && answer.data !== null) return answer.data;
  // What stands between us and the server says it in its own way, or nobody there knows of GraphQL.
  if (status >= 400 && status < 500)
    throw new RefusedError(`The request was refused with status ${status}`, `HTTP_${status}`, status, { retryAfter });
  throw new UnreachableError(`The answer (status ${status}) is not GraphQL`, { cause });
}

/** Events of a text/event-stream, as https://html.spec.whatwg.org/multipage/server-sent-events.html has them. */
async function* serverSentEvents(body: ReadableStream<Uint8Array>): AsyncIterable<{ event: string; data: string }> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let pending = '';
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new UnreachableError('The answer broke off', { cause });
      });
      pending += decoder.decode(value, { stream: !done });
      const blocks = pending.split(/\r?\n\r?\n/);
      pending = blocks.pop() ?? '';
      for (const block of blocks) {
        let event = 'message';
        const data: string[] = [];
        for (const line of block.split(/\r?\n/)) {
          const [, field, content = ''] = /^(event|data): ?(.*)$/.exec(line) ?? [];
          if (field === 'event') event = content;
          else if (field === 'data') data.push(content);
        }
        if (data.length > 0 || event === 'complete') yield { event, data: data.join('\n') };
      }
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
