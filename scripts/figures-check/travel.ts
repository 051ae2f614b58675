// Stays away from home.
import { dayText, type Figure, longest, shareOf } from './figure.ts';

const stays = `
  home AS (SELECT country FROM viewing WHERE country IS NOT NULL GROUP BY country ORDER BY count(*) DESC, country LIMIT 1),
  place AS (
    SELECT country, day, row_number() OVER in_order AS place,
      row_number() OVER in_order - row_number() OVER (PARTITION BY country ORDER BY started_at, line DESC) AS run
    FROM inside WHERE country IS NOT NULL WINDOW in_order AS (ORDER BY started_at, line DESC)
  ),
  stay AS (
    SELECT country, min(day) AS first_day, max(day) AS last_day, count(*) AS viewings, max(place) AS place
    FROM place WHERE country <> (SELECT country FROM home) GROUP BY country, run
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
      FROM stay ORDER BY place DESC LIMIT ${longest}`,
  },
};
