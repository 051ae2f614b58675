/** Base of every error that the client throws. Match on `code`: two bundled copies of this package break `instanceof`. */
export abstract class WatchprintError extends Error {
  /** Stable. */
  abstract readonly code: string;
  /** Whether the same call may succeed later. */
  abstract readonly retryable: boolean;
}

/** The server gave no answer, or none that it could have meant. */
export class UnreachableError extends WatchprintError {
  override readonly name = 'UnreachableError';
  readonly code = 'UNREACHABLE';
  readonly retryable = true;
}

/** The server refused a request, or a field of it; `code` says why. */
export class RefusedError extends WatchprintError {
  override readonly name = 'RefusedError';
  readonly code: string;
  readonly retryable: boolean;
  /** HTTP status of the answer; 200 where a field of it was refused and others may not have been. */
  readonly status: number;
  /** Seconds after which the server asks to try again; null where it did not say. */
  readonly retryAfter: number | null;
  /** What else the server says of it: of a limit, `limit: { setting, most, found }`. */
  readonly extensions: Readonly<Record<string, unknown>>;
  constructor(
    message: string,
    code: string,
    status: number,
    more: { readonly retryAfter?: number | null; readonly extensions?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.retryAfter = more.retryAfter ?? null;
    this.extensions = more.extensions ?? {};
    this.retryable = status === 503 || status === 429 || status === 507;
  }
}

/** An import that the server had taken on failed later; `code` is the import's `errorCode`. */
export class ImportFailedError extends WatchprintError {
  override readonly name = 'ImportFailedError';
  readonly code: string;
  readonly retryable = false;
  readonly importId: string;
  constructor(message: string, code: string, importId: string) {
    super(message);
    this.code = code;
    this.importId = importId;
  }
}

/** The file to import could not be read: it is not there, is a folder, or its stream failed. `cause` is what said so. */
export class FileUnreadableError extends WatchprintError {
  override readonly name = 'FileUnreadableError';
  readonly code = 'FILE_UNREADABLE';
  readonly retryable = false;
}

/** A method was called with what it cannot take. */
export class ArgumentError extends WatchprintError {
  override readonly name = 'ArgumentError';
  readonly code = 'BAD_ARGUMENT';
  readonly retryable = false;
}

/** The call's `signal` ended it; `cause` is the signal's reason. What the server had by then may still take effect. */
export class AbortedError extends WatchprintError {
  override readonly name = 'AbortedError';
  readonly code = 'ABORTED';
  readonly retryable = false;
}

/** The client has been closed. */
export class ClientClosedError extends WatchprintError {
  override readonly name = 'ClientClosedError';
  readonly code = 'CLIENT_CLOSED';
  readonly retryable = false;
  constructor() {
    super('The client has been closed');
  }
}
