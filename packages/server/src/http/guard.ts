import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config.ts';
import { drainWhenAnswered } from './drain.ts';
import { namesOf } from './host-names.ts';
import { codeOf } from './refusals.ts';

/** Name without port of a Host header; null where there is none, or one that no URL could hold. */
function hostOf(text: string | undefined): string | null {
  const [, host, port] = /^(\[[0-9a-fA-F:]+\]|[^:/?#@\s]+)(?::(\d{1,5}))?$/.exec(text ?? '') ?? [];
  return host === undefined || Number(port ?? 0) > 65_535 ? null : host.toLowerCase();
}

export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Turns requests away before anything reads them. */
export interface Guard {
  /** Why a request may not pass; null: it may. */
  refusal(request: Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'method' | 'url'>): Refusal | null;
  /** What lets a page of an origin that is allowed read the answer; none for any other. */
  corsHeaders(origin: string | undefined): Readonly<Record<string, string>>;
}

export function createGuard({ host: bound, auth, allowedHosts, allowedOrigins }: Config): Guard {
  const names = namesOf(bound, allowedHosts);
  const others = new Set(allowedOrigins);
  /** Our own pages; behind a proxy that speaks TLS, at the names that were set. */
  const isOwn = (origin: string, host: string | undefined) =>
    origin === `http://${host}` || (auth !== 'local' && origin === `https://${host}`);
  return {
    corsHeaders(origin): Record<string, string> {
      if (origin === undefined || !others.has(origin)) return {};
      return {
        'access-control-allow-origin': origin,
        'access-control-expose-headers': 'retry-after, www-authenticate',
        vary: 'origin',
      };
    },
    refusal({ headers, rawHeaders, method, url }) {
      // Of two, a proxy may have believed the other.
      if (rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host').length > 1)
        return { status: 400, message: 'A request has one Host header.' };
      const host = hostOf(headers.host);
      // Any other name is a page's that had its own pointed at us.
      if (host === null || !names.has(host))
        return { status: 421, message: `This server answers to ${[...names].join(', ')} only: see ALLOWED_HOSTS.` };
      // A proxy's `GET http://…` or `OPTIONS *`, put behind the host, would be no URL.
      if (!url?.startsWith('/')) return { status: 400, message: 'Ask for a path, such as /graphql.' };
      const { origin } = headers;
      if (origin !== undefined && !isOwn(origin, headers.host) && !others.has(origin))
        return { status: 403, message: 'Requests from other origins are refused: see ALLOWED_ORIGINS.' };
      if (!['identity', ''].includes((headers['content-encoding'] ?? '').trim().toLowerCase()))
        return { status: 415, message: 'Send the body as it is, without a content-encoding.' };
      if (method === 'POST') {
        const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
        // What a form could send needs a header that a form cannot set.
        const preflighted = preflightHeaders.some((name) => headers[name] !== undefined);
        if (type === 'multipart/form-data' && !preflighted)
          return { status: 403, message: `Uploads need one of the headers ${preflightHeaders.join(', ')}.` };
        if (type !== 'application/json' && type !== 'multipart/form-data')
          return { status: 415, message: 'Send application/json, or multipart/form-data for an upload.' };
      } else if (method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS')
        return { status: 405, message: 'Use GET or POST.' };
      return null;
    },
  };
}

export const preflightHeaders = ['apollo-require-preflight', 'graphql-require-preflight', 'x-graphql-yoga-csrf'];

export function refuse(response: ServerResponse, { status, message, code = codeOf(status), headers }: Refusal): void {
  drainWhenAnswered(response.req, response);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code } }] }));
}
