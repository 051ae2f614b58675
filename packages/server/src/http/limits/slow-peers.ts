import type { IncomingMessage, ServerResponse } from 'node:http';
import { refuse } from '../guard.ts';

/** How long a request and its answer may take whatever their size: nets that begin slowly. */
const graceMs = 30_000;

const lookEveryMs = 1_000;

export interface SlowPeerOptions {
  readonly bytesPerSecond: number;
  /** Bytes that a request may have altogether: parts of a form that nobody asked for have no other limit. */
  readonly mostBytes: number;
  /** Default 30 s. */
  readonly graceMs?: number;
}

/**
 * Ends requests whose bytes come, or whose answers are taken, more slowly than a rate that no usable net is below; and those that
 * have no end. A limit on silence alone is kept by whoever sends a byte a minute, and holds a place for days.
 */
export function watchSpeed(
  { bytesPerSecond, mostBytes, graceMs: grace = graceMs }: SlowPeerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const { socket } = request;
  const began = { at: Date.now(), read: socket.bytesRead };
  let answered: { at: number; written: number } | null = null;
  const isLate = (since: number, bytes: number) => Date.now() - since > grace + (bytes / bytesPerSecond) * 1000;

  const look = setInterval(() => {
    if (!request.complete && !request.destroyed) {
      const read = socket.bytesRead - began.read;
      if (read > mostBytes)
        endRequest(413, `A request may have ${mostBytes} bytes (UPLOAD_LIMIT, and what goes with a file).`);
      else if (isLate(began.at, read))
        endRequest(
          408,
          `The request came more slowly than ${bytesPerSecond} bytes a second (SLOWEST_BYTES_PER_SECOND).`,
        );
    } else if (response.writableEnded && !response.writableFinished) {
      // What is written to a connection counts when it is handed on; the rest lies in memory.
      answered ??= { at: Date.now(), written: socket.bytesWritten };
      if (isLate(answered.at, handedOn() - answered.written)) socket.destroy();
    }
  }, lookEveryMs).unref();
  response.once('close', () => clearInterval(look));

  const handedOn = () => socket.bytesWritten - socket.writableLength;

  function endRequest(status: number, message: string): void {
    clearInterval(look);
    if (response.headersSent) {
      socket.destroy();
      return;
    }
    response.once('close', () => socket.destroy());
    refuse(response, { status, message, headers: { connection: 'close' } });
  }
}
