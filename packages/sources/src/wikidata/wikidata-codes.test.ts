import { describe, expect, it } from 'vitest';
import { wikidataCodes } from './wikidata-codes.ts';

const snak = (value: unknown, rank = 'normal') => ({ mainsnak: { snaktype: 'value', datavalue: { value } }, rank });
const entities = (all: Record<string, object>) =>
  JSON.stringify({ entities: Object.fromEntries(Object.entries(all).map(([id, claims]) => [id, { id, claims }])) });
const read = (claims: object) =>
  wikidataCodes.read({ url: 'x', status: 200, headers: {}, body: entities({ Q1: claims }) }, ['Q1']).get('Q1');
const found = (country: string | null, language: string | null) => ({
  status: 'FOUND',
  facts: { wikidataId: 'Q1', country, language },
});

describe('codes of countries and languages', () => {
  it('are asked with statements alone', () => {
    expect(new URL(wikidataCodes.request(['Q30'], 'https://www.wikidata.org').url).searchParams.get('props')).toBe(
      'claims',
    );
  });

  it('are two capitals of a country, and two small letters of a language', () => {
    expect(read({ P297: [snak('NO')] })).toEqual(found('NO', null));
    expect(read({ P297: [snak('no')] })).toEqual(found('NO', null));
    expect(read({ P218: [snak('nb')], P220: [snak('nob')] })).toEqual(found(null, 'nb'));
  });

  it('are three letters of a language that has no shorter one', () => {
    expect(read({ P220: [snak('nan')] })).toEqual(found(null, 'nan'));
  });

  it('are none where the item has none, or such as are no more', () => {
    expect(read({})).toEqual(found(null, null));
    expect(read({ P297: [snak('XYZ'), snak(7)], P218: [snak('x', 'deprecated')] })).toEqual(found(null, null));
  });

  it('are recognised by their properties', () => {
    expect(wikidataCodes.recognises(entities({ Q20: { P297: [] } }))).toBe(true);
    expect(wikidataCodes.recognises(entities({ Q7850: { P218: [] } }))).toBe(true);
    expect(wikidataCodes.recognises(entities({ Q83495: { P345: [] } }))).toBe(false);
    expect(wikidataCodes.recognises('')).toBe(false);
  });
});
