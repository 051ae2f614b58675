import { expect, it } from 'vitest';
import { compareKey } from './compare-key.ts';

it.each([
  ['Pokémon', 'POKEMON'],
  ['Ocean’s Eleven', "ocean's eleven"],
  ['Salt & Ash', 'Salt and Ash'],
  ['كَتَبَ', 'كتب'],
  ['ｆｕｌｌ　ｗｉｄｔｈ', 'full width'],
])('%s is %s', (one, other) => expect(compareKey(one)).toBe(compareKey(other)));

it.each([
  ['राम', 'रोम'],
  ['バス', 'ハス'],
  ['ไป', 'ปี'],
  ['!!!', '???'],
  ['Part 1', 'Part 11'],
])('%s is not %s', (one, other) => expect(compareKey(one)).not.toBe(compareKey(other)));
