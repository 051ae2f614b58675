import { compareKey } from '../../compare-key.ts';
import { beginningsOfHangul, hasVowelsOf, isHangul, soundsOfHangul, syllablesOfHangul } from './hangul-sounds.ts';

/** Katakana by rows of the table of syllables; small vowels and ー only colour the vowel before. */
const ROWS: Readonly<Record<string, string>> = {
  k: 'カキクケコ',
  s: 'サシスセソツヅ',
  t: 'タテト',
  ch: 'チ',
  ts: 'ツ',
  n: 'ナニヌネノン',
  h: 'ハヒヘホ',
  f: 'フ',
  m: 'マミムメモ',
  y: 'ヤユヨ',
  r: 'ラリルレロ',
  w: 'ワヲ',
  g: 'ガギグゲゴ',
  z: 'ザズゼゾ',
  j: 'ジヂ',
  d: 'ダデド',
  b: 'バビブベボ',
  p: 'パピプペポ',
  v: 'ヴ',
};
const KANA = new Map(Object.entries(ROWS).flatMap(([sound, row]) => [...row].map((kana) => [kana, sound] as const)));
const KATAKANA = /^[ァ-ヺーヽヾ・\s=＝'’.!！?？&＆0-9]+$/u;

/** Spellings that sound alike in most languages that write Latin letters, longest first. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/tch|tsch|cz|ch(?=[aeiouy])/gu, 'ç'],
  [/sch|sh|sz|š|ts(?=[aeiouy])|tz/gu, 's'],
  [/ph/gu, 'f'],
  [/th/gu, 's'],
  [/gh(?=[^aeiou]|$)/gu, ''],
  [/ck|q[u]?/gu, 'k'],
  [/x/gu, 'ks'],
  [/c(?=[eiy])/gu, 's'],
  [/c|ch/gu, 'k'],
  [/g(?=[eiy])|dg(?=e)/gu, 'j'],
  [/al(?=[kmf])/gu, 'a'],
  [/v|w(?=[aeiou])(?<=^v)/gu, 'b'],
  [/r(?=[^aeiouy]|$)/gu, ''],
];

/** How small numbers are said, in names that are spoken in English: "The 5th Wave" is フィフス・ウェイブ. */
const SAID: Readonly<Record<string, string>> = {
  '1': 'one',
  '2': 'two',
  '3': 'three',
  '4': 'four',
  '5': 'five',
  '6': 'six',
  '7': 'seven',
  '8': 'eight',
  '9': 'nine',
  '10': 'ten',
  '1st': 'first',
  '2nd': 'second',
  '3rd': 'third',
  '4th': 'fourth',
  '5th': 'fifth',
  '6th': 'sixth',
  '7th': 'seventh',
  '8th': 'eighth',
};

/** Shorter skeletons are shared by too many names. */
const SHORTEST = 3;

/**
 * The consonants of a name as they sound, for names that are written another way in another script or language:
 * "ロスト・イン・スペース" and "Lost in Space", "멘탈리스트" and "The Mentalist", "Kaleidoskop" and "Kaleidoscope". In the manner of Soundex and Metaphone, coarser, and
 * with l and r, v and b, m and n as one, which katakana does not tell apart. Null where too little is left to tell anything.
 */
export const soundKey = (name: string): string | null => soundKeys(name)[0] ?? null;

/** `soundKey`, and others where a script writes several sounds alike. */
export function soundKeys(name: string): string[] {
  const text = beforeDash(name);
  const skeletons = KATAKANA.test(text)
    ? [soundsOfKatakana(text)]
    : isHangul(text)
      ? soundsOfHangul(text)
      : [soundsOfLatin(text) ?? ''];
  return skeletons.filter((skeleton) => skeleton.length >= SHORTEST).map((skeleton) => `~${skeleton}`);
}

/** "ラブ・イズ・ブラインド ～外見なんて関係ない?!～": the rest explains it. */
const beforeDash = (name: string): string => name.normalize('NFC').split(/\s?[～〜]/u)[0] ?? '';

const merge = (sounds: string): string =>
  sounds
    .replace(/[vw]/gu, 'b')
    .replace(/l/gu, 'r')
    .replace(/m/gu, 'n')
    .replace(/z/gu, 's')
    .replace(/ç|ch/gu, 'c')
    .replace(/[hy]/gu, '');

function soundsOfKatakana(text: string): string {
  let sounds = '';
  for (const character of text) sounds += /[0-9]/.test(character) ? character : (KANA.get(character) ?? '');
  return merge(sounds.replace(/w/gu, ''));
}

function soundsOfLatin(text: string): string | null {
  const plain = compareKey(text)
    .replace(/^(?:the|an?) /u, '')
    .replace(/\bof\b/gu, 'ob');
  if (!/^[a-z0-9 ]+$/.test(plain)) return null;
  return plain
    .split(' ')
    .map((word) => {
      let sounds = (SAID[word] ?? word)
        .replace(/(.)\1+/gu, '$1')
        .replace(/^kn/u, 'n')
        .replace(/^wr/u, 'r');
      for (const [spelling, sound] of SPELLINGS) sounds = sounds.replace(spelling, sound);
      return merge(sounds.replace(/w/gu, '').replace(/[aeiou]/gu, ''));
    })
    .join('');
}

/** Latin letters that one row of katakana stands for at the beginning of a word. */
const BEGINNINGS: Readonly<Record<string, string>> = {
  k: 'kcq',
  s: 'scztpx',
  t: 't',
  ch: 'ct',
  ts: 'tz',
  n: 'nkg',
  h: 'hw',
  f: 'fpwh',
  m: 'm',
  y: 'yjeu',
  r: 'rlw',
  w: 'w',
  g: 'g',
  z: 'zxts',
  j: 'jgz',
  d: 'dt',
  b: 'bv',
  p: 'p',
  v: 'v',
};
const VOWELS = 'aeiouyh';
/** ウォー and ワー are said for "war". */
const U_OR_W = `${VOWELS}w`;
/** Each makes one syllable with the kana before it. */
const SMALL = /[ァィゥェォャュョヮ・\s]/gu;
/** So much of a syllable is written with a letter: in "John Q" there are not enough letters for ジョン・ウィック. */
const MOST_SYLLABLES_A_LETTER = 0.9;

/**
 * Whether a name in katakana or Hangul can be how one in Latin letters is said: whether it can begin so, does not go on for longer, and (in
 * Hangul) has such vowels: what a key of consonants does not show. True for any other.
 */
export function canBeSaidAs(said: string, latin: string): boolean {
  const text = beforeDash(said);
  const plain = compareKey(latin).replace(/^(?:the|an?) /u, '');
  const [letter = ''] = plain;
  const isKorean = isHangul(text);
  const { letters, syllables } = isKorean
    ? { letters: beginningsOfHangul(text), syllables: syllablesOfHangul(text) }
    : beginningOfKatakana(text.replace(/^ザ・/u, ''));
  if (letters === null || !/[a-z]/.test(letter)) return true;
  // An x is said as two.
  const length = plain.replaceAll(' ', '').replaceAll('x', 'ks').length;
  if (isKorean && !hasVowelsOf(text, plain)) return false;
  return letters.includes(letter) && syllables <= length * MOST_SYLLABLES_A_LETTER;
}

function beginningOfKatakana(said: string): { readonly letters: string | null; readonly syllables: number } {
  const [first = ''] = said;
  const row = KANA.get(first);
  const vowels = /[ウヴ]/u.test(first) ? U_OR_W : VOWELS;
  const letters = /[ァ-ヺ]/u.test(first) ? (row === undefined ? vowels : (BEGINNINGS[row] ?? null)) : null;
  return { letters, syllables: said.replace(SMALL, '').length };
}
