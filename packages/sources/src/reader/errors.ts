/** No answer came, and why. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code:
    | 'TIMEOUT'
    | 'CONNECTION'
    | 'TOO_LARGE'
    /** Not https, not a host of the source, or not a public address. */
    | 'ADDRESS_REFUSED'
    /** It moved to another host, or in circles. */
    | 'REDIRECT_REFUSED';
  /** Whether asking once more can help. */
  readonly retryable: boolean;

  constructor(code: TransportError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.retryable = code === 'TIMEOUT' || code === 'CONNECTION';
  }
}
