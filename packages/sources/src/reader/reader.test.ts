import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Behave, html, type LocalSite, startSite } from '../../test/local-site.ts';
import { madeUpPage, type ReaderOfTest, type ReaderOfTestOptions, readerOf } from '../../test/reader-of-test.ts';
import { found, type Page, UnknownLayoutError } from '../page.ts';
import { userAgent } from './reader.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const close of closing.splice(0).reverse()) await close();
});

async function siteOf(behave: Behave): Promise<LocalSite> {
  const site = await startSite(behave);
  closing.push(() => site.close());
  return site;
}

function open(site: LocalSite | readonly LocalSite[], options: ReaderOfTestOptions = {}): ReaderOfTest {
  const own = readerOf(Array.isArray(site) ? site : [site as LocalSite], options);
  closing.push(() => own.reader.close());
  return own;
}

const page = madeUpPage();

describe('a page', () => {
  it('is found, with when it came and what to ask with the next time', async () => {
    const site = await siteOf((response) =>
      html(response, 'facts', 200, { etag: '"1"', 'last-modified': 'yesterday' }),
    );
    const before = Date.now();
    const { readings, fetchedAt, ...rest } = await open(site).reader.read(page, ['one']);
    expect(readings).toEqual(new Map([['one', found('facts')]]));
    expect(fetchedAt?.getTime()).toBeGreaterThanOrEqual(before);
    expect(rest).toEqual({ code: null, retryAt: null, validators: { etag: '"1"', lastModified: 'yesterday' } });
  });

  it.each<[string, Behave, object, string | null]>([
    ['not found', (response) => html(response, 'none', 404), { status: 'NOT_FOUND' }, null],
    ['blocked by a challenge', (response) => html(response, '', 202), { status: 'BLOCKED' }, 'CHALLENGE'],
    ['blocked by a refusal', (response) => html(response, 'no', 403), { status: 'BLOCKED' }, 'REFUSED'],
    [
      'blocked by too many requests',
      (response) => html(response, 'no', 429),
      { status: 'BLOCKED' },
      'TOO_MANY_REQUESTS',
    ],
    ['unreadable', (response) => html(response, 'no', 418), { status: 'UNREADABLE' }, 'SOURCE_CHANGED'],
    ['unavailable', (response) => html(response, 'no', 503), { status: 'UNAVAILABLE' }, 'SOURCE_UNAVAILABLE'],
    ['out of reach', (response) => void response.destroy(), { status: 'UNAVAILABLE' }, 'CONNECTION'],
    ['too large', (response) => html(response, 'x'.repeat(2000)), { status: 'UNAVAILABLE' }, 'TOO_LARGE'],
    ['too slow', () => {}, { status: 'UNAVAILABLE' }, 'TIMEOUT'],
  ])('that is %s is that and nothing else', async (_what, behave, reading, code) => {
    const site = await siteOf(behave);
    const { reader } = open(site, { limits: { maxBytes: 1000, timeoutMs: 500, retries: 0 } });
    const result = await reader.read(page, ['one']);
    expect(result.readings.get('one')).toMatchObject(reading);
    expect(result.code).toBe(code);
  });

  it('in an unknown shape is unreadable, and not known for the next time', async () => {
    const site = await siteOf((response) => html(response, 'other', 200, { etag: '"1"' }));
    const read = () => {
      throw new UnknownLayoutError('the title is missing');
    };
    const result = await open(site).reader.read(madeUpPage({ read }), ['one']);
    expect(result).toMatchObject({ code: 'SOURCE_CHANGED', validators: null });
    expect(result.readings.get('one')).toEqual({ status: 'UNREADABLE', reason: 'the title is missing' });
  });

  it('is asked for as it wants, with its own limit', async () => {
    const site = await siteOf((response) => html(response, 'x'.repeat(2000)));
    const { reader } = open(site, { limits: { maxBytes: 1000 } });
    const own = madeUpPage({
      maxBytes: 3000,
      request: (key, origin) => ({
        url: `${origin}/search?q=${key}`,
        method: 'POST',
        headers: { accept: 'text/html', 'content-type': 'application/json' },
        body: '{"a":"é"}',
      }),
    });
    expect((await reader.read(own, ['one'])).code).toBeNull();
    expect(site.requests).toMatchObject([
      { method: 'POST', path: '/search?q=one', headers: { accept: 'text/html' }, body: '{"a":"é"}' },
    ]);
  });

  it('that would be elsewhere than its site is not asked for', async () => {
    const other = await siteOf((response) => html(response, 'other'));
    const site = await siteOf((response) => html(response, 'own'));
    const { reader } = open([site, other]);
    // The reader knows the other, as that of another source.
    expect((await reader.read(madeUpPage({ source: '1' }), ['one'])).code).toBeNull();
    for (const url of [`${other.origin}/one`, 'https://www.made-up.example/', 'no address']) {
      const astray = madeUpPage({ request: () => ({ url }) });
      expect([url, (await reader.read(astray, ['one'])).code]).toEqual([url, 'ADDRESS_REFUSED']);
    }
    expect(other.requests).toHaveLength(1);
    expect(site.requests).toEqual([]);
  });
});

