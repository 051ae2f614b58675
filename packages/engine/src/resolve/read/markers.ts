import { compareKey } from '../compare-key.ts';

/** What a whole segment ("Season 2", "3. díl", "Limited Series") says it is. */
export interface Marker {
  /**
   * SEASON: always a season. LIMITED: a season without number. PART: a season when something follows it
   * ("Part 2: Homecoming"), else a part of an episode or a film. EPISODE: a number in place of an episode's name.
   */
  readonly kind: 'SEASON' | 'LIMITED' | 'PART' | 'EPISODE';
  readonly number: number | null;
  /** Whether the number may count through all seasons, as chapters often do ("House of Cards: Season 3: Chapter 27"). */
  readonly runsOn?: boolean;
}

// One line a kind, languages side by side: the same word serves several (Serie, Sezon, Parte), and profiles mix languages.
const SEASON =
  'season|series|serie|série|seria|séria|seri|staffel|saison|temporada|stagione|seizoen|sæson|säsong|sesong|kausi|tuotantokausi|sezonul|sezonas|sezona|sezon|sezóna|řada|évad|σεζόν|κύκλος|сезон|الموسم|موسم|עונה|सीज़न|सीजन|ซีซั่น|ซีซัน|ฤดูกาลที่|musim|mùa|シーズン|シリーズ|시즌|시리즈|季|辑|輯';
const PART =
  'parts?|partie|parte|teil|deel|del|osa|część|část|časť|rész|partea|kısım|μέρος|часть|частина|الجزء|جزء|חלק|भाग|ภาค|bagian|bahagian|phần|パート|파트|部分|部|篇|' +
  'volumes?|vol\\.?|volumen|volym|volym|bind|band|svazek|zväzok|tom|kötet|volumul|cilt|nide|τόμος|том|المجلد|כרך|เล่ม|ボリューム|볼륨|卷|' +
  'book|buch|livre|libro|livro|boek|bog|bok|kirja|księga|kniha|könyv|cartea|kitap|βιβλίο|книга|الكتاب|ספר|ブック|북|' +
  'collection|colección|coleção|kollektion|sammlung|collezione|collectie|samling|kokoelma|kolekcja|kolekce|koleksiyon|コレクション|컬렉션|cour|クール|saga';
const EPISODE_WORD =
  'episodes?|ep\\.?|folge|épisode|episodio|episódio|aflevering|afsnit|avsnitt|episode|jakso|odcinek|díl|epizoda|epizóda|diel|epizód|episodul|bölüm|επεισόδιο|эпизод|серия|серія|епізод|выпуск|випуск|الحلقة|حلقة|פרק|एपिसोड|ตอนที่|ตอน|episod|tập|エピソード|에피소드|話|화|회|集';
const CHAPTER =
  'chapter|no\\.|chapitre|kapitel|kap\\.?|capítulo|capitolo|hoofdstuk|kapittel|luku|rozdział|kapitola|fejezet|capitolul|κεφάλαιο|глава|розділ|الفصل|अध्याय|บทที่|bab|chương|チャプター|챕터|章';
/** "Day 51" names an episode, and no number of it: the fifty-first day can be the sixth episode. */
const DAY = 'game|day|dag|tag|jour|día|dia';
const LIMITED =
  'limited series|(?:the )?complete series|mini[- ]?series|mini[- ]?s[ée]rie|mini-?serie[ns]?|mini ?dizi|minis[ée]rie|miniss[ée]rie|miniserial|minisorozat|miniséria|miniserie[nt]?|minisarja|serie limitada|série limitada|édition limitée|mini[- ]?seri|minissérie|série limitée|miniszéria|miniserija|miniserialul|serial limitowany|sınırlı dizi|' +
  'μίνι σειρά|мини-сериал|мінісеріал|міні-серіал|مسلسل قصير|سلسلة محدودة|מיני[- ]סדרה|מיני[- ]סדרות|लिमिटेड सीरीज़|मिनी सीरीज़|ลิมิเต็ดซีรีส์|มินิซีรีส์|serial terbatas|siri terhad|phim ngắn tập|loạt phim giới hạn|リミテッドシリーズ|ミニシリーズ|리미티드 시리즈|미니시리즈|限定剧|限定劇|迷你剧|迷你劇|迷你影集|限定劇集|限定影集|limitierte serie|phim giới hạn|' +
  'collection|colección|coleção|sammlung|collezione|collectie|samling|kokoelma|kolekcja|kolekce|koleksiyon|コレクション|컬렉션|specials?|especiales|especiais|speciale|extras|' +
  '(?:the )?final season|finale staffel|letzte staffel|saison finale|dernière saison|temporada final|[úu]ltima temporada|' +
  'stagione finale|ultima stagione|laatste seizoen|sidste sæson|siste sesong|sista säsongen|viimeinen kausi|ostatni sezon|' +
  'finałowy sezon|poslední řada|závěrečná řada|final sezonu|son sezon|ファイナル・?シーズン|最終シーズン|파이널 시즌|最终季|最終季';

