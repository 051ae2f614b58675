import { describe, expect, it } from 'vitest';
import { actionRequest } from './mediawiki-request.ts';

describe('a request to the action API', () => {
  it('asks in format version 2', () => {
    const { url, method, headers } = actionRequest('https://en.wikipedia.org', { action: 'query', titles: 'A & B|C' });
    expect(url).toBe('https://en.wikipedia.org/w/api.php?action=query&titles=A+%26+B%7CC&format=json&formatversion=2');
    expect(method).toBeUndefined();
    expect(headers).toEqual({ Accept: 'application/json' });
  });

  it('is sent as a form when it would be too long an address', () => {
    const titles = 'ゴジラ'.repeat(200);
    const { url, method, headers, body } = actionRequest('https://ja.wikipedia.org', { action: 'query', titles });
    expect({ url, method }).toEqual({ url: 'https://ja.wikipedia.org/w/api.php', method: 'POST' });
    expect(headers).toMatchObject({ 'Content-Type': 'application/x-www-form-urlencoded' });
    expect(new URLSearchParams(body).get('titles')).toBe(titles);
  });
});