describe('who asks', () => {
  const agentOf = async (contact: string | null) => {
    const site = await siteOf((response) => html(response, 'facts'));
    await open(site, { contact }).reader.read(madeUpPage({ policy: 'robots' }), ['one']);
    return [...new Set(site.requests.map(({ headers }) => headers['user-agent']))];
  };

  it('is said in every request, robots.txt too: product, version, and the contact of whoever runs it', async () => {
    expect(await agentOf('https://example.org/contact')).toEqual(['Watchprint/1.2.3 (https://example.org/contact)']);
    expect(await agentOf(null)).toEqual(['Watchprint/1.2.3']);
    expect(userAgent('2.0.0', 'somebody@example.org')).toBe('Watchprint/2.0.0 (somebody@example.org)');
  });
});

describe('an answer', () => {
  it('is kept before it is read, whatever it is, with what was asked for', async () => {
    const order: string[] = [];
    const behaviours: Record<string, Behave> = {
      '/found': (response) => html(response, 'facts'),
      '/none': (response) => html(response, 'none', 404),
      '/refused': (response) => html(response, 'no', 403),
      '/challenge': (response) => html(response, '', 202),
      '/moved': (response) => html(response, '', 301, { location: '/found' }),
      '/failing': (response) => html(response, 'oops', 500),
    };
    const site = await siteOf((response, request) => {
      if (request.path === '/robots.txt') html(response, 'none', 404);
      else behaviours[request.path]?.(response, request);
    });
    const { reader, kept } = open(site, {
      limits: { retries: 1 },
      keep: async ({ url, status }) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push(`kept ${new URL(url).pathname} ${status}`);
      },
    });
    const own = madeUpPage({
      policy: 'robots',
      read: ({ url, body }) => {
        order.push(`read ${new URL(url).pathname}`);
        return found(body);
      },
    });
    for (const path of Object.keys(behaviours)) await reader.read(own, [path.slice(1)]);
    expect(order).toEqual([
      'kept /robots.txt 404',
      'kept /found 200',
      'read /found',
      'kept /none 404',
      'kept /refused 403',
      'kept /challenge 202',
      'kept /moved 301',
      'kept /found 200',
      'read /found',
      'kept /failing 500',
      'kept /failing 500',
    ]);
    expect(kept[0]).toMatchObject({ source: 'made-up', kind: 'robots', key: site.host, peer: '127.0.0.1' });
    expect(kept[1]).toMatchObject({ source: 'made-up', kind: 'page', key: 'found', method: 'GET', status: 200 });
    expect(Buffer.from(kept[1]?.body ?? []).toString()).toBe('facts');
    expect(kept[6]).toMatchObject({ key: 'moved', url: `${site.origin}/found` });
  });

  it('that cannot be kept is not read, and the host is free for the next', async () => {
    const site = await siteOf((response) => html(response, 'facts', 200, { 'retry-after': '0' }));
    let isFull = true;
    const read = vi.fn(() => found('facts'));
    const { reader, turns } = open(site, {
      keep: async () => {
        if (isFull) throw new Error('The disk is full');
      },
    });
    await expect(reader.read(madeUpPage({ read }), ['one'])).rejects.toThrow('The disk is full');
    expect(read).not.toHaveBeenCalled();
    // Nor is it asked for again, nor the host's fault; what it asked for holds.
    expect(site.paths()).toEqual(['/one']);
    expect(turns).toMatchObject([{ gapMs: 1000, openUntil: null, wasAnswered: true, breaker: { cause: null } }]);
    isFull = false;
    expect((await reader.read(madeUpPage({ read }), ['two'])).code).toBeNull();
  });
});

