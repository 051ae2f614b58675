import { openAccount, type SqlConnection } from '@watchprint/database';
import type { Config } from '../config.ts';
import { callerOfToken } from './api-token.ts';
import { type Caller, checkAccountName, UnauthenticatedError } from './caller.ts';
import { createJwtCheck } from './jwt.ts';

/** The account of whoever uses a server without sign-in. */
export const localAccount = 'local';

export interface SignIn {
  /**
   * Who sent a request, by its Authorization header.
   * @throws {UnauthenticatedError}
   * @throws {SignInUnavailableError}
   */
  byHeader(authorization: string | null): Promise<Caller>;
  /**
   * An account by its name, for a program that has the server in its own process and knows its people itself.
   * @throws {AccountNameError}
   */
  byName(account: string): Promise<Caller>;
}

/** Longer than the word, the space and any token: it is not looked at. */
const longestHeader = 16_384;

export function createSignIn(sql: SqlConnection, config: Config): SignIn {
  const byName = async (account: string) => {
    checkAccountName(account);
    return { accountId: await openAccount(sql, account), mayWrite: true };
  };
  if (config.auth === 'local') return { byName, byHeader: () => byName(localAccount) };
  const callerOf = config.auth === 'tokens' ? (token: string) => callerOfToken(sql, token) : jwtCheck(sql, config);
  return {
    byName,
    async byHeader(authorization) {
      if (authorization === null) throw new UnauthenticatedError('none');
      const [, token] = /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization.slice(0, longestHeader)) ?? [];
      if (token === undefined) throw new UnauthenticatedError('bad');
      return callerOf(token);
    },
  };
}

function jwtCheck(sql: SqlConnection, { jwtIssuer, jwtAudience, jwksUrl }: Config) {
  if (jwtIssuer === undefined || jwtAudience === undefined) throw new Error('Settings were not checked');
  return createJwtCheck(sql, { issuer: jwtIssuer, audience: jwtAudience, jwksUrl });
}
