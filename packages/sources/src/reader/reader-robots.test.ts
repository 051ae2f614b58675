import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Behave, html, impatient, type LocalSite, startSite } from '../../test/local-site.ts';
import { madeUpPage, type ReaderOfTest, type ReaderOfTestOptions, readerOf } from '../../test/reader-of-test.ts';
import { found } from '../page.ts';
import { createMemorySchedule } from './schedule.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const close of closing.splice(0).reverse()) await close();
});

/** A site with this robots.txt; every page is there. */
async function siteWith(robots: Behave | string, pages?: Behave): Promise<LocalSite> {
  const site = await startSite((response, request) => {
    if (request.path !== '/robots.txt') return pages === undefined ? html(response, 'facts') : pages(response, request);
    if (typeof robots !== 'string') return robots(response, request);
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end(robots);
  });
  closing.push(() => site.close());
  return site;
}

function open(site: LocalSite, options: ReaderOfTestOptions = {}): ReaderOfTest {
  const own = readerOf([site], options);
  closing.push(() => own.reader.close());
  return own;
}

const page = madeUpPage({ policy: 'robots' });
const robotsOf = ({ requests }: LocalSite) => requests.filter(({ path }) => path === '/robots.txt').length;

describe('a page that people read', () => {
  it('is not asked for where robots.txt forbids it, and that is a block', async () => {
    const site = await siteWith('User-agent: *\nDisallow: /forbidden');
    const { reader } = open(site);
    const { readings, ...rest } = await reader.read(page, ['forbidden/one']);
    expect(readings.get('forbidden/one')).toEqual({
      status: 'BLOCKED',
      reason: `The robots.txt of ${site.host} forbids it`,
    });
    expect(rest).toEqual({ code: 'ROBOTS_FORBIDS', retryAt: null, fetchedAt: null, validators: null });
    expect((await reader.read(page, ['allowed/one'])).code).toBeNull();
    expect(site.paths()).toEqual(['/allowed/one']);
  });

  it('is asked for where robots.txt has rules for us by name', async () => {
    const site = await siteWith('User-agent: *\nDisallow: /\n\nUser-agent: Watchprint\nDisallow: /search');
    const { reader } = open(site);
    expect((await reader.read(page, ['one'])).code).toBeNull();
    expect((await reader.read(page, ['search'])).code).toBe('ROBOTS_FORBIDS');
  });

  it('is looked up with every step of a redirect', async () => {
    const site = await siteWith('User-agent: *\nDisallow: /forbidden', (response, { path }) =>
      path === '/start' ? html(response, '', 302, { location: '/forbidden/one' }) : html(response, 'facts'),
    );
    const { readings, code } = await open(site).reader.read(page, ['start']);
    expect([readings.get('start')?.status, code]).toEqual(['BLOCKED', 'ROBOTS_FORBIDS']);
    expect(site.paths()).toEqual(['/start']);
  });

  it('is asked for with the gap that robots.txt asks for, where that is longer than ours', async () => {
    const site = await siteWith('User-agent: *\nCrawl-delay: 0.15');
    const { reader, turns } = open(site, { gapMs: 10 });
    await Promise.all(['one', 'two', 'three'].map((key) => reader.read(page, [key])));
    expect(turns.map(({ gapMs }) => gapMs)).toEqual([10, 150, 150, 150]);
    expect(impatient(site.requests.slice(1), 150)).toEqual([]);
    const slower = open(site, { gapMs: 200 });
    await slower.reader.read(page, ['four']);
    expect(slower.turns.map(({ gapMs }) => gapMs)).toEqual([200, 200]);
  });
});

describe('a documented interface', () => {
  it('has a policy of its own: its robots.txt is not asked for', async () => {
    const site = await siteWith('User-agent: *\nDisallow: /\nCrawl-delay: 50');
    const { reader, turns } = open(site);
    expect((await reader.read(madeUpPage({ policy: 'api' }), ['one'])).code).toBeNull();
    expect(robotsOf(site)).toBe(0);
    expect(turns).toMatchObject([{ gapMs: 0 }]);
  });
});

