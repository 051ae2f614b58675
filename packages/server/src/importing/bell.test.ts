import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBell } from './bell.ts';

describe('a bell', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  /** Whether a wait has ended, without letting time pass. */
  const hasEnded = async (wait: Promise<void>) => {
    let ended = false;
    void wait.then(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(0);
    return ended;
  };

  it('ends a wait when it rings, and leaves no timer behind', async () => {
    const bell = createBell();
    const wait = bell.heard(1000);
    expect(await hasEnded(wait)).toBe(false);
    bell.ring();
    expect(await hasEnded(wait)).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('remembers a ring that nobody waited for, once', async () => {
    const bell = createBell();
    bell.ring();
    bell.ring();
    expect(await hasEnded(bell.heard(1000))).toBe(true);
    expect(await hasEnded(bell.heard(1000))).toBe(false);
  });

  it('ends a wait without a ring when its time is over', async () => {
    const wait = createBell().heard(1000);
    await vi.advanceTimersByTimeAsync(999);
    expect(await hasEnded(wait)).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await hasEnded(wait)).toBe(true);
  });
});
