import { describe, expect, it } from 'vitest';
import { type NameWord, shareWords, WordsOfNames, wordKeys, wordKeysToFile, wordsOf } from './name-words.ts';

const nobodyUses = () => false;
const share = (asked: string, found: string, primary = found, isInUse: (word: NameWord) => boolean = nobodyUses) =>
  shareWords({ asked, found, primary, isInUse }, new WordsOfNames());

describe('the words of a name', () => {
  it('are known by what they mean, else by how they begin', () => {
    expect(wordsOf('Anatomie d’un scandale').map(({ keys }) => keys)).toEqual([['*anato'], ['scandal']]);
    expect(wordsOf('Kokain Sahili')[0]?.keys).toEqual(wordsOf('Cocaine Coast')[0]?.keys);
    expect(wordsOf('The Queen of the South').map(({ text }) => text)).toEqual(['queen', 'south']);
  });

  it('are found in names without spaces, and by their sound in katakana', () => {
    expect(wordsOf('最後の戦争').map(({ text }) => text)).toEqual(expect.arrayContaining(['last', 'war']));
    expect(share('ベンジャミン・バトン', 'Benjamin Button')).toMatchObject({ lacking: 0, unknown: 0, left: 0 });
  });

  it('have numbers among them, also Roman ones', () => {
    expect(share('Creed II', 'Creed 2').numbersDiffer).toBe(false);
    expect(share('Creed II', 'Creed').numbersDiffer).toBe(true);
    expect(share('Fahrenheit 11/9', 'Fahrenheit 9/11').numbersDiffer).toBe(true);
    expect(share('Seven Years', 'Siete años').numbersDiffer).toBe(false);
  });

  it('are filed alone and by two', () => {
    expect(wordKeys('Reine du Sud')).toEqual(expect.arrayContaining(['#queen', '#south', '#queen south']));
    expect(wordKeys('Queen of the South')).toContain('#queen south');
    expect(wordKeysToFile('Queen of the South', true)).toContain('#queen south');
    expect(wordKeysToFile('Reine du Sud', false)).toEqual(['#queen', '#south']);
    const [sound = ''] = wordKeys('ランペイジ');
    expect(wordKeysToFile('Rampage', true)).toContain(sound);
    expect(wordKeys('Seven 7')).not.toContain('#7');
  });
});

describe('the words of two names', () => {
  it('are paired, each once', () => {
    expect(share('La Reine du Sud', 'Queen of the South').pairs).toEqual([
      ['reine', 'queen'],
      ['sud', 'south'],
    ]);
    expect(share('Love Love', 'Amor').pairs).toHaveLength(1);
  });

  it('count against a name where it would have them if it were the same', () => {
    // A French word that is listed and that the other lacks, one that is not listed, one that is left over.
    expect(share('La Reine noire', 'Queen')).toMatchObject({ lacking: 1, unknown: 0, left: 0 });
    expect(share('La Reine zibeline', 'Queen of Sables')).toMatchObject({ lacking: 0, unknown: 1, left: 0 });
    expect(share('La Reine', 'Queen of Sables')).toMatchObject({ lacking: 0, unknown: 0, left: 1 });
  });

  it('count whether they are listed or not where both names are of one language', () => {
    expect(share('Escape Plan: The Extractors', 'Escape Plan')).toMatchObject({ lacking: 1, unknown: 0 });
    expect(share('Tuhaf Durumu', 'Brad’in Durumu', 'Brad’s Status')).toMatchObject({ lacking: 1, unknown: 0, left: 1 });
    expect(
      share('Mechanik: Konfrontacja', 'The Mechanic', 'The Mechanic', ({ text }) => text === 'konfrontacja'),
    ).toMatchObject({
      lacking: 1,
      unknown: 0,
    });
  });

  it('are of one language where all of one name is in the English one and something is left', () => {
    expect(share('Marta Lantern', 'Goodbye Marta Lantern')).toMatchObject({ isSameLanguage: true, left: 1 });
    expect(share('Lantern de Marta', 'Marta Lantern')).toMatchObject({ isSameLanguage: false });
    expect(share('Marta 7', 'Trial of Marta 7')).toMatchObject({ isSameLanguage: false });
  });

  it('begin apart where nothing before the first colon or dash is shared', () => {
    const asked = ['Weiberhof: Een perfecte wereld', 'Nilla – Een perfecte wereld', 'Perfecte wereld: Weiberhof'];
    expect(asked.map((name) => share(name, 'A Perfect World').beginsApart)).toEqual([true, true, false]);
    // A colon with a space before it is part of a name.
    expect(share('Weiberhof : Een perfecte wereld', 'A Perfect World').beginsApart).toBe(false);
  });
});
