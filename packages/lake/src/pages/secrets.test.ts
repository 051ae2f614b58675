import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exchange } from '../../test/exchanges.ts';
import type { Header, PageExchange } from './exchange.ts';
import { cleanUrl, withoutSecrets } from './secrets.ts';

/** Everything of an exchange that is written down. */
const written = ({ url, requestHeaders, requestBody, responseHeaders, body }: PageExchange): string =>
  [url, JSON.stringify([requestHeaders, responseHeaders]), Buffer.from(requestBody ?? []), Buffer.from(body)].join(
    '\n',
  );

const recased = (names: string[]) =>
  fc
    .tuple(fc.constantFrom(...names), fc.infiniteStream(fc.boolean()))
    .map(([name, isUpper]) =>
      [...name].map((letter) => (isUpper.next().value ? letter.toUpperCase() : letter)).join(''),
    );

const secretHeader = recased([
  'cookie',
  'set-cookie',
  'set-cookie2',
  'authorization',
  'proxy-authorization',
  'proxy-authenticate',
  'proxy-connection',
  'x-api-key',
  'x-auth-token',
  'x-csrf-token',
  'x-amz-security-token',
]);

const secretParameter = recased([
  'token',
  'access_token',
  'id_token',
  'refresh-token',
  'api_key',
  'apikey',
  'key',
  'auth',
  'sig',
  'signature',
  'X-Amz-Signature',
  'X-Amz-Credential',
  'client_secret',
  'password',
  'session',
  'sid',
  'JSESSIONID',
  'user[token]',
  '%74oken',
]);

/** Each is unlike anything else in the exchange. */
const secret = fc.stringMatching(/^[A-Za-z0-9]{20,40}$/).map((text) => `s3cr3t${text}`);

const harmless = fc.stringMatching(/^[a-z]{1,8}$/).map((name) => `q${name}`);

/** `a=1&token=…&b=2`, the secret anywhere in it. */
const fieldsWith = (value: string) =>
  fc.tuple(fc.array(fc.tuple(harmless, fc.string())), secretParameter, fc.nat()).map(([others, name, at]) => {
    const fields = others.map(([other, text]) => `${other}=${encodeURIComponent(text)}`);
    fields.splice(at % (fields.length + 1), 0, `${name}=${value}`);
    return fields.join('&');
  });

/** Ways for a secret to be in an exchange. */
const places: Record<string, (value: string) => fc.Arbitrary<Partial<PageExchange>>> = {
  'a header of the request': (value) =>
    secretHeader.map((name) => ({
      requestHeaders: [
        ['Accept', '*/*'],
        [name, `session=${value}`],
      ],
    })),
  'a header of the answer': (value) =>
    secretHeader.map((name) => ({
      responseHeaders: [
        [name, `session=${value}; Path=/; Secure`],
        ['Vary', 'Accept'],
      ],
    })),
  'the address': (value) => fieldsWith(value).map((fields) => ({ url: `https://films.example/find?${fields}` })),
  'an address in the address': (value) =>
    fieldsWith(value).map((fields) => ({
      url: `https://films.example/go?to=${encodeURIComponent(`https://other.example/?${fields}`)}`,
    })),
  'a name and password': (value) => fc.constant({ url: `https://ann:${value}@films.example/` }),
  'a fragment': (value) => fc.constant({ url: `https://films.example/#access_token=${value}` }),
  'where an answer leads to': (value) =>
    fc
      .tuple(fieldsWith(value), fc.constantFrom('Location', 'content-location', 'Refresh', 'Link'))
      .map(([fields, name]) => ({
        status: 302,
        responseHeaders: [[name, name === 'Refresh' ? `0; url=/x?${fields}` : `<https://films.example/x?${fields}>`]],
      })),
  'where a request came from': (value) =>
    fieldsWith(value).map((fields) => ({ requestHeaders: [['Referer', `https://films.example/?${fields}`]] })),
  'a form': (value) =>
    fieldsWith(value).map((fields) => ({
      method: 'POST',
      requestHeaders: [['content-type', 'application/x-www-form-urlencoded']],
      requestBody: Buffer.from(fields),
    })),
  'JSON that was sent': (value) =>
    secretParameter.map((name) => ({
      method: 'POST',
      requestHeaders: [['Content-Type', 'application/json; charset=utf-8']],
      requestBody: Buffer.from(JSON.stringify({ query: '{ a }', variables: [{ [name]: { deep: value } }] })),
    })),
};

describe('what is kept of a page', () => {
  it.each(Object.entries(places))('has nothing of a secret in %s, nor of its echo in the page', (_, place) => {
    fc.assert(
      fc.property(
        secret.chain((value) => fc.tuple(fc.constant(value), place(value))),
        fc.boolean(),
        ([value, given], isEchoed) => {
          // Deep in JSON only its name says what it is, so its echo cannot be known.
          const body = Buffer.from(isEchoed && given.requestBody === undefined ? `{"a":"${value}"}` : '{"a":1}');
          const before = exchange({ ...given, body });
          expect(written(before)).toContain(value);
          const after = withoutSecrets(before);
          expect(written(after)).not.toContain(value);
          expect(after.body.length).toBe(body.length);
          expect(before.body).toBe(body);
        },
      ),
    );
  });

  it('has everything else as it was', () => {
    const headers: Header[] = [
      ['Accept', 'text/html;q=0.9'],
      ['ETag', '"abc=="'],
      ['Link', '<https://films.example/?page=2>; rel="next"'],
      ['Content-Security-Policy', "default-src 'self'; report-uri /csp?v=1"],
    ];
    const before = exchange({
      url: 'https://films.example/find?q=a+b%20c&year=2020&empty=&flag&ref_=nv_sr_sm',
      method: 'POST',
      requestHeaders: [...headers, ['Content-Type', 'application/graphql+json']],
      requestBody: Buffer.from('{ "query": "{ a }",  "variables": {} }'),
      responseHeaders: headers,
      body: Buffer.from([0, 255, 1, 128]),
    });
    expect(withoutSecrets(before)).toEqual(before);
  });

  it('has none of the cookies that a server prints into its page, in as many letters', () => {
    const { body } = withoutSecrets(
      exchange({
        responseHeaders: [['Set-Cookie', 'session-id=132-9876543-1234567; Domain=.films.example']],
        requestHeaders: [['Cookie', 'lang=en; ubid=a1b2c3d4e5f6g7']],
        body: Buffer.from('{"cookies":["132-9876543-1234567","a1b2c3d4e5f6g7"],"lang":"en"}'),
      }),
    );
    expect(Buffer.from(body).toString()).toBe('{"cookies":["xxxxxxxxxxxxxxxxxxx","xxxxxxxxxxxxxx"],"lang":"en"}');
  });

  it('is refused where a body was sent that nobody can look through', () => {
    for (const type of ['application/octet-stream', 'multipart/form-data; boundary=x', 'application/json'])
      expect(() =>
        withoutSecrets(
          exchange({ method: 'POST', requestHeaders: [['Content-Type', type]], requestBody: Buffer.from('token=1') }),
        ),
      ).toThrow(expect.objectContaining({ code: 'PAGE_INVALID' }));
  });
});

it('addresses are cleaned alike however often', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      expect(cleanUrl(cleanUrl(url))).toBe(cleanUrl(url));
    }),
  );
});
