import { type Header, PageError, type PageExchange } from './exchange.ts';

/** What stands where a secret stood. */
export const removed = 'REMOVED';

/** Names of headers, parameters and JSON properties that are secrets, without regard to case and signs. */
const secretNames = new Set([
  'auth',
  'authorization',
  'authenticationinfo',
  'authurl',
  'cookie',
  'cookie2',
  'credential',
  'credentials',
  'key',
  'jwt',
  'passwd',
  'pwd',
  'session',
  'setcookie',
  'setcookie2',
  'sid',
  'sig',
]);

/** `X-Amz-Security-Token`, `csrf_token`, `JSESSIONID`: what a name ends with. A token of a next page is lost with them. */
const secretEnding =
  /(token|secret|password|passphrase|apikey|accesskey|signature|credential|sessionid|authorization|cookie|privatekey)$/;

/** Whether what has this name must not be kept. */
export function isSecretName(name: string): boolean {
  const plain = decoded(name)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
  return secretNames.has(plain) || secretEnding.test(plain);
}

const isSecretHeader = (name: string) => /^proxy-/i.test(name) || isSecretName(name);

/**
 * The exchange as it may be kept: without cookies, credentials and tokens, in headers, in the address, in the request's body. A
 * server that prints them into its page has them blotted out there, each letter by an `x`, so that the page keeps its length.
 * @throws {PageError} for a request's body that is neither JSON nor a form.
 */
export function withoutSecrets(exchange: PageExchange): PageExchange {
  const found = new Set<string>();
  const requestHeaders = cleanHeaders(exchange.requestHeaders, found);
  const responseHeaders = cleanHeaders(exchange.responseHeaders, found);
  const url = cleanUrl(exchange.url, found);
  const requestBody = cleanBody(exchange.requestBody, exchange.requestHeaders, found);
  // What is short is a language or a flag, and stands on any page.
  const long = [...found].filter((secret) => secret.length >= 12);
  return {
    ...exchange,
    url,
    requestHeaders: blotHeaders(requestHeaders, long),
    requestBody: requestBody && blot(requestBody, long),
    responseHeaders: blotHeaders(responseHeaders, long),
    body: blot(exchange.body, long),
  };
}

/** An address without secrets, as it is stored and looked for: no name and password, no fragment, no values of secret parameters. */
export function cleanUrl(address: string, found: Set<string> = new Set()): string {
  const url = new URL(address);
  for (const part of [url.username, url.password]) if (part !== '') found.add(decoded(part));
  url.username = '';
  url.password = '';
  // Servers never see it, but what redirects sign-ins puts tokens there.
  cleanText(url.hash, found);
  url.hash = '';
  // Piece by piece: URLSearchParams would write the harmless ones anew, too.
  if (url.search !== '') url.search = `?${cleanFields(url.search.slice(1), found)}`;
  return url.href;
}

/** `a=1&token=x` → `a=1&token=REMOVED`. A value that holds an address or fields of its own is cleaned likewise. */
function cleanFields(fields: string, found: Set<string>, depth = 0): string {
  return fields
    .split('&')
    .map((field) => {
      const at = field.indexOf('=');
      if (at < 0) return field;
      const name = field.slice(0, at);
      const value = field.slice(at + 1);
      if (isSecretName(name)) {
        remember(value, found);
        return `${name}=${removed}`;
      }
      const inner = decoded(value);
      if (depth === 4 || !inner.includes('=')) return field;
      const cleaned = cleanText(inner, found, depth + 1);
      return cleaned === inner ? field : `${name}=${encodeURIComponent(cleaned)}`;
    })
    .join('&');
}

/** Any text in which addresses or `name=value` may stand, such as `Location`, `Link`, `Refresh`. */
function cleanText(text: string, found: Set<string>, depth = 0): string {
  return text
    .replace(/(\/\/)([^/?#\s@]+)@/g, (_, slashes: string, who: string) => {
      for (const part of who.split(':')) remember(part, found);
      return slashes;
    })
    .replace(/([^\s?&#;,"'<>=]+)=("[^"]*"|[^\s?&#;,"'<>]*)/g, (whole: string, name: string, value: string) => {
      if (!isSecretName(name)) return depth === 4 ? whole : cleanFields(whole, found, depth + 1);
      remember(value.replaceAll('"', ''), found);
      return `${name}=${removed}`;
    });
}

function cleanHeaders(headers: readonly Header[], found: Set<string>): Header[] {
  const kept: Header[] = [];
  for (const [name, value] of headers) {
    if (isSecretHeader(name)) for (const secret of secretsOf(name, value)) remember(secret, found);
    else kept.push([name, cleanText(value, found)]);
  }
  return kept;
}

/** What of a header's value a page could repeat. */
function secretsOf(name: string, value: string): string[] {
  const behindName = (pair: string) => pair.slice(pair.indexOf('=') + 1).trim();
  if (/^set-cookie2?$/i.test(name)) return [behindName(value.split(';')[0] as string)];
  if (/^cookie2?$/i.test(name)) return value.split(';').map(behindName);
  // `Bearer …`, `Basic …`, `Digest username="…", response="…"`
  return [value, ...value.split(/[\s;,="]+/)];
}

function remember(secret: string, found: Set<string>): void {
  found.add(secret);
  found.add(decoded(secret));
}

function cleanBody(
  body: Uint8Array | undefined,
  headers: readonly Header[],
  found: Set<string>,
): Uint8Array | undefined {
  if (body === undefined || body.length === 0) return undefined;
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1].toLowerCase() ?? '';
  const text = new TextDecoder().decode(body);
  if (type.startsWith('application/x-www-form-urlencoded')) return Buffer.from(cleanFields(text, found));
  if (/^application\/([a-z.]+\+)?json\b/.test(type)) {
    const value = parsed(text);
    if (value !== undefined) {
      const cleaned = JSON.stringify(value, (name, inner) => {
        if (name === '' || !isSecretName(name) || inner === null) return inner;
        if (typeof inner === 'string') remember(inner, found);
        return removed;
      });
      // What has no secret stays as it was written.
      return cleaned === JSON.stringify(value) ? body : Buffer.from(cleaned);
    }
  }
  throw new PageError(
    'PAGE_INVALID',
    'The page cannot be kept: the body of its request is no JSON and no form, in which secrets could be looked for',
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function blotHeaders(headers: readonly Header[], secrets: readonly string[]): Header[] {
  return headers.map(([name, value]) => [
    name,
    secrets.reduce((text, secret) => text.replaceAll(secret, removed), value),
  ]);
}

/** The same bytes where there is nothing to blot out. */
function blot(body: Uint8Array, secrets: readonly string[]): Uint8Array {
  let bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  let isCopy = false;
  for (const secret of secrets)
    for (let at = bytes.indexOf(secret); at >= 0; at = bytes.indexOf(secret, at)) {
      if (!isCopy) bytes = Buffer.from(bytes);
      isCopy = true;
      bytes.fill('x', at, at + Buffer.byteLength(secret));
    }
  return bytes;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
