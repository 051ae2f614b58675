import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { PgliteThreadData } from './pglite-thread.ts';
import { startThread } from './thread.ts';

/** PGlite in its thread. It ends where PostgreSQL would; what is in a folder is then opened anew by whoever asks next. */
export interface Pglite {
  /**
   * Starts it where it does not run. What had been committed is there again.
   * @throws {DatabaseUnopenedError}
   * @throws {DatabaseEndedError} when it was in memory and is gone, or was closed.
   */
  start(): Promise<void>;
  /**
   * Sends messages of PostgreSQL's protocol; the answer is whole.
   * @throws {DatabaseEndedError}
   */
  ask(messages: Uint8Array): Promise<Uint8Array>;
  /** Calls back whenever it has ended; the answer stops that. */
  onEnd(listener: (error: DatabaseEndedError) => void): () => void;
  close(): Promise<void>;
}

/** The embedded database has ended under a statement: what was not committed is undone. */
export class DatabaseEndedError extends Error {
  override readonly name = 'DatabaseEndedError';
  /** PostgreSQL's own, for a crash of the server. */
  readonly code = '57P02';
  constructor(cause?: Error) {
    super('The embedded database has ended', { cause });
  }
}

/** The embedded database cannot be opened. What is in its folder is as it was. */
export class DatabaseUnopenedError extends Error {
  override readonly name = 'DatabaseUnopenedError';
  readonly code = 'DATABASE_UNOPENED';
  readonly retryable: boolean;
  constructor(folder: string, free: number, cause: unknown) {
    const isFull = free < needed;
    const room = `its disk has ${Math.floor(free / 1e6)} MB free, and ${needed / 1e6} are needed`;
    super(`The database in ${folder} could not be opened: ${isFull ? room : String(cause)}`, { cause });
    this.retryable = isFull;
  }
}

/** Bytes of two segments of the log of writes: to write again what a crash left, and what comes next. */
const needed = 32e6;

/** Megabytes for what lives shortly in the thread; what the database itself needs is not among it. */
const youngGeneration = 8;

/** @param data the caller holds the lock of its folder. */
export function createPglite(data: PgliteThreadData): Pglite {
  const { folder } = data;
  let running: Promise<Worker> | null = null;
  let isOver = false;
  // The thread answers in the order it is asked, so whoever has waited longest is meant: a connection that ends, and the next.
  const waiting: { resolve(answer: Uint8Array): void; reject(error: Error): void }[] = [];
  const listeners = new Set<(error: DatabaseEndedError) => void>();

  async function run(): Promise<Worker> {
    const thread = startThread(new URL('./pglite-thread.ts', import.meta.url), {
      workerData: data,
      resourceLimits: { maxYoungGenerationSizeMb: youngGeneration },
    });
    let failure: Error | undefined;
    await new Promise<void>((resolve, reject) => {
      thread.once('message', () => resolve());
      thread.on('error', (error) => {
        failure = error;
      });
      thread.once('exit', () => reject(failure ?? new DatabaseEndedError()));
    });
    thread.on('message', (answer: Uint8Array | { failed: string }) => {
      const first = waiting.shift();
      if ('failed' in answer) first?.reject(new Error(answer.failed));
      else first?.resolve(answer);
    });
    thread.once('exit', () => {
      running = null;
      // What was in memory alone went with it.
      isOver ||= folder === null;
      const ended = new DatabaseEndedError(failure);
      for (const one of waiting.splice(0)) one.reject(ended);
      for (const listener of listeners) listener(ended);
    });
    return thread;
  }

  return {
    async start() {
      if (isOver) throw new DatabaseEndedError();
      running ??= run().catch(async (error: unknown) => {
        running = null;
        if (folder === null) throw error;
        const { bavail, bsize } = await statfs(dirname(folder));
        throw new DatabaseUnopenedError(folder, bavail * bsize, error);
      });
      await running;
    },
    async ask(messages) {
      const thread = await running;
      if (thread === null) throw new DatabaseEndedError();
      return new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        thread.postMessage(messages);
      });
    },
    onEnd(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      isOver = true;
      const thread = await running?.catch(() => null);
      if (thread === null || thread === undefined) return;
      const ended = new Promise((resolve) => thread.once('exit', resolve));
      thread.postMessage('close');
      await ended;
    },
  };
}
