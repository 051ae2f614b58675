import { generateKeyPairSync, sign } from 'node:crypto';
import dns from 'node:dns';
import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type LookupFunction, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Behave, html, type LocalSite, startSite } from '../../test/local-site.ts';
import { TransportError } from './errors.ts';
import { createHttp, type Http, type HttpOptions, type HttpRequest } from './http.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const close of closing.splice(0).reverse()) await close();
});

function open(options: Partial<HttpOptions> = {}): Http {
  const http = createHttp({ mayAsk: () => true, timeoutMs: 10_000, maxBytes: 100_000, ...options });
  closing.push(() => http.close());
  return http;
}

async function siteOf(behave: Behave, address?: string): Promise<LocalSite> {
  const site = await startSite(behave, address);
  closing.push(() => site.close());
  return site;
}

const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  url,
  method: 'GET',
  headers: {},
  ...more,
});

/** Why nothing came. */
async function failure(answer: Promise<unknown>): Promise<TransportError> {
  const error = await answer.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TransportError)) throw new Error(`No transport error, but ${String(error)}`);
  return error;
}

const refused = async (answer: Promise<unknown>) => (await failure(answer)).code;

describe('an answer', () => {
  it('comes whole, with what was asked for and whom it came from', async () => {
    const site = await siteOf((response) => html(response, 'Grüße', 418, { 'x-made-up': 'a, b' }));
    const before = Date.now();
    const exchange = await open().send(
      get(`${site.origin}/page?a=b`, { method: 'POST', headers: { 'x-own': 'c' }, body: 'ö=1' }),
    );
    expect(site.requests).toMatchObject([
      { method: 'POST', path: '/page?a=b', body: 'ö=1', headers: { 'x-own': 'c', host: site.host } },
    ]);
    expect(exchange).toMatchObject({
      url: `${site.origin}/page?a=b`,
      method: 'POST',
      requestHeaders: [['x-own', 'c']],
      status: 418,
      peer: '127.0.0.1',
    });
    expect(Buffer.from(exchange.body).toString()).toBe('Grüße');
    expect(Buffer.from(exchange.requestBody ?? []).toString()).toBe('ö=1');
    expect(exchange.responseHeaders).toContainEqual(['x-made-up', 'a, b']);
    expect(exchange.fetchedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(exchange.elapsed).toBeGreaterThan(0);
  });

  it('may be a redirect, which nobody follows', async () => {
    const site = await siteOf((response) => html(response, '', 302, { location: '/elsewhere' }));
    expect(await open().send(get(`${site.origin}/`))).toMatchObject({ status: 302 });
    expect(site.paths()).toEqual(['/']);
  });

  it('is unpacked', async () => {
    const site = await siteOf((response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
      response.end(gzipSync('<p>packed</p>'));
    });
    const { body } = await open().send(get(`${site.origin}/`));
    expect(Buffer.from(body).toString()).toBe('<p>packed</p>');
  });

  it.skipIf(!Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1')))(
    'comes from IPv6 as well',
    async () => {
      const site = await siteOf((response) => html(response, 'six'), '::1');
      expect(await open().send(get(`${site.origin}/`))).toMatchObject({ status: 200, peer: '::1' });
    },
  );
});

describe('an address', () => {
  it.each([
    'ftp://www.example.org/',
    'file:///etc/passwd',
    'data:text/html,hello',
    'javascript:alert(1)',
    'ws://127.0.0.1:1/',
    'http://www.example.org/',
    'http://93.184.215.14/',
    'http://10.0.0.1/',
    'http://localhost.example.org/',
    'http://0.0.0.0/',
    'http://[::]/',
    '//www.example.org/',
    '/page',
    'no address',
    '',
    'https://',
    'https://somebody@www.example.org/',
    'https://somebody:secret@www.example.org/',
    'http://somebody:secret@127.0.0.1:1/',
  ])('%s is refused before anybody is asked, though every origin may be', async (url) => {
    const lookup = vi.spyOn(dns, 'lookup');
    const { code, retryable, message } = await failure(open().send(get(url)));
    expect({ code, retryable }).toEqual({ code: 'ADDRESS_REFUSED', retryable: false });
    expect(message).not.toContain('secret');
    expect(lookup).not.toHaveBeenCalled();
  });

  it.each([
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    // Other ways to write 10.0.0.1 and 169.254.169.254.
    '0x0a000001',
    '167772161',
    '012.0.0.1',
    '10.1',
    '2852039166',
    '[fd00::1]',
    '[fe80::1]',
    '[::]',
    '[::ffff:10.0.0.1]',
    '[::ffff:a00:1]',
    '[::7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
  ])('that is the literal https://%s is refused', async (host) => {
    expect(await refused(open({ timeoutMs: 2000 }).send(get(`https://${host}/`)))).toBe('ADDRESS_REFUSED');
  });

  it('is asked only where the origin is listed: another host, port or protocol is another origin', async () => {
    const site = await siteOf((response) => html(response, 'listed'));
    const other = await siteOf((response) => html(response, 'not listed'));
    const asked: string[] = [];
    const http = open({
      mayAsk: (origin) => {
        asked.push(origin);
        return origin === site.origin;
      },
    });
    expect(await http.send(get(`${site.origin}/`))).toMatchObject({ status: 200 });
    const elsewhere = [`${other.origin}/`, site.origin.replace('127.0.0.1', 'localhost'), `https://${site.host}/`];
    for (const url of elsewhere) expect([url, await refused(http.send(get(url)))]).toEqual([url, 'ADDRESS_REFUSED']);
    expect(asked).toEqual([site.origin, ...elsewhere.map((url) => new URL(url).origin)]);
    expect(other.requests).toEqual([]);
    expect(site.requests).toHaveLength(1);
  });
});

describe('a name', () => {
  /** Has every name lead to these addresses, one look-up after the other; the last for all that follow. */
  function leadTo(...addresses: string[]): string[] {
    const looked: string[] = [];
    const lookup: LookupFunction = (name, { all }, callback) => {
      const address = addresses[Math.min(looked.length, addresses.length - 1)] ?? '';
      looked.push(name);
      const family = address.includes(':') ? 6 : 4;
      if (all === true) callback(null, [{ address, family }]);
      else callback(null, address, family);
    };
    vi.spyOn(dns, 'lookup').mockImplementation(lookup as never);
    return looked;
  }

  /** A server with a certificate of its own, that is taken for good here. */
  async function startTls(): Promise<{ port: number; asked: string[] }> {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const asked: string[] = [];
    const server = createTlsServer(selfSigned(), (request, response) => {
      asked.push(request.url ?? '');
      response.end('secret of this machine');
    });
    server.on('tlsClientError', () => {});
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    return { port: (server.address() as AddressInfo).port, asked };
  }

  it('that leads to this machine is refused when the connection is there, and nothing is asked', async () => {
    const { port, asked } = await startTls();
    const looked = leadTo('127.0.0.1');
    const error = await failure(open().send(get(`https://made-up.example:${port}/secret`)));
    expect(error.code).toBe('ADDRESS_REFUSED');
    expect(error.message).toContain('127.0.0.1');
    expect(looked).toEqual(['made-up.example']);
    expect(asked).toEqual([]);
  });

  it('is believed by no look-up: what the connection leads to counts', async () => {
    const { port, asked } = await startTls();
    const looked = leadTo('93.184.215.14', '127.0.0.1');
    // Whoever looks first, to check, hears of a public address.
    await new Promise((resolve) => dns.lookup('made-up.example', { all: true }, resolve));
    const http = open();
    expect(await refused(http.send(get(`https://made-up.example:${port}/secret`)))).toBe('ADDRESS_REFUSED');
    // And so each time anew.
    expect(await refused(http.send(get(`https://made-up.example:${port}/secret`)))).toBe('ADDRESS_REFUSED');
    expect(looked).toHaveLength(3);
    expect(asked).toEqual([]);
  });

  it('that is no public one leads to this machine where the configuration says so, over TLS too', async () => {
    const { port, asked } = await startTls();
    leadTo('127.0.0.1');
    expect(await open().send(get(`https://localhost:${port}/own`))).toMatchObject({ status: 200, peer: '127.0.0.1' });
    expect(asked).toEqual(['/own']);
  });

  const outward = Object.values(networkInterfaces())
    .flatMap((all) => all ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

  it.skipIf(outward === undefined)('of this machine that leads to another is refused', async () => {
    const site = await siteOf((response) => html(response, 'another'), outward);
    leadTo(outward ?? '');
    const url = `http://localhost:${new URL(site.origin).port}/`;
    expect(await refused(open().send(get(url)))).toBe('ADDRESS_REFUSED');
    expect(site.requests).toEqual([]);
  });

  it('that nobody knows is a connection that can be tried again', async () => {
    vi.spyOn(dns, 'lookup').mockImplementation(((_name: string, _options: object, callback: (error: Error) => void) =>
      callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }))) as never);
    const { code, retryable } = await failure(open().send(get('https://made-up.example/')));
    expect({ code, retryable }).toEqual({ code: 'CONNECTION', retryable: true });
  });
});

