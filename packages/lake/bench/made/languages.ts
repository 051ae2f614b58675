/** How a language's made-up words and names are built. */
export interface Language {
  readonly code: string;
  /** Share of works that come from it, in parts of all. A guess: the datasets do not say, and the corpus is English. */
  readonly works: number;
  /** Beginnings, middles and ends of syllables; scripts that are not built of letters have whole syllables in the middle. */
  readonly onsets: readonly string[];
  readonly middles: readonly string[];
  readonly ends: readonly string[];
  /** Articles and joining words with their spaces; empty where a language writes none. */
  readonly articles: readonly string[];
  readonly joiners: readonly string[];
  /** What stands between words. */
  readonly space: string;
  /** Each word of a name with a capital, or the first only. */
  readonly titleCase: boolean;
  readonly latin: boolean;
}

const list = (text: string) => text.split(' ').map((part) => (part === '_' ? '' : part));
const letters = (text: string) => [...text.replaceAll(' ', '')];

function latin(
  code: string,
  works: number,
  [onsets, middles, ends]: readonly [string, string, string],
  articles: readonly string[],
  joiners: readonly string[],
  titleCase = false,
): Language {
  const parts = { onsets: list(onsets), middles: list(middles), ends: list(ends) };
  return { code, works, ...parts, articles, joiners, space: ' ', titleCase, latin: true };
}

function script(
  code: string,
  works: number,
  [onsets, middles, ends]: readonly [readonly string[], readonly string[], readonly string[]],
  joiners: readonly string[],
  space = ' ',
): Language {
  return { code, works, onsets, middles, ends, articles: [], joiners, space, titleCase: false, latin: false };
}

const NONE = [''];

/** Characters that no season, part or episode is named by. */
const HAN = letters(
  '风云山水月星海天地人心火光夜雪花龙虎王城国家春秋江湖梦影声路门石林鸟鱼马金玉红白黑青长远深高东西南北',
);
const KANJI = letters(
  '風雲山水月星海天地人心火光夜雪花竜虎王城国家春秋江湖夢影声路門石林鳥魚馬金玉紅白黒青長遠深高東西南北',
);
const KANA = letters('アイウエカキクケコサスセタチテトナニヌネノハヒフヘマミムメモヤユヨラリルレロ');
const HANGUL = letters(
  '가나다라마바사아자차카타파하고노도로모보소오조초구누두루무수우주추기니디리미비신인진강난단란만반산안잔한',
);

