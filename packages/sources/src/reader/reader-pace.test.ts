import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Behave, html, impatient, type LocalSite, startSite } from '../../test/local-site.ts';
import { madeUpPage, type ReaderOfTest, type ReaderOfTestOptions, readerOf } from '../../test/reader-of-test.ts';
import { createMemorySchedule } from './schedule.ts';

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

function open(sites: readonly LocalSite[], options: ReaderOfTestOptions = {}): ReaderOfTest {
  const own = readerOf(sites, options);
  closing.push(() => own.reader.close());
  return own;
}

const page = madeUpPage();
const pageOf = (source: number) => madeUpPage({ source: String(source) });

describe('requests to one host', () => {
  it('come one at a time, with the gap between the end of one and the beginning of the next', async () => {
    const site = await siteOf((response) => void setTimeout(() => html(response, 'facts'), 20));
    const { reader } = open([site], { gapMs: 60 });
    await Promise.all(['a', 'b', 'c', 'd'].map((key) => reader.read(page, [key])));
    expect(site.paths()).toEqual(['/a', '/b', '/c', '/d']);
    expect(impatient(site.requests, 60)).toEqual([]);
  });

  it('have the gap after a failure too, and before another try', async () => {
    const site = await siteOf((response, { path }) => {
      if (path === '/cut') response.destroy();
      else if (path === '/moved') html(response, '', 302, { location: '/end' });
      else html(response, 'oops', path === '/failing' ? 500 : 200);
    });
    const { reader } = open([site], { gapMs: 60, limits: { retries: 1 } });
    for (const key of ['cut', 'failing', 'moved']) await reader.read(page, [key]);
    expect(site.paths()).toEqual(['/cut', '/cut', '/failing', '/failing', '/moved', '/end']);
    expect(impatient(site.requests, 60)).toEqual([]);
  });

  it('have the gap after one that was given up', async () => {
    const site = await siteOf((response, { path }) => (path === '/slow' ? undefined : html(response, 'facts')));
    const { reader } = open([site], { gapMs: 100, limits: { timeoutMs: 200, retries: 0 } });
    expect((await reader.read(page, ['slow'])).code).toBe('TIMEOUT');
    await reader.read(page, ['next']);
    const [slow, next] = site.requests;
    // The timer may be a millisecond early, and began before the request came.
    expect((next?.startedAt ?? 0) - (slow?.startedAt ?? 0)).toBeGreaterThanOrEqual(250);
  });

  it('follow the gap of their source as it is set now', async () => {
    let gapMs = 150;
    const site = await siteOf((response) => html(response, 'facts'));
    const asked: string[] = [];
    const { reader, turns } = open([site], {
      ...({ gapOf: (source: string) => asked.push(source) && gapMs } as object),
    });
    await reader.read(page, ['one']);
    gapMs = 10;
    await reader.read(page, ['two']);
    expect(turns.map((turn) => turn.gapMs)).toEqual([150, 10]);
    expect(new Set(asked)).toEqual(new Set(['made-up']));
    expect(impatient(site.requests, 150)).toEqual([]);
  });

  it('come one at a time from several readers with one schedule', async () => {
    const site = await siteOf((response) => void setTimeout(() => html(response, 'facts'), 10));
    const schedule = createMemorySchedule();
    const readers = Array.from({ length: 3 }, () => open([site], { schedule, gapMs: 30 }).reader);
    await Promise.all(readers.flatMap((reader) => ['a', 'b'].map((key) => reader.read(page, [key]))));
    expect(site.paths()).toHaveLength(6);
    expect(impatient(site.requests, 30)).toEqual([]);
  });
});

describe('requests to several hosts', () => {
  it('do not wait for one another', async () => {
    let arrivedBoth = () => {};
    const both = new Promise<void>((resolve) => {
      arrivedBoth = resolve;
    });
    let arrived = 0;
    // None is answered before both are asked.
    const together: Behave = async (response) => {
      arrived += 1;
      if (arrived === 2) arrivedBoth();
      await both;
      html(response, 'facts');
    };
    const sites = [await siteOf(together), await siteOf(together)];
    const { reader } = open(sites);
    const results = await Promise.all([0, 1].map((place) => reader.read(pageOf(place), ['one'])));
    expect(results.map(({ code }) => code)).toEqual([null, null]);
  });

  it('do not wait for one that is paused', async () => {
    const busy = await siteOf((response) => html(response, 'no', 429, { 'retry-after': '600' }));
    const other = await siteOf((response) => html(response, 'facts'));
    const { reader } = open([busy, other]);
    await reader.read(pageOf(0), ['one']);
    const paused = reader.read(pageOf(0), ['two']).catch(() => null);
    expect((await reader.read(pageOf(1), ['one'])).code).toBeNull();
    await reader.close();
    expect(await paused).toBeNull();
    expect(busy.paths()).toEqual(['/one']);
  });
});