describe('the size of an answer', () => {
  const maxBytes = 50_000;
  /** Whether the connection was cut before all was sent. */
  let isCut: Promise<boolean>;

  async function asked(behave: Behave, most?: number): Promise<number | string> {
    const site = await siteOf((response, request) => {
      isCut = once(response, 'close').then(() => !response.writableFinished);
      return behave(response, request);
    });
    const http = open({ maxBytes });
    return http.send(get(`${site.origin}/`, most === undefined ? {} : { maxBytes: most })).then(
      ({ body }) => body.length,
      (error: TransportError) => error.code,
    );
  }

  it('may be all that is allowed, and not a byte more', async () => {
    expect(await asked((response) => html(response, 'x'.repeat(maxBytes)))).toBe(maxBytes);
    expect(await asked((response) => html(response, 'x'.repeat(maxBytes + 1)))).toBe('TOO_LARGE');
    // A page may have a limit of its own.
    expect(await asked((response) => html(response, 'x'.repeat(maxBytes + 1)), maxBytes + 1)).toBe(maxBytes + 1);
    expect(await asked((response) => html(response, 'x'.repeat(11)), 10)).toBe('TOO_LARGE');
  });

  it('ends an answer that does not end, whether it says so before or not', async () => {
    for (const headers of [{}, { 'content-length': String(1e12) }]) {
      const endless: Behave = (response) => {
        response.writeHead(200, { 'content-type': 'text/html', ...headers });
        const chunk = Buffer.alloc(16_384, 'x');
        const more = () => {
          while (!response.destroyed && response.write(chunk));
        };
        response.on('drain', more);
        more();
      };
      expect(await asked(endless)).toBe('TOO_LARGE');
      expect(await isCut).toBe(true);
    }
  });

  it.each([
    ['once', 'gzip', (bytes: Buffer) => gzipSync(bytes)],
    ['twice', 'gzip, gzip', (bytes: Buffer) => gzipSync(gzipSync(bytes))],
  ])('is that of the unpacked answer, packed %s', async (_times, encoding, pack) => {
    const bomb = pack(Buffer.alloc(50 * 1024 ** 2));
    expect(bomb.length).toBeLessThan(60_000);
    const packed: Behave = (response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding });
      response.end(bomb);
    };
    expect(await asked(packed)).toBe('TOO_LARGE');
  });
});

