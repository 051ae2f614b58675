import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Behave, html, impatient, type LocalSite, startSite } from '../../test/local-site.ts';
import { madeUpPage, type ReaderOfTest, type ReaderOfTestOptions, readerOf } from '../../test/reader-of-test.ts';
import { found } from '../page.ts';
import { createMemorySchedule } from './schedule.ts';

const minute = 60_000;
const hour = 60 * minute;

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

function open(site: LocalSite, options: ReaderOfTestOptions = {}): ReaderOfTest {
  const own = readerOf([site], options);
  closing.push(() => own.reader.close());
  return own;
}

const page = madeUpPage();

const cut: Behave = (response) => void response.destroy();
const status =
  (code: number, headers: Record<string, string> = {}): Behave =>
  (response) =>
    html(response, 'text', code, headers);

describe('another try', () => {
  it.each<[string, Behave, number]>([
    ['an outage', status(500), 3],
    ['another outage', status(503), 3],
    ['a time-out of theirs', status(408), 3],
    ['a connection that breaks', cut, 3],
    ['no answer in time', () => {}, 3],
    ['an outage that says until when', status(503, { 'retry-after': '60' }), 1],
    ['a refusal', status(403), 1],
    ['a challenge', status(202), 1],
    ['too many requests', status(429), 1],
    ['no such page', status(404), 1],
    ['an answer', status(200), 1],
    ['a status that nobody knows', status(418), 1],
    ['a redirect elsewhere', status(302, { location: 'https://www.made-up.example/' }), 1],
    ['an answer that is too large', (response) => html(response, 'x'.repeat(2000)), 1],
    ['another type of answer', status(200, { 'content-type': 'image/png' }), 1],
  ])('is made where it can help: after %s', async (_what, behave, times) => {
    const site = await siteOf(behave);
    const { reader } = open(site, { limits: { timeoutMs: 500, maxBytes: 1000 } });
    await reader.read(page, ['one']);
    expect(site.paths()).toHaveLength(times);
  });

  it('is made where the page itself says that it cannot be had now, and not where it says when', async () => {
    const site = await siteOf(status(200));
    const { reader } = open(site);
    const lagging = madeUpPage({ read: () => ({ status: 'UNAVAILABLE', reason: 'maxlag' }) });
    await reader.read(lagging, ['one']);
    expect(site.paths()).toHaveLength(3);
    const patient = madeUpPage({ read: () => ({ status: 'UNAVAILABLE', reason: 'maxlag', retryAfterMs: 5000 }) });
    const { retryAt, fetchedAt } = await reader.read(patient, ['two']);
    expect((retryAt?.getTime() ?? 0) - (fetchedAt?.getTime() ?? 0)).toBe(5000);
    expect(site.paths()).toHaveLength(4);
  });

  it('is made as often as is set', async () => {
    for (const retries of [0, 1, 3]) {
      const site = await siteOf(status(500));
      await open(site, { limits: { retries } }).reader.read(page, ['one']);
      expect(site.paths()).toHaveLength(retries + 1);
    }
  });

  it('ends with the first answer', async () => {
    const outcomes = [status(500), cut, status(200), status(500)];
    const site = await siteOf((response, request) => outcomes.shift()?.(response, request));
    const { reader, kept } = open(site);
    const { readings, code } = await reader.read(page, ['one']);
    expect([readings.get('one'), code]).toEqual([found('text'), null]);
    expect(site.paths()).toHaveLength(3);
    expect(kept.map((exchange) => exchange.status)).toEqual([500, 200]);
  });

  it('comes later each time, by chance', async () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const site = await siteOf(status(500));
    const { reader } = open(site, { limits: { retryDelayMs: 100 } });
    await reader.read(page, ['one']);
    // About 90 and 109 ms.
    expect(impatient(site.requests, 85)).toEqual([]);
    expect(impatient(site.requests.slice(1), 105)).toEqual([]);
    random.mockReturnValue(0.95);
    site.requests.length = 0;
    await open(site, { limits: { retryDelayMs: 100 } }).reader.read(page, ['two']);
    // About 132 and 141 ms.
    expect(impatient(site.requests, 125)).toEqual([]);
    expect(impatient(site.requests.slice(1), 136)).toEqual([]);
  });
});

