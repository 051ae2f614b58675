import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { accountStore, type Database } from '@watchprint/database';
import type { Plugin } from 'graphql-yoga';
import type { Logger } from 'pino';
import { ImportRunningError } from '../account/deletions.ts';
import { type ExportFormat, type Exports, TooManyExportsError } from '../account/exports.ts';
import type { Limits } from '../limits.ts';
import { UnauthenticatedError } from '../sign-in/caller.ts';
import { refusedAs, refusedLike, tooMany, unexpected } from './refusals.ts';
import type { ServerContext } from './server-context.ts';

const formats: Readonly<Record<string, { format: ExportFormat; type: string }>> = {
  '/export.json': { format: 'json', type: 'application/json' },
  '/export.zip': { format: 'csv', type: 'application/zip' },
};

/**
 * `GET /export.json` and `GET /export.zip` (`?originals=true`: with the files that were imported): everything that the account of
 * who asks has, as a file that streams. It is no GraphQL, which answers in one piece.
 */
export function useExportDoor(database: Database, exports: Exports, limits: Limits, log: Logger): Plugin {
  return {
    async onRequest({ request, url, endResponse, serverContext }) {
      const asked = formats[url.pathname];
      if (asked === undefined) return;
      endResponse(
        await answer(request, url, asked, serverContext as ServerContext).catch((error: unknown) => {
          const { status, code, message } = unexpected(error, log);
          return refusedAs(status, code, message);
        }),
      );
    },
  };

  async function answer(
    request: Request,
    url: URL,
    { format, type }: { format: ExportFormat; type: string },
    { caller, res: response }: ServerContext,
  ) {
    if (request.method !== 'GET') return refusedAs(405, 'METHOD_NOT_ALLOWED', 'Use GET.', { allow: 'GET' });
    // A page elsewhere could not read it, but have this server write it again and again.
    if (['cross-site', 'same-site'].includes(request.headers.get('sec-fetch-site') ?? ''))
      return refusedAs(403, 'FORBIDDEN', 'Requests from other origins are refused.');
    const originals = url.searchParams.get('originals') ?? 'false';
    if (originals !== 'false' && (originals !== 'true' || format !== 'csv'))
      return refusedAs(400, 'BAD_USER_INPUT', 'originals is true or false, and true with /export.zip only.');
    try {
      if (caller === undefined) throw new UnauthenticatedError('none');
      const account = accountStore(database, caller.accountId);
      const stream = await exports.open(account, format, originals === 'true');
      response?.once('close', () => stream.destroy());
      const day = new Date().toISOString().slice(0, 10);
      return new Response(bodyOf(stream, response), {
        headers: {
          'content-type': type,
          'content-disposition': `attachment; filename="watchprint-export-${day}.${format === 'csv' ? 'zip' : 'json'}"`,
          'cache-control': 'no-store',
        },
      });
    } catch (error) {
      if (error instanceof UnauthenticatedError)
        return refusedAs(error.status, error.code, error.message, error.headers);
      if (error instanceof ImportRunningError) return refusedAs(409, error.code, error.message);
      if (error instanceof TooManyExportsError)
        return refusedLike(tooMany('TOO_MANY_EXPORTS', error.whose, limits, 'EXPORTS_AT_ONCE', 'exports'));
      throw error;
    }
  }
}

/**
 * What fails half way cannot be said any more. Without a port the stream fails; over HTTP the connection ends, so that nobody takes
 * the file for a whole one, and the stream ends quietly: what sends it would leave the connection open, and an error unhandled.
 */
function bodyOf(stream: Readable, response: ServerResponse | undefined): ReadableStream<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        if (response === undefined) return controller.error(error);
        response.destroy();
        controller.close();
      }
    },
    cancel: () => void stream.destroy(),
  });
}
