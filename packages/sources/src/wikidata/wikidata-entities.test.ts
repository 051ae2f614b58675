import { describe, expect, it } from 'vitest';
import { UnknownLayoutError } from '../page.ts';
import { entitiesIn, entitiesRequest, readEntities } from './wikidata-entities.ts';

const read = (body: unknown, ...keys: string[]) =>
  Object.fromEntries(
    readEntities(
      { url: 'x', status: 200, headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) },
      keys,
      ({ id }) => id,
    ),
  );
const found = (facts: string) => ({ status: 'FOUND', facts });
const entity = (id: string) => ({ type: 'item', id, claims: {} });

describe('entities of Wikidata', () => {
  it('are asked fifty at a time at most, in one address', () => {
    const keys = Array.from({ length: 50 }, (_, index) => `Q${2_000_000_000 + index}`);
    const { url, method } = entitiesRequest(keys, 'https://www.wikidata.org', 'claims|labels');
    expect(method).toBeUndefined();
    expect(new URL(url).searchParams.get('ids')?.split('|')).toEqual(keys);
    expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
      action: 'wbgetentities',
      props: 'claims|labels',
      languages: 'en',
      languagefallback: '1',
    });
  });

  it('are read by key, and what is missing is NOT_FOUND in both formats', () => {
    const entities = { Q1: entity('Q1'), Q2: { id: 'Q2', missing: '' }, Q3: { id: 'Q3', missing: true } };
    expect(read({ entities, success: 1 }, 'Q1', 'Q2', 'Q3')).toEqual({
      Q1: found('Q1'),
      Q2: { status: 'NOT_FOUND' },
      Q3: { status: 'NOT_FOUND' },
    });
  });

  it('that were redirected belong to the key that was asked, wherever they stand', () => {
    const redirected = { ...entity('Q9'), redirects: { from: 'Q1', to: 'Q9' } };
    expect(read({ entities: { Q1: redirected } }, 'Q1')).toEqual({ Q1: found('Q9') });
    expect(read({ entities: { Q9: redirected } }, 'Q1')).toEqual({ Q1: found('Q9') });
    expect(read({ entities: { Q9: redirected } }, 'Q1', 'Q9')).toEqual({ Q1: found('Q9'), Q9: found('Q9') });
  });

  it('of another id than the asked one are not taken', () => {
    expect(read({ entities: { Q1: entity('Q9') } }, 'Q1')).toMatchObject({ Q1: { status: 'UNREADABLE' } });
    const elsewhere = { ...entity('Q9'), redirects: { from: 'Q1', to: 'Q8' } };
    expect(read({ entities: { Q1: elsewhere } }, 'Q1')).toMatchObject({ Q1: { status: 'UNREADABLE' } });
    expect(() => read({ entities: { Q9: entity('Q9') } }, 'Q1')).toThrow(UnknownLayoutError);
  });

  it('that were not answered are left out, and one odd entity leaves the others', () => {
    const entities = { Q1: entity('Q1'), Q2: { id: 'Q2' }, Q3: 'x', Q4: { id: 'x', claims: {} } };
    const readings = read({ entities }, 'Q1', 'Q2', 'Q3', 'Q4', 'Q5');
    expect(Object.keys(readings)).toEqual(['Q1', 'Q2', 'Q3', 'Q4']);
    expect(readings.Q1).toEqual(found('Q1'));
    for (const key of ['Q2', 'Q3', 'Q4']) expect(readings[key]).toMatchObject({ status: 'UNREADABLE' });
  });

  it('without statements, labels or sitelinks may have empty lists in their place', () => {
    const bare = { id: 'Q1', claims: [], labels: [], sitelinks: [] };
    expect(read({ entities: { Q1: bare } }, 'Q1')).toEqual({ Q1: found('Q1') });
    expect(entitiesIn(JSON.stringify({ entities: { Q1: bare } }))).toEqual([
      { id: 'Q1', claims: {}, labels: {}, sitelinks: {} },
    ]);
  });

  it('that Wikidata takes for no id at all are NOT_FOUND alone', () => {
    const refusal = { error: { code: 'no-such-entity', info: 'x', id: 'Q2' } };
    expect(read(refusal, 'Q1', 'Q2')).toEqual({ Q2: { status: 'NOT_FOUND' } });
    expect(() => read(refusal, 'Q1')).toThrow(UnknownLayoutError);
  });

  it('are not there while servers lag, or in half an answer', () => {
    expect(read({ error: { code: 'maxlag', info: 'x' } }, 'Q1', 'Q2')).toMatchObject({
      Q1: { status: 'UNAVAILABLE' },
      Q2: { status: 'UNAVAILABLE' },
    });
    expect(() => read('{"entities":{"Q1":{"id":"Q1","cla', 'Q1')).toThrow(UnknownLayoutError);
    expect(() => read({ success: 1 }, 'Q1')).toThrow(UnknownLayoutError);
  });

  it('are no inherited properties', () => {
    const body = '{"entities":{"__proto__":{"id":"Q1","claims":{}}}}';
    expect(() => read(body, 'Q1')).toThrow(UnknownLayoutError);
    expect(() => read({ entities: {} }, 'constructor')).toThrow(UnknownLayoutError);
    expect({}).not.toHaveProperty('claims');
  });
});
