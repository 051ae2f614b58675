import type { IncomingMessage, ServerResponse } from 'node:http';
import { drainWhenAnswered } from './drain.ts';

/** Host names that a loopback server answers to; any other is a page that had its name pointed at us. */
const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Name without port of a Host header; null where there is none, or one that no URL could hold. */
function hostOf(text: string | undefined): string | null {
  const [, host, port] = /^(\[[0-9a-fA-F:]+\]|[^:/?#@\s]+)(?::(\d{1,5}))?$/.exec(text ?? '') ?? [];
  return host === undefined || Number(port ?? 0) > 65_535 ? null : host.toLowerCase();
}

/** Why a request is turned away before anything reads it; null: it may pass. */
export function refusal({
  headers,
  method,
  url,
}: Pick<IncomingMessage, 'headers' | 'method' | 'url'>): { status: number; message: string } | null {
  const host = hostOf(headers.host);
  if (host === null || !loopbackHosts.has(host))
    return { status: 421, message: 'This server answers to 127.0.0.1 and localhost only.' };
  // A proxy's `GET http://…` or `OPTIONS *`, put behind the host, would be no URL.
  if (!url?.startsWith('/')) return { status: 400, message: 'Ask for a path, such as /graphql.' };
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}`)
    return { status: 403, message: 'Requests from other origins are refused.' };
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
}

export const preflightHeaders = ['apollo-require-preflight', 'graphql-require-preflight', 'x-graphql-yoga-csrf'];

export function refuse(response: ServerResponse, { status, message }: { status: number; message: string }): void {
  drainWhenAnswered(response.req, response);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errors: [{ message, extensions: { code: codeOf(status) } }] }));
}

const codes: Record<number, string> = {
  400: 'BAD_REQUEST',
  403: 'FORBIDDEN',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  421: 'MISDIRECTED_REQUEST',
  499: 'CLIENT_CLOSED_REQUEST',
  503: 'TOO_MANY_UPLOADS',
  507: 'DISK_FULL',
};

/** The stable code that stands for a status of ours. */
export const codeOf = (status: number): string => codes[status] ?? 'BAD_REQUEST';
