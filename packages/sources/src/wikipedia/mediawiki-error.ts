import { z } from 'zod';
import { parsed } from '../html.ts';
import { type Answer, type Reading, UnknownLayoutError } from '../page.ts';

/** Wikimedia asks for this much after `maxlag`: https://www.mediawiki.org/wiki/Manual:Maxlag_parameter */
const leastPauseMs = 5_000;

const text = z.string().catch('');
/** `error` by default, `errors` with another `errorformat`. */
const failure = z.object({ code: z.string(), info: text, text });
const failed = z.object({ error: failure.nullish().catch(null), errors: z.array(failure).nullish().catch(null) });

const unavailable =
  /^(?:maxlag|readonly|timeout|unavailable|internal_api_error.*|cirrussearch-.*(?:backend|busy|timeout).*|search-error)$/;
const tooMany = /^(?:ratelimited|actionthrottled|too-?many-?requests)$/;
const refused = /^(?:.*blocked.*|.*permissiondenied.*|readapidenied)$/;
const absent = /^(?:missingtitle|nosuchpageid)$/;

/** What the action API answered to a request for several keys; where it failed, so for each of them. */
export function readAction<Facts>(
  answer: Answer,
  keys: readonly string[],
  read: (json: Record<string, unknown>) => ReadonlyMap<string, Reading<Facts>>,
): ReadonlyMap<string, Reading<Facts>> {
  const json = actionJson(answer);
  const reading = mediawikiError(json, answer.headers);
  return reading === null ? read(json) : new Map(keys.map((key) => [key, reading]));
}

/** @throws {UnknownLayoutError} for what was cut off, or is something else. */
export function actionJson({ body }: Answer): Record<string, unknown> {
  const json = jsonObject(body);
  if (json === null) throw new UnknownLayoutError('The answer is no whole JSON object');
  return json;
}

/**
 * MediaWiki's action API says that it failed with status 200: https://www.mediawiki.org/wiki/API:Errors_and_warnings
 * @returns null where it did not fail.
 * @throws {UnknownLayoutError} for an error that is neither about load nor a refusal.
 */
export function mediawikiError(json: Record<string, unknown>, headers: Answer['headers']): Reading<never> | null {
  if (json.error === undefined && json.errors === undefined) return null;
  const { error, errors } = failed.parse(json);
  const first = error ?? errors?.[0];
  if (first === undefined) throw new UnknownLayoutError('The API says that it failed, but not with which code');
  const reason = `${first.code}: ${first.info || first.text}`.slice(0, 300);
  const retryAfterMs = retryAfter(headers['retry-after']);
  if (unavailable.test(first.code))
    return { status: 'UNAVAILABLE', reason, retryAfterMs: Math.max(leastPauseMs, retryAfterMs ?? 0) };
  const code = tooMany.test(first.code) ? 'TOO_MANY_REQUESTS' : refused.test(first.code) ? 'REFUSED' : null;
  if (code !== null) return { status: 'BLOCKED', code, reason, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  if (absent.test(first.code)) return { status: 'NOT_FOUND' };
  throw new UnknownLayoutError(`The API failed with ${reason}`);
}

/** Seconds alone: a date would need a clock. */
function retryAfter(header: string | undefined): number | null {
  return /^\d{1,6}$/.test(header ?? '') ? Number(header) * 1_000 : null;
}

/** Null for what is none, HTML without being parsed. */
export function jsonObject(body: string): Record<string, unknown> | null {
  if (!/^\s{0,100}\{/.test(body)) return null;
  const value = parsed(body);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
}
