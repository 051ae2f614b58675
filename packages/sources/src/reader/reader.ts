import { setTimeout as sleep } from 'node:timers/promises';
import { ExponentialBackoff } from 'cockatiel';
import PQueue from 'p-queue';
import type { Page, PageRequest, Reading } from '../page.ts';
import { readAnswer } from '../read-answer.ts';
import { refusalOf } from '../refusal.ts';
import { type AttemptOutcome, type BreakerState, failuresInARow, judge, readBreaker } from './breaker.ts';
import { HeldError, RobotsError, TransportError } from './errors.ts';
import {
  answerOf,
  conditions,
  failureIn,
  isWorthAnother,
  pauseIn,
  type Trouble,
  troubleIn,
  validatorsOf,
} from './exchange.ts';
import { createHttp, type HttpExchange } from './http.ts';
import type { PageResult, Validators } from './page-result.ts';
import { isRobotsOld, robotName, robotsVerdict, shortRobots } from './robots.ts';
import type { Schedule, StoredRobots, Turn } from './schedule.ts';

/** Where an answer goes before anybody reads it. */
export interface KeptExchange extends HttpExchange {
  readonly source: string;
  readonly kind: string;
  readonly key: string;
}

export interface ReaderOptions {
  /** Version of this Watchprint, for the user agent. */
  readonly version: string;
  /** Who runs this copy: a mail address or page. Null: nobody said. */
  readonly contact: string | null;
  readonly schedule: Schedule;
  /** The origin of the site that has a page, for these keys: without a slash at its end. */
  originOf(page: Page<unknown>, keys: readonly string[]): string;
  /** At least so long between two requests to a source's hosts, in milliseconds. */
  gapOf(source: string): number;
  /** Keeps an answer, before it is read. */
  keep(exchange: KeptExchange): Promise<void>;
  readonly limits?: Partial<ReaderLimits>;
}

export interface ReaderLimits {
  /** Of one request, in milliseconds. Default 10 s. */
  readonly timeoutMs: number;
  /** Of one answer, unpacked. Default 5 MiB. */
  readonly maxBytes: number;
  /** How often to ask once more what may be better in a moment. Default 2. */
  readonly retries: number;
  /** Before the first of them, in milliseconds, doubling and with jitter. Default 1 s. */
  readonly retryDelayMs: number;
  /** How long to leave a host alone that says that there were too many requests, and not for how long: the first time, doubling. Default 2 s. */
  readonly firstPauseMs: number;
  /** How long to wait for a host that is paused or left alone, in milliseconds; beyond that it is not asked. Default 15 minutes. */
  readonly longestWaitMs: number;
}

const defaults: ReaderLimits = {
  timeoutMs: 10_000,
  maxBytes: 5 * 1024 ** 2,
  retries: 2,
  retryDelayMs: 1000,
  firstPauseMs: 2000,
  longestWaitMs: 15 * 60_000,
};

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Higher goes first among those that wait in this process. */
  readonly priority?: number;
  /** Of the answer that is known. */
  readonly validators?: Validators | null;
}

/** The one way to the web: paced, checked, kept. */
export interface Reader {
  /** Never throws for what a source does; only the signal's reason, that the reader is closed, and what `keep` or the schedule throw. */
  read<Facts>(page: Page<Facts>, keys: readonly string[], options?: ReadOptions): Promise<PageResult<Facts>>;
  close(): Promise<void>;
}

/** Names product and operator, as sites ask for. */
export const userAgent = (version: string, contact: string | null): string =>
  `${robotName}/${version}${contact === null ? '' : ` (${contact})`}`;

const mostRedirects = 5;
/** How long a turn may be held beyond the time that its request may take. */
const holdMarginMs = 10_000;

