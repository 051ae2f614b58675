import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMemorySchedule, lookAgainMs, type Schedule, type Turn, type TurnOutcome } from './schedule.ts';

const outcome = (gapMs: number, breaker: unknown = null): TurnOutcome => ({
  gapMs,
  breaker,
  openUntil: null,
  wasAnswered: true,
});

async function turn(schedule: Schedule, host = 'one.example', holdMs = 1000): Promise<Turn> {
  const taken = await schedule.take(host, 'made-up', holdMs);
  if ('waitMs' in taken) throw new Error(`wait ${taken.waitMs} ms`);
  return taken;
}

const waitFor = async (schedule: Schedule, host = 'one.example'): Promise<number> => {
  const taken = await schedule.take(host, 'made-up', 1000);
  return 'waitMs' in taken ? taken.waitMs : 0;
};

describe('the schedule of one process', () => {
  let at = 1_000_000;
  const now = () => at;

  it('lets one at a time ask a host, and others at once', async () => {
    const schedule = createMemorySchedule(now);
    const own = await turn(schedule);
    expect(await waitFor(schedule)).toBe(lookAgainMs);
    expect(await waitFor(schedule, 'another.example')).toBe(0);
    await own.end(outcome(0));
    at += 1;
    expect(await waitFor(schedule)).toBe(0);
  });

  it('keeps the gap from the end of one to the beginning of the next, and says how much of it is left', async () => {
    const schedule = createMemorySchedule(now);
    const own = await turn(schedule);
    at += 500;
    await own.end(outcome(200));
    expect(await waitFor(schedule)).toBe(201);
    at += 200;
    // The clock shows whole milliseconds: 200 of them may have been 199 and a bit.
    expect(await waitFor(schedule)).toBe(1);
    at += 1;
    await turn(schedule);
  });

  it('hands over what the breaker was left with', async () => {
    const schedule = createMemorySchedule(now);
    const first = await turn(schedule);
    expect(first.breaker).toBeNull();
    await first.end(outcome(0, { failures: 2 }));
    at += 1;
    expect((await turn(schedule)).breaker).toEqual({ failures: 2 });
    expect((await turn(schedule, 'another.example')).breaker).toBeNull();
  });

  it('gives a turn that was held too long to the next, and then it is not the first one that ends it', async () => {
    const schedule = createMemorySchedule(now);
    const late = await turn(schedule, 'one.example', 1000);
    at += 999;
    expect(await waitFor(schedule)).toBe(lookAgainMs);
    at += 1;
    const next = await turn(schedule);
    await late.end(outcome(0, 'of the late one'));
    expect(await waitFor(schedule)).toBe(lookAgainMs);
    expect(next.breaker).toBeNull();
    await next.end(outcome(0, 'of the next'));
    at += 1;
    expect((await turn(schedule)).breaker).toBe('of the next');
  });

  it('remembers the robots.txt of each host', async () => {
    const schedule = createMemorySchedule(now);
    expect(await schedule.robots('one.example')).toBeNull();
    const robots = { status: 200, text: 'User-agent: *', fetchedAt: new Date(at) };
    await schedule.keepRobots('one.example', 'made-up', robots);
    expect(await schedule.robots('one.example')).toEqual(robots);
    expect(await schedule.robots('another.example')).toBeNull();
  });
});

it('never has two at one host, nor a gap that is too short, whoever comes when', async () => {
  const steps = fc.array(
    fc.record({ host: fc.constantFrom('a', 'b'), after: fc.nat(30), does: fc.constantFrom('TAKE', 'END') }),
    { maxLength: 200 },
  );
  await fc.assert(
    fc.asyncProperty(steps, fc.nat(50), async (given, gapMs) => {
      let at = 0;
      const schedule = createMemorySchedule(() => Math.floor(at));
      const held = new Map<string, Turn>();
      const endedAt = new Map<string, number>();
      for (const { host, after, does } of given) {
        // Between two ticks of the clock too.
        at += after + 0.7;
        const own = held.get(host);
        if (does === 'END') {
          if (own === undefined) continue;
          held.delete(host);
          endedAt.set(host, at);
          await own.end(outcome(gapMs));
          continue;
        }
        const taken = await schedule.take(host, 'made-up', 1e9);
        if ('waitMs' in taken) {
          expect(taken.waitMs).toBeGreaterThan(0);
          continue;
        }
        expect(own).toBeUndefined();
        expect(at - (endedAt.get(host) ?? Number.NEGATIVE_INFINITY)).toBeGreaterThanOrEqual(gapMs);
        held.set(host, taken);
      }
    }),
  );
});
