import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { BulkError, refuseStopped } from './bulk-error.ts';
import { replaceFile, syncPath } from './durable.ts';
import type { InputFile, SyncProgress } from './input-file.ts';
import { type Stall, sleep, stallAfter } from './stall.ts';
import type { BulkSource } from './versions.ts';

/** A file that a source offers. */
export interface Offer {
  readonly name: string;
  readonly url: string;
}

export interface DownloadOptions {
  /** For files, and for what is there of them; kept until they are in use. */
  readonly folder: string;
  readonly userAgent: string;
  readonly signal?: AbortSignal | undefined;
  readonly tell: (progress: SyncProgress) => void;
  /** How long to wait before the next attempt, in milliseconds. Default 1, 2, 4, 8 s. */
  readonly retryDelays?: readonly number[];
  /** Silence that ends an attempt, in milliseconds. */
  readonly stallMs?: number;
}

/** What is on disk of a file. Beside it, `NAME` once it is whole and `NAME.part` before. */
interface State {
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Of the whole file; null where the source does not say. */
  readonly bytes: number | null;
  readonly isWhole: boolean;
}

/** An attempt failed, and another may do better. */
class Interruption extends Error {
  readonly afterMs: number | null;
  constructor(message: string, afterMs: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.afterMs = afterMs;
  }
}

/**
 * Fetches a file that has changed since `known`, and goes on where an earlier attempt, also of an earlier run, broke off.
 *
 * Node's own fetch is enough for this: redirects, conditions and ranges are decided here anyway, and one file comes after the other.
 * @returns `UNCHANGED`, or `MISSING` where the source has no such file.
 * @throws {BulkError} DOWNLOAD_FAILED. What came so far stays for the next time.
 */
export async function download(
  offer: Offer,
  known: BulkSource | null,
  options: DownloadOptions,
): Promise<InputFile | 'UNCHANGED' | 'MISSING'> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const delays = options.retryDelays ?? [1000, 2000, 4000, 8000];
  let attempt = 0;
  let reached = 0;
  for (;;) {
    refuseStopped(options.signal);
    try {
      return await fetchOnce(offer, known, options);
    } catch (error) {
      refuseStopped(options.signal);
      if (!(error instanceof Interruption)) throw error;
      // An attempt that got further was worth it: a slow line may break a hundred times.
      const bytes = await sizeOf(partOf(options.folder, offer));
      attempt = bytes > reached ? 1 : attempt + 1;
      reached = bytes;
      const delay = Math.max(error.afterMs ?? 0, delays[Math.min(attempt, delays.length) - 1] ?? 0);
      if (attempt > delays.length || delay > longestWaitMs)
        throw new BulkError(
          'DOWNLOAD_FAILED',
          `${offer.url}: ${error.message}. What came of it is kept for the next time`,
          {
            cause: error,
          },
        );
      options.tell({ step: 'wait', file: offer.name, seconds: Math.ceil(delay / 1000), reason: error.message });
      await sleep(delay, options.signal);
    }
  }
}

/** A source that asks for more patience is asked another day. */
const longestWaitMs = 120_000;

const fileOf = (folder: string, { name }: Offer) => join(folder, name);
const partOf = (folder: string, { name }: Offer) => join(folder, `${name}.part`);
const stateOf = (folder: string, { name }: Offer) => join(folder, `${name}.json`);

