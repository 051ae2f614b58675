import { openAccount, type SqlConnection } from '@watchprint/database';
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { type Caller, SignInUnavailableError, UnauthenticatedError } from './caller.ts';

export interface JwtOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer's keys are; undefined: where its OpenID configuration says. */
  readonly jwksUrl: string | undefined;
  /** How long after the keys were fetched a key that is not among them is not asked for again. */
  readonly cooldownMs?: number;
}

/** Pairs of keys only: with a shared secret, whoever checks tokens could make them. */
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];

/** How far two clocks may be apart. */
const clockToleranceSeconds = 30;

/** How long the issuer may take to answer. */
const mostFetchMs = 5_000;

/** Our own words in a token's scope. Others are the issuer's business and say nothing about us. */
const readScope = 'watchprint:read';
const writeScope = 'watchprint:write';

/** Says whose a JWT is; an account is opened for a subject that is seen for the first time. */
export function createJwtCheck(sql: SqlConnection, options: JwtOptions): (token: string) => Promise<Caller> {
  const { issuer, audience } = options;
  const keys = keysOf(options);
  return async (token) => {
    const payload = await verified(token, await keys(), { issuer, audience });
    const { sub, scope } = payload;
    // An issuer's name holds no space, so no two subjects of any two issuers share an account's name.
    // Halves of a character are one and the same to the database, so they would.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what it refuses
    if (typeof sub !== 'string' || sub === '' || sub.length > 255 || /[\u0000-\u001f\u007f\p{Cs}]/u.test(sub))
      throw new UnauthenticatedError('bad');
    const words = typeof scope === 'string' ? scope.split(' ') : [];
    return {
      accountId: await openAccount(sql, `${issuer} ${sub}`),
      mayWrite: !words.includes(readScope) || words.includes(writeScope),
    };
  };
}

async function verified(
  token: string,
  key: JWTVerifyGetKey,
  expected: { issuer: string; audience: string },
): Promise<JWTPayload> {
  const options = { ...expected, algorithms, clockTolerance: clockToleranceSeconds, requiredClaims: ['sub', 'exp'] };
  try {
    return (await jwtVerify(token, key, options)).payload;
  } catch (error) {
    if (error instanceof errors.JWKSMultipleMatchingKeys) {
      // The token does not say which of several keys it is signed with.
      for await (const one of error) {
        const payload = await jwtVerify(token, one, options).then(
          (result) => result.payload,
          () => null,
        );
        if (payload !== null) return payload;
      }
      throw new UnauthenticatedError('bad');
    }
    throw isTokensFault(error) ? new UnauthenticatedError('bad') : new SignInUnavailableError({ cause: error });
  }
}

/** What is wrong with the token, apart from what is wrong with the keys' host. */
const isTokensFault = (error: unknown): boolean =>
  [
    errors.JWTExpired,
    errors.JWTClaimValidationFailed,
    errors.JWTInvalid,
    errors.JWSInvalid,
    errors.JWSSignatureVerificationFailed,
    errors.JWKSNoMatchingKey,
    errors.JOSEAlgNotAllowed,
    errors.JOSENotSupported,
  ].some((kind) => error instanceof kind);

/** Where the issuer's keys come from, found out once. A failure is not kept: the next token asks again. */
function keysOf({ issuer, jwksUrl, cooldownMs = 10_000 }: JwtOptions): () => Promise<JWTVerifyGetKey> {
  const from = (url: string) =>
    createRemoteJWKSet(new URL(url), { timeoutDuration: mostFetchMs, cooldownDuration: cooldownMs });
  let known: Promise<JWTVerifyGetKey> | null = jwksUrl === undefined ? null : Promise.resolve(from(jwksUrl));
  return () => {
    known ??= discover(issuer)
      .then(from)
      .catch((cause: unknown) => {
        known = null;
        throw new SignInUnavailableError({ cause });
      });
    return known;
  };
}

async function discover(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(mostFetchMs), redirect: 'error' });
  const { issuer: says, jwks_uri: keys } = (await answer.json()) as { issuer?: unknown; jwks_uri?: unknown };
  // OpenID Connect Discovery 4.3: who speaks for another must not be believed.
  if (!answer.ok || says !== issuer || typeof keys !== 'string') throw new Error(`${url} does not describe ${issuer}`);
  return keys;
}
