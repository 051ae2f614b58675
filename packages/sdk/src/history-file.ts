import { ArgumentError, FileUnreadableError } from './errors.ts';

/** A history file: bytes in hand, a stream of them, or a path where there is a file system. */
export type HistoryFile =
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | Uint8Array
  | ArrayBuffer
  | string;

/** What can be sent: a Blob again and again, a stream once. */
export type FileSource = Blob | AsyncIterable<Uint8Array>;

/**
 * The bytes of a file as something that can be sent, and its name where it has one.
 * @throws {FileUnreadableError} when there is nothing to read at a path.
 * @throws {ArgumentError} when it is nothing that could be a file, or a path where there is no file system.
 */
export async function sourceOf(file: HistoryFile): Promise<{ source: FileSource; name: string | null }> {
  if (typeof file === 'string') return { source: await atPath(file), name: file.split(/[/\\]/).at(-1) ?? null };
  if (file instanceof Blob) return { source: file, name: 'name' in file ? String(file.name) : null };
  if (isBytes(file)) return { source: new Blob([file as Uint8Array<ArrayBuffer>]), name: null };
  const stream = piecesOf(file);
  if (stream === null)
    throw new ArgumentError(
      `A file is a path, bytes, a Blob or a stream of bytes, not ${file === null ? 'null' : typeof file}`,
    );
  // Browsers, their workers too, stream request bodies over HTTP/2 only, and some not at all: there the stream is gathered first.
  const isBrowser = 'document' in globalThis || 'WorkerGlobalScope' in globalThis;
  return { source: isBrowser ? await gathered(stream) : stream, name: null };
}

/** Not by `instanceof`: test runners and frames have classes of their own. */
const isBytes = (value: unknown) =>
  ArrayBuffer.isView(value) || Object.prototype.toString.call(value) === '[object ArrayBuffer]';

function piecesOf(file: unknown): AsyncIterable<Uint8Array> | null {
  const stream = file as Partial<AsyncIterable<Uint8Array> & ReadableStream<Uint8Array>> | null | undefined;
  if (typeof stream?.[Symbol.asyncIterator] === 'function') return stream as AsyncIterable<Uint8Array>;
  // Not every browser can iterate a stream.
  return typeof stream?.getReader === 'function' ? readOut(stream as ReadableStream<Uint8Array>) : null;
}

async function* readOut(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function atPath(path: string): Promise<FileSource> {
  // Asked of the process, where there is one: of an import of Node's, even a computed one, bundlers for browsers complain.
  const fileSystem = globalThis.process?.getBuiltinModule?.('node:fs');
  if (fileSystem === undefined)
    throw new ArgumentError('There is no file system to read a path from: give a File, a Blob or bytes');
  const { createReadStream, openAsBlob, promises } = fileSystem;
  try {
    const found = await promises.stat(path);
    if (found.isDirectory()) throw new FileUnreadableError(`${path} is a folder; name a file in it`);
    if (!found.isFile()) return createReadStream(path);
    await promises.access(path, promises.constants.R_OK);
    return await openAsBlob(path);
  } catch (cause) {
    if (cause instanceof FileUnreadableError) throw cause;
    throw unreadable(cause);
  }
}

async function gathered(stream: AsyncIterable<Uint8Array>): Promise<Blob> {
  const chunks: BlobPart[] = [];
  for await (const chunk of new WatchedStream(stream)) chunks.push(chunk as Uint8Array<ArrayBuffer>);
  return new Blob(chunks);
}

const unreadable = (cause: unknown) =>
  new FileUnreadableError(`The file could not be read: ${cause instanceof Error ? cause.message : String(cause)}`, {
    cause,
  });

/** A stream as it comes, and what went wrong in it, which a request that it is the body of does not say. */
export class WatchedStream implements AsyncIterable<Uint8Array> {
  failure: FileUnreadableError | null = null;
  readonly #stream: AsyncIterable<unknown>;
  readonly #signal: AbortSignal | undefined;

  constructor(stream: AsyncIterable<unknown>, signal?: AbortSignal) {
    this.#stream = stream;
    this.#signal = signal;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.#stream) {
        this.#signal?.throwIfAborted();
        if (typeof chunk === 'string') yield new TextEncoder().encode(chunk);
        else if (ArrayBuffer.isView(chunk)) yield new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
        else throw new TypeError(`a stream of bytes gave a piece that is ${chunk === null ? 'null' : typeof chunk}`);
      }
    } catch (cause) {
      this.failure = unreadable(cause);
      throw this.failure;
    }
  }
}