async function fetchOnce(
  offer: Offer,
  known: BulkSource | null,
  options: DownloadOptions,
): Promise<InputFile | 'UNCHANGED' | 'MISSING'> {
  const { folder } = options;
  const state = await settledState(offer, folder);
  const whole = state?.isWhole === true && (await sizeOf(fileOf(folder, offer))) > 0;
  const have = whole || state === null ? 0 : await sizeOf(partOf(folder, offer));
  const condition = whole ? state : known;
  // A weak ETag does not promise the same bytes.
  const validator = state?.etag?.startsWith('"') ? state.etag : (state?.lastModified ?? null);
  const resumes = have > 0 && validator !== null;
  const stall = stallAfter(options.stallMs ?? 60_000, options.signal);
  const transfer = async (): Promise<InputFile | 'UNCHANGED' | 'MISSING'> => {
    const response = await request(offer.url, {
      signal: stall.signal,
      headers: {
        'user-agent': options.userAgent,
        accept: '*/*',
        // gzip stays gzip on disk, and ranges are those of the file.
        'accept-encoding': 'identity',
        ...(resumes
          ? { range: `bytes=${have}-`, 'if-range': validator }
          : {
              ...(condition?.etag ? { 'if-none-match': condition.etag } : {}),
              ...(condition?.lastModified ? { 'if-modified-since': condition.lastModified } : {}),
            }),
      },
    });
    if (response.status === 304) {
      leave(response);
      return whole ? inputFile(offer, folder, state) : 'UNCHANGED';
    }
    if (response.status === 404 || response.status === 410) {
      leave(response);
      return 'MISSING';
    }
    const start = startOf(response, have, state?.etag ?? null, offer);
    if (start === 'AGAIN') {
      leave(response);
      await forget(folder, offer);
      throw new Interruption(
        `The file is another one than the part that is here: it begins anew (${response.status})`,
        0,
      );
    }
    await receive(response, offer, start, options, stall);
    return finish(offer, folder);
  };
  try {
    // Not all that fetch waits for ends when it is aborted: seen on Node 20 with a body that had just begun.
    return await Promise.race([transfer(), stall.aborted]);
  } catch (error) {
    if (error instanceof BulkError || error instanceof Interruption) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS' || code === 'EDQUOT') throw error;
    const reason = stall.hasStalled() ? 'nothing came for a while' : causeOf(error);
    throw new Interruption(`the connection broke: ${reason}`, null, { cause: error });
  } finally {
    stall.end();
  }
}

/** What is there of a file, where an earlier run may have died between its last byte and its name. */
async function settledState(offer: Offer, folder: string): Promise<State | null> {
  const state = await readState(offer, folder);
  if (state === null || state.isWhole || state.bytes === null) return state;
  if (state.bytes !== (await sizeOf(partOf(folder, offer)))) return state;
  await finish(offer, folder);
  return readState(offer, folder);
}

/** Nobody reads the answer. Not waited for: a stop that comes meanwhile would leave it waiting for ever. */
function leave(response: Response): void {
  response.body?.cancel().catch(() => {});
}

/** Follows a redirect on the same host, and none that leaves it or https. */
async function request(url: string, init: { signal: AbortSignal; headers: Record<string, string> }): Promise<Response> {
  let at = new URL(url);
  if (at.protocol !== 'https:' && !/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(at.hostname))
    throw new BulkError('DOWNLOAD_FAILED', `${url} is no https:// address: what came could be anybody's`);
  for (let hop = 0; hop < 5; hop += 1) {
    const response = await fetch(at, { ...init, redirect: 'manual' });
    const location = response.headers.get('location');
    if (![301, 302, 303, 307, 308].includes(response.status) || location === null) return response;
    leave(response);
    const next = new URL(location, at);
    if (next.host !== at.host || next.protocol !== at.protocol)
      throw new BulkError(
        'DOWNLOAD_FAILED',
        `${url} has moved to ${next.origin}${next.pathname}, which is not followed`,
      );
    at = next;
  }
  throw new BulkError('DOWNLOAD_FAILED', `${url} is redirected in circles`);
}

/**
 * At which byte an answer begins.
 * @throws {Interruption} where another attempt may help, {BulkError} where it cannot.
 */
function startOf(response: Response, have: number, etag: string | null, { url }: Offer): number | 'AGAIN' {
  const { status, headers } = response;
  if (status === 206) {
    const [, start, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '') ?? [];
    // Some sources ignore If-Range.
    const isSame = (headers.get('etag') ?? etag) === etag;
    return Number(start) === have && total !== undefined && isSame ? have : 'AGAIN';
  }
  if (status === 412 || status === 416) return 'AGAIN';
  if (status === 200) {
    if (/^text\/html\b/i.test(headers.get('content-type') ?? ''))
      throw new BulkError('DOWNLOAD_FAILED', `${url} answers with a web page, not with the file`);
    return 0;
  }
  const message = `the source answers ${status}`;
  if (status === 408 || status === 425 || status === 429 || status >= 500)
    throw new Interruption(message, retryAfter(headers.get('retry-after')));
  throw new BulkError('DOWNLOAD_FAILED', `${url}: ${message}`);
}

