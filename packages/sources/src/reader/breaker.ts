import { CircuitState, ConsecutiveBreaker, circuitBreaker, DelegateBackoff, handleAll } from 'cockatiel';
import { z } from 'zod';

/** How an attempt ended, for the breaker: an answer of any kind but a refusal is a success. */
export type AttemptOutcome = 'OK' | 'BLOCKED' | 'FAILED';

/** So many refusals or failures in a row open it. */
const threshold = 5;

const minute = 60_000;
const hour = 60 * minute;

/** How long it stays open the first time, and at most, doubling: an outage may be over soon, a refusal is not a mood. */
const openings = {
  BLOCKED: { first: 2 * hour, most: 24 * hour },
  FAILED: { first: minute, most: hour },
} as const;

/** What is stored between two requests. */
export interface BreakerState {
  readonly policy: unknown;
  /** What opened it. */
  readonly cause: 'BLOCKED' | 'FAILED' | null;
  /** Until when nobody asks; null while it is closed. */
  readonly openUntil: Date | null;
}

/** As cockatiel writes it: when an open one was opened, and how often in a row, decides on how long it stays so. */
const ownState = z.union([
  z.object({ value: z.literal(CircuitState.Closed) }),
  z.object({ value: z.literal(CircuitState.Open), openedAt: z.number(), attemptNo: z.int().min(1).max(1e6) }),
]);

const stored = z.object({
  policy: z.object({ ownState, breakerState: z.number() }),
  cause: z.enum(['BLOCKED', 'FAILED']).nullable(),
  openUntil: z.coerce.date().nullable(),
});

/** From JSON; a state that nobody knows is none. */
export function readBreaker(value: unknown): BreakerState | null {
  const read = stored.safeParse(value);
  return read.success ? read.data : null;
}

/** How often in a row it was refused or failed, while the breaker is closed. */
export function failuresInARow(state: BreakerState | null): number {
  const { breakerState } = (state?.policy ?? {}) as { breakerState?: unknown };
  return typeof breakerState === 'number' ? breakerState : 0;
}

/**
 * What a host's breaker makes of an attempt. The breaker is cockatiel's, made anew from what is stored: turns come one after another, in
 * whichever process.
 */
export async function judge(before: BreakerState | null, outcome: AttemptOutcome): Promise<BreakerState> {
  const cause = outcome === 'OK' ? null : outcome;
  const openFor = (attempt: number) => {
    const { first, most } = openings[cause ?? before?.cause ?? 'FAILED'];
    return Math.min(most, first * 2 ** (attempt - 1));
  };
  const policy = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(threshold),
    halfOpenAfter: new DelegateBackoff(({ attempt }) => openFor(attempt)),
    ...(before === null ? {} : { initialState: before.policy }),
  });
  await policy
    .execute(() => {
      if (cause !== null) throw new Error(cause);
    })
    .catch(() => {});
  if (policy.state !== CircuitState.Open) return { policy: policy.toJSON(), cause: null, openUntil: null };
  const own = (policy.toJSON() as { ownState: { openedAt: number; attemptNo: number } }).ownState;
  return {
    policy: policy.toJSON(),
    cause: cause ?? before?.cause ?? null,
    openUntil: new Date(own.openedAt + openFor(own.attemptNo)),
  };
}
