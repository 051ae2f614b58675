// What was watched most, by each of the dimensions that the file, the strings or the catalogue's title.basics.tsv tell.
import { dayText, type Figure, longest } from './figure.ts';

/** The values that the period's viewings count for: key and label, and of the viewing its line, time watched and day. */
const values: Readonly<Record<string, string>> = {
  TITLE: `SELECT line, seconds, inside.day, id AS key,
    CASE WHEN kind IN ('EPISODE', 'SEASON') AND work_name IS NOT NULL THEN work_name || ': ' || name ELSE name END AS label FROM inside WHERE id IS NOT NULL`,
  SERIES: `SELECT line, seconds, inside.day, work_id AS key, work_name AS label FROM inside WHERE kind <> 'MOVIE'`,
  KIND: `SELECT line, seconds, inside.day, CASE kind WHEN 'MOVIE' THEN 'MOVIE' ELSE 'SERIES' END AS key,
    CASE kind WHEN 'MOVIE' THEN 'Films' ELSE 'Series' END AS label FROM inside WHERE kind IS NOT NULL`,
  DEVICE: 'SELECT line, seconds, inside.day, device AS key, device AS label FROM inside WHERE device IS NOT NULL',
  PLACE: 'SELECT line, seconds, inside.day, country AS key, country AS label FROM inside WHERE country IS NOT NULL',
  // The bands are those of the API's labels: the document names none.
  RUNTIME: `SELECT line, seconds, inside.day, CAST(band AS VARCHAR) AS key,
    CASE band WHEN 150 THEN '150 minutes and more' ELSE format('{} to {} minutes', band, upto - 1) END AS label
    FROM inside JOIN (VALUES (0, 30), (30, 45), (45, 60), (60, 90), (90, 120), (120, 150), (150, 100000)) bands(band, upto)
      ON minutes >= band AND minutes < upto`,
  DECADE: `SELECT line, seconds, inside.day, CAST(work_year // 10 * 10 AS VARCHAR) AS key, key || 's' AS label FROM inside WHERE work_year IS NOT NULL`,
  GENRE: `SELECT line, seconds, inside.day, unnest(string_split(genres, ',')) AS key, key AS label FROM inside WHERE genres IS NOT NULL`,
};

const ranking = (dimension: string): Figure => {
  const valued = `WITH valued AS (${values[dimension]})`;
  return {
    name: `top ${dimension}`,
    field: `top(dimension: ${dimension}, first: ${longest})`,
    head: {
      columns: ['coverage'],
      sql: `${valued} SELECT CASE WHEN (SELECT count(*) FROM inside) > 0
        THEN count(DISTINCT line) / (SELECT count(*) FROM inside) END AS coverage FROM valued`,
    },
    list: {
      of: 'items',
      columns: ['key', 'label', 'viewings', 'secondsWatched', 'share'],
      by: ['viewings', 'secondsWatched', 'label'],
      sql: `${valued}
        SELECT key, label, count(*) AS viewings, sum(seconds) AS "secondsWatched",
          count(*) / (SELECT count(DISTINCT line) FROM valued) AS share
        FROM valued GROUP BY key, label
        ORDER BY viewings DESC, "secondsWatched" DESC NULLS LAST, label LIMIT ${longest}`,
    },
  };
};

const coverageOf = `CASE WHEN (SELECT count(*) FROM inside) > 0
  THEN (SELECT count(DISTINCT line) FROM valued) / (SELECT count(*) FROM inside) END`;

/** A viewing with several values is shared out among them equally; values are counted over the whole history. */
const diversity = (dimension: string, unit: string): Figure => {
  const inPeriod = values[dimension] ?? '';
  const parts = `WITH valued AS (${inPeriod}), ever AS (SELECT count(DISTINCT key) AS n FROM (${inPeriod.replaceAll('inside', 'viewing')})),
    weighed AS (SELECT key, 1 / count(*) OVER (PARTITION BY line) AS weight, date_trunc('${unit}', valued.day) AS start FROM valued),
    whole AS (SELECT key, sum(weight) AS weight, sum(sum(weight)) OVER () AS of FROM weighed GROUP BY key),
    unit AS (SELECT start, key, sum(weight) AS weight, sum(sum(weight)) OVER (PARTITION BY start) AS of FROM weighed GROUP BY start, key)`;
  const entropy = '-sum(weight / of * ln(weight / of))';
  const evenness = `CASE WHEN count(*) > 0 THEN CASE (SELECT n FROM ever) WHEN 1 THEN 0 ELSE ${entropy} / (SELECT ln(nullif(n, 0)) FROM ever) END END`;
  return {
    name: `diversity ${dimension}`,
    field: `diversity(dimension: ${dimension}, unit: ${unit})`,
    head: {
      columns: ['normalisedEntropy', 'effectiveValues', 'values', 'coverage'],
      sql: `${parts} SELECT ${evenness} AS "normalisedEntropy", exp(${entropy}) AS "effectiveValues", count(*) AS values,
        ${coverageOf} AS coverage FROM whole`,
    },
    list: {
      of: 'points',
      columns: ['start', 'normalisedEntropy', 'values'],
      // Units with viewings of which no value is known are there, without a number.
      sql: `${parts}, started AS (SELECT DISTINCT date_trunc('${unit}', inside.day) AS start FROM inside)
        SELECT ${dayText('started.start')} AS start, ${evenness.replace('count(*)', 'count(key)')} AS "normalisedEntropy", count(key) AS values
        FROM started LEFT JOIN unit USING (start) GROUP BY started.start ORDER BY started.start`,
    },
  };
};

/** Of the ten that the ranking lists first. */
const taste = (dimension: string, unit: string): Figure => {
  const parts = `WITH valued AS (${values[dimension]}),
    best AS (
      SELECT key, label, count(*) AS viewings, sum(seconds) AS seconds,
        row_number() OVER (ORDER BY viewings DESC, sum(seconds) DESC NULLS LAST, label) AS place
      FROM valued GROUP BY key, label QUALIFY place <= 10
    ),
    unit AS (SELECT date_trunc('${unit}', valued.day) AS start, count(DISTINCT line) AS of FROM valued GROUP BY start)`;
  return {
    name: `taste ${dimension}`,
    field: `taste(dimension: ${dimension}, unit: ${unit}, first: 10)`,
    head: {
      columns: ['starts', 'coverage'],
      sql: `${parts} SELECT coalesce((SELECT list(${dayText('start')} ORDER BY start) FROM unit), []) AS starts, ${coverageOf} AS coverage`,
    },
    list: {
      of: 'items',
      columns: ['key', 'label', 'shares'],
      sql: `${parts}, share AS (
          SELECT best.key, best.label, place, unit.start, count(valued.line) / any_value(unit.of) AS share
          FROM best CROSS JOIN unit LEFT JOIN valued ON valued.key = best.key AND date_trunc('${unit}', valued.day) = unit.start
          GROUP BY best.key, best.label, place, unit.start
        )
        SELECT key, label, list(share ORDER BY start) AS shares FROM share GROUP BY key, label, place ORDER BY place`,
    },
  };
};

export const rankings: readonly Figure[] = [
  ...Object.keys(values).map(ranking),
  ...['SERIES', 'KIND', 'GENRE', 'DEVICE'].map((dimension) => diversity(dimension, 'YEAR')),
  diversity('RUNTIME', 'MONTH'),
  taste('SERIES', 'MONTH'),
  taste('GENRE', 'YEAR'),
];
