/** Who asks. */
export interface Caller {
  readonly accountId: string;
  /** False: may read, and change nothing. */
  readonly mayWrite: boolean;
}

/** Somebody may not come in, or it cannot be told whether they may. */
export abstract class SignInError extends Error {
  abstract readonly code: string;
  /** What it is over HTTP. */
  abstract readonly status: number;
  abstract readonly headers: Readonly<Record<string, string>>;
}

/** Nobody that this server knows: no credential, or one that opens nothing. It does not say why. */
export class UnauthenticatedError extends SignInError {
  override readonly name = 'UnauthenticatedError';
  readonly code = 'UNAUTHENTICATED';
  readonly status = 401;
  /** As RFC 6750 has it. */
  readonly headers: Readonly<Record<string, string>>;
  constructor(given: 'none' | 'bad') {
    super(
      given === 'none'
        ? 'Sign in: send a token as “Authorization: Bearer …”.'
        : 'The token is none of this server, or is not valid any more.',
    );
    this.headers = { 'www-authenticate': given === 'none' ? 'Bearer' : 'Bearer error="invalid_token"' };
  }
}

/** Whether somebody may come in cannot be told just now. */
export class SignInUnavailableError extends SignInError {
  override readonly name = 'SignInUnavailableError';
  readonly code = 'SIGN_IN_UNAVAILABLE';
  readonly status = 503;
  readonly headers = { 'retry-after': '10' };
  constructor(options: ErrorOptions) {
    super('The keys that tokens are checked with cannot be fetched at the moment.', options);
  }
}

/** An account cannot be called that. */
export class AccountNameError extends SignInError {
  override readonly name = 'AccountNameError';
  readonly code = 'BAD_USER_INPUT';
  readonly status = 400;
  readonly headers = {};
  constructor() {
    super('An account’s name has from 1 to 200 characters, none of which ends lines or cannot be seen.');
  }
}

/** Halves of a character are refused too: the database keeps all as one and the same, and two accounts would be one. @throws {AccountNameError} */
export function checkAccountName(name: string): void {
  if (name.trim() === '' || name.length > 200 || /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(name)) throw new AccountNameError();
}
