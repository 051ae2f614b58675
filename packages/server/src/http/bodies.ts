import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { GraphQLError } from 'graphql';
import { processRequest, Upload } from 'graphql-upload-ts';
import type { Plugin } from 'graphql-yoga';
import { codeOf } from './guard.ts';

export interface BodyLimits {
  /** Bytes of one uploaded file. */
  readonly file: number;
  readonly uploadsInFlight: number;
}

/** Bytes of a request without files, and of the form fields beside a file. */
const jsonLimit = 1024 * 1024;

interface NodeServerContext {
  readonly req?: IncomingMessage;
  readonly res?: ServerResponse;
}

export const httpError = (status: number, message: string) =>
  new GraphQLError(message, { extensions: { code: codeOf(status), http: { status } } });

/** Reads request bodies within limits: JSON whole, uploads as a stream that the resolver takes on. */
export function useBodies(limits: BodyLimits): Plugin {
  let inFlight = 0;
  return {
    onRequestParse({ request, serverContext, setRequestParser }) {
      if (request.method !== 'POST') return;
      const type = request.headers.get('content-type') ?? '';
      if (!type.startsWith('multipart/form-data')) {
        setRequestParser(readJson as never);
        return;
      }
      if (inFlight >= limits.uploadsInFlight)
        throw new GraphQLError('Too many uploads at once; try again shortly.', {
          extensions: { code: codeOf(503), http: { status: 503, headers: { 'retry-after': '5' } } },
        });
      const { req, res } = serverContext as NodeServerContext;
      const response: EventEmitter = res ?? inProcessResponse(request);
      inFlight += 1;
      response.once('close', () => {
        inFlight -= 1;
      });
      setRequestParser(async () => {
        const source = req ?? inProcessRequest(request);
        if (req !== undefined) drainWhenAnswered(req, response);
        try {
          const parameters = await processRequest(source as never, response as never, {
            maxFieldSize: jsonLimit,
            maxFiles: 1,
            maxFileSize: limits.file,
          });
          const batch = Array.isArray(parameters) ? parameters : [parameters];
          for (const { variables } of batch) releaseLateFiles(variables, response);
          return parameters as never;
        } catch (error) {
          throw asRefusal(error, limits.file) ?? error;
        }
      });
    },
  };
}

/** What graphql-upload-ts and the disk say, as an error with code and status; null for anything else. */
export function asRefusal(error: unknown, fileLimit: number): GraphQLError | null {
  if (!(error instanceof Error)) return null;
  const { status, expose, code } = error as { status?: unknown; expose?: unknown; code?: unknown };
  if (code === 'ENOSPC') return httpError(507, 'There is no room left on the disk for this file.');
  if (typeof status !== 'number' || expose !== true) return null;
  return httpError(
    status,
    status === 413
      ? `The file is larger than this server takes (${fileLimit} bytes), or there is more than one.`
      : error.message,
  );
}

async function readJson(request: Request) {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (request.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > jsonLimit) throw httpError(413, `A request without files may have ${jsonLimit} bytes.`);
    chunks.push(chunk);
  }
  let body: unknown;
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw httpError(400, 'The body is no JSON.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw httpError(400, 'The body must be one JSON object with a query.');
  return body;
}

/** The embedded client's requests have no socket; the library reads them the same way. */
function inProcessRequest(request: Request) {
  const stream = request.body === null ? Readable.from([]) : Readable.fromWeb(request.body as never);
  return Object.assign(stream, { headers: Object.fromEntries(request.headers) });
}

const inProcessResponses = new WeakMap<Request, EventEmitter>();

function inProcessResponse(request: Request): EventEmitter {
  const response = new EventEmitter();
  inProcessResponses.set(request, response);
  return response;
}

/** Says that an in-process request has been answered: its files may go. */
export function endInProcess(request: Request): void {
  inProcessResponses.get(request)?.emit('close');
}

/** A file part that comes after the answer would leave its temporary file behind. */
function releaseLateFiles(value: unknown, response: EventEmitter): void {
  if (value instanceof Upload) {
    // A full disk: without this the stream would wait forever for room.
    value.promise.then(
      ({ capacitor }) => capacitor.once('error', (error: Error) => capacitor.destroy(error)),
      () => {},
    );
    response.once('close', () =>
      value.promise.then(
        ({ capacitor }) => capacitor.release(),
        () => {},
      ),
    );
  } else if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) releaseLateFiles(inner, response);
}

/** Bytes that nobody reads any more: let them pass for a moment, so that the client sees the answer, then hang up. */
function drainWhenAnswered(request: IncomingMessage, response: EventEmitter): void {
  response.once('close', () => {
    if (request.complete || request.destroyed) return;
    request.unpipe();
    request.resume();
    setTimeout(() => request.destroy(), 1500).unref();
  });
}