/** Seconds or a date → milliseconds. */
function retryAfter(value: string | null): number | null {
  if (value === null) return null;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(milliseconds) ? null : Math.max(0, milliseconds);
}

/** Writes what comes after what is there. */
async function receive(
  response: Response,
  offer: Offer,
  start: number,
  { folder, tell }: DownloadOptions,
  { touch, signal }: Stall,
): Promise<void> {
  const part = partOf(folder, offer);
  const total = totalOf(response, start);
  if (start === 0) {
    await forget(folder, offer);
    const state: State = {
      url: offer.url,
      etag: response.headers.get('etag'),
      lastModified: response.headers.get('last-modified'),
      bytes: total,
      isWhole: false,
    };
    await replaceFile(stateOf(folder, offer), JSON.stringify(state));
  }
  const out = createWriteStream(part, { flags: start === 0 ? 'w' : 'r+', start, mode: 0o600 });
  let bytes = start;
  try {
    tell({ step: 'download', file: offer.name, bytes, bytesTotal: total });
    // The global type does not know that it can be read so.
    for await (const chunk of (response.body ?? []) as unknown as AsyncIterable<Uint8Array>) {
      signal.throwIfAborted();
      touch();
      bytes += chunk.length;
      await new Promise<void>((resolve, reject) => out.write(chunk, (error) => (error ? reject(error) : resolve())));
      tell({ step: 'download', file: offer.name, bytes, bytesTotal: total });
    }
  } finally {
    await new Promise((resolve) => out.end(resolve));
  }
  if (total !== null && bytes < total) throw new Interruption(`only ${bytes} of ${total} bytes came`);
  if (total !== null && bytes > total) await truncate(part, 0);
  if (total !== null && bytes > total) throw new Interruption(`${bytes} bytes came where ${total} were said`);
}

/** Bytes of the whole file; null where the answer does not say, or was packed on the way against what was asked for. */
function totalOf({ headers, status }: Response, start: number): number | null {
  if (status === 206) {
    const total = Number(headers.get('content-range')?.split('/')[1]);
    return Number.isSafeInteger(total) ? total : null;
  }
  const length = headers.get('content-length');
  return headers.has('content-encoding') || length === null ? null : start + Number(length);
}

async function finish(offer: Offer, folder: string): Promise<InputFile> {
  const state = await readState(offer, folder);
  if (state === null) throw new Interruption('what was kept of the file is gone');
  await syncPath(partOf(folder, offer));
  await rename(partOf(folder, offer), fileOf(folder, offer));
  await replaceFile(stateOf(folder, offer), JSON.stringify({ ...state, isWhole: true }));
  return inputFile(offer, folder, state);
}

async function inputFile(offer: Offer, folder: string, { etag, lastModified, url }: State): Promise<InputFile> {
  const path = fileOf(folder, offer);
  const { size, mtime } = await stat(path);
  return {
    path,
    source: { name: offer.name, url, etag, lastModified, bytes: size, readAt: mtime.toISOString() },
  };
}

/** Null also where what is there is of another address. */
async function readState(offer: Offer, folder: string): Promise<State | null> {
  const state = await readFile(stateOf(folder, offer), 'utf8')
    .then((text) => JSON.parse(text) as State)
    .catch(() => null);
  return state?.url === offer.url ? state : null;
}

async function forget(folder: string, offer: Offer): Promise<void> {
  for (const path of [stateOf(folder, offer), partOf(folder, offer), fileOf(folder, offer)])
    await rm(path, { force: true });
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

/** `fetch failed` has what failed inside. */
function causeOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message || (cause as NodeJS.ErrnoException).code})` : message;
}
