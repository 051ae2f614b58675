import { describe, expect, it } from 'vitest';
import { type Answer, UnknownLayoutError } from '../page.ts';
import { jsonObject, mediawikiError, readAction } from './mediawiki-error.ts';

const answer = (body: unknown, headers: Answer['headers'] = {}): Answer => ({
  url: 'https://en.wikipedia.org/w/api.php',
  status: 200,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const failed = (code: string, headers: Answer['headers'] = {}) =>
  mediawikiError({ error: { code, info: 'made up' } }, headers);

describe('errors of the action API that come with status 200', () => {
  it('say of a lagging server that it is unavailable for five seconds and more', () => {
    expect(failed('maxlag')).toEqual({ status: 'UNAVAILABLE', reason: 'maxlag: made up', retryAfterMs: 5_000 });
    expect(failed('maxlag', { 'retry-after': '0' })).toMatchObject({ retryAfterMs: 5_000 });
    expect(failed('maxlag', { 'retry-after': '30' })).toMatchObject({ retryAfterMs: 30_000 });
  });

  it.each([
    'readonly',
    'internal_api_error_DBQueryError',
    'internal_api_error',
    'cirrussearch-too-busy-error',
    'timeout',
  ])('%s is a server that cannot answer now', (code) => {
    expect(failed(code)).toMatchObject({ status: 'UNAVAILABLE' });
  });

  it.each([
    'ratelimited',
    'blocked',
    'autoblocked',
    'globalblocking-blockedtext-range',
    'permissiondenied',
    'readapidenied',
  ])('%s is a refusal', (code) => {
    expect(failed(code)).toMatchObject({ status: 'BLOCKED', reason: `${code}: made up` });
  });

  it('hand on for how long a refusal says that it holds', () => {
    expect(failed('ratelimited', { 'retry-after': '7' })).toMatchObject({ retryAfterMs: 7_000 });
    expect(failed('ratelimited', { 'retry-after': 'Mon, 30 Nov 2026 10:00:00 GMT' })).not.toHaveProperty(
      'retryAfterMs',
    );
  });

  it('say of a missing title that it is not there', () => {
    expect(failed('missingtitle')).toEqual({ status: 'NOT_FOUND' });
  });

  it('are not guessed at where their code is another, or none', () => {
    expect(() => failed('badvalue')).toThrow(/badvalue: made up/);
    expect(() => mediawikiError({ error: 'broken' }, {})).toThrow(UnknownLayoutError);
    expect(() => mediawikiError({ errors: [] }, {})).toThrow(UnknownLayoutError);
  });

  it('are known in the other format, too', () => {
    expect(mediawikiError({ errors: [{ code: 'maxlag', text: 'made up' }] }, {})).toMatchObject({
      status: 'UNAVAILABLE',
      reason: 'maxlag: made up',
    });
  });

  it('count for every key of a request', () => {
    const readings = readAction(answer({ error: { code: 'maxlag' } }), ['a', 'b'], () => new Map());
    expect([...readings.keys()]).toEqual(['a', 'b']);
  });
});

describe('what is no whole JSON object', () => {
  it.each(['', '{"batchcomplete":true,"query":{"pag', '<html></html>', '[]', 'null', '"text"'])(
    'throws: %s',
    (body) => {
      expect(() => readAction(answer(body), ['a'], () => new Map())).toThrow(UnknownLayoutError);
    },
  );

  it('is null to who only looks, lists too', () => {
    expect(jsonObject('[{"a":1}]')).toBeNull();
    expect(jsonObject(' {"a":1}')).toEqual({ a: 1 });
  });
});
