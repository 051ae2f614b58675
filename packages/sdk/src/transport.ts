import { ArgumentError, RefusedError, UnreachableError } from './errors.ts';
import { type FileSource, WatchedStream } from './history-file.ts';
import { multipartBody } from './multipart.ts';

export type Fetch = (request: Request) => Promise<Response>;

export interface TransportOptions {
  /** Where the server answers, such as http://127.0.0.1:4000. */
  readonly url: string;
  readonly token?: string | undefined;
  readonly fetch?: Fetch | undefined;
}

interface GraphqlAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Carries documents to a server and answers back. */
export interface Transport {
  send(document: string, variables: Record<string, unknown>): Promise<unknown>;
  sendFile(
    document: string,
    variables: Record<string, unknown>,
    fileVariable: string,
    file: FileSource,
    name: string,
  ): Promise<unknown>;
  subscribe(document: string, variables: Record<string, unknown>): AsyncIterable<unknown>;
  /** A file of the server's, as it comes. @param path Beside `graphql`. */
  download(path: string): Promise<ReadableStream<Uint8Array>>;
}

/** @throws {ArgumentError} */
function endpointOf(url: string): URL {
  const base = url.endsWith('/') ? url : `${url}/`;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(base))
    throw new ArgumentError(`url is where the server answers, such as http://127.0.0.1:4000, not ${url}`);
  return new URL('graphql', base);
}

export function createTransport({
  url,
  token,
  fetch: send = (request) => fetch(request),
}: TransportOptions): Transport {
  const endpoint = endpointOf(url);
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };

  const request = (headers: Record<string, string>, body: BodyInit): Promise<Response> => {
    const init = { method: 'POST', headers: { ...authorization, ...headers }, body, duplex: 'half' };
    return answered(new Request(endpoint, init));
  };

  async function answered(asked: Request): Promise<Response> {
    try {
      return await send(asked);
    } catch (cause) {
      throw new UnreachableError(`${endpoint.origin} gave no answer`, { cause });
    }
  }

  return {
    async send(document, variables) {
      const headers = { 'content-type': 'application/json', accept: 'application/graphql-response+json' };
      return answerOf(await request(headers, JSON.stringify({ query: document, variables })));
    },
    async sendFile(document, variables, fileVariable, file, name) {
      const source = file instanceof Blob ? file : new WatchedStream(file);
      const upload = multipartBody(JSON.stringify({ query: document, variables }), fileVariable, source, name);
      const headers = { 'graphql-require-preflight': '1', accept: 'application/graphql-response+json' };
      try {
        return await answerOf(await request({ ...headers, ...upload.headers }, upload.body));
      } catch (error) {
        throw (source instanceof WatchedStream ? source.failure : null) ?? error;
      }
    },
    async *subscribe(document, variables) {
      const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
      const response = await request(headers, JSON.stringify({ query: document, variables }));
      if (!response.headers.get('content-type')?.startsWith('text/event-stream') || response.body === null) {
        await answerOf(response);
        return;
      }
      for await (const { event, data } of serverSentEvents(response.body)) {
        if (event === 'complete') return;
        if (event === 'next') yield dataOf(JSON.parse(data) as GraphqlAnswer, response.status);
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
  const text = await response.text();
  let answer: GraphqlAnswer;
  try {
    answer = JSON.parse(text) as GraphqlAnswer;
  } catch (cause) {
    const { status } = response;
    if (status >= 400 && status < 500)
      throw new RefusedError(`The request was refused with status ${status}`, `HTTP_${status}`, status);
    throw new UnreachableError(`The answer (status ${status}) is not GraphQL`, { cause });
  }
  return dataOf(answer, response.status);
}

function dataOf({ data, errors }: GraphqlAnswer, status: number): unknown {
  const [first] = errors ?? [];
  if (first !== undefined) throw new RefusedError(first.message, first.extensions?.code ?? 'UNKNOWN', status);
  return data;
}

/** Events of a text/event-stream, as https://html.spec.whatwg.org/multipage/server-sent-events.html has them. */
async function* serverSentEvents(body: ReadableStream<Uint8Array>): AsyncIterable<{ event: string; data: string }> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let pending = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
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