describe('a host that says how long to leave it alone', () => {
  /** The pause after one answer, in milliseconds. */
  async function pauseAfter(status: number, retryAfter: string | null, body = 'text'): Promise<number> {
    const headers: Record<string, string> = retryAfter === null ? {} : { 'retry-after': retryAfter };
    const site = await siteOf((response) => html(response, body, status, headers));
    const { reader, turns } = open([site], { gapMs: 3, limits: { retries: 0, firstPauseMs: 2000 } });
    await reader.read(page, ['one']);
    const [turn] = turns;
    return turn?.gapMs ?? Number.NaN;
  }

  it.each([200, 301, 403, 404, 429, 500, 503])('is left alone so long, with status %i', async (status) => {
    expect(await pauseAfter(status, '120')).toBe(120_000);
  });

  it('is left alone until the date that it names', async () => {
    const until = new Date(Date.now() + 600_000);
    const pause = await pauseAfter(503, until.toUTCString());
    // Dates of HTTP have whole seconds.
    expect(pause).toBeLessThanOrEqual(600_000);
    expect(Date.now() + pause).toBeGreaterThanOrEqual(until.getTime() - 1000);
  });

  it('is left alone for a second at least, and a day at most', async () => {
    expect(await pauseAfter(429, '0')).toBe(1000);
    expect(await pauseAfter(429, 'Wed, 21 Oct 2015 07:28:00 GMT')).toBe(1000);
    expect(await pauseAfter(429, '999999999')).toBe(24 * 3_600_000);
    expect(await pauseAfter(503, 'Fri, 31 Dec 9999 23:59:59 GMT')).toBe(24 * 3_600_000);
  });

  it('is left alone as its page says, where the head does not', async () => {
    const text = '<html><title>Error 429 Too Many Requests - Please retry in 9 seconds.</title></html>';
    expect(await pauseAfter(429, null, text)).toBe(9000);
    expect(await pauseAfter(429, '20', text)).toBe(20_000);
  });

  it('says nothing with what is no time: only the gap is left, or a pause of ours after too many requests', async () => {
    for (const junk of ['soon', '-5', '+5', '']) {
      expect([junk, await pauseAfter(503, junk)]).toEqual([junk, 3]);
      const pause = await pauseAfter(429, junk);
      expect(pause).toBeGreaterThanOrEqual(1000);
      expect(pause).toBeLessThanOrEqual(2000);
    }
  });

  it('is not asked before, and then goes on', async () => {
    let answered = 0;
    const site = await siteOf((response) => {
      answered += 1;
      if (answered === 1) html(response, 'no', 429, { 'retry-after': '1' });
      else html(response, 'facts');
    });
    const { reader } = open([site]);
    expect((await reader.read(page, ['one'])).code).toBe('TOO_MANY_REQUESTS');
    expect((await reader.read(page, ['two'])).code).toBeNull();
    expect(impatient(site.requests, 1000)).toEqual([]);
  });

  it('is not waited for longer than is worth it: whoever asks is told', async () => {
    const site = await siteOf((response) => html(response, 'later', 503, { 'retry-after': '1200' }));
    const { reader } = open([site]);
    const first = await reader.read(page, ['one']);
    expect((first.retryAt?.getTime() ?? 0) - (first.fetchedAt?.getTime() ?? 0)).toBe(1_200_000);
    const { readings, code, retryAt } = await reader.read(page, ['two']);
    expect(code).toBe('HOST_PAUSED');
    expect(readings.get('two')).toMatchObject({ status: 'BLOCKED', reason: expect.stringContaining(site.host) });
    expect(retryAt?.getTime()).toBeGreaterThan(Date.now() + 1_190_000);
    expect(retryAt?.getTime()).toBeLessThanOrEqual(Date.now() + 1_201_000);
    expect(site.paths()).toEqual(['/one']);
  });
});

