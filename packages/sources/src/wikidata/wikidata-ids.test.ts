import { describe, expect, it } from 'vitest';
import { UnknownLayoutError } from '../page.ts';
import { wikidataIds } from './wikidata-ids.ts';

const row = (property: string, value: string, item: string) => ({
  property: { type: 'uri', value: `http://www.wikidata.org/prop/direct/${property}` },
  value: { type: 'literal', value },
  item: { type: 'uri', value: `http://www.wikidata.org/entity/${item}` },
});
const read = (body: unknown, ...keys: string[]) =>
  Object.fromEntries(
    wikidataIds.read(
      { url: 'x', status: 200, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) },
      keys,
    ),
  );
const rows = (...bindings: unknown[]) => ({ head: { vars: ['property', 'value', 'item'] }, results: { bindings } });

describe('the query for items by ids of other sites', () => {
  it('names every property and value, in a form', () => {
    const { url, method, headers, body } = wikidataIds.request(
      ['P345=tt0133093', 'P1258=m/the_matrix'],
      'https://query.wikidata.org',
    );
    expect({ url, method }).toEqual({ url: 'https://query.wikidata.org/sparql', method: 'POST' });
    expect(headers).toEqual({
      Accept: 'application/sparql-results+json',
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    expect(new URLSearchParams(body).get('query')).toContain(
      'VALUES (?property ?value) { (wdt:P345 "tt0133093") (wdt:P1258 "m/the_matrix") }',
    );
  });

  it.each(['P345=tt0133093', 'P1258=m/the_matrix', 'P1874=80057281', 'P4983=1396', 'P6127=a=b', 'P345=ü'])(
    'takes %s',
    (key) => {
      expect(wikidataIds.isKey(key)).toBe(true);
    },
  );

  it.each([
    'tt0133093',
    'P345=',
    'P0=x',
    'Q345=x',
    'P345 =x',
    'P345=tt" } ?s ?p ?o {"',
    "P345='x'",
    'P345=x\\u0022',
    'P345=x\ny',
    'P345=x\u0000',
    'P345=x y',
    'P345=\ud800',
    `P345=${'x'.repeat(201)}`,
  ])('refuses %j', (key) => {
    expect(wikidataIds.isKey(key)).toBe(false);
    expect(() => wikidataIds.request([key], 'https://query.wikidata.org')).toThrow(RangeError);
  });
});

describe('items by ids of other sites', () => {
  it('are listed for each key by their number, once, and a key without a row is NOT_FOUND', () => {
    const answer = rows(
      row('P345', 'tt9000001', 'Q900000010'),
      row('P345', 'tt9000001', 'Q900000009'),
      row('P345', 'tt9000001', 'Q900000010'),
      row('P1874', '90000001', 'Q900000009'),
    );
    expect(read(answer, 'P345=tt9000001', 'P1874=90000001', 'P345=tt9000002')).toEqual({
      'P345=tt9000001': { status: 'FOUND', facts: ['Q900000009', 'Q900000010'] },
      'P1874=90000001': { status: 'FOUND', facts: ['Q900000009'] },
      'P345=tt9000002': { status: 'NOT_FOUND' },
    });
  });

  it('are not what is no item', () => {
    expect(read(rows(row('P345', 'tt9000001', 'L7')), 'P345=tt9000001')).toEqual({
      'P345=tt9000001': { status: 'NOT_FOUND' },
    });
  });

  it.each([
    ['ends in a Java trace', `${JSON.stringify(rows()).slice(0, -2)}\njava.util.concurrent.TimeoutException\n\tat x`],
    ['has a trace behind it', `${JSON.stringify(rows())}\njava.util.concurrent.TimeoutException`],
    ['is a trace alone', 'SPARQL-QUERY: queryStr=SELECT\njava.util.concurrent.TimeoutException'],
    ['has no rows', { head: { vars: [] }, boolean: true }],
    ['has a row without its item', rows({ property: row('P345', 'x', 'Q1').property })],
    ['is empty', ''],
  ])('are never NOT_FOUND in an answer that %s', (_, body) => {
    expect(() => read(body, 'P345=tt9000001')).toThrow(UnknownLayoutError);
  });

  it('are not taken from the answer to another query', () => {
    expect(() => read(rows(row('P345', 'tt9000009', 'Q1')), 'P345=tt9000001')).toThrow(/another query/);
  });

  it('are neither found nor missing where the other interface says that it failed', () => {
    const body = JSON.stringify({ error: { code: 'maxlag', info: 'Waiting: 7 seconds lagged' } });
    const readings = wikidataIds.read({ url: '', status: 200, headers: {}, body }, ['P345=tt0133093']);
    expect(readings.get('P345=tt0133093')).toMatchObject({ status: 'UNAVAILABLE' });
  });

  it('are recognised by the three variables', () => {
    expect(wikidataIds.recognises(JSON.stringify(rows({ ...row('P345', 'x', 'Q1'), imdb: { value: 'x' } })))).toBe(
      true,
    );
    expect(wikidataIds.recognises(JSON.stringify(rows({ s: { value: 'x' } })))).toBe(false);
    expect(wikidataIds.recognises('')).toBe(false);
  });
});