describe('a host that fails or refuses', () => {
  /** How far the clocks are put on, in milliseconds. */
  let aheadMs = 0;
  function putClocksOn(milliseconds: number): void {
    if (!vi.isMockFunction(Date.now)) {
      const clock = Date.now.bind(Date);
      aheadMs = 0;
      vi.spyOn(Date, 'now').mockImplementation(() => clock() + aheadMs);
    }
    aheadMs += milliseconds;
  }

  const codes = async ({ reader }: ReaderOfTest, keys: readonly string[]) => {
    const all = [];
    for (const key of keys) all.push((await reader.read(page, [key])).code);
    return all;
  };
  const times = (count: number, prefix = 'k') => Array.from({ length: count }, (_, place) => `${prefix}${place}`);

  it.each<[string, Behave, 'BLOCKED' | 'UNAVAILABLE', number]>([
    ['refuses', status(403), 'BLOCKED', 2 * hour],
    ['challenges', status(202), 'BLOCKED', 2 * hour],
    ['fails', status(500), 'UNAVAILABLE', minute],
    ['cuts connections', cut, 'UNAVAILABLE', minute],
    ['does not answer', () => {}, 'UNAVAILABLE', minute],
  ])(
    'five times in a row is not asked for a while, and that is no answer either: %s',
    async (_what, behave, reading, forMs) => {
      const site = await siteOf(behave);
      const own = open(site, { limits: { retries: 0, timeoutMs: 300 } });
      await codes(own, times(5));
      const { readings, code, retryAt, fetchedAt } = await own.reader.read(page, ['sixth']);
      expect(code).toBe('CIRCUIT_OPEN');
      expect(readings.get('sixth')).toMatchObject({ status: reading, reason: expect.stringContaining(site.host) });
      expect(fetchedAt).toBeNull();
      const until = retryAt?.getTime() ?? Number.NaN;
      expect(until).toBeGreaterThan(Date.now() + forMs - 30_000);
      expect(until).toBeLessThanOrEqual(Date.now() + forMs);
      expect(site.paths()).toHaveLength(5);
      expect(own.turns.at(-1)).toMatchObject({ openUntil: retryAt, wasAnswered: false });
    },
  );

  it('five times in a page of its own, with status 200, is not asked for a while either', async () => {
    const site = await siteOf(status(200));
    const refusing = madeUpPage({ read: () => ({ status: 'BLOCKED', code: 'REFUSED', reason: 'no' }) });
    const { reader } = open(site);
    const answers = [];
    for (const key of times(6)) answers.push((await reader.read(refusing, [key])).code);
    expect(answers).toEqual([...Array(5).fill('REFUSED'), 'CIRCUIT_OPEN']);
    expect(site.paths()).toHaveLength(5);
  });

  it('is left alone as long as its page asks for, also where that says with status 200 that it cannot answer now', async () => {
    const site = await siteOf(status(200));
    const busy = madeUpPage({ read: () => ({ status: 'UNAVAILABLE', reason: 'lag', retryAfterMs: 3_600_000 }) });
    const { reader } = open(site);
    expect((await reader.read(busy, ['one'])).code).toBe('SOURCE_UNAVAILABLE');
    expect((await reader.read(busy, ['two'])).code).toBe('HOST_PAUSED');
    expect(site.paths()).toEqual(['/one']);
  });

  it('counts tries, so that two pages can be enough', async () => {
    const site = await siteOf(status(500));
    const own = open(site);
    expect(await codes(own, times(3))).toEqual(['SOURCE_UNAVAILABLE', 'CIRCUIT_OPEN', 'CIRCUIT_OPEN']);
    expect(site.paths()).toHaveLength(5);
  });

  it('four times in a row goes on, and an answer ends the row', async () => {
    const site = await siteOf((response, { path }) => html(response, 'text', path.startsWith('/bad') ? 403 : 404));
    const own = open(site);
    await codes(own, [...times(4, 'bad'), 'good', ...times(4, 'bad'), 'good', ...times(4, 'bad')]);
    expect(site.paths()).toHaveLength(14);
  });

  it('is left alone by all readers of the schedule, and the row is counted over them', async () => {
    const site = await siteOf(status(403));
    const schedule = createMemorySchedule(() => Date.now());
    for (let reader = 0; reader < 7; reader += 1)
      expect(await codes(open(site, { schedule }), ['one'])).toEqual([reader < 5 ? 'REFUSED' : 'CIRCUIT_OPEN']);
    expect(site.paths()).toHaveLength(5);
  });

  it('is told at once to all who ask: nobody waits for a gap when nobody is asked', async () => {
    const site = await siteOf(status(403));
    const schedule = createMemorySchedule(() => Date.now());
    await codes(open(site, { schedule }), times(5));
    const slow = open(site, { schedule, gapMs: hour });
    expect(await codes(slow, times(20))).toEqual(Array.from({ length: 20 }, () => 'CIRCUIT_OPEN'));
    expect(slow.turns.every(({ gapMs }) => gapMs === 0)).toBe(true);
    expect(site.paths()).toHaveLength(5);
  });

  it('is tried once when the time is over, and left alone longer where that fails too', async () => {
    putClocksOn(0);
    const site = await siteOf(status(403));
    const own = open(site);
    await codes(own, times(5));
    for (const hours of [2, 4, 8, 16, 24, 24]) {
      const { code, retryAt } = await own.reader.read(page, ['waiting']);
      expect(code).toBe('CIRCUIT_OPEN');
      const forMs = (retryAt?.getTime() ?? Number.NaN) - Date.now();
      expect(forMs).toBeGreaterThan(hours * hour - 30_000);
      expect(forMs).toBeLessThanOrEqual(hours * hour);
      const asked = site.paths().length;
      putClocksOn(forMs - 5000);
      expect(await codes(own, ['too soon'.replace(' ', '-')])).toEqual(['CIRCUIT_OPEN']);
      putClocksOn(5001);
      expect(await codes(own, ['trial', 'after'])).toEqual(['REFUSED', 'CIRCUIT_OPEN']);
      expect(site.paths()).toHaveLength(asked + 1);
    }
  });

  it('is asked as before after a trial that is answered', async () => {
    putClocksOn(0);
    let isDown = true;
    const site = await siteOf((response) => html(response, 'text', isDown ? 500 : 200));
    const own = open(site, { limits: { retries: 0 } });
    await codes(own, times(5));
    putClocksOn(minute + 1);
    isDown = false;
    expect(await codes(own, times(3))).toEqual([null, null, null]);
    isDown = true;
    const failed = Array.from({ length: 5 }, () => 'SOURCE_UNAVAILABLE');
    expect(await codes(own, times(6))).toEqual([...failed, 'CIRCUIT_OPEN']);
  });

  it('has one trial at a time, whoever asks', async () => {
    putClocksOn(0);
    const site = await siteOf(status(500));
    const schedule = createMemorySchedule(() => Date.now());
    const readers = Array.from({ length: 3 }, () => open(site, { schedule, limits: { retries: 0 } }));
    await codes(readers[0] as ReaderOfTest, times(5));
    putClocksOn(minute + 1);
    const all = await Promise.all(readers.map((own) => codes(own, ['trial'])));
    expect(all.flat().sort()).toEqual(['CIRCUIT_OPEN', 'CIRCUIT_OPEN', 'SOURCE_UNAVAILABLE']);
    expect(site.paths()).toHaveLength(6);
  });

  it('is neither cleared nor blamed by what we refuse to ask for, or give up', async () => {
    putClocksOn(0);
    const silent: Behave = () => {};
    let behave = status(500);
    const site = await siteOf((response, request) => behave(response, request));
    const own = open(site, { limits: { retries: 0 } });
    const astray = madeUpPage({
      request: (key, origin) => ({ url: `${origin.replace('//', '//somebody@')}/${key}` }),
    });
    await codes(own, times(4));
    for (let time = 0; time < 3; time += 1)
      expect((await own.reader.read(astray, ['one'])).code).toBe('ADDRESS_REFUSED');
    // The fifth.
    expect(await codes(own, ['five', 'six'])).toEqual(['SOURCE_UNAVAILABLE', 'CIRCUIT_OPEN']);
    putClocksOn(minute + 1);
    expect((await own.reader.read(astray, ['one'])).code).toBe('ADDRESS_REFUSED');
    behave = silent;
    const stopping = new AbortController();
    const trial = own.reader.read(page, ['given-up'], { signal: stopping.signal });
    await vi.waitFor(() => expect(site.paths()).toContain('/given-up'));
    stopping.abort();
    await expect(trial).rejects.toThrow('aborted');
    // It is still the trial that decides.
    behave = status(500);
    expect(await codes(own, ['trial', 'after'])).toEqual(['SOURCE_UNAVAILABLE', 'CIRCUIT_OPEN']);
    expect(own.turns.at(-1)?.openUntil?.getTime()).toBeGreaterThan(Date.now() + minute + 30_000);
  });

  it('is another host than those that answer', async () => {
    const bad = await siteOf(status(403));
    const good = await siteOf(status(200));
    const own = readerOf([bad, good]);
    closing.push(() => own.reader.close());
    await codes(own, times(6));
    expect((await own.reader.read(madeUpPage({ source: '1' }), ['one'])).code).toBeNull();
  });

  it('may have left behind what nobody knows: then it begins anew', async () => {
    const site = await siteOf(status(403));
    for (const breaker of ['text', { policy: {} }, { policy: { ownState: { value: 1 }, breakerState: 5 } }, []]) {
      const schedule = createMemorySchedule();
      const taken = await schedule.take(site.host, 'made-up', 1000);
      if ('waitMs' in taken) throw new Error('It is taken');
      await taken.end({ gapMs: 0, breaker, openUntil: null, wasAnswered: false });
      const own = open(site, { schedule });
      expect(await codes(own, ['one'])).toEqual(['REFUSED']);
      expect(own.turns).toMatchObject([{ openUntil: null, breaker: { policy: { breakerState: 1 } } }]);
    }
  });
});

