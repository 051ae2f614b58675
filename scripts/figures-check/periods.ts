// The periods that the figures of a profile are compared for.
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Period } from './history.ts';

/** The one that several files share where this profile watched anything in it, else a year, or half of a shorter history, of its own. */
const year = `WITH history AS (SELECT min(day) AS first_day, max(day) AS last_day FROM row_of_profile),
  shared AS (SELECT DATE '2019-03-01' AS first_day, DATE '2020-02-29' AS last_day)
  SELECT * FROM shared WHERE EXISTS (FROM row_of_profile WHERE day BETWEEN shared.first_day AND shared.last_day)
  UNION ALL
  SELECT first_day + CAST((last_day - first_day) // 4 AS INTEGER),
    first_day + CAST((last_day - first_day) // 4 + least(365, (last_day - first_day) // 2) AS INTEGER) FROM history
  LIMIT 1`;

/**
 * Both ends where a cut hurts: at a midnight around which something was watched, a third and two thirds into the history. Of files with
 * days only, at a day on which something was watched, as on the day before.
 */
const cut = `WITH midnight AS (
    SELECT DISTINCT later.day FROM viewing earlier JOIN viewing later ON later.day = earlier.day + 1
    WHERE earlier.clock IS NULL OR (hour(earlier.clock) >= 23 AND hour(later.clock) < 1)
  ),
  placed AS (SELECT day, ntile(3) OVER (ORDER BY day) AS third FROM midnight)
  SELECT max(day) FILTER (WHERE third = 1) AS first_day, max(day) FILTER (WHERE third = 2) - 1 AS last_day FROM placed`;

/** The day on which most was watched. */
const day = `SELECT mode(day) AS first_day, mode(day) AS last_day FROM viewing`;

async function periodOf(sql: DuckDBConnection, query: string): Promise<Period | null> {
  const answer = await sql.runAndReadAll(
    `SELECT strftime(CAST(first_day AS DATE), '%Y-%m-%d') AS "from", strftime(CAST(last_day AS DATE), '%Y-%m-%d') AS "to" FROM (${query})`,
  );
  const [found] = answer.getRowObjects();
  return typeof found?.from === 'string' && typeof found.to === 'string' && found.from <= found.to
    ? { from: found.from, to: found.to }
    : null;
}

/** Each with what to call it; null is the whole history. */
export async function periodsOf(sql: DuckDBConnection): Promise<[string, Period | null][]> {
  const periods: [string, Period | null][] = [['whole history', null]];
  for (const [name, query] of Object.entries({ year, 'cut at midnights': cut, 'one day': day })) {
    const period = await periodOf(sql, query);
    if (period !== null) periods.push([name, period]);
  }
  // Before Netflix had any.
  periods.push(['nothing', { from: '1999-01-01', to: '1999-12-31' }]);
  return periods;
}
