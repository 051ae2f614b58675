import { expect, it } from 'vitest';
import { minutesIn, numberIn, yearIn } from './text-numbers.ts';

it.each([
  ['2h 35m', 155],
  ['57m', 57],
  ['1 hr 30 min', 90],
  ['PT2H16M', 136],
  ['136 minutes', 136],
  ['2 hours', 120],
  ['', null],
  ['2:29', null],
  ['40–60 minutes', null],
  [`${' '.repeat(5000)}x`, null],
  [null, null],
])('reads %s as %s minutes', (text, minutes) => {
  expect(minutesIn(text)).toBe(minutes);
});

it.each([
  ['85', 85],
  ['85%', 85],
  ['1,956,171', 1_956_171],
  ['7.60', 7.6],
  [8.7, 8.7],
  ['', null],
  ['1,95', null],
  ['eighty', null],
  [Number.NaN, null],
  [true, null],
])('reads %s as the number %s', (value, number) => {
  expect(numberIn(value)).toBe(number);
});

it('reads a year that stands alone', () => {
  expect([yearIn(' 2021 '), yearIn('2021-03'), yearIn('1799'), yearIn(null)]).toEqual([2021, null, null, null]);
});
