import type { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';

/** Bytes that nobody reads any more: let them pass for a moment, so that the client sees the answer, then hang up. */
export function drainWhenAnswered(request: IncomingMessage, response: EventEmitter): void {
  response.once('close', () => {
    if (request.readableEnded || request.destroyed) return;
    request.unpipe();
    request.resume();
    if (!request.complete) setTimeout(() => request.destroy(), 1500).unref();
  });
}
