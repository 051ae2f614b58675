import { endTurn, hostRobots, keepHostRobots, type SqlConnection, takeTurn } from '@watchprint/database';
import type { Schedule } from '@watchprint/sources';

/** The schedule of all processes that share a database: many are as polite as one. */
export function createSharedSchedule(sql: SqlConnection, workerId: string): Schedule {
  return {
    async take(host, source, holdMs) {
      const taken = await takeTurn(sql, { host, source, workerId, holdMs });
      if ('waitMs' in taken) return taken;
      return { breaker: taken.breaker, end: (outcome) => endTurn(sql, host, workerId, outcome) };
    },
    robots: (host) => hostRobots(sql, host),
    keepRobots: (host, source, robots) => keepHostRobots(sql, host, source, robots),
  };
}
