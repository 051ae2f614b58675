import { z } from 'zod';
import { found, type Page, type Reading, UnknownLayoutError } from '../page.ts';
import { jsonObject, readAction } from '../wikipedia/mediawiki-error.ts';

/** Further variables may stand beside these three. */
const row = z.object({
  property: z.object({ value: z.string().regex(/\/prop\/direct\/P\d+$/) }),
  value: z.object({ value: z.string() }),
  item: z.object({ value: z.string() }),
});
const rows = z.object({ results: z.object({ bindings: z.array(row) }) });

/**
 * Items that have an id of another site, usually one, by SPARQL; statements that are deprecated, or less than another's rank, are not asked.
 * The query service is not part of www.wikidata.org: https://query.wikidata.org. It runs a minute of queries a minute.
 * Policy: https://www.mediawiki.org/wiki/Wikidata_Query_Service/User_Manual#Query_limits
 */
export const wikidataIds: Page<readonly string[]> = {
  source: 'wikidata',
  kind: 'ids',
  keys: 'property and value (P345=tt0133093)',
  isKey: (key) => partsIn(key) !== null,
  batch: 50,
  policy: 'api',
  types: ['application/sparql-results+json', 'application/json'],
  // A form, because fifty values may be longer than an address can be.
  request: (keys, origin) => ({
    url: `${origin}/sparql`,
    method: 'POST',
    headers: { Accept: 'application/sparql-results+json', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ query: queryFor(keys), format: 'json' }).toString(),
  }),
  recognises: (body) => rows.safeParse(jsonObject(body)).success,
  // A query that runs out of time may end in the middle, with a Java trace: then this is no JSON, and nothing is NOT_FOUND.
  // What was saved may be another interface's error: it says the same of whatever was asked for.
  read: (answer, keys) => readAction(answer, keys, (json) => readRows(json, keys)),
};

function partsIn(key: string): { property: string; value: string } | null {
  const [, property, value] = /^(P[1-9]\d{0,6})=(.{1,200})$/su.exec(key) ?? [];
  // Control characters, lone surrogates, white space, quotes, and the backslash, with which SPARQL could write a quote.
  if (property === undefined || value === undefined || /[\p{C}\p{Z}"'`\\]/u.test(value)) return null;
  return { property, value };
}

function queryFor(keys: readonly string[]): string {
  const values = keys.map((key) => {
    const parts = partsIn(key);
    if (parts === null) throw new RangeError(`No property and value: ${JSON.stringify(key.slice(0, 100))}`);
    return `(wdt:${parts.property} ${literal(parts.value)})`;
  });
  return [
    'PREFIX wdt: <http://www.wikidata.org/prop/direct/>',
    'SELECT ?property ?value ?item WHERE {',
    `  VALUES (?property ?value) { ${values.join(' ')} }`,
    '  ?item ?property ?value .',
    '}',
  ].join('\n');
}

const literal = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;

function readRows(json: unknown, keys: readonly string[]): Map<string, Reading<readonly string[]>> {
  const { success, data } = rows.safeParse(json);
  if (!success) throw new UnknownLayoutError('The answer has no rows of property, value and item');
  const numbers = new Map(keys.map((key) => [key, new Set<number>()]));
  for (const { property, value, item } of data.results.bindings) {
    const key = `${property.value.slice(property.value.lastIndexOf('/') + 1)}=${value.value}`;
    const ofKey = numbers.get(key);
    if (ofKey === undefined) throw new UnknownLayoutError(`The answer is to another query: ${key.slice(0, 100)}`);
    const [, number] = /\/entity\/Q([1-9]\d{0,9})$/.exec(item.value) ?? [];
    if (number !== undefined) ofKey.add(Number(number));
  }
  return new Map(
    [...numbers].map(([key, ofKey]) => [
      key,
      ofKey.size === 0
        ? { status: 'NOT_FOUND' }
        : found([...ofKey].sort((a, b) => a - b).map((number) => `Q${number}`)),
    ]),
  );
}
