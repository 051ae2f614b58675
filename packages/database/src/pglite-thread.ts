/** Runs PGlite in a thread of its own: its work is synchronous, and would hold up every request and upload meanwhile. */
import { existsSync, fsyncSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import type { PgliteThreadData } from './embedded.ts';

/** The part of PGlite's Emscripten file system that we reach into; the version is pinned and a test counts the calls. */
interface NodeFileSystem {
  stream_ops: { fsync?: (stream: { nfd: number }) => number };
}

// Without these, PostgreSQL would skip every fsync (-F). 16 MB of buffers: a reopened server then needs 160 to 185 MB.
const startParams = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  '-c',
  'wal_sync_method=fsync',
  '-c',
  'shared_buffers=16MB',
];

const { folder, forcedWrites } = workerData as PgliteThreadData;
const port = parentPort;
if (port === null) throw new Error('This module runs as a thread of its own');
const pglite = await open();
let queue: Promise<void> = Promise.resolve();
port.on('message', (message: Uint8Array | 'close') => {
  queue = queue.then(() => (message === 'close' ? close() : answer(message)));
});
port.postMessage('ready');

async function answer(message: Uint8Array): Promise<void> {
  try {
    const result = await pglite.execProtocolRaw(message);
    // A view into the database's own memory would not survive the next statement.
    const own = Uint8Array.from(result);
    port?.postMessage(own, [own.buffer]);
  } catch (error) {
    port?.postMessage({ failed: String(error) });
  }
}

async function close(): Promise<void> {
  await pglite.close();
  port?.postMessage('closed');
  port?.close();
}

/** Opens PGlite in a folder, or in memory where there is none. Whoever started the thread holds the folder's lock. */
async function open(): Promise<PGlite> {
  if (folder === null) return PGlite.create({ startParams });
  const isNew = !existsSync(join(folder, 'PG_VERSION'));
  const opened = await PGlite.create({ dataDir: folder, startParams });
  forceWritesToDisk(opened);
  // Initialisation itself was not forced to disk; a checkpoint does that for every file it wrote.
  if (isNew) await opened.exec('CHECKPOINT');
  return opened;
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
