import { compareKey } from '../../compare-key.ts';
import { foldLetters, ROMAN, WORDS } from './catalogue-key.ts';
import { soundKey } from './sound-key.ts';
import { meaningsOf, meaningsWithin } from './word-meanings.ts';

/** A word of a name, by what it can be known again in another language. */
export interface NameWord {
  readonly text: string;
  /** What it means where that is listed, else how it begins when spelling is made one: "Anatomie" and "Anatomy" are "anato". */
  readonly keys: readonly string[];
  readonly isForeign: boolean;
  /** Whether its meaning is listed, or is a number: the same in another language would be known. */
  readonly isListed: boolean;
}

/** Words that join others, in the languages of names; and those of every second name. */
const JOINING = new Set(
  (
    'the a an of and or in on at to for from with by your you my his her our their its is are be it this that as into over all ' +
    'la le les l un une des du de d et au aux en dans sur par pour avec son ses sa mes mon ma ' +
    'el los las lo una y o del al con por para su sus mi tu te ' +
    'os as um uma e do da dos das no na nos nas em ao com se que seu sua meu minha ' +
    'der die das ein eine einer und im am zu zum zur von vom mit fur auf den dem ist ich ' +
    'het een van voor met op uit te aan naar zijn ' +
    'den det og i pa til fra med ett av for som ar ' +
    'v ve na do se ze od po za pro pri pod nad jak je jsem jsme a i u k s z si ' +
    'w we o nie to jest sie ' +
    've bir bu icin ile da de mi ' +
    'movie film filme pelicula filmi filmen ' +
    'il gli uno di della dei dal nel che'
  ).split(' '),
);

/** Spelling that differs by the language and not by the word. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/ph/gu, 'f'],
  [/th/gu, 't'],
  [/sch|sh|sz|cz|ch(?=[ei])/gu, 's'],
  [/ch|ck|qu?/gu, 'k'],
  [/c(?=[eiy])/gu, 's'],
  [/c/gu, 'k'],
  [/x/gu, 'ks'],
  [/w/gu, 'v'],
  [/z/gu, 's'],
  [/[yj]/gu, 'i'],
  [/(.)\1+/gu, '$1'],
];

/** Shorter words that are not listed are in too many names. */
const SHORTEST_WORD = 4;
const LONG_WORD = 6;

const spelled = (word: string): string => SPELLINGS.reduce((text, [from, to]) => text.replace(from, to), word);

/** How a word begins, its ending left off: endings differ by the language. */
function stemOf(word: string): string {
  const text = spelled(word);
  return `*${text.slice(0, word.length >= LONG_WORD ? 5 : 4)}`;
}

const LATIN_RUNS = /[a-z0-9]+|[^\sa-z0-9]+/gu;
const KATAKANA = /[ァ-ヺー]{2,}/gu;
const DIGITS = /^\d+$/;

/** The words of a name that tell something. */
export function wordsOf(name: string): NameWord[] {
  const words: NameWord[] = [];
  // Words in Latin letters also stand right beside others: "ダイバージェントFINAL".
  for (const [place, written] of (foldLetters(compareKey(name)).match(LATIN_RUNS) ?? []).entries()) {
    const word = (place > 0 ? ROMAN[written] : undefined) ?? written;
    if (DIGITS.test(word)) words.push({ text: word, keys: [word], isForeign: false, isListed: true });
    if (!/^[a-z][a-z0-9]*$/.test(word) || JOINING.has(word)) continue;
    const meanings = meaningsOf(word);
    const keys = meanings.length > 0 ? meanings : word.length < SHORTEST_WORD ? [] : [stemOf(word)];
    if (keys.length > 0) words.push({ text: word, keys, isForeign: false, isListed: meanings.length > 0 });
  }
  const foreign = name.match(KATAKANA) ?? [];
  for (const word of foreign) {
    const meanings = meaningsWithin(word);
    words.push({ text: word, keys: meanings.slice(0, 1), isForeign: true, isListed: false });
  }
  for (const meaning of meaningsWithin(name.replace(KATAKANA, ' ')))
    words.push({ text: meaning, keys: [meaning], isForeign: true, isListed: true });
  return words;
}