describe('a turn', () => {
  it('says whether an answer came, of whatever kind', async () => {
    const answers: [Behave, boolean][] = [
      [status(200), true],
      [status(404), true],
      [status(403), true],
      [status(500), true],
      [cut, false],
      [(response) => html(response, 'x'.repeat(2000)), false],
    ];
    for (const [behave, wasAnswered] of answers) {
      const site = await siteOf(behave);
      const { reader, turns } = open(site, { limits: { retries: 0, maxBytes: 1000 } });
      await reader.read(page, ['one']);
      expect(turns).toMatchObject([{ wasAnswered }]);
    }
  });

  it('of somebody who died is taken when its time is over, and not before', async () => {
    let at = Date.now();
    const schedule = createMemorySchedule(() => at);
    const site = await siteOf(status(200));
    // As a process leaves it that ends in the middle of a request.
    await schedule.take(site.host, 'made-up', 20_000);
    const { reader } = open(site, { schedule });
    const reading = reader.read(page, ['one']);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(site.paths()).toEqual([]);
    at += 20_000;
    expect((await reading).code).toBeNull();
  });

  it('that cannot be taken or ended ends the read with the error', async () => {
    const site = await siteOf(status(200));
    const schedule = createMemorySchedule();
    const broken = open(site, {
      schedule: {
        ...schedule,
        take: async () => {
          throw new Error('The database is gone');
        },
      },
    });
    await expect(broken.reader.read(page, ['one'])).rejects.toThrow('The database is gone');
    const unending = open(site, {
      schedule: {
        ...schedule,
        take: async () => ({
          breaker: null,
          end: async () => {
            throw new Error('The database went');
          },
        }),
      },
    });
    await expect(unending.reader.read(page, ['one'])).rejects.toThrow('The database went');
    // And the reader goes on with the next.
    await expect(broken.reader.read(page, ['two'])).rejects.toThrow('The database is gone');
  });
});
