import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../scripts/corpus.ts';
import { refusalOf, retryAfterMs } from './refusal.ts';

const answer = (status: number, body = '', headers: Record<string, string> = {}) => ({ status, body, headers });
const page = (head: string, body = '') => `<!DOCTYPE html><html><head>${head}</head><body>${body}</body></html>`;

describe('an answer that turns us away', () => {
  it.each([
    ['AWS WAF, by its script', page('<script>AwsWafIntegration.getToken()</script>')],
    ['AWS WAF, by its host', page('<script src="https://a1.b2.token.awswaf.com/challenge.js"></script>')],
    ['AWS WAF, by its container', page('', '<div id="challenge-container"></div>')],
    ['Cloudflare, by its title', page('<title>Just a moment...</title>')],
    ['Cloudflare, by its title over two lines', page('<TITLE>\n  Just a moment\n</TITLE>')],
    ['Cloudflare, by its script', page('', '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script>')],
    ['Cloudflare, by its options', page('<script>window._cf_chl_opt = {}</script>')],
    ['DataDome', page('', '<script src="https://ct.captcha-delivery.com/c.js"></script>')],
    ['HUMAN', page('', '<div id="px-captcha"></div>')],
    ['Kasada', page('<script>window.KPSDK={};KPSDK.start=1</script>')],
    ['Amazon', page('<title>Robot Check</title>')],
    ['Imperva', page('', '<script src="/_Incapsula_Resource?a=b"></script>')],
  ])('is a challenge of %s, whatever its status', (_whose, body) => {
    for (const status of [200, 202, 403, 404, 405, 429, 503])
      expect(refusalOf(answer(status, body))).toMatchObject({ status: 'BLOCKED', code: 'CHALLENGE' });
  });

  it('is a challenge by its head alone', () => {
    expect(refusalOf(answer(200, '', { 'x-amzn-waf-action': 'captcha' }))).toEqual({
      status: 'BLOCKED',
      code: 'CHALLENGE',
      reason: 'a challenge (AWS WAF: captcha)',
    });
    expect(refusalOf(answer(200, '{}', { 'cf-mitigated': 'challenge' }))).toMatchObject({ code: 'CHALLENGE' });
    expect(refusalOf(answer(202))).toMatchObject({ code: 'CHALLENGE' });
    expect(refusalOf(answer(202, '{"accepted":true}'))).toMatchObject({ code: 'CHALLENGE' });
  });

  it.each([401, 403, 405, 407, 451])('is a refusal with %i', (status) => {
    expect(refusalOf(answer(status, 'no'))).toEqual({
      status: 'BLOCKED',
      code: 'REFUSED',
      reason: `a refusal (${status})`,
    });
  });

  it('is a refusal by its title, whatever its status', () => {
    for (const title of [
      'Access Denied',
      '403 Forbidden',
      'Attention Required! | Cloudflare',
      'Access denied | www.made-up.example used Cloudflare to restrict access',
    ])
      for (const status of [200, 404, 503])
        expect(refusalOf(answer(status, page(`<title>${title}</title>`)))).toMatchObject({ code: 'REFUSED' });
  });

  it('is a refusal in Wikimedia’s words, which are no page', () => {
    const words = 'Please set a user-agent and respect our robot policy https://w.wiki/4wJS.';
    expect(refusalOf(answer(200, words))).toMatchObject({ code: 'REFUSED' });
    expect(refusalOf(answer(200, `{"extract":"They respect our robot policy"}`))).toBeNull();
    const error = page('<title>Wikimedia Error</title>', '<h1>Error</h1><p>Error: 429, too many requests</p>');
    expect(refusalOf(answer(200, error))).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });

  it('says that there were too many requests', () => {
    expect(refusalOf(answer(429))).toEqual({
      status: 'BLOCKED',
      code: 'TOO_MANY_REQUESTS',
      reason: 'too many requests (429)',
    });
    for (const body of [
      page('<title>429 Too Many Requests</title>', '<h1>429 Too Many Requests</h1>'),
      page('<title>Error 429 Too Many Requests - Please wait.</title>'),
      page('', '<h2>HTTP ERROR 429</h2>'),
    ])
      expect(refusalOf(answer(200, body))).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
  });

  it('says when to come again, in its head or in its text alone', () => {
    const body = page('<title>Error 429 Too Many Requests - Please retry in 9 seconds.</title>');
    expect(refusalOf(answer(429, body))).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterMs: 9000 });
    expect(refusalOf(answer(429, body, { 'retry-after': '30' }))).toMatchObject({ retryAfterMs: 30_000 });
    expect(refusalOf(answer(429, 'retry in 0 seconds'))).toMatchObject({ retryAfterMs: 1000 });
    expect(refusalOf(answer(403, '', { 'retry-after': '60' }))).toMatchObject({
      code: 'REFUSED',
      retryAfterMs: 60_000,
    });
    expect(refusalOf(answer(429, 'retry in 99999999 seconds'))).not.toHaveProperty('retryAfterMs');
    expect(refusalOf(answer(429, `${' '.repeat(20_000)}retry in 9 seconds`))).not.toHaveProperty('retryAfterMs');
  });
});

