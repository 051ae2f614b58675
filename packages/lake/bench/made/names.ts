import { readMarker } from '../../../engine/src/resolve/read/markers.ts';
import { type Language, languageOf } from './languages.ts';
import { hash, unit } from './random.ts';

/** Words a language has. The n-th is drawn with a weight of 1/√n: the first in about 1 % of draws. */
const WORDS = 8000;

/** Made-up names, each a function of the seed, the language and a number. */
export interface Names {
  /**
   * The name with this number. Numbers below `short` are what many works are called: one word, one word with its
   * article, then two; the lower, the plainer. The others have two to five words, three at least if `long`.
   */
  work(language: string, number: number, short: number, long?: boolean): string;
  /** An episode's name: one to four words. */
  episode(language: string, number: number): string;
}

export function createNames(seed: number): Names {
  const vocabularies = new Map<string, readonly string[]>();
  const vocabularyOf = (language: Language) => {
    const known = vocabularies.get(language.code);
    if (known) return known;
    const words = makeWords(language, hash(seed, language.code.length, 7));
    vocabularies.set(language.code, words);
    return words;
  };

  const joined = (code: string, number: number, words: number, withExtras: boolean): string => {
    const language = languageOf(code);
    const vocabulary = vocabularyOf(language);
    const own = hash(seed, number, code.charCodeAt(0) * 256 + code.charCodeAt(1));
    let name = '';
    if (withExtras && language.articles.length > 0 && unit(own, 1) < 0.3) name = pick(language.articles, hash(own, 2));
    for (let index = 0; index < words; index += 1) {
      const word = wordAt(vocabulary, unit(own, 3, index));
      if (index > 0) {
        const joins = withExtras && unit(own, 4, index) < 0.2;
        name += joins ? pick(language.joiners, hash(own, 5, index)) : language.space;
      }
      name += index === 0 || language.titleCase ? capital(word) : word;
    }
    return name;
  };

  return {
    work(code, number, short, long = false) {
      if (number < short) {
        const language = languageOf(code);
        const vocabulary = vocabularyOf(language);
        const first = capital(vocabulary[number % WORDS] ?? '');
        if (number < WORDS || (number < WORDS * 2 && language.articles.length === 0)) return first;
        if (number < WORDS * 2) return `${pick(language.articles, number)}${first}`;
        const second = vocabulary[hash(seed, number, 11) % WORDS] ?? '';
        return `${first}${language.space}${language.titleCase ? capital(second) : second}`;
      }
      const share = unit(seed, number, 12);
      const words = (share < 0.5 ? 2 : share < 0.83 ? 3 : share < 0.95 ? 4 : 5) + (long && share < 0.5 ? 1 : 0);
      const name = joined(code, number, words, true);
      const ending = unit(seed, number, 13);
      if (ending < 0.025) return `${name} ${2 + (hash(seed, number, 14) % 3)}`;
      if (ending < 0.03) return `${name} II`;
      // Films and shows with a colon in their name, which looks like a show and its episode.
      if (ending < 0.06 && !long) return `${name}: ${joined(code, hash(number, 1), 2, false)}`;
      return name;
    },
    episode(code, number) {
      const share = unit(seed, number, 15);
      return joined(code, number ^ 0x5bd1e995, share < 0.3 ? 1 : share < 0.7 ? 2 : share < 0.93 ? 3 : 4, share > 0.3);
    },
  };
}

function wordAt(vocabulary: readonly string[], share: number): string {
  return vocabulary[Math.floor(share * share * WORDS)] ?? '';
}

function pick(parts: readonly string[], number: number): string {
  return parts[number % parts.length] ?? '';
}

function capital(word: string): string {
  const first = word.slice(0, 1).toUpperCase();
  return first + word.slice(1);
}

/** Different words, none of which is a season's or an episode's word in any language ("Del 2" is a second part). */
function makeWords(language: Language, seed: number): string[] {
  const words = new Set<string>();
  for (let attempt = 0; words.size < WORDS; attempt += 1) {
    const own = hash(seed, attempt, language.code.charCodeAt(0));
    // Frequent words are short.
    const syllables =
      (words.size < 1200 ? 1 : 2) + (unit(own, 1) < 0.2 ? 1 : 0) + (language.onsets.length === 1 ? 1 : 0);
    let word = '';
    for (let index = 0; index < syllables; index += 1) {
      word += pick(language.onsets, hash(own, 2, index)) + pick(language.middles, hash(own, 3, index));
      if (index === syllables - 1 || unit(own, 4, index) < 0.2) word += pick(language.ends, hash(own, 5, index));
    }
    if (word.length < 2) continue;
    if (readMarker(word) ?? readMarker(`${word} 2`) ?? readMarker(`2 ${word}`) ?? readMarker(`${word} II`)) continue;
    words.add(word);
  }
  return [...words];
}
