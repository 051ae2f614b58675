import { getEncoding } from 'encoding-sniffer';
import type { Answer, Page, Reading } from './page.ts';
import { refusalOf, retryAfterMs } from './refusal.ts';

/**
 * What an answer says of each key that was asked for: the refusals and errors that all sites have in common, then the page's own parser.
 * It never throws: what cannot be read is UNREADABLE.
 */
export function readAnswer<Facts>(
  page: Page<Facts>,
  answer: Answer,
  keys: readonly string[],
): ReadonlyMap<string, Reading<Facts>> {
  const all = commonReading(page, answer);
  if (all !== null) return new Map(keys.map((key) => [key, all]));
  let readings: ReadonlyMap<string, Reading<Facts>>;
  try {
    readings = page.read(answer, keys);
  } catch (error) {
    const reading = unreadable(reasonOf(error));
    return new Map(keys.map((key) => [key, reading]));
  }
  return new Map(keys.map((key) => [key, readings.get(key) ?? leftOut]));
}

/** An answer to several may be cut short: that says nothing of those that are missing. */
const leftOut = { status: 'UNAVAILABLE', reason: 'the answer leaves out what was asked for' } as const;

export const isLeftOut = ({ status, ...reading }: Reading<unknown> | { readonly status: 'UNCHANGED' }): boolean =>
  status === leftOut.status && 'reason' in reading && reading.reason === leftOut.reason;

const unreadable = (reason: string) => ({ status: 'UNREADABLE', reason }) as const;

function commonReading(page: Page<unknown>, answer: Answer): Reading<never> | null {
  const { status, headers } = answer;
  const refusal = refusalOf(answer);
  if (refusal !== null) return refusal;
  // Of several at once none was looked for: the address itself is gone.
  if ((status === 404 || status === 410) && page.batch === 1) return { status: 'NOT_FOUND' };
  if (status === 408 || status === 425 || status >= 500) {
    const after = retryAfterMs(headers['retry-after'] ?? null);
    const reason = `the source answers ${status}`;
    return after === null ? { status: 'UNAVAILABLE', reason } : { status: 'UNAVAILABLE', reason, retryAfterMs: after };
  }
  if (status < 200 || status > 299) return unreadable(`the source answers ${status}`);
  const type = mediaType(headers['content-type']);
  if (type !== null && !page.types.includes(type))
    return unreadable(`the answer is ${type}, not ${page.types.join(' or ')}`);
  if (answer.body.trim() === '') return unreadable('the answer is empty');
  return null;
}

/** `text/html; charset=utf-8` → `text/html`; null where there is none. */
export const mediaType = (header: string | undefined): string | null =>
  header?.split(';')[0]?.trim().toLowerCase() || null;

/**
 * Bytes as the answer says that they are to be read, else as they say themselves, by the mark at their beginning or in the head of a page;
 * UTF-8 where nothing says it, or it names what nobody knows.
 */
export function decodeBody(bytes: Uint8Array, contentType: string | undefined): string {
  const [, charset = sniffed(bytes)] = /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(contentType ?? '') ?? [];
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

/** Of what is no page by its beginning only the mark counts: JSON that quotes a page is in UTF-8 all the same. */
function sniffed(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, sniffedBytes));
  const isPage = /^\s*</.test(start.toString('latin1'));
  return getEncoding(isPage ? start : start.subarray(0, 3), { defaultEncoding: 'utf-8', maxBytes: sniffedBytes });
}

/** As browsers do. */
const sniffedBytes = 1024;

/** An error of a schema is long: which fields it is about is enough. */
function reasonOf(error: unknown): string {
  const { issues, message } = (error ?? {}) as {
    issues?: readonly { path: readonly PropertyKey[]; message: string }[];
    message?: string;
  };
  if (Array.isArray(issues))
    return issues
      .slice(0, 3)
      .map(({ path, message: what }) => `${path.map(String).join('.') || 'the page'}: ${what}`)
      .join('; ')
      .slice(0, 300);
  return (message ?? String(error)).slice(0, 300);
}