describe('an answer that breaks off', () => {
  const broken: Record<string, Behave> = {
    'before its head': (response) => void response.destroy(),
    'before as much came as it said': (response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '1000' });
      response.write('half a page');
      setTimeout(() => response.destroy(), 20);
    },
    'before its last chunk': (response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      response.write('half a page');
      setTimeout(() => response.destroy(), 20);
    },
    'in the middle of what is packed': (response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
      const packed = gzipSync(Buffer.from(Array.from({ length: 20_000 }, (_, place) => (place * 7919) % 251)));
      response.write(packed.subarray(0, packed.length / 2));
      setTimeout(() => response.destroy(), 20);
    },
    'where it is said to be packed and is not': (response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' });
      response.end('<p>not packed at all</p>');
    },
    'with a head that does not end': (response) => {
      response.writeHead(200, { 'x-long': 'x'.repeat(100_000) });
      response.end('page');
    },
  };

  it.each(Object.entries(broken))('%s is none', async (_when, behave) => {
    const site = await siteOf(behave);
    const { code, retryable, message } = await failure(open().send(get(`${site.origin}/`)));
    expect({ code, retryable }).toEqual({ code: 'CONNECTION', retryable: true });
    expect(message).toContain(site.origin);
  });

  it('is none where nobody speaks HTTP, or nobody is there', async () => {
    const server = createTcpServer((socket) => socket.resume().end('220 smtp.example ESMTP\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect(await refused(open().send(get(`http://127.0.0.1:${port}/`)))).toBe('CONNECTION');
    await new Promise((resolve) => server.close(resolve));
    expect(await refused(open().send(get(`http://127.0.0.1:${port}/`)))).toBe('CONNECTION');
  });

  it('does not spoil the next', async () => {
    const site = await siteOf((response, { path }) => {
      if (path === '/bad') response.destroy();
      else html(response, 'good');
    });
    const http = open();
    expect(await refused(http.send(get(`${site.origin}/bad`)))).toBe('CONNECTION');
    expect(await http.send(get(`${site.origin}/good`))).toMatchObject({ status: 200 });
  });
});