export function createReader(options: ReaderOptions): Reader {
  const { schedule, originOf, gapOf, keep } = options;
  const limits = { ...defaults, ...options.limits };
  const agent = userAgent(options.version, options.contact);
  /** Origins that a page has named: the only ones that are asked. */
  const origins = new Set<string>();
  const http = createHttp({
    mayAsk: (origin) => origins.has(origin),
    timeoutMs: limits.timeoutMs,
    maxBytes: limits.maxBytes,
  });
  /** Requests of this process go one after another to a host, so that it waits for its turn but once. */
  const queues = new Map<string, PQueue>();
  const closing = new AbortController();

  function queueOf(host: string): PQueue {
    const known = queues.get(host);
    if (known !== undefined) return known;
    const queue = new PQueue({ concurrency: 1 });
    queues.set(host, queue);
    queue.on('idle', () => queues.delete(host));
    return queue;
  }

  /** After those of the host that came before. Who still waits is gone as soon as the signal says so; what was begun ends itself. */
  async function inLine<Result>(
    host: string,
    { signal, priority = 0 }: ReadOptions & { readonly signal: AbortSignal },
    work: () => Promise<Result>,
  ): Promise<Result> {
    signal.throwIfAborted();
    const waiting = new AbortController();
    const giveUp = () => waiting.abort(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    const begin = () => {
      signal.removeEventListener('abort', giveUp);
      return work();
    };
    return queueOf(host).add(begin, { priority, signal: waiting.signal });
  }

  /** Waits until the host may be asked. */
  async function turnOf(host: string, source: string, signal?: AbortSignal): Promise<Turn> {
    const patience = Date.now() + limits.longestWaitMs;
    for (;;) {
      signal?.throwIfAborted();
      const taken = await schedule.take(host, source, limits.timeoutMs + holdMarginMs);
      if (!('waitMs' in taken)) return taken;
      if (Date.now() + taken.waitMs > patience)
        throw new HeldError('HOST_PAUSED', 'BLOCKED', new Date(Date.now() + taken.waitMs), host);
      await pause(taken.waitMs, signal);
    }
  }

  /** One that is open is no turn: nobody was asked, so the next need not wait for a gap. */
  async function refuseIfOpen(turn: Turn, breaker: BreakerState | null, host: string): Promise<void> {
    const openUntil = breaker?.openUntil ?? null;
    if (breaker === null || openUntil === null || openUntil.getTime() <= Date.now()) return;
    await turn.end({ gapMs: 0, breaker, openUntil, wasAnswered: false });
    throw new HeldError('CIRCUIT_OPEN', breaker.cause ?? 'FAILED', openUntil, host);
  }

  /** One request in its turn. The breaker learns how it went. */
  async function ask(
    what: Asked,
    url: string,
    request: Request,
    gapMs: number,
    signal?: AbortSignal,
  ): Promise<HttpExchange> {
    const { host } = new URL(url);
    const turn = await turnOf(host, what.source, signal);
    const before = readBreaker(turn.breaker);
    await refuseIfOpen(turn, before, host);
    let outcome: AttemptOutcome | null = null;
    let answered: HttpExchange | null = null;
    let trouble: Trouble | null = null;
    try {
      const exchange = await http.send(
        {
          url,
          method: request.method ?? 'GET',
          headers: { 'user-agent': agent, ...request.headers },
          body: request.body,
          maxBytes: request.maxBytes,
        },
        signal,
      );
      trouble = refusalOf(answerOf(exchange));
      outcome = trouble !== null ? 'BLOCKED' : exchange.status >= 500 ? 'FAILED' : 'OK';
      answered = exchange;
      await keep({ ...exchange, ...what });
      if (outcome !== 'OK') return exchange;
      trouble = request.troubleIn?.(exchange) ?? null;
      if (trouble !== null) outcome = trouble.status === 'BLOCKED' ? 'BLOCKED' : 'FAILED';
      return exchange;
    } catch (error) {
      // What we refuse to ask for is no fault of the host.
      if (error instanceof TransportError) outcome = error.code === 'ADDRESS_REFUSED' ? null : 'FAILED';
      throw error;
    } finally {
      const breaker = outcome === null ? before : await judge(before, outcome);
      await turn.end({
        gapMs: Math.max(
          gapMs,
          answered === null ? 0 : pauseIn(answered, trouble, limits.firstPauseMs, failuresInARow(breaker)),
        ),
        breaker,
        openUntil: breaker?.openUntil ?? null,
        wasAnswered: answered !== null,
      });
    }
  }

  /**
   * Follows redirects within the host, each in a turn of its own.
   * @param gapFor Whether an address may be asked, and how long to leave the host alone then.
   */
  async function follow(
    what: Asked,
    request: Request,
    gapFor: (url: string) => Promise<number>,
    signal?: AbortSignal,
  ): Promise<HttpExchange> {
    let url = request.url;
    const seen = new Set<string>();
    for (;;) {
      const gapMs = await gapFor(url);
      const exchange = await ask(what, url, request, gapMs, signal);
      const location = exchange.responseHeaders.find(([name]) => name === 'location')?.[1];
      if (![301, 302, 303, 307, 308].includes(exchange.status) || location === undefined) return exchange;
      seen.add(url);
      if (!URL.canParse(location, url)) throw new TransportError('REDIRECT_REFUSED', `${url} leads to no address`);
      const next = new URL(location, url);
      if (next.origin !== new URL(url).origin)
        throw new TransportError('REDIRECT_REFUSED', `${url} leads to ${next.origin}, which is another host`);
      next.hash = '';
      url = next.href;
      if (seen.has(url) || seen.size > mostRedirects)
        throw new TransportError('REDIRECT_REFUSED', `${request.url} leads in circles`);
    }
  }

  async function robotsOf(source: string, origin: string, gapMs: number, signal?: AbortSignal): Promise<StoredRobots> {
    const { host } = new URL(origin);
    const known = await schedule.robots(host);
    if (known !== null && !isRobotsOld(known, new Date())) return known;
    const fetchedAt = new Date();
    const url = `${new URL(origin).origin}/robots.txt`;
    const robots = await follow({ source, kind: 'robots', key: host }, { url }, async () => gapMs, signal).then(
      (exchange): StoredRobots => {
        const { status } = exchange;
        const answer = answerOf(exchange);
        const refusal = refusalOf(answer);
        // A challenge is no rule, and no sign that there are none; a plain refusal is one (RFC 9309, 2.3.1.3).
        const isChallenge = refusal !== null && (status < 300 || refusal.code === 'CHALLENGE');
        const text = status < 300 && !isChallenge ? shortRobots(answer.body) : '';
        return { status: isChallenge ? null : status, text, fetchedAt };
      },
      (error: unknown): StoredRobots => {
        // What we refuse to ask for says nothing of what the host allows.
        if (!(error instanceof TransportError) || error.code === 'ADDRESS_REFUSED') throw error;
        return { status: null, text: '', fetchedAt };
      },
    );
    await schedule.keepRobots(host, source, robots);
    return robots;
  }

  async function attempt<Facts>(
    page: Page<Facts>,
    keys: readonly string[],
    { signal, validators }: ReadOptions,
  ): Promise<PageResult<Facts>> {
    const origin = originOf(page, keys).replace(/\/+$/, '');
    origins.add(new URL(origin).origin);
    const asked = page.request(keys, origin);
    let readings: ReadonlyMap<string, Reading<Facts>> | null = null;
    const request: Request = {
      ...asked,
      headers: { ...asked.headers, ...conditions(validators) },
      maxBytes: page.maxBytes,
      troubleIn(exchange) {
        readings = exchange.status < 300 ? readAnswer(page, answerOf(exchange), keys) : null;
        return readings && troubleIn(readings);
      },
    };
    const what: Asked = { source: page.source, kind: page.kind, key: keys.join('|') };
    const all = (reading: Reading<never>, more: Partial<PageResult<Facts>> = {}): PageResult<Facts> => ({
      ...nothing,
      readings: new Map(keys.map((key) => [key, reading])),
      ...more,
    });
    try {
      if (!URL.canParse(asked.url) || new URL(asked.url).origin !== new URL(origin).origin)
        throw new TransportError('ADDRESS_REFUSED', `${page.source}/${page.kind} asks elsewhere than ${origin}`);
      const ownGapMs = gapOf(page.source);
      const gapFor = async (url: string): Promise<number> => {
        if (page.policy !== 'robots') return ownGapMs;
        const verdict = robotsVerdict(await robotsOf(page.source, origin, ownGapMs, signal), url);
        if (!verdict.may) throw new RobotsError(verdict.because, new URL(url).host);
        return Math.max(ownGapMs, verdict.gapMs);
      };
      const exchange = await follow(what, request, gapFor, signal);
      const { fetchedAt } = exchange;
      // To somebody who knows nothing yet it says nothing.
      if (exchange.status === 304 && validators != null)
        return {
          ...nothing,
          readings: new Map(keys.map((key) => [key, { status: 'UNCHANGED' }])),
          fetchedAt,
          validators,
        };
      readings ??= readAnswer(page, answerOf(exchange), keys);
      const failure = failureIn(readings, exchange);
      // A failure is not known for the next time: "unchanged" would then mean that.
      return {
        ...nothing,
        readings,
        fetchedAt,
        validators: failure.code === null ? validatorsOf(exchange) : null,
        ...failure,
      };
    } catch (error) {
      if (error instanceof TransportError)
        return all({ status: 'UNAVAILABLE', reason: error.message }, { code: error.code });
      if (error instanceof RobotsError)
        return all(
          { status: error.code === 'ROBOTS_FORBIDS' ? 'BLOCKED' : 'UNAVAILABLE', reason: error.message },
          {
            code: error.code,
          },
        );
      if (error instanceof HeldError)
        return all(
          { status: error.because === 'BLOCKED' ? 'BLOCKED' : 'UNAVAILABLE', reason: error.message },
          {
            code: error.code,
            retryAt: error.until,
          },
        );
      throw error;
    }
  }

  /** Once more, and later each time, what may be better in a moment. */
  async function attempts<Facts>(
    page: Page<Facts>,
    keys: readonly string[],
    readOptions: ReadOptions,
  ): Promise<PageResult<Facts>> {
    let backoff = new ExponentialBackoff({ initialDelay: limits.retryDelayMs, maxDelay: 30_000 }).next();
    for (let left = limits.retries; ; left -= 1) {
      const result = await attempt(page, keys, readOptions);
      if (left <= 0 || !isWorthAnother(result)) return result;
      await pause(backoff.duration, readOptions.signal);
      backoff = backoff.next(undefined);
    }
  }

  return {
    async read(page, keys, { signal: given, ...readOptions } = {}) {
      const { host } = new URL(originOf(page, keys));
      const signal = given === undefined ? closing.signal : AbortSignal.any([given, closing.signal]);
      return inLine(host, { ...readOptions, signal }, () => attempts(page, keys, { ...readOptions, signal }));
    },
    async close() {
      closing.abort(new Error('The reader is closed'));
      // Turns that were begun are ended, so that the host is free for others.
      await Promise.all([...queues.values()].map((queue) => queue.onIdle()));
      await http.close();
    },
  };
}

/** @throws the signal's reason */
async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
}

interface Request extends PageRequest {
  readonly maxBytes?: number | undefined;
  /** Reads what looks like a good answer: some say with status 200 that they turn us away, or cannot answer. */
  troubleIn?(exchange: HttpExchange): Trouble | null;
}

type Asked = Pick<KeptExchange, 'source' | 'kind' | 'key'>;

const nothing = { code: null, retryAt: null, fetchedAt: null, validators: null } as const;
