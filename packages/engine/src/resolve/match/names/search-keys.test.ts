import { expect, it } from 'vitest';
import { searchKeys, searchPrefixes, searchWords } from './search-keys.ts';

/** Whether what somebody typed finds a name. */
const finds = (typed: string, name: string) =>
  searchPrefixes(typed).some((prefix) => searchKeys(name).some((key) => key.startsWith(prefix)));

it.each([
  ['Game of Thrones', ['g', 'game o', 'game of', 'Game of th', 'throne', 'of thr', 'GAME OF THRONES']],
  ['The Crown', ['the c', 'the crown', 'crow']],
  ['Rick and Morty', ['rick', 'rick an', 'rick and', 'rick & mo', 'rick mo', 'morty']],
  ['Doctor Who', ['doc', 'doctor', 'doctor w', 'dr w', 'who']],
  ['Se7en: Seven Days', ['se7', 'sev', 'seven d', 'days']],
  ['The Colour Purple', ['colour p', 'color p', 'purple']],
  ['Élite: Été', ['eli', 'élit', 'ete', 'été']],
  ['더 글로리', ['더', '더 글', '더 글로리', '글로리', '더글로']],
  ['鬼滅の刃', ['鬼', '鬼滅', '滅の', '刃']],
  ['Слово пацана', ['сло', 'слово па', 'пацана']],
  ['عروس بيروت', ['عرو', 'عروس بي', 'بيروت']],
  ['ฉลาดเกมส์โกง', ['ฉลาด', 'เกมส์', 'โกง']],
  ['!!!', ['!', '!!!']],
])('%s is found by what is typed of it', (name, typed) => {
  expect(typed.filter((text) => !finds(text, name))).toEqual([]);
});

it.each([
  ['Game of Thrones', ['games', 'hrones', 'thrones game', 'game thrones']],
  ['The Crown', ['the d', 'rown', 'crowns']],
  ['더 글로리', ['로리', '글로비']],
  ['Doctor Who', ['dog', 'doctor x']],
])('%s is not found by something else', (name, typed) => {
  expect(typed.filter((text) => finds(text, name))).toEqual([]);
});

it('looks for nothing where nothing is typed', () => {
  expect([searchPrefixes(' '), searchWords(' '), searchKeys('')]).toEqual([[], [], []]);
});

it('tells the words that tell something by themselves', () => {
  expect(searchWords('The Lord of the Rings')).toEqual(['lord', 'rings']);
  expect(searchWords('呪術 廻戦')).toEqual(['呪術', '廻戦']);
});
