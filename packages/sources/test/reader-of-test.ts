import { found, type Page, type SinglePage, singlePage } from '../src/page.ts';
import { createReader, type KeptExchange, type Reader, type ReaderOptions } from '../src/reader/reader.ts';
import { createMemorySchedule, type Schedule, type TurnOutcome } from '../src/reader/schedule.ts';
import type { LocalSite } from './local-site.ts';

/** A page of a local site: its key is the path, without the slash, and its facts are what it says. */
export const madeUpPage = (more: Partial<SinglePage<string>> = {}): Page<string> =>
  singlePage<string>({
    source: 'made-up',
    kind: 'page',
    keys: 'path',
    isKey: () => true,
    policy: 'api',
    types: ['text/html'],
    request: (key, origin) => ({ url: `${origin}/${key}` }),
    recognises: () => true,
    read: ({ body }) => found(body),
    ...more,
  });

export interface ReaderOfTest {
  readonly reader: Reader;
  readonly kept: KeptExchange[];
  /** How each turn ended, in order. */
  readonly turns: TurnOutcome[];
  readonly schedule: Schedule;
}

export interface ReaderOfTestOptions extends Partial<Omit<ReaderOptions, 'gapOf'>> {
  readonly gapMs?: number;
}

/** A reader of some local sites: a page's source is the place of its site, `0` where it is no number. */
export function readerOf(sites: readonly LocalSite[], options: ReaderOfTestOptions = {}): ReaderOfTest {
  const { gapMs = 0, schedule = createMemorySchedule(() => Date.now()), keep, limits, ...more } = options;
  const kept: KeptExchange[] = [];
  const turns: TurnOutcome[] = [];
  const watched = recorded(schedule, turns);
  const reader = createReader({
    version: '1.2.3',
    contact: 'somebody@example.org',
    originOf: ({ source }) => sites[Number(source) || 0]?.origin ?? '',
    gapOf: () => gapMs,
    ...more,
    schedule: watched,
    async keep(exchange) {
      await keep?.(exchange);
      kept.push(exchange);
    },
    limits: { retryDelayMs: 1, firstPauseMs: 1, ...limits },
  });
  return { reader, kept, turns, schedule };
}

/** What the breaker is left with goes through JSON, as it does in a database. */
function recorded(schedule: Schedule, turns: TurnOutcome[]): Schedule {
  return {
    ...schedule,
    async take(...given) {
      const taken = await schedule.take(...given);
      if ('waitMs' in taken) return taken;
      return {
        breaker: taken.breaker,
        async end(outcome) {
          turns.push(outcome);
          // A date that is none would throw here, as it does there.
          outcome.openUntil?.toISOString();
          await taken.end({ ...outcome, breaker: JSON.parse(JSON.stringify(outcome.breaker)) });
        },
      };
    },
  };
}
