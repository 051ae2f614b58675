import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../sign-in/caller.ts';

/** What comes with a request beside what it says itself. */
export interface ServerContext {
  /** Undefined: nobody, who may see the page and nothing else. */
  readonly caller?: Caller | undefined;
  /** Of a request over a port. */
  readonly req?: IncomingMessage;
  readonly res?: ServerResponse;
}