/** More words make too many pairs. */
const MOST_WORDS = 6;

/**
 * What a name's words are looked up by, for names of which only some words are the same in both languages: each word, each two of them, that
 * together are rare where each is common, and the sound of words in katakana.
 */
export function wordKeys(name: string): string[] {
  const words = wordsOf(name);
  const sounds = words.flatMap(({ text, isForeign }) => (isForeign ? (soundKey(text) ?? []) : []));
  return [...keysOf(words), ...pairsOf(words), ...sounds.map((key) => `#${key}`)];
}

/** What a catalogue files a name's words under; more for what a work is mostly called, which is what names are translated from. */
export function wordKeysToFile(name: string, isPrimary: boolean): string[] {
  const words = wordsOf(name);
  if (!isPrimary) return keysOf(words);
  const sounds = words.flatMap(({ text, isForeign }) => (isForeign ? [] : (soundKey(text) ?? [])));
  return [...keysOf(words), ...pairsOf(words), ...new Set(sounds.map((key) => `#${key}`))];
}

function keysOf(words: readonly NameWord[]): string[] {
  const keys = new Set<string>();
  for (const { keys: own } of words) for (const key of own) if (!DIGITS.test(key)) keys.add(`#${key}`);
  return [...keys];
}

function pairsOf(words: readonly NameWord[]): string[] {
  const pairs = new Set<string>();
  const few = words.slice(0, MOST_WORDS);
  for (const [place, { keys: own }] of few.entries())
    for (const other of few.slice(place + 1))
      for (const one of own)
        for (const two of other.keys) if (one !== two) pairs.add(one < two ? `#${one} ${two}` : `#${two} ${one}`);
  return [...pairs];
}

/** Names kept at a time; a history asks about the same ones again and again. */
const NAMES_KEPT = 20_000;

/** `wordsOf`, which remembers. */
export class WordsOfNames {
  readonly #known = new Map<string, readonly NameWord[]>();