describe('a page that is known', () => {
  const validators = { etag: '"1"', lastModified: 'Mon, 30 Nov 2026 12:00:00 GMT' };

  it('is asked for with what is known of it, and may be unchanged', async () => {
    const site = await siteOf((response, { headers }) =>
      headers['if-none-match'] === '"1"' ? html(response, '', 304) : html(response, 'facts'),
    );
    const { reader, kept } = open(site);
    const result = await reader.read(page, ['one'], { validators });
    expect(result).toMatchObject({ code: null, validators, fetchedAt: expect.any(Date) });
    expect(result.readings.get('one')).toEqual({ status: 'UNCHANGED' });
    expect(site.requests[0]?.headers).toMatchObject({
      'if-none-match': '"1"',
      'if-modified-since': 'Mon, 30 Nov 2026 12:00:00 GMT',
    });
    expect(kept).toMatchObject([{ status: 304 }]);
  });

  it('is asked for with the half of it that is there, and read where it changed', async () => {
    const site = await siteOf((response) => html(response, 'new', 200, { etag: '"2"' }));
    const { reader } = open(site);
    const result = await reader.read(page, ['one'], { validators: { etag: '"1"' } });
    expect(result.readings.get('one')).toEqual(found('new'));
    expect(result.validators).toEqual({ etag: '"2"' });
    expect(site.requests[0]?.headers).not.toHaveProperty('if-modified-since');
    await reader.read(page, ['one'], { validators: null });
    expect(site.requests[1]?.headers).not.toHaveProperty('if-none-match');
  });

  it('is not unchanged where nothing was known', async () => {
    const site = await siteOf((response) => html(response, '', 304));
    const { readings, code } = await open(site).reader.read(page, ['one']);
    expect(readings.get('one')).toEqual({ status: 'UNREADABLE', reason: 'the source answers 304' });
    expect(code).toBe('SOURCE_CHANGED');
  });
});

describe('a redirect', () => {
  const redirecting =
    (to: (path: string) => string, status = 302): Behave =>
    (response, { path }) =>
      path.startsWith('/end') ? html(response, `the page ${path}`) : html(response, '', status, { location: to(path) });

  it.each([301, 302, 303, 307, 308])(
    'with %i within the host is followed, and the page knows where it ended',
    async (status) => {
      const site = await siteOf(redirecting(() => '/end?a=b#part', status));
      const own = madeUpPage({ read: ({ url, body }) => found(`${url} ${body}`) });
      const { readings } = await open(site).reader.read(own, ['one']);
      expect(readings.get('one')).toEqual(found(`${site.origin}/end?a=b the page /end?a=b`));
    },
  );

  it('may be one of five, and not of six, nor lead in circles', async () => {
    const chain = (steps: number) =>
      siteOf(redirecting((path) => (Number(path.slice(1)) === steps ? '/end' : `/${Number(path.slice(1)) + 1}`)));
    const five = await chain(5);
    expect((await open(five).reader.read(page, ['1'])).code).toBeNull();
    expect(five.paths()).toHaveLength(6);
    const six = await chain(6);
    expect((await open(six).reader.read(page, ['1'])).code).toBe('REDIRECT_REFUSED');
    expect(six.paths()).toHaveLength(6);
    const circle = await siteOf(redirecting((path) => (path === '/1' ? '/2' : '/1')));
    expect((await open(circle).reader.read(page, ['1'])).code).toBe('REDIRECT_REFUSED');
    expect(circle.paths()).toEqual(['/1', '/2']);
    const self = await siteOf(redirecting(() => '#top'));
    expect((await open(self).reader.read(page, ['1'])).code).toBe('REDIRECT_REFUSED');
    expect(self.paths()).toEqual(['/1']);
  });

  it('elsewhere is refused: another host, name, port or protocol, and what is no address', async () => {
    const other = await siteOf((response) => html(response, 'secret'));
    let to = '';
    const site = await siteOf((response) => html(response, '', 302, { location: to }));
    const { port } = new URL(site.origin);
    const { reader } = open([site, other]);
    // Even one that the reader knows.
    await reader.read(madeUpPage({ source: '1' }), ['known']);
    for (to of [
      `${other.origin}/secret`,
      'https://www.made-up.example/one',
      '//www.made-up.example/one',
      `http://localhost:${port}/one`,
      `https://127.0.0.1:${port}/one`,
      'http://169.254.169.254/latest/meta-data/',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'http://',
      'http://[::1',
    ]) {
      const { readings, code } = await reader.read(page, ['one']);
      expect([to, code]).toEqual([to, 'REDIRECT_REFUSED']);
      expect(readings.get('one')?.status).toBe('UNAVAILABLE');
    }
    to = site.origin.replace('//', '//somebody:secret@');
    expect((await reader.read(page, ['one'])).code).toBe('ADDRESS_REFUSED');
    expect(other.paths()).toEqual(['/known']);
    expect(site.paths()).toHaveLength(11);
  });

  it('that does not say where to is unreadable', async () => {
    const site = await siteOf((response) => html(response, '', 302));
    expect((await open(site).reader.read(page, ['one'])).readings.get('one')?.status).toBe('UNREADABLE');
  });

  it('is no fault of the host', async () => {
    const site = await siteOf(redirecting(() => 'https://www.made-up.example/'));
    const { reader } = open(site);
    for (let times = 0; times < 8; times += 1)
      expect((await reader.read(page, [`${times}`])).code).toBe('REDIRECT_REFUSED');
  });
});

