import { describe, expect, it } from 'vitest';
import { isItemId, itemsOf, minutesOf, textsOf, yearsOf } from './wikidata-claims.ts';

const statement = (value: unknown, rank: unknown = 'normal') => ({
  mainsnak: { snaktype: 'value', property: 'P1', datavalue: { value, type: 'made-up' } },
  type: 'statement',
  rank,
});
const unknownValue = { mainsnak: { snaktype: 'somevalue', property: 'P1' }, rank: 'normal' };
const unsaid = { mainsnak: { snaktype: 'somevalue', datavalue: { value: 'made_up' } }, rank: 'normal' };
const noValue = { mainsnak: { snaktype: 'novalue', property: 'P1' }, rank: 'preferred' };
const texts = (...statements: unknown[]) => textsOf({ P1: statements }, 'P1', /^\w+$/);

describe('statements of a property', () => {
  it('keep their order', () => {
    expect(texts(statement('b'), statement('a'))).toEqual(['b', 'a']);
  });

  it('count by rank: preferred ones alone where there are some, deprecated ones never', () => {
    expect(texts(statement('old', 'deprecated'), statement('a'))).toEqual(['a']);
    expect(texts(statement('a'), statement('best', 'preferred'))).toEqual(['best']);
    expect(texts(statement('old', 'deprecated'))).toEqual([]);
  });

  it('say nothing where the value is unknown, or where the best is that there is none', () => {
    expect(texts(unknownValue, unsaid, statement('a'))).toEqual(['a']);
    expect(texts(statement('a'), noValue)).toEqual([]);
  });

  it('that are odd are left out, and a rank that is not known is normal', () => {
    const odd = [
      null,
      'x',
      {},
      { mainsnak: 1 },
      { mainsnak: { snaktype: 'value', datavalue: null } },
      statement({ text: 'a' }),
    ];
    expect(texts(...odd, statement('a', 'made up'), { mainsnak: { datavalue: { value: 'b' } } })).toEqual(['a', 'b']);
    expect(textsOf({ P1: 'x' }, 'P1', /x/)).toEqual([]);
    expect(textsOf({}, 'constructor', /x/)).toEqual([]);
  });

  it('of texts are those of the form alone', () => {
    expect(textsOf({ P1: [statement('nm1'), statement('tt1')] }, 'P1', /^tt/)).toEqual(['tt1']);
  });
});

describe('statements of items', () => {
  it('have an id, or a number alone in old answers, each once', () => {
    const values = [{ id: 'Q30' }, { 'entity-type': 'item', 'numeric-id': 31 }, { id: 'Q30' }, { id: 'L7' }, {}, 'Q9'];
    expect(itemsOf({ P1: values.map((value) => statement(value)) }, 'P1')).toEqual(['Q30', 'Q31']);
  });

  it.each([
    ['Q1', true],
    ['Q2147483647', true],
    ['Q2147483648', false],
    ['Q0', false],
    ['Q01', false],
    ['q1', false],
    ['P31', false],
    ['Q1|Q2', false],
    ['Q1\n', false],
    ['', false],
  ])('have an id of their form: %j', (id, is) => {
    expect(isItemId(id)).toBe(is);
  });
});

describe('statements of dates', () => {
  it.each([
    ['a day', { time: '+1999-03-31T00:00:00Z', precision: 11 }, [1999]],
    ['a year', { time: '+1999-00-00T00:00:00Z', precision: 9 }, [1999]],
    ['a year of eleven digits', { time: '+00000001952-03-11T00:00:00Z', precision: 11 }, [1952]],
    ['a date without precision', { time: '+1999-03-31T00:00:00Z' }, [1999]],
    ['a decade', { time: '+1990-00-00T00:00:00Z', precision: 8 }, []],
    ['a date before our era', { time: '-0044-03-15T00:00:00Z', precision: 11 }, []],
    ['no date', { time: 'soon' }, []],
    ['a text', '1999', []],
  ])('have the year of %s', (_, value, years) => {
    expect(yearsOf({ P1: [statement(value)] }, 'P1')).toEqual(years);
  });
});

describe('statements of durations', () => {
  const unit = (item: string) => `http://www.wikidata.org/entity/${item}`;
  it.each([
    ['minutes', { amount: '+136', unit: unit('Q7727') }, [136]],
    ['seconds', { amount: '+8160', unit: unit('Q11574') }, [136]],
    ['hours', { amount: '+1.5', unit: unit('Q25235') }, [90]],
    ['days', { amount: '+1', unit: unit('Q573') }, []],
    ['no unit', { amount: '+136', unit: '1' }, []],
    ['an inherited property for a unit', { amount: '+136', unit: unit('constructor') }, []],
    ['nothing', { amount: '+0', unit: unit('Q7727') }, []],
    ['less than nothing', { amount: '-5', unit: unit('Q7727') }, []],
    ['no number', { amount: 136, unit: unit('Q7727') }, []],
  ])('are minutes of %s', (_, value, minutes) => {
    expect(minutesOf({ P1: [statement(value)] }, 'P1')).toEqual(minutes);
  });
});
