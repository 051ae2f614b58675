import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalogueKey, headOfName, splitQualifier } from './catalogue-key.ts';

it.each([
  ['The Salt Road', 'Salt Road'],
  ['Ash & Ember', 'Ash and Ember'],
  ['Ash y Ember', 'Ash Ember'],
  ['Rocket II', 'Rocket 2'],
  ["Harper's Eleven", 'Harpers 11'],
  ['Salt/Ash', 'SALT / ASH'],
  ['The Colour Theatre', 'Color Theater'],
  ['Das große Salz', 'grosse Salz'],
  ['Ærø', 'aero'],
  ['The Bureau (U.S.)', 'The Bureau'],
  ['Harbour (2013)', 'Harbor'],
  ['潮・騒', '潮騒'],
  ['“Quoted” – Life', '"Quoted" - Life'],
])('%s and %s are filed together', (one, other) => expect(catalogueKey(one)).toBe(catalogueKey(other)));

it.each([
  ['Salt', 'Malt'],
  ['潮騒', '潮風'],
  ['Part 1', 'Part 2'],
  ['The', 'An'],
  ['!!!', '???'],
])('%s and %s are filed apart', (one, other) => expect(catalogueKey(one)).not.toBe(catalogueKey(other)));

it('never turns a name into nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
      fc.pre(name.trim() !== '');
      expect(catalogueKey(name)).not.toBe('');
    }),
    { numRuns: 2000 },
  );
});

it('takes off what Netflix adds to tell namesakes apart', () => {
  expect(splitQualifier('The Bureau (U.K.)')).toEqual({ name: 'The Bureau', country: 'U.K.', year: null });
  expect(splitQualifier('Harbour (2013)')).toEqual({ name: 'Harbour', country: null, year: 2013 });
  expect(splitQualifier('(U.K.)')).toEqual({ name: '(U.K.)', country: null, year: null });
});

it('finds the head of a name', () => {
  expect(headOfName('Harbour: The Long Night')).toBe('Harbour');
  expect(headOfName('Port : La longue nuit')).toBe('Port');
  expect(headOfName('Harbour – Night')).toBe('Harbour');
  expect(headOfName('Harbour-Night')).toBeNull();
});
