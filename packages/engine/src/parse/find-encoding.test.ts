import { describe, expect, it } from 'vitest';
import { findEncoding } from './find-encoding.ts';
import { inMemory, readAll } from './test-files.ts';
import { decodeText, pieceDecoder } from './text-decoder.ts';

/** The bytes of a text in an encoding of one or two bytes a character, by what the decoder makes of every such byte. */
function encode(content: string, encoding: string): Uint8Array {
  const bytes = new Map<string, number[]>();
  const learn = (...sequence: number[]) => {
    const char = decodeText(Uint8Array.from(sequence), encoding);
    if (!char.includes('\u{FFFD}') && [...char].length === 1 && !bytes.has(char)) bytes.set(char, sequence);
  };
  for (let byte = 0; byte < 256; byte += 1) learn(byte);
  const needed = new Set(content);
  for (let first = 0x81; first < 0xff && [...needed].some((char) => !bytes.has(char)); first += 1)
    for (let second = 0x40; second < 0xff; second += 1) learn(first, second);
  return Uint8Array.from([...content].flatMap((char) => bytes.get(char) ?? fail(`${encoding} has no ${char}`)));
}
function fail(why: string): never {
  throw new Error(why);
}

const historyOf = (titles: readonly string[]) =>
  `Title,Date\r\n${titles.map((title, index) => `"${title}","${28 - index}/02/2020"\r\n`).join('')}`;
const plain = ['Salt: Season 1: Pilot', 'Thaw', 'Ash & Ember: Season 2: The Long Way Home'];

describe('the encoding of a history', () => {
  it.each([
    ['windows-1252', 'one apostrophe', ['Nobody’s Harbour: Season 1: Pilot']],
    ['windows-1252', 'dashes and dots', ['Harbour – The Return: Season 1: And then…', 'The “Other” Shore']],
    ['windows-1252', 'one accent', ['Café Harbour: Season 1: Pilot']],
    ['windows-1252', 'French', ['L’Été à Nîmes: Saison 1: Épisode 2', 'Le Cœur des forêts: Partie 1: Où es-tu ?']],
    ['windows-1252', 'Spanish', ['Señora Ibáñez: Temporada 1: ¿Quién eres tú?', 'El último otoño: Temporada 2']],
    ['windows-1252', 'Portuguese', ['Coração de Açúcar: Temporada 1: Episódio 3', 'Três Irmãos']],
    ['windows-1252', 'German', ['Die Brücke über dem Fluß: Staffel 1: Folge 2', 'Größe']],
    ['windows-1252', 'Danish', ['Blå Nætter: Sæson 1: Afsnit 2', 'Kærlighed på øen']],
    ['windows-1252', 'an apostrophe that Netflix lost', ['Nobody¿s Harbour: Season 1: Pilot', 'Rosé']],
    ['windows-1250', 'Polish', ['Zażółć: Sezon 1: Odcinek 2', 'Łódź nocą: Część 1']],
    ['windows-1250', 'Czech', ['Příběh řeky: 1. řada: Část první', 'Něco ještě']],
    ['windows-1250', 'Hungarian', ['Őszi erdő: 1. évad: Fűben és ködben', 'A hídőr']],
    ['iso-8859-2', 'Czech', ['Příběh řeky: 1. řada: Část první', 'Ještě štěstí, Šárko']],
    ['windows-1254', 'Turkish', ['Kış Güneşi: 1. Sezon: İlk Işık', 'Yağmur Çocuğu: 2. Kısım']],
    ['windows-1251', 'Russian', ['Тихая гавань: Сезон 1: Серия 2', 'Последний снег']],
    ['windows-1253', 'Greek', ['Το λιμάνι της νύχτας: Κύκλος 1', 'Η θάλασσα']],
    ['shift_jis', 'Japanese', ['港の灯: シーズン1: はじまりの朝', '雪どけ']],
    ['shift_jis', 'one apostrophe', ['Nobody’s Harbour: Season 1: Pilot']],
    ['euc-kr', 'Korean', ['항구의 불빛: 시즌 1: 1화', '눈이 녹는 날: 리미티드 시리즈']],
    ['euc-kr', 'one apostrophe', ['Nobody’s Harbour: Season 1: Pilot']],
    ['big5', 'Chinese', ['港口的燈光: 第 1 季: 我們的故事', '這是最後的雪']],
    ['gbk', 'Chinese', ['港口的灯光: 第 1 季: 我们的故事', '这是最后的雪']],
    ['macintosh', 'one apostrophe', ['Nobody’s Harbour: Season 1: Pilot']],
    ['macintosh', 'French', ['L’Été à Nîmes: Saison 1: Épisode 2', 'Le Cœur des forêts: Partie 1: Où es-tu ?']],
  ])('%s is told by its letters: %s', async (encoding, _what, titles) => {
    const all = [...plain, ...titles];
    const { rows } = await readAll(inMemory(encode(historyOf(all), encoding), 7));
    expect(rows.map(({ rawTitle }) => rawTitle)).toEqual(all);
  });

  it('is told by letters that stand far behind the start', async () => {
    const rows = [...Array.from({ length: 5000 }, () => 'Thaw'), 'Kış Güneşi: 1. Sezon: İlk Işık'];
    const content = `Title,Date\n${rows.map((title) => `"${title}","13/02/2020"\n`).join('')}`;
    const bytes = encode(content, 'windows-1254');
    expect(await findEncoding(inMemory(bytes), bytes.subarray(0, 65_536))).toBe('windows-1254');
  });

  it.each([
    ['a title cut inside a letter', Buffer.from([0xc3, 0x22])],
    ['a NUL', Buffer.from([0x00])],
  ])('stays UTF-8 with %s', async (_what, astray) => {
    const bytes = Buffer.concat([
      Buffer.from('Title,Date\n"Kış Güneşi","13/02/2020"\n"Rosé","12/02/2020"\n"Señor","11/02/2020"\nSalt'),
      astray,
      Buffer.from(',10/02/2020\n'),
    ]);
    const { rows } = await readAll(inMemory(bytes));
    expect(rows.slice(0, 3).map(({ rawTitle }) => rawTitle)).toEqual(['Kış Güneşi', 'Rosé', 'Señor']);
  });

  it.each(['utf-16le', 'utf-16be'])('%s is told without a mark, also where few bytes are zero', async (encoding) => {
    const content = 'Title,Date\n"항구의 불빛: 시즌 1: 눈이 녹는 날","13/02/2020"\n';
    const bytes = Buffer.from(content, 'utf16le');
    const { rows } = await readAll(inMemory(encoding === 'utf-16le' ? bytes : bytes.swap16(), 3));
    expect(rows.map(({ rawTitle }) => rawTitle)).toEqual(['항구의 불빛: 시즌 1: 눈이 녹는 날']);
  });
});

describe('a decoder', () => {
  it('knows the signs of Windows-1252, at once and in pieces', () => {
    const signs = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
    const bytes = Uint8Array.from(
      [0x80, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x8e].concat([
        0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9e, 0x9f,
      ]),
    );
    expect(decodeText(bytes, 'windows-1252')).toBe(signs);
    const pieces = pieceDecoder('windows-1252');
    expect([...bytes].map((byte) => pieces.piece(Uint8Array.of(byte))).join('') + pieces.end()).toBe(signs);
  });
});
