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

/** The host is not asked now. */
export class HeldError extends Error {
  readonly code: 'CIRCUIT_OPEN' | 'HOST_PAUSED';
  readonly because: 'BLOCKED' | 'FAILED';
  readonly until: Date;
  constructor(code: HeldError['code'], because: HeldError['because'], until: Date, host: string) {
    const reason = code === 'HOST_PAUSED' ? 'it asked for that' : 'it failed or turned us away several times';
    super(`${host} is left alone until ${until.toISOString()}: ${reason}`);
    this.code = code;
    this.because = because;
    this.until = until;
  }
}

export class RobotsError extends Error {
  readonly code: 'ROBOTS_FORBIDS' | 'ROBOTS_UNREACHABLE';
  constructor(code: RobotsError['code'], host: string) {
    super(
      code === 'ROBOTS_FORBIDS'
        ? `The robots.txt of ${host} forbids it`
        : `The robots.txt of ${host} cannot be had, which forbids everything (RFC 9309)`,
    );
    this.code = code;
  }
}
