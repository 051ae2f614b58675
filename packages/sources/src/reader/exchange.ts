import type { Answer, Reading } from '../page.ts';
import { decodeBody, isLeftOut } from '../read-answer.ts';
import { retryAfterMs } from '../refusal.ts';
import type { HttpExchange } from './http.ts';
import type { PageResult, Validators } from './page-result.ts';

/** What to send, so that what is known need not come again. */
export const conditions = (validators: Validators | null | undefined): Record<string, string> => ({
  ...(validators?.etag === undefined ? {} : { 'if-none-match': validators.etag }),
  ...(validators?.lastModified === undefined ? {} : { 'if-modified-since': validators.lastModified }),
});

export function validatorsOf({ responseHeaders }: HttpExchange): Validators | null {
  const { etag, 'last-modified': lastModified } = headersOf(responseHeaders);
  if (etag === undefined && lastModified === undefined) return null;
  return { ...(etag === undefined ? {} : { etag }), ...(lastModified === undefined ? {} : { lastModified }) };
}

const headersOf = (headers: readonly (readonly [string, string])[]): Record<string, string> =>
  Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));

export function answerOf({
  url,
  status,
  responseHeaders,
  body,
}: Pick<HttpExchange, 'url' | 'status' | 'responseHeaders' | 'body'>): Answer {
  const headers = headersOf(responseHeaders);
  return { url, status, headers, body: decodeBody(body, headers['content-type']) };
}

/** A host that turns us away, or cannot answer now. */
export type Trouble = Extract<Reading<never>, { status: 'BLOCKED' | 'UNAVAILABLE' }>;

/** The longest pause that a host can ask for. */
const longestPauseMs = 24 * 3_600_000;
/** And of a pause that it did not ask for. */
const longestUnaskedMs = 5 * 60_000;

/** How long the host is left alone: as long as it says, with whatever status. */
export function pauseIn(
  { status, responseHeaders }: HttpExchange,
  trouble: Trouble | null,
  firstMs: number,
  refusals: number,
): number {
  const asked = retryAfterMs(headersOf(responseHeaders)['retry-after'] ?? null) ?? trouble?.retryAfterMs ?? null;
  if (asked !== null) return Math.min(longestPauseMs, asked);
  const isTooMany = status === 429 || (trouble?.status === 'BLOCKED' && trouble.code === 'TOO_MANY_REQUESTS');
  if (!isTooMany) return 0;
  const longest = Math.min(longestUnaskedMs, firstMs * 2 ** Math.max(0, refusals - 1));
  return longest * (0.5 + Math.random() / 2);
}

/** Why the host gives nothing of all that was asked for, in an answer that looks like a good one; null where it gives something. */
export function troubleIn(readings: ReadonlyMap<string, Reading<unknown>>): Trouble | null {
  const [first, ...others] = readings.values();
  if (first?.status !== 'BLOCKED' && first?.status !== 'UNAVAILABLE') return null;
  return isLeftOut(first) || others.some(({ status }) => status !== first.status) ? null : first;
}

/** What went wrong with any of the keys, and when it is worth asking again. */
export function failureIn(
  readings: ReadonlyMap<string, Reading<unknown>>,
  { fetchedAt }: HttpExchange,
): Pick<PageResult<unknown>, 'code' | 'retryAt'> {
  for (const reading of readings.values()) {
    const after = 'retryAfterMs' in reading ? (reading.retryAfterMs ?? null) : null;
    const retryAt = after === null ? null : new Date(fetchedAt.getTime() + Math.min(after, longestPauseMs));
    if (reading.status === 'BLOCKED') return { code: reading.code ?? 'CHALLENGE', retryAt };
    if (reading.status === 'UNAVAILABLE') return { code: 'SOURCE_UNAVAILABLE', retryAt };
    if (reading.status === 'UNREADABLE') return { code: 'SOURCE_CHANGED', retryAt };
  }
  return { code: null, retryAt: null };
}

/** Only what may be better in a moment: an outage without a word on how long it lasts. */
export function isWorthAnother({ readings, code, retryAt }: PageResult<unknown>): boolean {
  if (retryAt !== null) return false;
  if (code !== 'SOURCE_UNAVAILABLE' && code !== 'TIMEOUT' && code !== 'CONNECTION') return false;
  return [...readings.values()].every(({ status }) => status === 'UNAVAILABLE');
}
