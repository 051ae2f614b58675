import type { Answer, Reading } from './page.ts';

type Refusal = Extract<Reading<never>, { status: 'BLOCKED' }>;

type Way = NonNullable<Refusal['code']>;

/**
 * What pages that stand in the way of the page have, and no other page of a source here. There are films called "Access Denied" and "Just a
 * Moment": such a name is a mark only where nothing follows in the title, to which every site adds its own name.
 */
const challenges: readonly (readonly [mark: RegExp, code: Way, whose: string])[] = [
  [/AwsWafIntegration|awswaf\.com|id="challenge-container"|x-amzn-waf/i, 'CHALLENGE', 'a challenge page (AWS WAF)'],
  [
    /<title>\s*Just a moment[.…\s]*<|\/cdn-cgi\/challenge-platform\/|cf-chl-|cf_chl_opt/i,
    'CHALLENGE',
    'a challenge page (Cloudflare)',
  ],
  [/captcha-delivery\.com|geo\.captcha|px-captcha|_Incapsula_Resource/i, 'CHALLENGE', 'a challenge page'],
  [/\bKPSDK\b/, 'CHALLENGE', 'a challenge page (Kasada)'],
  [/<title>\s*Robot Check\s*</i, 'CHALLENGE', 'a challenge page (Amazon)'],
  [/<title>[^<]{0,200}\bused Cloudflare to restrict access\s*</i, 'REFUSED', 'a refusal (Cloudflare)'],
  [/<title>\s*Wikimedia Error\s*<[\s\S]*\bError:? 429\b/i, 'TOO_MANY_REQUESTS', 'too many requests (Wikimedia)'],
  [/<title>\s*Attention Required!\s*(?:\|\s*Cloudflare|<)/i, 'REFUSED', 'a refusal (Cloudflare)'],
  [/<title>\s*(?:403 Forbidden|Access Denied)\s*</i, 'REFUSED', 'a refusal'],
  [
    /<title>\s*Error 429 Too Many|<h2>HTTP ERROR 429|>\s*429 Too Many Requests\s*</i,
    'TOO_MANY_REQUESTS',
    'too many requests',
  ],
];

/** Wikimedia's words for it, as plain text and nothing else. */
const robotPolicy = /^[^<{\n]{0,200}\brespect our robot policy\b/i;

/** Marks are near the top; behind that a page may quote anything. */
const searched = 20_000;

/** Statuses that turn away. */
export const refusing: ReadonlySet<number> = new Set([401, 403, 405, 407, 429, 451]);

/** Why an answer turns us away; null where it does not. */
export function refusalOf({ status, headers, body }: Pick<Answer, 'status' | 'headers' | 'body'>): Refusal | null {
  const after = retryAfterMs(headers['retry-after'] ?? null);
  const blocked = (code: Way, reason: string): Refusal => {
    const retryAfter = after ?? secondsInText(body);
    return { status: 'BLOCKED', code, reason, ...(retryAfter === null ? {} : { retryAfterMs: retryAfter }) };
  };
  const action = headers['x-amzn-waf-action'];
  if (action !== undefined) return blocked('CHALLENGE', `a challenge (AWS WAF: ${action.slice(0, 40)})`);
  if (headers['cf-mitigated'] !== undefined) return blocked('CHALLENGE', 'a challenge (Cloudflare)');
  const beginning = body.slice(0, searched);
  if (robotPolicy.test(beginning)) return blocked('REFUSED', 'a refusal (Wikimedia’s robot policy)');
  const mark = looksLikeHtml(beginning) ? challenges.find(([pattern]) => pattern.test(beginning)) : undefined;
  if (mark !== undefined) return blocked(mark[1], mark[2]);
  if (status === 429) return blocked('TOO_MANY_REQUESTS', 'too many requests (429)');
  if (refusing.has(status)) return blocked('REFUSED', `a refusal (${status})`);
  if (status === 202) return blocked('CHALLENGE', 'an answer without a page (202)');
  return null;
}

/** JSON that quotes a page is no page. */
const looksLikeHtml = (beginning: string) => /^\s*</.test(beginning);

/** Floor for waits that a source asks for: some say 0. */
const leastRetryMs = 1000;

/** The three forms of a date in HTTP begin with the day's name; one of them has no zone, and means GMT. */
const httpDate = /^\s*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d:\d\d/i;

/** `Retry-After` (seconds, or a date) → milliseconds, never under a second; null where it says nothing. */
export function retryAfterMs(value: string | null, now = Date.now()): number | null {
  if (value === null) return null;
  const milliseconds = /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) * 1000 : dateIn(value) - now;
  return Number.isFinite(milliseconds) ? Math.max(leastRetryMs, milliseconds) : null;
}

/** `Date.parse` alone makes a date of almost anything with a number in it: `-5` would be the first of May 2001. */
function dateIn(value: string): number {
  if (!httpDate.test(value)) return Number.NaN;
  return Date.parse(/(?:gmt|utc|[+-]\d{4})\s*$/i.test(value) ? value : `${value} GMT`);
}

/** The query service of Wikidata says it in its page alone. */
function secondsInText(body: string): number | null {
  const [, seconds] = /retry in (\d{1,6}) seconds/i.exec(body.slice(0, searched)) ?? [];
  return seconds === undefined ? null : Math.max(leastRetryMs, Number(seconds) * 1000);
}
