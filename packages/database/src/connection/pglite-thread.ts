/** Runs PGlite in a thread of its own: its work is synchronous, and would hold up every request and upload meanwhile. */
import { existsSync, fsyncSync } from 'node:fs';
import { mkdir, open as openFile, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

/** What the thread is started with. */
export interface PgliteThreadData {
  /** Null: in memory. */
  readonly folder: string | null;
  /** Counts, in its first 32 bits, how many times files were forced to disk. */
  readonly forcedWrites: SharedArrayBuffer;
}

/** The part of PGlite's Emscripten file system that we reach into; the version is pinned and a test counts the calls. */
interface NodeFileSystem {
  stream_ops: { fsync?: (stream: { nfd: number }) => number };
}

// Without these, PostgreSQL would skip every fsync (-F). 16 MB of buffers: a reopened server then needs 160 to 185 MB. Of the
// log of writes, a checkpoint leaves the least that the segments allow.
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'shared_buffers=16MB',
  '-c',
  'max_wal_size=64MB',
  '-c',
  'min_wal_size=32MB',
];

const { folder, forcedWrites } = workerData as PgliteThreadData;
const port = parentPort;
if (port === null) throw new Error('This module runs as a thread of its own');
/** Bytes that are kept for the next answer. */
const spareAnswer = 4 * 1024 * 1024;
let answered = new Uint8Array(64 * 1024);
const pglite = await open();
let queue: Promise<void> = Promise.resolve();
port.on('message', (message: Uint8Array | 'close') => {
  queue = queue.then(() => (message === 'close' ? close() : answer(message)));
});
port.postMessage('ready');

async function answer(message: Uint8Array): Promise<void> {
  let length = 0;
  // As a stream: what PGlite answers as a whole it also parses, and keeps every message of for as long as it runs.
  const onRawData = (piece: Uint8Array) => {
    if (length + piece.length > answered.length) answered = grown(answered, length, 2 * (length + piece.length));
    answered.set(piece, length);
    length += piece.length;
  };
  try {
    await pglite.execProtocolRawStream(message, { onRawData });
    // The memory is used again for the next answer.
    const own = answered.slice(0, length);
    const isLast = saysThatItEnds(own);
    port?.postMessage(own, [own.buffer]);
    if (isLast) process.exit();
  } catch (error) {
    port?.postMessage({ failed: String(error) });
  } finally {
    if (answered.length > spareAnswer) answered = new Uint8Array(spareAnswer);
  }
}

/** Whether the database cannot go on, as when its disk is full. PostgreSQL would end; PGlite stays, and answers nothing more. */
function saysThatItEnds(answer: Uint8Array<ArrayBuffer>): boolean {
  const view = new DataView(answer.buffer);
  for (let at = 0; at + 5 < answer.length; ) {
    const end = at + 1 + view.getUint32(at + 1);
    const isError = answer[at] === 'E'.charCodeAt(0);
    if (isError && /\0V(?:FATAL|PANIC)\0/.test(Buffer.from(answer.subarray(at, end)).toString('latin1'))) return true;
    at = end;
  }
  return false;
}

function grown(from: Uint8Array<ArrayBuffer>, length: number, size: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(size);
  larger.set(from.subarray(0, length));
  return larger;
}

async function close(): Promise<void> {
  await pglite.close();
  port?.close();
}

/** Opens PGlite in a folder, or in memory where there is none. Whoever started the thread holds the folder's lock. */
async function open(): Promise<PGlite> {
  if (folder === null) return PGlite.create({ startParams });
  if (!existsSync(join(folder, 'PG_VERSION'))) await initialise(folder);
  const opened = await PGlite.create({ dataDir: folder, startParams });
  forceWritesToDisk(opened);
  return opened;
}

/** Makes a database beside its place and moves it there when all of it is on disk: one that was half made is never opened. */
async function initialise(place: string): Promise<void> {
  const making = `${place}.new`;
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true, mode: 0o700 });
  const made = await PGlite.create({ dataDir: making, startParams });
  await made.close();
  for (const entry of await readdir(making, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) await sync(join(entry.parentPath, entry.name));
  await rm(place, { recursive: true, force: true });
  await rename(making, place);
  await sync(dirname(place));
}

async function sync(path: string): Promise<void> {
  const file = await openFile(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** PGlite's Node file system has no fsync, so a commit would reach the disk only when the system likes. */
function forceWritesToDisk(opened: PGlite): void {
  const files = (opened as unknown as { Module: { NODEFS?: NodeFileSystem } }).Module.NODEFS;
  if (files === undefined) throw new Error('This version of PGlite has no NODEFS: commits could not be made durable');
  const counter = new Int32Array(forcedWrites);
  files.stream_ops.fsync = (stream) => {
    Atomics.add(counter, 0, 1);
    fsyncSync(stream.nfd);
    return 0;
  };
}
