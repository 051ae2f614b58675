/** An export cannot be written or read. What was there before still is. */
export class CuratedError extends Error {
  override readonly name = 'CuratedError';
  /**
   * `EXPORT_REFUSED`: it may not be written there. `EXPORT_RUNNING`: another is being written there. `EXPORT_FAILED`: it could not be
   * written. `EXPORT_BROKEN`: what is to be read is no export of ours.
   */
  readonly code: 'EXPORT_REFUSED' | 'EXPORT_RUNNING' | 'EXPORT_FAILED' | 'EXPORT_BROKEN';
  readonly retryable: boolean;

  constructor(code: CuratedError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.retryable = code === 'EXPORT_RUNNING';
  }
}