describe('several keys in one request', () => {
  const several: Page<string> = {
    ...page,
    kind: 'several',
    batch: 10,
    types: ['application/json'],
    request: (keys, origin) => ({ url: `${origin}/${keys.join(',')}` }),
    read: ({ body }) => new Map(Object.entries(JSON.parse(body)).map(([key, facts]) => [key, found(String(facts))])),
  };
  const json: Behave = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"one":"1","three":"3"}');
  };

  it('are answered one by one; what the answer leaves out was not answered', async () => {
    const site = await siteOf(json);
    const { reader, kept } = open(site);
    const { readings, code, retryAt } = await reader.read(several, ['one', 'two', 'three']);
    expect([...readings.keys()]).toEqual(['one', 'two', 'three']);
    expect(readings.get('one')).toEqual(found('1'));
    expect(readings.get('two')).toMatchObject({ status: 'UNAVAILABLE' });
    expect(readings.get('three')).toEqual(found('3'));
    expect({ code, retryAt }).toEqual({ code: 'SOURCE_UNAVAILABLE', retryAt: null });
    // Those that are there are not asked for again.
    expect(site.paths()).toEqual(['/one,two,three']);
    expect(kept).toMatchObject([{ key: 'one|two|three' }]);
  });

  it('are none of them "not found" with 404', async () => {
    const site = await siteOf((response) => html(response, 'none', 404));
    const { readings, code } = await open(site).reader.read(several, ['one', 'two']);
    expect([...readings.values()].map(({ status }) => status)).toEqual(['UNREADABLE', 'UNREADABLE']);
    expect(code).toBe('SOURCE_CHANGED');
  });

  it('are all blocked where the request is', async () => {
    const site = await siteOf((response) => html(response, 'no', 429, { 'retry-after': '7' }));
    const { readings, code, retryAt, fetchedAt } = await open(site).reader.read(several, ['one', 'two']);
    expect([...readings.values()].map(({ status }) => status)).toEqual(['BLOCKED', 'BLOCKED']);
    expect(code).toBe('TOO_MANY_REQUESTS');
    expect((retryAt?.getTime() ?? 0) - (fetchedAt?.getTime() ?? 0)).toBe(7000);
  });
});