  of(name: string): readonly NameWord[] {
    let words = this.#known.get(name);
    if (words === undefined) {
      words = wordsOf(name);
      if (this.#known.size >= NAMES_KEPT) this.#known.clear();
      this.#known.set(name, words);
    }
    return words;
  }
}

/** How alike the words of two names are. */
export interface SharedWords {
  /** How many of their words are the same, by how much, of all that either has: 0 to 1. */
  readonly share: number;
  /** Pairs of words that are the same, each counted by how alike they are. */
  readonly alike: number;
  /** Those pairs: the word asked for, and the other's. */
  readonly pairs: readonly (readonly [string, string])[];
  /** Words of the name asked for that the other lacks, though it would have them: their meaning is listed, or the name is English. */
  readonly lacking: number;
  /** Words of the name asked for that the other lacks, and nobody knows what they mean. */
  readonly unknown: number;
  /** Words that only the other has, more than those whose meaning nobody knows. */
  readonly left: number;
  /** Whether both are of one language: then what is not the same in both is another name, and no translation. */
  readonly isSameLanguage: boolean;
  /** Whether one of them has a number that the other has not. */
  readonly numbersDiffer: boolean;
  /** Whether nothing of what stands before the first colon or dash of the name asked for is in the other: "Vorstadtweiber: Een perfecte wereld". */
  readonly beginsApart: boolean;
}

/** What is known of two names whose words are compared. */
export interface ComparedNames {
  readonly asked: string;
  /** The name that was found. */
  readonly found: string;
  /** What the work is mostly called: in English. */
  readonly primary: string;
  /** Whether a word, as it is written, stands in names that works are mostly called by. */
  readonly isInUse: (word: NameWord) => boolean;
}

export function shareWords({ asked: name, found, primary, isInUse }: ComparedNames, words: WordsOfNames): SharedWords {
  const asked = words.of(name);
  const others = words.of(found);
  const left = new Set(others);
  const ofPrimary = new Set(words.of(primary).map(({ text }) => text));
  let isSameLanguage = isEnglish(name, asked);
  const lacking: NameWord[] = [];
  const pairs: [string, string][] = [];
  let alike = 0;
  for (const word of asked) {
    let best: { word: NameWord; likeness: number } | null = null;
    for (const one of left) {
      const likeness = likenessOf(word, one);
      if (likeness > (best?.likeness ?? 0)) best = { word: one, likeness };
    }
    if (best === null) {
      lacking.push(word);
      continue;
    }
    // A word that is the same here, and not in English, is no name: both are of one language.
    if (best.word.text === word.text && !word.isForeign && !ofPrimary.has(word.text)) isSameLanguage = true;
    left.delete(best.word);
    alike += best.likeness;
    pairs.push([word.text, best.word.text]);
  }
  const unknown = lacking.filter((word) => !isSameLanguage && !word.isListed && !isInUse(word)).length;
  // All of it is in the English name: then it is English, and what is left there makes another name of it, "Goodbye Christopher Robin".
  const shared = pairs.filter(([word]) => !DIGITS.test(word));
  const isWithin =
    lacking.length === 0 &&
    left.size > 0 &&
    shared.length > 1 &&
    shared.every(([one, other]) => one === other && ofPrimary.has(one));
  return {
    share: alike / Math.max(1, asked.length + left.size),
    alike,
    pairs,
    lacking: lacking.length - unknown,
    unknown,
    left: Math.max(0, left.size - unknown),
    isSameLanguage: isSameLanguage || isWithin,
    // "Fahrenheit 11/9" is not "Fahrenheit 9/11".
    numbersDiffer: numbersIn(asked) !== numbersIn(others),
    beginsApart: beginsApart(name, pairs, words),
  };
}

function beginsApart(name: string, pairs: readonly (readonly [string, string])[], words: WordsOfNames): boolean {
  const [first = '', ...rest] = name.split(/(?<! ): | [-–—] /u);
  const before = rest.length > 0 ? words.of(first) : [];
  return before.length > 0 && !before.some(({ text }) => pairs.some(([shared]) => shared === text));
}

/** The numbers in a name's words, in their order. */
export const numbersIn = (words: readonly NameWord[]): string =>
  words
    .flatMap(({ text, keys: [key = ''] }) => [text, key, WORDS[key] ?? ''].find((one) => DIGITS.test(one)) ?? [])
    .join(' ');

const ENGLISH = /\b(?:the|of|and|with|my|your|you|from|for|are|how|who|what|when|our|his|her|this|that)\b/iu;

/** Whether a name is English, as the catalogue's are: then what is not the same in both is another name, not a translation. */
function isEnglish(name: string, words: readonly NameWord[]): boolean {
  if (ENGLISH.test(name)) return true;
  if (words.some(({ isForeign }) => isForeign)) return false;
  const listed = words.filter(({ text, isListed }) => isListed && !DIGITS.test(text));
  // "gun" is a day in Turkish.
  return (
    listed.length > 0 &&
    listed.every(({ text, keys }) => keys.length === 1 && (keys[0] === text || keys[0] === text.replace(/s$/u, '')))
  );
}

/** A word of the same meaning may be another word, and one that begins alike too. */
const SAME_MEANING = 0.8;

function likenessOf(one: NameWord, other: NameWord): number {
  if (one.text === other.text) return 1;
  if (one.keys.some((key) => other.keys.includes(key))) {
    if (DIGITS.test(one.text) !== DIGITS.test(other.text)) return SAME_MEANING;
    return Math.max(meaningsOf(one.text).length > 0 ? SAME_MEANING : 0, likenessOfSpelling(one.text, other.text));
  }
  if (one.isForeign === other.isForeign) return 0;
  const sounds = soundKey(one.text);
  return sounds !== null && sounds === soundKey(other.text) ? SAME_MEANING : 0;
}

function likenessOfSpelling(one: string, other: string): number {
  const [short, long] = [spelled(one), spelled(other)].sort((a, b) => a.length - b.length) as [string, string];
  let same = 0;
  while (same < short.length && short[same] === long[same]) same += 1;
  return same / long.length;
}
