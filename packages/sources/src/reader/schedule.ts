/**
 * Who may ask a host, and when: one request at a time, a gap between two, pauses that it asked for, and what its breaker knows. Shared by
 * all that ask from one place: processes with one database have one.
 */
export interface Schedule {
  /**
   * Takes a host's turn where it is free.
   * @param host as a URL has it, with its port: `www.imdb.com`, `127.0.0.1:5000`.
   * @param source whose host it is.
   * @param holdMs After which others may take it all the same: whoever had it has died.
   * @returns the turn, which must be ended; or how long to wait, in milliseconds, before it is worth asking again.
   */
  take(host: string, source: string, holdMs: number): Promise<Turn | Wait>;
  /** What is known of a host's robots.txt; null: nothing. */
  robots(host: string): Promise<StoredRobots | null>;
  keepRobots(host: string, source: string, robots: StoredRobots): Promise<void>;
}

export interface Wait {
  readonly waitMs: number;
}

export interface Turn {
  /** What the breaker of this host was left with; null: nothing yet. */
  readonly breaker: unknown;
  end(outcome: TurnOutcome): Promise<void>;
}

export interface TurnOutcome {
  /** Until the next turn, in milliseconds. */
  readonly gapMs: number;
  /** What the breaker is left with. */
  readonly breaker: unknown;
  /** Until when the breaker keeps the host from being asked; null: it does not. */
  readonly openUntil: Date | null;
  /** Whether an answer came, of whatever kind. */
  readonly wasAnswered: boolean;
}

export interface StoredRobots {
  /** Null where it could not be had. */
  readonly status: number | null;
  /** Of a good answer. */
  readonly text: string;
  readonly fetchedAt: Date;
}

interface Host {
  /** Whose turn it is; null: nobody's. */
  taken: object | null;
  takenUntil: number;
  nextAt: number;
  breaker: unknown;
  robots: StoredRobots | null;
}

/** How soon to look again for a turn that somebody has. */
export const lookAgainMs = 25;

/** The schedule of one process alone. */
export function createMemorySchedule(now: () => number = Date.now): Schedule {
  const hosts = new Map<string, Host>();
  const hostOf = (name: string): Host => {
    const host = hosts.get(name) ?? { taken: null, takenUntil: 0, nextAt: 0, breaker: null, robots: null };
    hosts.set(name, host);
    return host;
  };
  return {
    async take(name, _source, holdMs) {
      const host = hostOf(name);
      const at = now();
      if (host.taken !== null && host.takenUntil > at) return { waitMs: lookAgainMs };
      if (host.nextAt > at) return { waitMs: host.nextAt - at };
      const own = {};
      host.taken = own;
      host.takenUntil = at + holdMs;
      return {
        breaker: host.breaker,
        async end({ gapMs, breaker }) {
          // It took too long, and is somebody else's by now.
          if (host.taken !== own) return;
          host.taken = null;
          // The clock shows whole milliseconds: one more, that the gap is never one too short.
          host.nextAt = now() + gapMs + 1;
          host.breaker = breaker;
        },
      };
    },
    robots: async (name) => hostOf(name).robots,
    async keepRobots(name, _source, robots) {
      hostOf(name).robots = robots;
    },
  };
}