describe('a signal', () => {
  const why = { why: 'the test says so' };

  /** A site that does not answer, and when it was asked. */
  async function silent(): Promise<{ site: LocalSite; arrived: Promise<void> }> {
    let tell = () => {};
    const arrived = new Promise<void>((resolve) => {
      tell = resolve;
    });
    return { site: await siteOf(() => tell()), arrived };
  }

  it('ends a request with its reason, and leaves the turn as if it had not been, but for the gap', async () => {
    const { site, arrived } = await silent();
    const { reader, turns, kept } = open(site, { gapMs: 40 });
    const stopping = new AbortController();
    const answer = reader.read(page, ['one'], { signal: stopping.signal });
    await arrived;
    stopping.abort(why);
    await expect(answer).rejects.toBe(why);
    expect(turns).toEqual([{ gapMs: 40, breaker: null, openUntil: null, wasAnswered: false }]);
    expect(kept).toEqual([]);
    expect(site.paths()).toEqual(['/one']);
  });

  it('ends the wait for others of the host, without them', async () => {
    const { site, arrived } = await silent();
    const { reader } = open(site);
    const first = reader.read(page, ['first']).catch(() => 'closed');
    await arrived;
    const stopping = new AbortController();
    const second = reader.read(page, ['second'], { signal: stopping.signal });
    stopping.abort(why);
    await expect(second).rejects.toBe(why);
    await reader.close();
    expect(await first).toBe('closed');
    expect(site.paths()).toEqual(['/first']);
  });

  it('ends the wait before another try, and the wait for a host that is paused', async () => {
    const failing = await siteOf((response) => html(response, 'oops', 500));
    const stopping = new AbortController();
    const retried = open(failing, {
      limits: { retryDelayMs: 3_600_000 },
      keep: async () => void setTimeout(() => stopping.abort(why), 20),
    });
    await expect(retried.reader.read(page, ['one'], { signal: stopping.signal })).rejects.toBe(why);
    expect(failing.paths()).toEqual(['/one']);

    const site = await siteOf((response) => html(response, 'facts', 200, { 'retry-after': '600' }));
    const { reader } = open(site);
    await reader.read(page, ['one']);
    const waiting = new AbortController();
    const paused = reader.read(page, ['two'], { signal: waiting.signal });
    setTimeout(() => waiting.abort(why), 20);
    await expect(paused).rejects.toBe(why);
    expect(site.paths()).toEqual(['/one']);
  });

  it('that has ended asks nobody', async () => {
    const { site } = await silent();
    const { reader, turns } = open(site);
    await expect(reader.read(page, ['one'], { signal: AbortSignal.abort(why) })).rejects.toBe(why);
    expect(site.requests).toEqual([]);
    expect(turns).toEqual([]);
  });

  it('that ends later changes nothing', async () => {
    const site = await siteOf((response) => html(response, 'facts'));
    const stopping = new AbortController();
    const { reader } = open(site);
    const first = await reader.read(page, ['one'], { signal: stopping.signal });
    stopping.abort(why);
    expect(first.code).toBeNull();
    expect((await reader.read(page, ['two'])).code).toBeNull();
  });
});

describe('a reader that is closed', () => {
  it('ends what is under way and what waits, ends their turns, and is no fault of the host', async () => {
    let tell = () => {};
    const arrived = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const site = await siteOf(() => tell());
    const { reader, turns } = open(site);
    const all = ['one', 'two', 'three'].map((key) => reader.read(page, [key]));
    const ends = Promise.allSettled(all);
    await arrived;
    await reader.close();
    for (const end of await ends)
      expect(end).toMatchObject({ status: 'rejected', reason: { message: 'The reader is closed' } });
    expect(site.paths()).toEqual(['/one']);
    expect(turns).toEqual([{ gapMs: 0, breaker: null, openUntil: null, wasAnswered: false }]);
    await expect(reader.read(page, ['four'])).rejects.toThrow('The reader is closed');
  });
});

describe('those who wait for a host', () => {
  it('come by priority, and in order where it is the same', async () => {
    let answerFirst = () => {};
    const held = new Promise<void>((resolve) => {
      answerFirst = resolve;
    });
    const site = await siteOf(async (response, { path }) => {
      if (path === '/first') await held;
      html(response, 'facts');
    });
    const { reader } = open(site);
    const first = reader.read(page, ['first']);
    const others = [
      ['low', -10],
      ['middle', undefined],
      ['high', 5],
      ['middle-too', 0],
      ['high-too', 5],
    ].map(([key, priority]) =>
      reader.read(page, [String(key)], priority === undefined ? {} : { priority: Number(priority) }),
    );
    answerFirst();
    await Promise.all([first, ...others]);
    expect(site.paths()).toEqual(['/first', '/high', '/high-too', '/middle', '/middle-too', '/low']);
  });
});