const NUMBER_WORDS: readonly (readonly string[])[] = [
  'one een eins un uno um en ett yksi jeden bir ένα один first 一 premier première primera primeira prima erste eerste første första pierwszy pierwsza první birinci первый'.split(
    ' ',
  ),
  'two twee zwei deux dos dois due to två kaksi dwa dva iki δύο два second 二 deuxième segunda seconda zweite tweede anden andre andra drugi druga druhá ikinci второй'.split(
    ' ',
  ),
  'three drie drei trois tres três tre kolme trzy tři tri üç τρία три third 三 troisième tercera terceira terza dritte derde tredje trzeci trzecia třetí üçüncü третий'.split(
    ' ',
  ),
  'four vier quatre cuatro quatro quattro fire fyra neljä cztery čtyři dört τέσσερα четыре fourth 四 quatrième cuarta quarta vierte vierde fjerde fjärde czwarty czwarta čtvrtá dördüncü четвертый'.split(
    ' ',
  ),
  'five vijf fünf cinq cinco cinque fem viisi pięć pět beş πέντε пять fifth 五'.split(' '),
  'six zes sechs seis sei seks sex kuusi sześć šest altı έξι шесть sixth 六'.split(' '),
  'seven zeven sieben sept siete sete sette syv sju seitsemän siedem sedm yedi επτά семь seventh 七'.split(' '),
  'eight acht huit ocho oito otto otte åtta kahdeksan osiem osm sekiz οκτώ восемь eighth 八'.split(' '),
  'nine negen neun neuf nueve nove ni nio yhdeksän dziewięć devět dokuz εννέα девять ninth 九'.split(' '),
  'ten tien zehn dix diez dez dieci ti tio kymmenen dziesięć deset on δέκα десять tenth 十'.split(' '),
];
const WORD_VALUES = new Map(NUMBER_WORDS.flatMap((words, index) => words.map((word) => [word, index + 1] as const)));

const DIGITS = '(?:no\\.?\\s*|#)?\\p{Nd}{1,4}[a-d]?';
// Lists are saved with a small L in place of the roman I ("Part ll").
const ROMAN = '(?:[ivx]{1,5}|l{1,3})';
const WORDS = `(?:${[...WORD_VALUES.keys()].join('|')})`;
const IDEOGRAPH = '[一二三四五六七八九十]';
// Digits may stand close to their noun; a word must not, or "Serial" is a first series and "Parti" a first part.
const NUMBER = `(?:${DIGITS}|${IDEOGRAPH}|(?<![\\p{L}\\p{M}])(?:${ROMAN}|${WORDS}))`;
const FIRST_NUMBER = `(?:${DIGITS}|${IDEOGRAPH}|${WORDS}(?![\\p{L}\\p{M}]))`;
const ORDINAL = '\\s?(?:[.ªº°:]|\\.?[ªº]|st|nd|rd|th|er|r?e|ère|ème|n?de|ste|-?[йяа]|-(?:й|я|ша|га))?';
const TAIL = '(?:\\s*[-–(/]?\\s*\\S+(?:\\s\\S+){0,2})?';
const NOUN = `(?:(?<season>${SEASON})|(?<part>${PART})|(?<episode>${EPISODE_WORD})|(?<chapter>${CHAPTER}))`;

const WORD_THEN_NUMBER = new RegExp(
  `^(?:第\\s*)?${NOUN}\\s*(?<number>${NUMBER})(?![\\p{L}\\p{N}])(?<tail>${TAIL})$`,
  'iu',
);
const NUMBER_THEN_WORD = new RegExp(
  `^(?:第\\s*)?(?<number>${FIRST_NUMBER})${ORDINAL}\\s?${NOUN}(?<tail>\\s?\\([^()]*\\)|\\s[-–]\\s\\S+(?:\\s\\S+){0,2}|\\s\\S+)?$`,
  'iu',
);
/** "Chapter Twenty-Three": any one word after the noun, since number words of all languages are not listed. */
const CHAPTER_THEN_WORD = new RegExp(`^(?:${CHAPTER})\\s\\p{L}+(?:[- ]\\p{L}+)?$`, 'iu');
const NUMBERED_DAY = new RegExp(`^(?:(?:${DAY})\\s?${DIGITS}|${DIGITS}${ORDINAL}\\s(?:${DAY}))$`, 'iu');
const WITHOUT_NUMBER = new RegExp(`^(?:${LIMITED})$`, 'iu');
const PILOT = /^(?:the )?pilot[aeo]?(?:avsnitt|folge)?$|^пилот$|^パイロット$|^파일럿$/iu;
const ANY_MARK = /\p{Nd}/u;