export const LANGUAGES: readonly Language[] = [
  latin(
    'en',
    50,
    [
      'b c d f g h j k l m n p r s t v w br cr dr fl gr pl pr sh st str th tr wh sl',
      'a e i o u ee oo ea ai ow',
      '_ n r l t s m d ck nd st ng rk ll sh th',
    ],
    ['The ', 'The ', 'The ', 'A ', 'My '],
    [' of the ', ' and ', ' & ', ' of ', ' in ', "'s "],
    true,
  ),
  latin(
    'fr',
    6,
    ['b c d f g l m n p r s t v ch br cr fl gr pr tr j', 'a e i o u é è ou eau oi an on', '_ r l t s x n ge'],
    ['Le ', 'La ', 'Les ', 'Un '],
    [' de la ', ' et ', ' du ', ' à '],
  ),
  latin(
    'es',
    7,
    ['b c d f g l m n p r s t v ch br cr gr pr tr j ll', 'a e i o u á é í ó ie ue', '_ n r l s z'],
    ['El ', 'La ', 'Los '],
    [' de la ', ' y ', ' del '],
  ),
  latin(
    'pt',
    4,
    ['b c d f g l m n p r s t v ch br cr gr pr tr j lh', 'a e i o u ã é ê ó ão ei', '_ r l s m'],
    ['O ', 'A ', 'Os '],
    [' da ', ' e ', ' do '],
  ),
  latin(
    'de',
    5,
    ['b d f g h k l m n p r s t w z br gr kr sch st tr pf', 'a e i o u ä ö ü ei au ie', '_ n r l t ch nd rg cht ss'],
    ['Der ', 'Die ', 'Das '],
    [' und ', ' der ', ' im '],
    true,
  ),
  latin(
    'it',
    4,
    ['b c d f g l m n p r s t v br cr gr pr sp st tr', 'a e i o u ia io', '_ _ n r l'],
    ['Il ', 'La ', 'I '],
    [' di ', ' e ', ' della '],
  ),
  latin(
    'nl',
    2,
    ['b d g h k l m n p r s t v w z br gr kl kr sch st', 'a e i o u aa ee oo ij ui oe', '_ n r l t k cht nd'],
    ['De ', 'Het ', 'Een '],
    [' en ', ' van de ', ' in '],
  ),
  latin(
    'tr',
    2.5,
    ['b c ç d f g h k l m n p r s ş t v y z', 'a e ı i o ö u ü', '_ n r l k t m z'],
    [],
    [' ve ', ' ile '],
  ),
  latin(
    'pl',
    1.5,
    ['b c cz d g k l ł m n p r s sz t w z ż dr kr pr', 'a e i o u y ó ie', '_ n r k ł ść ć'],
    [],
    [' i ', ' w ', ' na '],
  ),
  latin(
    'cs',
    1,
    ['b c č d h k l m n p r ř s š t v z ž kr pr', 'a e i o u á é í ě ů', '_ n r k l t'],
    [],
    [' a ', ' na ', ' v '],
  ),
  latin(
    'da',
    0.8,
    ['b d f g h k l m n p r s t v br fr kl sk st', 'a e i o u æ ø å', '_ n r l t nd g ld'],
    ['Den ', 'Det '],
    [' og ', ' i '],
  ),
  latin(
    'sv',
    1.2,
    ['b d f g h k l m n p r s t v br fr kl sk st', 'a e i o u ä ö å', '_ n r l t nd g ng'],
    ['Den ', 'Det '],
    [' och ', ' i '],
  ),
  latin(
    'no',
    0.6,
    ['b d f g h j k l m n p r s t v br fr kl sk', 'a e i o u æ ø å ei', '_ n r l t g nn'],
    ['Den ', 'Det '],
    [' og ', ' i '],
  ),
  latin('fi', 0.8, ['h j k l m n p r s t v', 'a e i o u ä ö aa uu ii yö', '_ n s l r'], [], [' ja ', ' on ']),
  latin(
    'hu',
    0.8,
    ['b cs d f g gy h k l m n p r s sz t v z', 'a á e é i o ö ő u ü', '_ n r l k t'],
    ['A ', 'Az '],
    [' és ', ' a '],
  ),
  latin(
    'ro',
    0.6,
    ['b c d f g l m n p r s ș t ț v z cr tr', 'a ă e i o u â ea', '_ n r l t'],
    [],
    [' și ', ' de ', ' din '],
  ),
  latin('id', 0.8, ['b c d g h j k l m n p r s t w', 'a e i o u ai', '_ n ng r h t k'], [], [' dan ', ' di ']),
  // Names of works from other scripts as the datasets mostly have them: in Latin letters.
  latin(
    'romanised',
    0,
    ['k s t n h m y r w g z d b p sh ch ts j', 'a i u e o ou', '_ _ _ n'],
    [],
    [' no ', ' to ', ' wa ', ' ga '],
  ),
  script(
    'ru',
    2.5,
    [letters('бвгджзклмнпрстфхчш'), letters('аеиоуыяюё'), ['', 'н', 'р', 'л', 'т', 'к', 'ст', 'й']],
    [' и ', ' в ', ' на '],
  ),
  script(
    'uk',
    0.4,
    [letters('бвгджзклмнпрстфхчш'), letters('аеиоуїєі'), ['', 'н', 'р', 'л', 'т', 'к']],
    [' і ', ' та ', ' на '],
  ),
  script(
    'el',
    0.8,
    [letters('βγδζθκλμνπρστφχψ'), letters('αεηιοωυάέίό'), ['', 'ς', 'ν', 'ρ']],
    [' και ', ' του ', ' της '],
  ),
  script(
    'ar',
    1.2,
    [letters('بتثجحخدذرزسشصضطعغفقكلمنهي'), letters('اويا'), ['', 'ن', 'ر', 'ل', 'م', 'ة']],
    [' و', ' في ', ' من '],
  ),
  script('he', 0.5, [letters('אבגדהוזחטיכלמנסעפצקרשת'), letters('ויאה'), ['', 'ם', 'ן', 'ת', 'ר']], [' ו', ' של ']),
  script(
    'hi',
    2,
    [letters('कखगघचजटडतदनपबभमयरलवसह'), ['', 'ा', 'ि', 'ी', 'ु', 'े', 'ो'], ['', 'न', 'र', 'ल', 'म']],
    [' और ', ' का ', ' की '],
  ),
  script(
    'th',
    0.6,
    [letters('กขคงจชดตทนบปพมยรลวสห'), ['า', 'ิ', 'ี', 'ุ', 'ู', 'อ'], ['', 'น', 'ง', 'ม', 'ก']],
    ['และ', 'ของ'],
    '',
  ),
  script('ja', 4, [NONE, [...KANJI, ...KANA, ...KANA], NONE], ['の', 'と', 'は'], ''),
  script('ko', 2.5, [NONE, HANGUL, NONE], ['의 ', '와 ']),
  script('zh', 3, [NONE, HAN, NONE], ['与', '的'], ''),
];

const BY_CODE = new Map(LANGUAGES.map((language) => [language.code, language]));

export function languageOf(code: string): Language {
  const language = BY_CODE.get(code);
  if (!language) throw new Error(`no made-up words for the language ${code}`);
  return language;
}
