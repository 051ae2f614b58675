/** The codes of the bulk zone. They stay as they are: programs tell by them. */
export type BulkErrorCode =
  | 'FILE_BROKEN'
  | 'TABLE_UNKNOWN'
  | 'TABLE_BROKEN'
  | 'NOTHING_TO_SYNC'
  | 'NO_DOWNLOAD'
  | 'DOWNLOAD_FAILED'
  | 'SYNC_RUNNING'
  | 'BULK_BROKEN'
  | 'STOPPED';

/** A file, a download or a version of the bulk zone cannot be used. What was in use before still is. */
export class BulkError extends Error {
  override readonly name = 'BulkError';
  readonly code: BulkErrorCode;
  readonly retryable: boolean;
  constructor(code: BulkErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.retryable = code === 'DOWNLOAD_FAILED' || code === 'SYNC_RUNNING' || code === 'STOPPED';
  }
}

/** @throws {BulkError} STOPPED, once whoever asked for the sync has stopped it. */
export function refuseStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new BulkError('STOPPED', 'Stopped. What was in use before still is');
}