/** Longest segment that can be a marker: names are longer, and most segments are names. */
const LONGEST = 40;

/** Reads a whole segment as a marker; null when it is a name. */
export function readMarker(segment: string): Marker | null {
  if (segment.length > LONGEST || segment.length === 0) return null;
  // Before numbers: "Serial limitowany" is no series L.
  if (WITHOUT_NUMBER.test(segment)) return { kind: 'LIMITED', number: null };
  const match =
    WORD_THEN_NUMBER.exec(segment) ??
    (ANY_MARK.test(segment) || /^第|^\p{L}+ \p{L}+$/u.test(segment) ? NUMBER_THEN_WORD.exec(segment) : null);
  const groups = match?.groups;
  if (groups) {
    const number = readNumber(groups.number ?? '');
    const tail = groups.tail ?? '';
    if (groups.season !== undefined) return { kind: 'SEASON', number };
    // "Part of Me" or "Book 2 Revenge" are names; only a season word may be followed by more ("Season 4 Remix").
    const isBare = tail === '' || tail.trimStart().startsWith('(');
    if (groups.part !== undefined) return isBare ? { kind: 'PART', number } : null;
    if (!isBare && !/^\s[-–]\s/u.test(tail)) return null;
    return groups.chapter === undefined ? { kind: 'EPISODE', number } : { kind: 'EPISODE', number, runsOn: true };
  }
  if (NUMBERED_DAY.test(segment) || PILOT.test(segment)) return { kind: 'EPISODE', number: null };
  if (CHAPTER_WORD.test(segment) && CHAPTER_THEN_WORD.test(segment)) return { kind: 'EPISODE', number: null };
  return null;
}
const CHAPTER_WORD = /^(?:ch|k|cap|h|luku|roz|fej|κεφ|гл|роз)/iu;

/** The value of a number as markers write it: digits of any script, roman, or a word. Null when it is none of these. */
export function readNumber(text: string): number | null {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^(?:no\.?\s*|#)/u, '');
  const word = WORD_VALUES.get(plain);
  if (word !== undefined) return word;
  let value = 0;
  let digits = 0;
  for (const character of plain) {
    if (!/\p{Nd}/u.test(character)) break;
    value = value * 10 + digitValue(character);
    digits += 1;
  }
  if (digits > 0) return value;
  return readRoman(plain.replaceAll('l', 'i'));
}

/** A number behind a series' name that is larger is a year, or part of the name ("The Mire: The Mire 1997"). */
const MOST_SEASONS = 99;

/** "Stranger Things: Stranger Things 2: …" is season 2; the bare name repeated is the first. */
export function numberInName(series: string, label: string): number | null {
  if (label === '') return null;
  const [seriesKey, labelKey] = [compareKey(series), compareKey(label)];
  if (labelKey === seriesKey) return 1;
  const last = label.slice(label.lastIndexOf(' ') + 1);
  // "Kakegurui xx" is no twentieth season.
  if (!/^(?:\p{Nd}{1,2}|[IVX]+)$/u.test(last)) return null;
  const number = labelKey === `${seriesKey} ${compareKey(last)}` || label === last ? readNumber(last) : null;
  return number !== null && number <= MOST_SEASONS ? number : null;
}

/** Unicode keeps the ten digits of a script side by side from zero, so the distance to zero is the value. */
function digitValue(character: string): number {
  if (character >= '0' && character <= '9') return Number(character);
  let value = 0;
  for (
    let code = (character.codePointAt(0) ?? 0) - 1;
    value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code));
    code -= 1
  ) {
    value += 1;
  }
  return value;
}

const ROMAN_VALUES: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10 };
function readRoman(text: string): number | null {
  let total = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = ROMAN_VALUES[text[index] ?? ''];
    if (value === undefined) return null;
    total += value < (ROMAN_VALUES[text[index + 1] ?? ''] ?? 0) ? -value : value;
  }
  return total || null;
}

/** "(Episode 5)", "(Bölüm 3)", "(Episódio 12)", "(第3話)" at the end of a string. */
const EPISODE_SUFFIX = new RegExp(
  `\\s*\\((?:(?:${EPISODE_WORD}|rész)\\s*(\\p{Nd}{1,4})|(?:第\\s*)?(\\p{Nd}{1,4})[.ªº]?\\s*(?:${EPISODE_WORD}|rész))\\)$`,
  'iu',
);

/** Splits off the number that ViewingActivity adds to an episode's name. */
export function splitEpisodeSuffix(title: string): { rest: string; suffix: string; number: number } | null {
  if (!title.endsWith(')')) return null;
  const match = EPISODE_SUFFIX.exec(title);
  const number = match && readNumber(match[1] ?? match[2] ?? '');
  if (!match || number === null || match.index === 0) return null;
  return { rest: title.slice(0, match.index), suffix: match[0].trim(), number };
}