describe('a robots.txt', () => {
  it('that is not there allows everything', async () => {
    for (const status of [404, 410, 403, 401]) {
      const site = await siteWith((response) => html(response, 'none', status));
      expect([status, (await open(site).reader.read(page, ['one'])).code]).toEqual([status, null]);
      expect(site.paths()).toEqual(['/one']);
    }
  });

  it.each<[string, Behave]>([
    ['an outage', (response) => html(response, 'oops', 500)],
    ['too many requests', (response) => html(response, 'no', 429)],
    ['a connection that breaks', (response) => void response.destroy()],
    ['a challenge with 200', (response) => html(response, '<title>Just a moment...</title>')],
    ['a challenge with 202', (response) => html(response, '', 202)],
    ['a challenge with 403', (response) => html(response, '<title>Just a moment...</title>', 403)],
    ['a challenge with 403 in its head', (response) => html(response, '', 403, { 'cf-mitigated': 'challenge' })],
    ['a redirect to another host', (response) => html(response, '', 301, { location: 'https://www.made-up.example/' })],
    ['a redirect in circles', (response) => html(response, '', 301, { location: '/robots.txt' })],
    ['an answer that does not end', (response) => html(response, 'x'.repeat(6 * 1024 ** 2))],
    ['no answer', () => {}],
  ])('that cannot be had for %s forbids everything, and the page is not asked for', async (_why, robots) => {
    const site = await siteWith(robots);
    const { reader, kept } = open(site, { limits: { timeoutMs: 1000 } });
    const { readings, code } = await reader.read(page, ['one']);
    expect(code).toBe('ROBOTS_UNREACHABLE');
    expect(readings.get('one')).toMatchObject({ status: 'UNAVAILABLE', reason: expect.stringContaining('RFC 9309') });
    expect(site.paths()).toEqual([]);
    // Whatever came is kept like any answer.
    expect(kept.every(({ kind, key }) => kind === 'robots' && key === site.host)).toBe(true);
    // And it is not asked for again soon.
    expect((await reader.read(page, ['two'])).code).toBe('ROBOTS_UNREACHABLE');
    expect(robotsOf(site)).toBe(1);
  });

  it('may be elsewhere on its host', async () => {
    const site = await siteWith(
      (response) => html(response, '', 301, { location: '/rules/robots.txt' }),
      (response, { path }) => html(response, path === '/rules/robots.txt' ? 'User-agent: *\nDisallow: /a' : 'facts'),
    );
    const { reader } = open(site);
    expect((await reader.read(page, ['a'])).code).toBe('ROBOTS_FORBIDS');
    expect((await reader.read(page, ['b'])).code).toBeNull();
    expect(site.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/rules/robots.txt', '/b']);
  });

  it('that is very long holds with its beginning', async () => {
    const site = await siteWith(`User-agent: *\nDisallow: /a\n${'# comment\n'.repeat(100_000)}`);
    const schedule = createMemorySchedule();
    const { reader } = open(site, { schedule });
    expect((await reader.read(page, ['a'])).code).toBe('ROBOTS_FORBIDS');
    expect((await reader.read(page, ['b'])).code).toBeNull();
    expect((await schedule.robots(site.host))?.text.length).toBeLessThanOrEqual(512 * 1024);
  });

  it('is asked for once a day, and holds for all pages and readers of the schedule', async () => {
    const site = await siteWith('User-agent: *\nDisallow: /a');
    const schedule = createMemorySchedule();
    for (const { reader } of [open(site, { schedule }), open(site, { schedule })])
      await Promise.all(['a', 'b', 'c'].map((key) => reader.read(page, [key])));
    expect(robotsOf(site)).toBe(1);
    const known = await schedule.robots(site.host);
    if (known === null) throw new Error('Nothing is known');
    const day = 24 * 3_600_000;
    const { reader } = open(site, { schedule });
    await schedule.keepRobots(site.host, 'made-up', { ...known, fetchedAt: new Date(Date.now() - day + 60_000) });
    await reader.read(page, ['b']);
    expect(robotsOf(site)).toBe(1);
    await schedule.keepRobots(site.host, 'made-up', { ...known, text: '', fetchedAt: new Date(Date.now() - day - 1) });
    expect((await reader.read(page, ['a'])).code).toBe('ROBOTS_FORBIDS');
    expect(robotsOf(site)).toBe(2);
  });

  it('that could not be had is asked for again after a while', async () => {
    let isDown = true;
    const site = await siteWith((response) => html(response, '', isDown ? 503 : 404));
    const schedule = createMemorySchedule();
    const { reader } = open(site, { schedule });
    expect((await reader.read(page, ['one'])).code).toBe('ROBOTS_UNREACHABLE');
    isDown = false;
    await schedule.keepRobots(site.host, 'made-up', {
      status: 503,
      text: '',
      fetchedAt: new Date(Date.now() - 11 * 60_000),
    });
    expect((await reader.read(page, ['one'])).code).toBeNull();
  });

  it('counts as a request like others: its gap, its pause, its refusals', async () => {
    const site = await siteWith((response) => html(response, 'no', 429, { 'retry-after': '120' }));
    const { reader, turns } = open(site, { limits: { longestWaitMs: 50 } });
    expect((await reader.read(page, ['one'])).code).toBe('ROBOTS_UNREACHABLE');
    expect(turns).toMatchObject([{ gapMs: 120_000, wasAnswered: true, breaker: { policy: { breakerState: 1 } } }]);
    // Nor is an interface of that host asked for now.
    expect((await reader.read(madeUpPage({ policy: 'api' }), ['two'])).code).toBe('HOST_PAUSED');
    expect(site.paths()).toEqual([]);
    const quiet = await siteWith('');
    const gapped = open(quiet, { gapMs: 100 });
    await gapped.reader.read(page, ['one']);
    expect(impatient(quiet.requests, 100)).toEqual([]);
  });

  it('that we refuse to ask for says nothing of what the host allows', async () => {
    const schedule = createMemorySchedule();
    const site = await siteWith('');
    const { reader } = open(site, { schedule, originOf: () => 'https://10.0.0.1' });
    const { code, readings } = await reader.read(page, ['one']);
    expect([code, readings.get('one')?.status]).toEqual(['ADDRESS_REFUSED', 'UNAVAILABLE']);
    expect(await schedule.robots('10.0.0.1')).toBeNull();
  });

  it('that cannot be kept ends the read, and is not known', async () => {
    const site = await siteWith('User-agent: *\nDisallow: /a');
    const schedule = createMemorySchedule();
    const { reader } = open(site, {
      schedule,
      keep: async () => {
        throw new Error('The disk is full');
      },
    });
    await expect(reader.read(page, ['a'])).rejects.toThrow('The disk is full');
    expect(await schedule.robots(site.host)).toBeNull();
    expect(site.paths()).toEqual([]);
  });

  it('is not read as a page', async () => {
    const site = await siteWith('User-agent: *');
    const own = madeUpPage({ policy: 'robots', read: ({ body }) => found(`read: ${body}`) });
    expect((await open(site).reader.read(own, ['one'])).readings.get('one')).toEqual(found('read: facts'));
  });
});
