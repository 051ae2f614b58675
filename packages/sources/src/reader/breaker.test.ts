import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AttemptOutcome, type BreakerState, failuresInARow, judge, readBreaker } from './breaker.ts';

const minute = 60_000;
const hour = 60 * minute;

let at = 0;
beforeEach(() => {
  at = Date.UTC(2026, 10, 30);
  vi.spyOn(Date, 'now').mockImplementation(() => at);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** As a database keeps it. */
const stored = (state: BreakerState | null) => readBreaker(JSON.parse(JSON.stringify(state)));

async function after(outcomes: readonly AttemptOutcome[], from: BreakerState | null = null): Promise<BreakerState> {
  let state = from;
  for (const outcome of outcomes) state = await judge(stored(state), outcome);
  if (state === null) throw new Error('Nothing was judged');
  return state;
}

const five = (outcome: AttemptOutcome) => Array.from({ length: 5 }, () => outcome);

/** How long nobody asks from now on, in milliseconds; null: it is closed. */
const openFor = ({ openUntil }: BreakerState) => (openUntil === null ? null : openUntil.getTime() - at);

describe('a breaker', () => {
  it('opens after five in a row and not before, for a minute after failures, for two hours after refusals', async () => {
    expect(openFor(await after(five('FAILED').slice(1)))).toBeNull();
    expect(openFor(await after(five('BLOCKED').slice(1)))).toBeNull();
    expect(await after(five('FAILED'))).toMatchObject({ cause: 'FAILED', openUntil: new Date(at + minute) });
    expect(await after(five('BLOCKED'))).toMatchObject({ cause: 'BLOCKED', openUntil: new Date(at + 2 * hour) });
  });

  it('counts failures and refusals together; what opened it is the last', async () => {
    const mixed = await after(['FAILED', 'BLOCKED', 'FAILED', 'FAILED', 'BLOCKED']);
    expect(mixed).toMatchObject({ cause: 'BLOCKED', openUntil: new Date(at + 2 * hour) });
  });

  it('begins to count again after an answer', async () => {
    const state = await after(['FAILED', 'FAILED', 'FAILED', 'FAILED', 'OK', 'FAILED', 'FAILED', 'FAILED', 'FAILED']);
    expect(openFor(state)).toBeNull();
    expect(failuresInARow(state)).toBe(4);
    expect(failuresInARow(await after(['FAILED', 'OK']))).toBe(0);
    expect(failuresInARow(null)).toBe(0);
  });

  it('closes after a trial that is answered, and then takes five again', async () => {
    const open = await after(five('BLOCKED'));
    at += 2 * hour;
    const closed = await after(['OK'], open);
    expect(closed).toMatchObject({ cause: null, openUntil: null });
    expect(failuresInARow(closed)).toBe(0);
    expect(openFor(await after(five('FAILED').slice(1), closed))).toBeNull();
    expect(openFor(await after(five('FAILED'), closed))).toBe(minute);
  });

  it.each([
    ['FAILED', [1, 2, 4, 8, 16, 32, 60, 60].map((minutes) => minutes * minute)],
    ['BLOCKED', [2, 4, 8, 16, 24, 24].map((hours) => hours * hour)],
  ] as const)('stays open twice as long after each trial that is %s, up to a limit', async (outcome, expected) => {
    let state = await after(five(outcome));
    const found = [openFor(state)];
    for (const _ of expected.slice(1)) {
      at = state.openUntil?.getTime() ?? Number.NaN;
      state = await after([outcome], state);
      found.push(openFor(state));
    }
    expect(found).toEqual(expected);
  });

  it('stays open as long as a refusal asks for where the trial after an outage is refused, and the other way round', async () => {
    const outage = await after(five('FAILED'));
    at += minute;
    const refused = await after(['BLOCKED'], outage);
    expect(refused.cause).toBe('BLOCKED');
    expect(openFor(refused)).toBeGreaterThanOrEqual(2 * hour - minute);
    at = refused.openUntil?.getTime() ?? Number.NaN;
    const failed = await after(['FAILED'], refused);
    expect(failed.cause).toBe('FAILED');
    expect(openFor(failed)).toBe(2 * minute);
    at += 2 * minute;
    expect(openFor(await after(['OK'], failed))).toBeNull();
  });

  it('is the same in a database as in memory, whatever happens', async () => {
    const steps = fc.array(
      fc.record({
        outcome: fc.constantFrom<AttemptOutcome>('OK', 'FAILED', 'FAILED', 'BLOCKED', 'BLOCKED'),
        idleMs: fc.nat(2 * minute),
      }),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(steps, async (given) => {
        let state: BreakerState | null = null;
        let inARow = 0;
        for (const { outcome, idleMs } of given) {
          at += idleMs;
          // Nobody asks while it is open.
          at = Math.max(at, state?.openUntil?.getTime() ?? 0);
          const before: BreakerState | null = stored(state);
          expect(before).toEqual(state);
          state = await judge(before, outcome);
          inARow = outcome === 'OK' ? 0 : inARow + 1;
          expect(state.openUntil === null).toBe(inARow < 5);
          if (state.openUntil === null) expect(failuresInARow(state)).toBe(inARow);
          else {
            // A date, and one to come: never "invalid", never for good.
            expect(state.openUntil.getTime()).toBeGreaterThan(at);
            expect(state.openUntil.getTime()).toBeLessThanOrEqual(at + 24 * hour);
          }
        }
      }),
    );
  });
});

describe('what is stored of a breaker', () => {
  const closed = { policy: { ownState: { value: 0 }, breakerState: 3 }, cause: null, openUntil: null };
  const open = {
    policy: { ownState: { value: 1, openedAt: 1000, attemptNo: 1 }, breakerState: 5 },
    cause: 'FAILED',
    openUntil: '2026-11-30T00:00:00.000Z',
  };

  it('is read', () => {
    expect(readBreaker(closed)).toEqual(closed);
    expect(readBreaker(open)).toEqual({ ...open, openUntil: new Date(open.openUntil) });
  });

  it.each([
    null,
    undefined,
    'text',
    7,
    [],
    {},
    { ...closed, policy: null },
    { ...closed, policy: { ownState: { value: 0 } } },
    { ...closed, policy: { ownState: { value: 2 }, breakerState: 0 } },
    { ...closed, policy: { ownState: { value: 3 }, breakerState: 0 } },
    { ...closed, policy: { ownState: { value: 'open' }, breakerState: 0 } },
    { ...closed, cause: 'SOMETHING' },
    { ...open, policy: { ownState: { value: 1 }, breakerState: 5 } },
    { ...open, policy: { ownState: { value: 1, openedAt: null, attemptNo: 1 }, breakerState: 5 } },
    { ...open, policy: { ownState: { value: 1, openedAt: 1000, attemptNo: 0 }, breakerState: 5 } },
    { ...open, policy: { ownState: { value: 1, openedAt: 1000, attemptNo: 1e300 }, breakerState: 5 } },
    { ...open, openUntil: 'tomorrow' },
  ])('is none where nobody knows it: %j', (value) => expect(readBreaker(value)).toBeNull());
});
