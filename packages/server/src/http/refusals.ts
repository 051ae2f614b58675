import { isConnectionLost, isDiskFull } from '@watchprint/database';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { LimitSetting, Limits } from '../limits.ts';

const codes: Record<number, string> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  405: 'METHOD_NOT_ALLOWED',
  408: 'REQUEST_TIMEOUT',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  421: 'MISDIRECTED_REQUEST',
  431: 'HEADERS_TOO_LARGE',
  499: 'CLIENT_CLOSED_REQUEST',
  507: 'DISK_FULL',
};

/** The stable code that stands for a status of ours. */
export const codeOf = (status: number): string => codes[status] ?? 'BAD_REQUEST';

export const httpError = (status: number, message: string, code = codeOf(status)) =>
  new GraphQLError(message, { extensions: { code, http: { status } } });

/** A request over a limit: which one, how it is set, and what was found. */
export function overLimit(
  code: string,
  setting: LimitSetting,
  most: number,
  found: number,
  sentence: string,
  status = 400,
): GraphQLError {
  const count = Number.isFinite(found) ? found : Number.MAX_VALUE;
  return new GraphQLError(`${sentence} ${found}; this server takes ${most} (${setting}).`, {
    extensions: { code, limit: { setting, most, found: count }, http: { status } },
  });
}

/** Too many at once: it may be tried again shortly. 429 where the account's own are the reason, 503 where everybody's are. */
export function tooMany(
  code: string,
  whose: 'account' | 'server',
  limits: Limits,
  ofServer: 'OPERATIONS_AT_ONCE' | 'SUBSCRIPTIONS_AT_ONCE' | 'UPLOADS_AT_ONCE' | 'EXPORTS_AT_ONCE',
  what: string,
) {
  const setting = whose === 'account' ? (`ACCOUNT_${ofServer}` as const) : ofServer;
  const most = limits[setting];
  const status = whose === 'account' ? 429 : 503;
  const who = whose === 'account' ? 'This account has' : 'This server has';
  return new GraphQLError(`${who} ${most} ${what} at once, which is the most it may (${setting}). Try again shortly.`, {
    extensions: {
      code,
      limit: { setting, most, found: most + 1 },
      http: { status, headers: { 'retry-after': '5' } },
    },
  });
}

/** What an answer says of an error that is none of the caller's; the log has the rest. */
export function unexpected(error: unknown, log: Logger): { status: number; code: string; message: string } {
  log.error({ err: error }, 'unexpected error');
  if (isConnectionLost(error))
    return {
      status: 503,
      code: 'DATABASE_UNAVAILABLE',
      message: 'The database cannot be reached at the moment. Try again shortly.',
    };
  if (isDiskFull(error)) return { status: 507, code: 'DISK_FULL', message: 'The disk of the database is full.' };
  return { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Unexpected error.' };
}

/** A refusal as an answer of its own, where no GraphQL is asked. */
export const refusedAs = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response => Response.json({ errors: [{ message, extensions: { code } }] }, { status, headers });

/** The same of an error that GraphQL would have answered with: what it says of limits, status and headers. */
export function refusedLike({ message, extensions: { http, ...extensions } }: GraphQLError): Response {
  return Response.json({ errors: [{ message, extensions }] }, http as ResponseInit);
}
