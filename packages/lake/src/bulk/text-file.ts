import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BulkError, refuseStopped } from './bulk-error.ts';

/** What a whole file turned out to be. */
export interface ScannedFile {
  /** Lines after the header, the last one also without its end. */
  readonly rows: number;
  readonly hasCarriageReturns: boolean;
  /** Whether the last line has an end too. */
  readonly isEnded: boolean;
}

export async function isGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

/**
 * The bytes of a file, unpacked where it is gzip, whatever it is called.
 * @param onBytes told how many bytes of the file itself were read.
 * @throws {BulkError} FILE_BROKEN where gzip's own sums say so.
 */
export async function* unpacked(
  path: string,
  { signal, onBytes }: { signal?: AbortSignal | undefined; onBytes?: (bytes: number) => void } = {},
): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024 });
  let source: Readable = file;
  if (await isGzip(path)) source = pipeline(file, createGunzip({ chunkSize: 256 * 1024 }), () => {});
  try {
    for await (const chunk of source) {
      refuseStopped(signal);
      onBytes?.(file.bytesRead);
      yield chunk as Buffer;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || !/^Z_|^ERR_.*PADDING/.test(code)) throw error;
    throw new BulkError('FILE_BROKEN', `${basename(path)} is cut off or damaged: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    file.destroy();
    source.destroy();
  }
}

/** No table's header is longer; what has no end of line by then is none. */
const longestHeader = 64 * 1024;

/**
 * The first line, without its end and byte-order mark.
 * @throws {BulkError}
 */
export async function firstLine(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of unpacked(path)) {
    chunks.push(chunk);
    length += chunk.length;
    if (chunk.includes(10) || length > longestHeader) break;
  }
  const bytes = Buffer.concat(chunks).subarray(0, longestHeader);
  const end = bytes.indexOf(10);
  return bytes
    .subarray(0, end < 0 ? bytes.length : end)
    .toString()
    .replace(/^\uFEFF/, '')
    .replace(/\r$/, '');
}

/**
 * Reads a whole file once: DuckDB reads a gzip file that is cut off or damaged as far as it gets, and says nothing.
 * @throws {BulkError} FILE_BROKEN
 */
export async function scanFile(
  path: string,
  options: { signal?: AbortSignal | undefined; onBytes?: (bytes: number) => void } = {},
): Promise<ScannedFile> {
  let lines = 0;
  let last = 10;
  let hasCarriageReturns = false;
  for await (const chunk of unpacked(path, options)) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
    hasCarriageReturns ||= chunk.includes(13);
    last = chunk[chunk.length - 1] ?? last;
  }
  if (last !== 10) lines += 1;
  return { rows: Math.max(0, lines - 1), hasCarriageReturns, isEnded: last === 10 };
}

/** The lines of a file as bytes, without their ends. A line of over a megabyte comes as null: no table has one. */
export async function* linesOf(
  path: string,
  options: { signal?: AbortSignal | undefined } = {},
): AsyncGenerator<Buffer | null> {
  let rest = Buffer.alloc(0);
  let isTooLong = false;
  for await (const chunk of unpacked(path, options)) {
    let from = 0;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      const line = Buffer.concat([rest, chunk.subarray(from, at)]);
      yield isTooLong || line.length > longestLine ? null : line;
      rest = Buffer.alloc(0);
      isTooLong = false;
      from = at + 1;
    }
    if (!isTooLong) rest = Buffer.concat([rest, chunk.subarray(from)]);
    if (rest.length > longestLine) {
      rest = Buffer.alloc(0);
      isTooLong = true;
    }
  }
  if (rest.length > 0 || isTooLong) yield isTooLong ? null : rest;
}

/** Bytes. */
export const longestLine = 1024 * 1024;
