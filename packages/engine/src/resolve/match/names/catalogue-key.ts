import { compareKey } from '../../compare-key.ts';

/** Letters that no decomposition takes apart, and what people write for them. */
const FOLDED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ё: 'е',
  ґ: 'г',
  ς: 'σ',
};
const FOLDABLE = new RegExp(`[${Object.keys(FOLDED).join('')}]`, 'gu');

/** Writes letters that are no letter and accent as people do who do not have them. */
export const foldLetters = (text: string): string => text.replace(FOLDABLE, (letter) => FOLDED[letter] ?? letter);

/** Articles of the languages that the datasets and Netflix write names in; the last word is kept, whatever it is. */
const ARTICLES = new Set(
  'the a an el la los las lo un una unos unas le les l une des il gli i uno o os as um uma der die das ein eine de het een en et den det ei az egy'.split(
    ' ',
  ),
);
/** The article that a name begins with, where more follows; null where there is none. */
export function articleOf(name: string): string | null {
  const [first = '', ...rest] = foldLetters(compareKey(name)).split(' ');
  return rest.length > 0 && ARTICLES.has(first) ? first : null;
}

const ENGLISH_ARTICLES = new Set(['the', 'a', 'an']);

/**
 * "The Batman" is no "Batman", and "The Haunting" no "A Haunting": people leave an article out, and hardly add one. Those of two
 * languages say nothing.
 */
export function hasOtherArticle(asked: string, name: string): boolean {
  const [one, other] = [articleOf(asked), articleOf(name)];
  if (one === null || one === other) return false;
  return other === null || (ENGLISH_ARTICLES.has(one) && ENGLISH_ARTICLES.has(other));
}

/** Whether two names are of two works by their articles, whichever of them was asked for. */
export const differInArticle = (one: string, other: string): boolean =>
  hasOtherArticle(one, other) || hasOtherArticle(other, one);

/** "Rick and Morty", "Rick & Morty", "Rick y Morty": joined in some lists by nothing at all. */
export const AND = new Set('and und et y e och og ja ve i en'.split(' '));

/** Roman numerals as they stand behind names; "I" and "X" are words too. */
export const ROMAN: Readonly<Record<string, string>> = {
  ii: '2',
  iii: '3',
  iv: '4',
  v: '5',
  vi: '6',
  vii: '7',
  viii: '8',
  ix: '9',
  xi: '11',
  xii: '12',
  xiii: '13',
  xiv: '14',
  xv: '15',
};
export const WORDS: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  ten: '10',
  eleven: '11',
  twelve: '12',
  thirteen: '13',
  volume: 'vol',
  part: 'pt',
  chapter: 'ch',
  episode: 'ep',
  versus: 'vs',
  mister: 'mr',
  doctor: 'dr',
  saint: 'st',
};

/** A country or a year in brackets, which Netflix adds to tell works of one name apart: "The Office (U.S.)", "Carrie (2013)". */
const QUALIFIER = /\s*[([](?:(?<country>U\.?S\.?A?\.?|U\.?K\.?|[A-Z][a-z]+)|(?<year>(?:19|20)\d\d))[)\]]$/u;
const LATIN = /^[a-z0-9 ]*$/;

/** What a name says beside the name itself. */
export interface Qualifier {
  readonly name: string;
  /** As it stands in brackets: "U.S.". */
  readonly country: string | null;
  readonly year: number | null;
}

/** Takes a country or a year in brackets off a name. */
export function splitQualifier(name: string): Qualifier {
  const match = QUALIFIER.exec(name);
  if (!match || match.index === 0) return { name, country: null, year: null };
  const { country, year } = match.groups ?? {};
  return { name: name.slice(0, match.index), country: country ?? null, year: year === undefined ? null : Number(year) };
}

/**
 * What a catalogue files a name under: equal for names that differ in case, accents, punctuation, spacing, articles, "and", numerals
 * or British and American spelling. Coarse on purpose: it must find, and the matcher compares what it found. Never empty for a
 * name that is not, in any script.
 */
export function catalogueKey(name: string): string {
  const plain = foldLetters(compareKey(splitQualifier(name).name));
  if (!LATIN.test(plain)) return plain.replaceAll(' ', '');
  const words = plain.split(' ');
  const kept: string[] = [];
  for (const [place, word] of words.entries()) {
    const isLast = place === words.length - 1;
    if (AND.has(word) && place > 0 && !isLast) continue;
    if (ARTICLES.has(word) && place === 0 && !isLast) continue;
    kept.push(plainWord(word, place));
  }
  return kept.join('');
}

const BRITISH = /(?:ours?|tre|is(?:e|ed|ing|ation))$/u;

function plainWord(word: string, place: number): string {
  const number = (place > 0 ? ROMAN[word] : undefined) ?? WORDS[word];
  if (number !== undefined) return number;
  if (word.length < 5) return word === 'grey' ? 'gray' : word;
  if (!BRITISH.test(word)) return word;
  return word
    .replace(/our(s?)$/u, 'or$1')
    .replace(/([^eiou])tre$/u, '$1ter')
    .replace(/is(e|ed|ing|ation)$/u, 'iz$1');
}

const COLON = /\s?:\s|：|\s[-–—]\s/u;

/** What stands before the first colon or dash of a name, where that is a name by itself; null where there is none. */
export function headOfName(name: string): string | null {
  const at = name.search(COLON);
  return at > 1 ? name.slice(0, at).trim() : null;
}
