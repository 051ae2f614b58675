import { decodeText } from './text-decoder.ts';

/** What spreadsheets of the world save, with how unlikely each is before a byte has been seen (natural logarithm). */
const encodings: readonly (readonly [label: string, doubt: number])[] = [
  ['windows-1252', 0],
  ['windows-1250', 3],
  ['windows-1251', 3],
  ['windows-1253', 3],
  ['windows-1254', 3],
  ['windows-1255', 3],
  ['windows-1256', 3],
  ['windows-874', 3],
  ['shift_jis', 3],
  ['euc-kr', 3],
  ['big5', 3],
  ['gb18030', 3],
  ['iso-8859-2', 5],
  ['windows-1258', 6],
  ['euc-jp', 6],
  ['koi8-r', 6],
  ['windows-1257', 8],
  ['macintosh', 8],
];

/** The letters beyond ASCII of languages that titles are written in, the commonest first. */
const alphabets: readonly string[] = [
  '’é–“”—…ñöáüèçí', // English, which borrows
  'éèêàçîôûâùœëïü',
  'óíáéñúü¡¿ªº',
  'ãçáéíóêõâúàôºª',
  'äüöß',
  'àèéìòù',
  'ëéïèóüöê',
  'øåæéö',
  'äåöé',
  'íáðéóþæúöýø',
  'àéèíóòçúïü·',
  'łąężśóćńź',
  'íáéěčřžýšůúňťďó',
  'áíéčžýšľúťôňäďĺŕ',
  'áéőíöüóúű',
  'ăîâșțşţ',
  'čšžćđ',
  'ıüşöçğâ',
  'āēīšūņļķžčģ',
  'ėšžųįąčūę',
  'äõöüšž',
  'àáâãạảăđếệêộôơưồềìíúủứừậấầặọớờ\u{300}\u{301}\u{303}\u{309}\u{323}',
  'оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё',
  'іїєґоаинтвереслкмдпуяьгзбчйхжшюцщ',
  'αοιετσνηυρπκμλςωάίγέδόήχθύφβώξζψϊ',
  'יוהלאתרבמשנכדעחקפםצטסגןזךץף',
  'اليمنرتبوةعدفسهكحقجشطصخأضذثزغئءىظإآؤ',
  'านรอกเงมยลวดทสตะปบคหแจพชขใไโผฉซถภธ่้ัิีุู์็',
];
/** Characters that titles of any language have, by how often one beyond ASCII is that one. */
const everywhere: readonly (readonly [chars: string, chance: number])[] = [
  ['’', 0.1],
  ['‘“”–—…\u{a0}«»„‚°€™®½é', 0.01],
  ['áàâäãåæçèêëíìïîñóòôöõøúùüßÉÀÁÄÅÇÖÜÓØ', 2e-3],
  // Netflix itself writes ¿ where it lost an apostrophe.
  ['¿²³¹¼¾ª·×±§', 2e-4],
];
const commonHan =
  '的一是不了人在有我他这中大来上国们到说和地要出会生也子时得就那下以着自之年过发后作里家小天心女爱王第集季战神龙日月手本' +
  '這個來國們說會時過發後裡愛戰龍學無話回間者';
const commonHangul = '이다는의에을가고하지은로사한기도어리나인아서자대수시해스라드즌화일그부';

/** How likely a character is among those beyond ASCII, in one language (natural logarithm). */
type Language = (char: string) => number;

function language(common: ReadonlyMap<string, number>, classes: readonly (readonly [RegExp, number])[]): Language {
  const all = [...classes, [/\p{sc=Latin}/u, 2e-4] as const];
  return (char) => Math.log(common.get(char) ?? all.find(([pattern]) => pattern.test(char))?.[1] ?? 1e-6);
}

/** Letters of a language thin out about as their rank does. */
function alphabetic(alphabet: string): Language {
  const letters = [...alphabet];
  const total = letters.reduce((sum, _, rank) => sum + 1 / (rank + 1), 0);
  const chances = new Map(everywhere.flatMap(([chars, chance]) => [...chars].map((char) => [char, chance] as const)));
  const atLeast = (char: string, chance: number) => chances.set(char, Math.max(chance, chances.get(char) ?? 0));
  for (const [rank, letter] of letters.entries()) {
    const chance = 0.8 / (rank + 1) / total;
    atLeast(letter, chance);
    if (letter.toUpperCase() !== letter) atLeast(letter.toUpperCase(), chance / 10);
  }
  return language(chances, []);
}

const equally = (chars: string, chance: number) => new Map([...chars].map((char) => [char, chance]));
const wideSigns = [/[\u{3000}-\u{303f}\u{ff01}-\u{ff5e}・〜…“”‘’—－]/u, 4e-3] as const;
const han = /\p{sc=Han}/u;
const languages: readonly Language[] = [
  ...alphabets.map(alphabetic),
  language(new Map(), [wideSigns, [/[\u{3041}-\u{30ff}]/u, 5e-3], [han, 1.5e-4]]),
  language(equally(commonHan, 4e-3), [wideSigns, [han, 2e-4]]),
  language(equally(commonHangul, 8e-3), [wideSigns, [/\p{sc=Hangul}/u, 3e-4], [han, 2e-6]]),
];

const notLatin = ['Greek', 'Cyrillic', 'Hebrew', 'Arabic', 'Thai', 'Han', 'Hiragana', 'Katakana', 'Hangul']
  .map((script) => `\\p{sc=${script}}`)
  .join('');
/** What hardly stands in a title, each by itself about as likely as a letter that the language has not. */
const oddities: readonly RegExp[] = [
  // Controls, and what is no character.
  /[\u{80}-\u{9f}\u{FFFD}\p{Co}\p{Cn}]/gu,
  // Signs inside a word.
  /(?<=\p{L})[^\p{ASCII}\p{L}\p{M}\u{a0}’‘´–—·・¿]+(?=\p{L})/gu,
  // A capital after a small letter.
  /(?<=\p{Ll})[^\P{Lu}\p{ASCII}]/gu,
  // Letters of two scripts in one word.
  new RegExp(`(?<=\\p{sc=Latin})[${notLatin}]|[${notLatin}](?=\\p{sc=Latin})`, 'gu'),
  /\p{sc=Hangul}(?=\p{sc=Han})|\p{sc=Han}(?=\p{sc=Hangul})/gu,
  // Kana of half the width, which nobody writes any more.
  /[\u{ff61}-\u{ff9f}]/gu,
];
const oddityCost = 6;

/**
 * The encoding of text that is neither UTF-8 nor UTF-16: the one in which it reads most like text of some language. A detector
 * for whole documents does not do here: titles are short, mostly English, and say it with an apostrophe or a dozen accents.
 */
export function guessEncoding(bytes: Uint8Array): string {
  let best = 'windows-1252';
  let most = Number.NEGATIVE_INFINITY;
  for (const [label, doubt] of encodings) {
    const likelihood = likelihoodOf(decodeText(bytes, label)) - doubt;
    if (likelihood <= most) continue;
    best = label;
    most = likelihood;
  }
  return best;
}

function likelihoodOf(text: string): number {
  const counts = new Map<string, number>();
  for (const [char] of text.matchAll(/\P{ASCII}/gu)) counts.set(char, (counts.get(char) ?? 0) + 1);
  let odd = 0;
  for (const pattern of oddities) for (const match of text.match(pattern) ?? []) odd += match.length;
  const asLanguages = languages.map((likelihood) => {
    let sum = 0;
    for (const [char, count] of counts) sum += count * likelihood(char);
    return sum;
  });
  return Math.max(...asLanguages) - odd * oddityCost;
}
