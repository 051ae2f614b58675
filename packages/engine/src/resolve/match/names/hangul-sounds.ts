/** A name in Hangul alone, with what stands between words. */
const HANGUL = /^[가-힣\d\s·:：,.!?&'’-]*[가-힣][가-힣\d\s·:：,.!?&'’-]*$/u;
export const isHangul = (name: string): boolean => HANGUL.test(name);

/**
 * What English consonants each initial is written for, as the keys have them (m is n, l is r, v is b): ㅍ is p and f, ㅈ is j and z.
 * In the order of Unicode: ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ.
 */
const INITIALS = ['g', 'k', 'n', 'd', 't', 'r', 'n', 'b', 'p', 's', 's', '', 'js', 'j', 'c', 'k', 't', 'pf', ''];
/** Letters that words with such an initial begin with, in the same order. */
const BEGINNINGS = 'gkc kcq nkg d t rlw m bv pb sctxpz s aeiouhwy jgz j ct kcq t pf hw'.split(' ');
/** Finals by their place in Unicode; all others are silent, or in no foreign word. */
const FINALS: Readonly<Record<number, string>> = { 1: 'k', 4: 'n', 8: 'r', 16: 'n', 17: 'p', 19: 't', 21: 'ng' };

const FIRST_SYLLABLE = 0xac00;
const VOWELS = 21;
const FINALS_PLACES = 28;
const place = { r: 5, silent: 11, eu: 18, finalR: 8, finalNg: 21 };

interface Syllable {
  readonly initial: number;
  readonly vowel: number;
  readonly final: number;
}

function syllableOf(character: string): Syllable | null {
  const index = (character.codePointAt(0) ?? 0) - FIRST_SYLLABLE;
  if (index < 0 || index >= INITIALS.length * VOWELS * FINALS_PLACES) return null;
  return {
    initial: Math.floor(index / (VOWELS * FINALS_PLACES)),
    vowel: Math.floor(index / FINALS_PLACES) % VOWELS,
    final: index % FINALS_PLACES,
  };
}

/** 더 is how "the" is written. */
const withoutThe = (name: string) => name.normalize('NFC').replace(/^더 /u, '');
/** Each initial that may be two doubles the readings. */
const MOST_READINGS = 8;

/**
 * The consonants of foreign words in Hangul as they sound, by the rules of the National Institute of Korean Language for writing them (외래어
 * 표기법, 1986), read backwards: 스타트렉 is "sttrk". All readings that there are, the likeliest first.
 */
export function soundsOfHangul(name: string): string[] {
  const characters = [...withoutThe(name)].filter((character) => /[가-힣\d]/u.test(character));
  const syllables = characters.map(syllableOf);
  let readings = [''];
  const add = (sounds: readonly string[]) => {
    readings = sounds.flatMap((sound) => readings.map((reading) => reading + sound)).slice(0, MOST_READINGS);
  };
  for (const [index, syllable] of syllables.entries()) {
    if (syllable === null) {
      add([characters[index] ?? '']);
      continue;
    }
    const { initial, vowel, final } = syllable;
    const [before, next] = [syllables[index - 1], syllables[index + 1]];
    // 르 before a consonant, or last, is an English r that nobody hears; a doubled ㄹ is one l.
    const isUnheard =
      initial === place.r && vowel === place.eu && final === 0 && next?.initial !== place.silent && index > 0;
    const isDoubled = initial === place.r && before?.final === place.finalR;
    const sounds = INITIALS[initial] ?? '';
    if (sounds !== '' && !isUnheard && !isDoubled) add([...sounds]);
    const sound = FINALS[final] ?? '';
    // 랑켄 is "ranken".
    add([final === place.finalNg && /[kg]/.test(INITIALS[next?.initial ?? place.silent] ?? '') ? 'n' : sound]);
  }
  return readings;
}

/** Letters that the first word of a name in Hangul can begin with in English; null where it begins with none. */
export function beginningsOfHangul(name: string): string | null {
  const syllable = syllableOf(withoutThe(name)[0] ?? '');
  return syllable === null ? null : (BEGINNINGS[syllable.initial] ?? null);
}

/** How many syllables a name in Hangul has, "the" left out. */
export const syllablesOfHangul = (name: string): number =>
  [...withoutThe(name)].filter((one) => syllableOf(one) !== null).length;

/**
 * Which English vowels each Korean one is written for, in the order of Unicode: ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ. ㅡ is none: it only stands between
 * consonants, and so does a hyphen here.
 */
const SPELLED = 'aou ae a ae aeou ae eou e oa a ae oe ou uow oua ea iue u - iy iye'.split(' ');
const vowelOf = { a: 0, ae: 1, e: 5, i: 20 };

/** Vowels that sound one after another without a consonant between, as the letters that may stand for them. */
function vowelsOfHangul(name: string): string[] {
  const groups: string[] = [];
  let before: Syllable | null = null;
  for (const character of withoutThe(name)) {
    const syllable = syllableOf(character);
    if (syllable !== null && syllable.vowel !== place.eu) {
      const letters = SPELLED[syllable.vowel] ?? '';
      const goesOn =
        syllable.initial === place.silent && before !== null && before.final === 0 && before.vowel !== place.eu;
      if (goesOn) groups.push(together(before as Syllable, syllable, `${groups.pop() ?? ''}${letters}`));
      else groups.push(letters);
    }
    before = syllable;
  }
  return groups;
}

/** 아이 is the i of "night", and 에이 the a of "agent"; others may be either of the two. */
function together(one: Syllable, other: Syllable, either: string): string {
  if (other.vowel !== vowelOf.i) return either;
  if (one.vowel === vowelOf.a) return 'iy';
  return one.vowel === vowelOf.e || one.vowel === vowelOf.ae ? 'ae' : either;
}

/** So many of the vowels have to be the same. */
const LEAST_SAME_VOWELS = 0.75;

/**
 * Whether the vowels of a name in Hangul can be those of one in Latin letters, which consonants alone do not show: 소울메이트 has those of "Serenity".
 * An e may be silent.
 */
export function hasVowelsOf(hangul: string, latin: string): boolean {
  const said = vowelsOfHangul(hangul);
  const written = latin.match(/[aeiouy]+/g) ?? [];
  // The longest row of vowels that both have in one order (Needleman and Wunsch 1970, without a price for gaps).
  const best = Array.from({ length: said.length + 1 }, () => new Array<number>(written.length + 1).fill(0));
  const at = (row: number, column: number) => best[row]?.[column] ?? 0;
  for (const [row, letters] of said.entries())
    for (const [column, group] of written.entries()) {
      const isSame = [...group].some((letter) => letters.includes(letter));
      (best[row + 1] as number[])[column + 1] = Math.max(
        at(row, column + 1),
        at(row + 1, column),
        at(row, column) + (isSame ? 1 : 0),
      );
    }
  const same = at(said.length, written.length);
  const heard = written.filter((group) => group !== 'e').length;
  return same >= LEAST_SAME_VOWELS * Math.max(said.length, heard);
}
