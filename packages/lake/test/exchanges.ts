import type { PageExchange } from '../src/pages/exchange.ts';

/** An answer as a source might give it. */
export function exchange(given: Partial<PageExchange> = {}): PageExchange {
  const key = given.key ?? 'tt0000001';
  return {
    source: 'films',
    kind: 'title',
    key,
    url: given.url ?? `https://films.example/title/${encodeURIComponent(key)}/`,
    method: 'GET',
    requestHeaders: [['Accept', 'text/html']],
    status: 200,
    responseHeaders: [['Content-Type', 'text/html; charset=utf-8']],
    body: Buffer.from(`<title>${key}</title>`),
    fetchedAt: new Date('2026-11-28T10:00:00.250Z'),
    ...given,
  };
}
