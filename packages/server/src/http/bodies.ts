import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { GraphQLError } from 'graphql';
import { type FileUpload, processRequest, Upload } from 'graphql-upload-ts';
import type { Plugin } from 'graphql-yoga';
import type { Limits } from '../limits.ts';
import { UnauthenticatedError } from '../sign-in/caller.ts';
import { drainWhenAnswered } from './drain.ts';
import { createPlaces } from './limits/places.ts';
import { httpError, tooMany } from './refusals.ts';
import type { ServerContext } from './server-context.ts';

/** Bytes of a request without files, and of the form fields beside a file. */
const jsonLimit = 1024 * 1024;

/** Reads request bodies within limits: JSON whole, uploads as a stream that the resolver takes on. */
export function useBodies(fileLimit: number, limits: Limits): Plugin {
  const uploads = createPlaces(limits.UPLOADS_AT_ONCE, limits.ACCOUNT_UPLOADS_AT_ONCE);
  return {
    onRequestParse({ request, serverContext, requestParser, setRequestParser }) {
      if (request.method !== 'POST') {
        if (requestParser !== undefined) setRequestParser(refuseMalformed(requestParser));
        return;
      }
      const { req, res, caller } = serverContext as ServerContext;
      // Nobody's body is read.
      if (caller === undefined) throw httpError(401, new UnauthenticatedError('none').message);
      const response: EventEmitter = res ?? inProcessResponse(request);
      if (req !== undefined) drainWhenAnswered(req, response);
      const type = (request.headers.get('content-type') ?? '').toLowerCase();
      if (!type.startsWith('multipart/form-data')) {
        setRequestParser(() => readJson(req ?? request.body) as never);
        return;
      }
      const place = uploads.take(caller.accountId);
      if (typeof place === 'string') throw tooMany('TOO_MANY_UPLOADS', place, limits, 'UPLOADS_AT_ONCE', 'uploads');
      response.once('close', place);
      setRequestParser(async () => {
        const source = req ?? inProcessRequest(request, response);
        const parameters = await processRequest(source as never, response as never, {
          maxFieldSize: jsonLimit,
          maxFiles: 1,
          maxFileSize: fileLimit,
        });
        for (const upload of uploadsIn(parameters)) takeCareOf(upload, response);
        return parameters as never;
      });
    },
  };
}

/** What busboy says of a body that is no multipart form; it gives no codes. */
const malformedForm =
  /^(Unexpected end of (form|file)|Malformed (part header|content type)|Multipart: Boundary not found|Unsupported content type: .*)$/;

/** What graphql-upload-ts and the disk say, as an error with code and status; null for anything else. */
export function asRefusal(error: unknown, fileLimit: number): GraphQLError | null {
  if (!(error instanceof Error)) return null;
  const { status, expose, code } = error as { status?: unknown; expose?: unknown; code?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT') return httpError(507, 'There is no room left on the disk for this file.');
  if (malformedForm.test(error.message)) return httpError(400, `The body is no multipart form: ${error.message}.`);
  if (typeof status !== 'number' || expose !== true) return null;
  return httpError(
    status,
    status === 413 && !error.message.includes('field value')
      ? `The file is larger than this server takes (${fileLimit} bytes), or there is more than one.`
      : error.message,
  );
}

type RequestParser = (request: Request) => unknown;

/** Yoga takes variables in an address that are no JSON for a fault of ours. */
const refuseMalformed =
  (parse: RequestParser) =>
  async (request: Request): Promise<never> => {
    try {
      return (await parse(request)) as never;
    } catch (error) {
      throw error instanceof SyntaxError ? httpError(400, 'The variables or extensions are no JSON.') : error;
    }
  };

const utf8 = new TextDecoder('utf-8', { fatal: true });

async function readJson(body: Readable | ReadableStream | null) {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // To leave the loop must not end the connection: the refusal has to go out on it.
  const source = body instanceof Readable ? body.iterator({ destroyOnReturn: false }) : (body ?? []);
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > jsonLimit) throw httpError(413, `A request without files may have ${jsonLimit} bytes.`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (body instanceof Readable && body.destroyed) throw httpError(499, 'The client has hung up.');
    throw error;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(utf8.decode(Buffer.concat(chunks)));
  } catch {
    throw httpError(400, 'The body is no JSON in UTF-8.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw httpError(400, 'The body must be one JSON object with a query.');
  return parsed;
}

/** The embedded client's requests have no socket; the library reads them the same way. */
function inProcessRequest(request: Request, response: EventEmitter) {
  const stream = request.body === null ? Readable.from([]) : Readable.fromWeb(request.body as never);
  // A body that fails says so on close as well; unheard, the event would end the process.
  stream.on('error', () => {});
  response.once('close', () => stream.destroy());
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

/** Every upload in the parameters of a request, however deep: a map may put one anywhere. */
function uploadsIn(parameters: unknown): Set<Upload> {
  const uploads = new Set<Upload>();
  const waiting = [parameters];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (value instanceof Upload) uploads.add(value);
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) waiting.push(inner);
  }
  return uploads;
}

/** What graphql-upload-ts leaves open: a full disk, a reader that is not reading yet, a file that nobody reads. */
function takeCareOf(upload: Upload, response: EventEmitter): void {
  const withFile = (act: (file: FileUpload) => void) => upload.promise.then(act, () => {});
  withFile((file) => {
    const { capacitor, createReadStream } = file;
    // A full disk: without this the stream would wait forever for room.
    capacitor.once('error', (error: Error) => capacitor.destroy(error));
    file.createReadStream = (options) => {
      if (capacitor.errored) throw capacitor.errored;
      const stream = createReadStream(options);
      // It may fail before its reader listens; unheard, the event would end the process. The reader is told all the same.
      stream.on('error', () => {});
      return stream;
    };
  });
  // Answered, or nobody there to answer: a file part that comes late, or was never read, would stay.
  response.once('close', () =>
    withFile(({ capacitor }) => capacitor.destroy(httpError(499, 'The client has hung up.'))),
  );
}
