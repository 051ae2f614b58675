// Stays away from home.
import { dayText, type Figure, longest, shareOf } from './figure.ts';

const stays = `
  home AS (SELECT country FROM viewing WHERE country IS NOT NULL GROUP BY country ORDER BY count(*) DESC, country LIMIT 1),
  known_day AS (SELECT day, row_number() OVER (ORDER BY day) AS place FROM inside WHERE country IS NOT NULL GROUP BY day),
  abroad AS (
    SELECT country, day, count(*) AS viewings FROM inside WHERE country <> (SELECT country FROM home) GROUP BY country, day
  ),
  day_abroad AS (
    SELECT abroad.*, place - row_number() OVER (PARTITION BY country ORDER BY day) AS run FROM abroad JOIN known_day USING (day)
  ),
  stay AS (
    SELECT country, min(day) AS first_day, max(day) AS last_day, sum(viewings) AS viewings FROM day_abroad GROUP BY country, run
  )`;

export const travel: Figure = {
  name: 'travel',
  field: `travel(first: ${longest})`,
  head: {
    columns: ['home', 'count', 'coverage'],
    sql: `WITH ${stays}
      SELECT (SELECT country FROM home) AS home, count(*) AS count, ${shareOf('country IS NOT NULL')} AS coverage FROM stay`,
  },
  list: {
    of: 'items',
    columns: ['country', 'from', 'to', 'viewings'],
    sql: `WITH ${stays}
      SELECT country, ${dayText('first_day')} AS "from", ${dayText('last_day')} AS "to", viewings
      FROM stay ORDER BY last_day DESC, first_day DESC, country LIMIT ${longest}`,
  },
};