describe('the time of an answer', () => {
  const timeoutMs = 300;

  it.each<[string, Behave]>([
    ['no head', () => {}],
    [
      'no body',
      (response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        response.write('half a page');
      },
    ],
    [
      'a drop now and then',
      (response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        const dripping = setInterval(() => response.write('.'), 20);
        response.on('close', () => clearInterval(dripping));
      },
    ],
  ])('is over where there is %s', async (_what, behave) => {
    const site = await siteOf(behave);
    const { code, retryable, message } = await failure(open({ timeoutMs }).send(get(`${site.origin}/`)));
    expect({ code, retryable }).toEqual({ code: 'TIMEOUT', retryable: true });
    expect(message).toBe(`${site.origin} did not answer within 0.3 s`);
  });

  it('is over where a connection is taken and nothing said', async () => {
    const sockets: Socket[] = [];
    const server = createTcpServer((socket) => void sockets.push(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    });
    const { port } = server.address() as AddressInfo;
    // TLS would have to begin.
    expect(await refused(open({ timeoutMs }).send(get(`https://localhost:${port}/`)))).toBe('TIMEOUT');
  });
});

describe('a signal', () => {
  let site: LocalSite;
  let arrived: Promise<void>;
  beforeEach(async () => {
    let tell = () => {};
    arrived = new Promise((resolve) => {
      tell = resolve;
    });
    site = await siteOf((response, { path }) => {
      if (path === '/body') {
        response.writeHead(200, { 'content-type': 'text/html' });
        response.write('half a page');
      }
      tell();
    });
  });

  const why = { why: 'the test says so' };

  it('ends what waits for a head or a body, with its own reason', async () => {
    for (const path of ['/head', '/body']) {
      const stopping = new AbortController();
      const answer = open().send(get(`${site.origin}${path}`), stopping.signal);
      await arrived;
      stopping.abort(why);
      await expect(answer).rejects.toBe(why);
    }
  });

  it('that has ended asks nobody', async () => {
    await expect(open().send(get(`${site.origin}/head`), AbortSignal.abort(why))).rejects.toBe(why);
    expect(site.requests).toEqual([]);
  });

  it('says nothing of an address that is refused anyway', async () => {
    expect(await refused(open().send(get('http://www.example.org/'), AbortSignal.abort(why)))).toBe('ADDRESS_REFUSED');
  });
});

it('answers nobody when it is closed', async () => {
  const site = await siteOf((response) => html(response, 'page'));
  const http = open();
  await http.send(get(`${site.origin}/`));
  await http.close();
  expect(await refused(http.send(get(`${site.origin}/`)))).toBe('CONNECTION');
  expect(site.requests).toHaveLength(1);
});

/** A key and a certificate that nobody vouches for, of `made-up.example`: DER by hand, since Node writes none. */
function selfSigned(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
    const content = Buffer.concat(parts);
    const { length } = content;
    const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
    return Buffer.concat([Buffer.from([tag, ...size]), content]);
  };
  const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
  const integer = (value: number) => der(0x02, Buffer.from([value]));
  const text = (tag: number, value: string) => der(tag, Buffer.from(value));
  const ecdsaWithSha256 = sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
  const commonName = der(0x06, Buffer.from('550403', 'hex'));
  const name = sequence(der(0x31, sequence(commonName, text(0x0c, 'made-up.example'))));
  const body = sequence(
    der(0xa0, integer(2)),
    integer(1),
    ecdsaWithSha256,
    name,
    sequence(text(0x17, '200101000000Z'), text(0x17, '491231235959Z')),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, privateKey));
  const pem = sequence(body, ecdsaWithSha256, signature).toString('base64').replace(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    cert: `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`,
  };
}
