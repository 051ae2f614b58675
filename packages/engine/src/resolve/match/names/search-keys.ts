import { compareKey } from '../../compare-key.ts';
import { AND, catalogueKey, WORDS } from './catalogue-key.ts';

/** Scripts that set no space between words: one may begin at any character. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const MARK = /^\p{M}/u;
/** Beginnings further back in a long name are not filed. */
const MOST_BEGINNINGS = 24;

/** Keys of a name and of each end of it that begins with a word: what begins like one of them is that name, or has such a word. */
export function searchKeys(name: string): string[] {
  const whole = catalogueKey(name);
  const words = compareKey(name).split(' ');
  const ends = words.slice(1, MOST_BEGINNINGS).map((_, place) => catalogueKey(words.slice(place + 1).join(' ')));
  if (UNSPACED.test(whole)) {
    const characters = [...whole];
    for (const [place, character] of characters.entries())
      if (place > 0 && place < MOST_BEGINNINGS && !MARK.test(character)) ends.push(characters.slice(place).join(''));
  }
  return [...new Set([whole, ...ends])].filter((key) => key !== '');
}

/** Shorter beginnings of words are not written out. */
const SHORTEST_BEGINNING = 3;

/** What keys of names begin with that somebody has typed as far as this; several, since the last word may go on. */
export function searchPrefixes(text: string): string[] {
  const words = compareKey(text).split(' ');
  const last = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  // With a letter behind it, no rule takes it for a whole word.
  const begun = (word: string) => catalogueKey([...before, `${word}x`].join(' ')).slice(0, -1);
  const prefixes = [catalogueKey(text), begun(last)];
  if (before.length > 0 && isAndBegun(last)) prefixes.push(begun(''));
  if (last.length >= SHORTEST_BEGINNING)
    for (const [word, written] of Object.entries(WORDS)) if (word.startsWith(last)) prefixes.push(begun(written));
  return [...new Set(prefixes)].filter((prefix) => prefix !== '');
}

const isAndBegun = (word: string) => AND.has(word) || (word.length > 1 && [...AND].some((and) => and.startsWith(word)));

/** The words of a text that tell something by themselves, as beginnings of keys. */
export function searchWords(text: string): string[] {
  const telling = compareKey(text)
    .split(' ')
    .filter((word) => [...word].length > (UNSPACED.test(word) ? 1 : SHORTEST_BEGINNING));
  return [...new Set(telling.map((word) => catalogueKey(`${word}x`).slice(0, -1)))];
}