describe('an answer that does not', () => {
  it.each([200, 203, 204, 206, 301, 304, 400, 404, 408, 410, 418, 425, 500, 502, 503])(
    'may have status %i',
    (status) => {
      expect(refusalOf(answer(status, page('<title>A film</title>'), { 'retry-after': '5' }))).toBeNull();
    },
  );

  it('may be JSON that quotes a challenge page', () => {
    const quoted = page('<title>Just a moment...</title>', '<div id="challenge-container">AwsWafIntegration</div>');
    expect(refusalOf(answer(200, JSON.stringify({ extract: quoted })))).toBeNull();
    expect(refusalOf(answer(200, `"${quoted}"`))).toBeNull();
    expect(refusalOf(answer(200, `Text first, then ${quoted}`))).toBeNull();
    // But not where the status says it.
    expect(refusalOf(answer(403, JSON.stringify({ extract: quoted })))).toMatchObject({ code: 'REFUSED' });
  });

  it('may quote one far down', () => {
    expect(refusalOf(answer(200, page('', `${'<p>text</p>'.repeat(2000)}AwsWafIntegration`)))).toBeNull();
  });

  it.each([
    'Access Denied (2019) - IMDb',
    'Access Denied | Rotten Tomatoes',
    'Just a Moment (2021) - IMDb',
    'Just a Moment | Rotten Tomatoes',
    'Just a moment… of Peace | Netflix',
    '403 Forbidden (2015) - IMDb',
    'Attention Required! | Rotten Tomatoes',
    'Error 429 (2020) - IMDb',
    '429 Too Many Requests (2023) - IMDb',
  ])('may be the page of a film with such a name: %s', (title) => {
    const body = page(`<title>${title}</title>`, '<p>A programmer asks 429 Too Many Requests of her friends.</p>');
    expect(refusalOf(answer(200, body))).toBeNull();
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-30T12:00:00Z');

  it.each([
    ['120', 120_000],
    [' 7 ', 7000],
    ['1.5', 1500],
    // Never under a second.
    ['0', 1000],
    ['0.2', 1000],
    ['Mon, 30 Nov 2026 12:02:00 GMT', 120_000],
    ['Monday, 30-Nov-26 12:02:00 GMT', 120_000],
    ['Mon Nov 30 12:02:00 2026', 120_000],
    ['mon, 30 nov 2026 12:02:00 gmt', 120_000],
    ['Mon, 30 Nov 2026 13:02:00 +0100', 120_000],
    // It is over.
    ['Mon, 30 Nov 2026 12:00:00 GMT', 1000],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 1000],
  ])('%j is %i ms', (value, expected) => expect(retryAfterMs(value, now)).toBe(expected));

  it.each([
    null,
    '',
    ' ',
    'soon',
    '-5',
    '+5',
    '1e3',
    '0x10',
    '5 apples',
    'in 5',
    'try again at 5',
    '120 seconds',
    '60, 60',
    'Infinity',
    'NaN',
    '9'.repeat(400),
    '2026-11-30',
    'Mon',
    'Monday morning 5',
    'Mon, 99 Xyz 2026 12:02:00 GMT',
  ])('%j says nothing', (value) => expect(retryAfterMs(value, now)).toBeNull());
});

const pages = join(corpus ?? '', 'pages');
describe.skipIf(corpus === null)('captured answers', () => {
  const expected = corpus === null ? {} : JSON.parse(readFileSync(join(pages, 'expected.json'), 'utf8'));
  const files = ((expected.files ?? []) as { file: string }[]).map(({ file }) => file);

  it('turn us away where they are refusals, and nowhere else', () => {
    expect(files.length).toBeGreaterThan(50);
    const refusing = files.filter((file) => refusalOf(answer(200, readFileSync(join(pages, file), 'utf8'))) !== null);
    expect(refusing).toEqual(files.filter((file) => /429|challenge|denied|forbidden/i.test(file)));
    const [wait] = refusing.map((file) => refusalOf(answer(429, readFileSync(join(pages, file), 'utf8'))));
    expect(wait).toMatchObject({ code: 'TOO_MANY_REQUESTS', retryAfterMs: 9000 });
  });
});