describe('a host that says that there were too many requests, and not for how long', () => {
  it('is left alone twice as long each time, with jitter, and from the start again after an answer', async () => {
    const random = vi.spyOn(Math, 'random');
    const pauses = async (chance: number, keys: readonly string[]) => {
      random.mockReturnValue(chance);
      const site = await siteOf((response, { path }) => html(response, 'text', path === '/good' ? 200 : 429));
      const { reader, turns } = open([site], { limits: { firstPauseMs: 8 } });
      for (const key of keys) await reader.read(page, [key]);
      return turns.map(({ gapMs }) => gapMs);
    };
    expect(await pauses(0, ['a', 'b', 'c', 'good', 'd'])).toEqual([4, 8, 16, 0, 4]);
    expect(await pauses(0.5, ['a', 'b', 'c', 'good', 'd'])).toEqual([6, 12, 24, 0, 6]);
  });

  it('is left alone for five minutes at most', async () => {
    const site = await siteOf((response) => html(response, 'no', 429));
    const { reader, turns } = open([site], { limits: { firstPauseMs: 3_600_000 } });
    await reader.read(page, ['one']);
    expect(turns[0]?.gapMs).toBeGreaterThanOrEqual(150_000);
    expect(turns[0]?.gapMs).toBeLessThanOrEqual(300_000);
  });
});

it('never asks a host twice at once, nor sooner than it may, whatever hosts answer and whoever asks', async () => {
  const outcomes: Record<string, Behave> = {
    found: (response) => html(response, 'facts'),
    none: (response) => html(response, 'none', 404),
    moved: (response) => html(response, '', 302, { location: '/found/0' }),
    refused: (response) => html(response, 'no', 403),
    many: (response) => html(response, 'no', 429),
    failing: (response) => html(response, 'oops', 500),
    cut: (response) => void response.destroy(),
    halved: (response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': '100' });
      response.write('half');
      response.destroy();
    },
  };
  const behave: Behave = async (response, request) => {
    const [, outcome = '', delayMs = '0'] = request.path.split('/');
    if (Number(delayMs) > 0) await new Promise((resolve) => setTimeout(resolve, Number(delayMs)));
    if (request.path === '/robots.txt') html(response, 'User-agent: *\nAllow: /');
    else await outcomes[outcome]?.(response, request);
  };
  const sites = [await siteOf(behave), await siteOf(behave), await siteOf(behave)];
  const job = fc.record({
    host: fc.nat(2),
    reader: fc.nat(1),
    outcome: fc.constantFrom('found', 'found', ...Object.keys(outcomes)),
    delayMs: fc.nat(8),
    policy: fc.constantFrom('api', 'robots' as const),
    priority: fc.integer({ min: -2, max: 2 }),
    laterMs: fc.nat(10),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(job, { minLength: 2, maxLength: 16 }), fc.nat(12), async (jobs, gapMs) => {
      for (const site of sites) site.requests.length = 0;
      const schedule = createMemorySchedule();
      const readers = [0, 1].map(() => readerOf(sites, { schedule, gapMs, limits: { retries: 1 } }));
      try {
        const results = await Promise.all(
          jobs.map(async ({ host, reader, outcome, delayMs, policy, priority, laterMs }, place) => {
            await new Promise((resolve) => setTimeout(resolve, laterMs));
            const own = madeUpPage({ source: String(host), policy });
            const key = `${outcome}/${delayMs}/${place}`;
            const { readings, code } = (await readers[reader]?.reader.read(own, [key], { priority })) ?? {};
            return [outcome, readings?.get(key)?.status, code] as const;
          }),
        );
        for (const site of sites) expect(impatient(site.requests, gapMs)).toEqual([]);
        // What is a failure is never an answer.
        for (const [outcome, status, code] of results) {
          if (code === 'CIRCUIT_OPEN' || code === 'ROBOTS_UNREACHABLE')
            expect(['BLOCKED', 'UNAVAILABLE']).toContain(status);
          else if (outcome === 'found' || outcome === 'moved') expect([outcome, status]).toEqual([outcome, 'FOUND']);
          else if (outcome === 'none') expect(status).toBe('NOT_FOUND');
          else if (outcome === 'refused' || outcome === 'many') expect(status).toBe('BLOCKED');
          else expect(status).toBe('UNAVAILABLE');
        }
      } finally {
        for (const { reader } of readers) await reader.close();
      }
    }),
    // Time is part of it: a smaller example would be another.
    { numRuns: 25, endOnFailure: true },
  );
});
