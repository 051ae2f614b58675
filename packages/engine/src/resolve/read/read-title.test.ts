import { describe, expect, it } from 'vitest';
import { readTitle } from './read-title.ts';

/** The likeliest reading as "series | label | number | episode | its number". */
function episode(title: string): string {
  const [reading] = readTitle(title);
  if (reading?.kind !== 'EPISODE') return reading?.kind ?? 'none';
  return [reading.seriesName, reading.seasonLabel, reading.seasonNumber, reading.episodeName, reading.episodeNumber]
    .map((part) => part ?? '-')
    .join(' | ');
}

describe('readTitle', () => {
  it.each([
    ['Harbour: Season 2: Fog', 'Harbour | Season 2 | 2 | Fog | -'],
    ['Harbour: Series 2: Fog', 'Harbour | Series 2 | 2 | Fog | -'],
    ['Harbour: Staffel 3: Nebel', 'Harbour | Staffel 3 | 3 | Nebel | -'],
    ['Harbour: Saison\u00a04: Brume', 'Harbour | Saison 4 | 4 | Brume | -'],
    ['Harbour: 1ª temporada: Névoa', 'Harbour | 1ª temporada | 1 | Névoa | -'],
    ['Harbour: Stagione 2: Nebbia', 'Harbour | Stagione 2 | 2 | Nebbia | -'],
    ['Harbour: Seizoen 2: Mist', 'Harbour | Seizoen 2 | 2 | Mist | -'],
    ['Harbour: Säsong 2: Dimma', 'Harbour | Säsong 2 | 2 | Dimma | -'],
    ['Harbour: Kausi 2: Sumu', 'Harbour | Kausi 2 | 2 | Sumu | -'],
    ['Harbour: 12B. řada: Mlha', 'Harbour | 12B. řada | 12 | Mlha | -'],
    ['Harbour: 6. Sezon: Sis', 'Harbour | 6. Sezon | 6 | Sis | -'],
    ['Harbour: 2. évad: Köd', 'Harbour | 2. évad | 2 | Köd | -'],
    ['Harbour: Sezonul 2: Ceață', 'Harbour | Sezonul 2 | 2 | Ceață | -'],
    ['Λιμάνι: Κύκλος 2: Ομίχλη', 'Λιμάνι | Κύκλος 2 | 2 | Ομίχλη | -'],
    ['Гавань: Сезон 2: Туман', 'Гавань | Сезон 2 | 2 | Туман | -'],
    ['ميناء: الموسم ٢: ضباب', 'ميناء | الموسم ٢ | 2 | ضباب | -'],
    ['נמל: עונה 2: ערפל', 'נמל | עונה 2 | 2 | ערפל | -'],
    ['बंदरगाह: सीज़न २: कोहरा', 'बंदरगाह | सीज़न २ | 2 | कोहरा | -'],
    ['ท่าเรือ: ซีซั่น 2: หมอก', 'ท่าเรือ | ซีซั่น 2 | 2 | หมอก | -'],
    ['Bến cảng: Mùa 2: Sương', 'Bến cảng | Mùa 2 | 2 | Sương | -'],
    ['港: シーズン2: 霧', '港 | シーズン2 | 2 | 霧 | -'],
    ['港: 第2シリーズ: 霧', '港 | 第2シリーズ | 2 | 霧 | -'],
    ['항구: 시즌 2: 안개', '항구 | 시즌 2 | 2 | 안개 | -'],
    ['港口: 第 2 季: 雾', '港口 | 第 2 季 | 2 | 雾 | -'],
  ])('finds the season of “%s”', (title, expected) => {
    expect(episode(title)).toBe(expected);
  });

  it.each([
    ['Harbour: Part II: Fog', 'Harbour | Part II | 2 | Fog | -'],
    ['Harbour: Part ll: Fog', 'Harbour | Part ll | 2 | Fog | -'],
    ['Harbour: Volume 3: Fog', 'Harbour | Volume 3 | 3 | Fog | -'],
    ['Harbour: Księga 2: Mgła', 'Harbour | Księga 2 | 2 | Mgła | -'],
    ['Harbour: Limited Series: Episode 4', 'Harbour | Limited Series | - | Episode 4 | 4'],
    ['Harbour: Mini Dizi: Sis', 'Harbour | Mini Dizi | - | Sis | -'],
  ])('takes the part, volume, book or limited series of “%s” for its season', (title, expected) => {
    expect(episode(title)).toBe(expected);
  });

  it('lets the first marker win', () => {
    expect(episode('Harbour: Season 1: Part 2: Fog')).toBe('Harbour | Season 1 | 1 | Part 2: Fog | -');
    expect(episode('Harbour: Season 1: Chapter 3: Fog')).toBe('Harbour | Season 1 | 1 | Chapter 3: Fog | 3');
  });

  it.each([
    ['Harbour: Sezon pierwszy: Mgła', 'Harbour | Sezon pierwszy | 1 | Mgła | -'],
    ['Harbour: Erste Staffel: Folge 2', 'Harbour | Erste Staffel | 1 | Folge 2 | 2'],
    ['Harbour: 4. řada – 2. část: Mlha', 'Harbour | 4. řada – 2. část | 4 | Mlha | -'],
    ['Harbour: Final Season: Part 1: Fog', 'Harbour | Final Season | - | Part 1: Fog | -'],
    ['Harbour: Serial limitowany: Odcinek 1', 'Harbour | Serial limitowany | - | Odcinek 1 | 1'],
    ['Harbour: Harbour 4: Chapter One: Fog', 'Harbour | Harbour 4 | 4 | Chapter One: Fog | 1'],
    ['Harbour: Harbour 1997: Episode 1', 'Harbour | Harbour 1997 | - | Episode 1 | 1'],
    ['Harbour: 第一季: 雾', 'Harbour | 第一季 | 1 | 雾 | -'],
    ['Harbour: Saison 4 : Percy: Chapitre II', 'Harbour | Saison 4 | 4 | Percy: Chapitre II | -'],
  ])('finds the season of “%s”, however it is written', (title, expected) => {
    expect(episode(title)).toBe(expected);
  });

  it.each(['Harbour: Serial Killer', 'Harbour: Seriali', 'Harbour: One Day', 'Harbour: Game On', 'Harbour: Un jour'])(
    'finds no number in “%s”',
    (title) => {
      expect(episode(title)).toBe('MOVIE');
    },
  );

  it.each([
    ['Harbour: Harbour: Season 1: Fog', 'Harbour | Harbour: Season 1 | 1 | Fog | -'],
    ["What's Fog?: What's Fog: Season 2: Pier", "What's Fog? | What's Fog: Season 2 | 2 | Pier | -"],
    ['Harbour: : Season 1: Fog', 'Harbour | Season 1 | 1 | Fog | -'],
    ['Harbour: 1re partie: Brume', 'Harbour | 1re partie | 1 | Brume | -'],
    ['Harbour: Saison 1 : Cora: Chapitre VIII', 'Harbour | Saison 1 | 1 | Cora: Chapitre VIII | 8'],
    ['Harbour: Saison 2: Partie 2 : Le corps', 'Harbour | Saison 2 | 2 | Partie 2 : Le corps | 2'],
    ['Harbour: Harbour xx: Fog (Episode 3)', 'Harbour | Harbour xx | - | Fog | 3'],
    ['Harbour: Sezon 1: No. 5', 'Harbour | Sezon 1 | 1 | No. 5 | 5'],
  ])('finds its way in “%s”', (title, expected) => {
    expect(episode(title)).toBe(expected);
  });

  it('takes a Roman episode with a name, and a lone later chapter, for a film', () => {
    expect(episode('Harbour Wars: Episode IV: New Fog')).toBe('MOVIE');
    expect(episode('Jon Fog: Chapter 2')).toBe('MOVIE');
    expect(episode('Jon Fog: Chapter 9')).toBe('Jon Fog | - | - | Chapter 9 | 9');
    expect(episode('Harbour: Episode 4: New Fog')).not.toBe('MOVIE');
  });

  it('takes no number from a day or a game, nor from a chapter of a later season', () => {
    expect(episode('Harbour: Limited Series: Day 51')).toBe('Harbour | Limited Series | - | Day 51 | -');
    expect(episode('Harbour: Season 3: Game On')).toBe('Harbour | Season 3 | 3 | Game On | -');
    expect(episode('Harbour: Season 3: Parti')).toBe('Harbour | Season 3 | 3 | Parti | -');
    expect(episode('Harbour: Season 3: Chapter 27')).toBe('Harbour | Season 3 | 3 | Chapter 27 | -');
    expect(episode('Harbour: Season 3: Chapter 27 (Episode 1)')).toBe('Harbour | Season 3 | 3 | Chapter 27 | 1');
  });

  it('keeps colons in names of shows and episodes', () => {
    expect(episode('Harbour: Tales of Fog: Part 2: Home: Part 1')).toBe(
      'Harbour: Tales of Fog | Part 2 | 2 | Home: Part 1 | -',
    );
    expect(episode('Port : La saga: Saison 1: Chapitre 1 : Brume')).toBe(
      'Port : La saga | Saison 1 | 1 | Chapitre 1 : Brume | 1',
    );
  });

  it('takes the number in brackets off the episode', () => {
    expect(episode('Harbour: Season 1: Fog (No. 7) (Episode 5)')).toBe('Harbour | Season 1 | 1 | Fog (No. 7) | 5');
    expect(episode('Harbour: Temporada 1: Episódio 6 (Episódio 6)')).toBe('Harbour | Temporada 1 | 1 | Episódio 6 | 6');
  });

  it('reads a named season, and its number where it ends in one', () => {
    expect(episode('Harbour: Winter Storms: Fog')).toBe('Harbour | Winter Storms | - | Fog | -');
    expect(episode('Harbour: Harbour 2: Fog')).toBe('Harbour | Harbour 2 | 2 | Fog | -');
  });

  it('reads a numbered episode without a season', () => {
    expect(episode('Dept. Q: Episode 9')).toBe('Dept. Q | - | - | Episode 9 | 9');
    expect(episode('Harbour: 3. díl')).toBe('Harbour | - | - | 3. díl | 3');
  });

  it('takes a lone name, a sequel and a part of a film for films, and offers the other reading', () => {
    expect(readTitle('Harbour')).toEqual([{ kind: 'MOVIE', name: 'Harbour', evidence: [expect.any(String)] }]);
    expect(readTitle('Harbour: Part II')[0]?.kind).toBe('MOVIE');
    expect(readTitle('Harbour: Nights').map(({ kind }) => kind)).toEqual(['MOVIE', 'EPISODE']);
  });

  it('says what is about a work, and what cannot be read', () => {
    expect(readTitle('Harbour (Trailer)')[0]?.kind).toBe('SUPPLEMENTAL');
    for (const title of ['', ' ', ':', 'NullCompleteVideo', 'SHOW: SEASON: VideoEpisode', ' : Épisode 1']) {
      expect(readTitle(title).map(({ kind }) => kind)).toEqual(['UNREADABLE']);
    }
  });

  it('cleans names for display', () => {
    expect(readTitle('  Cafe\u0301\u200b  noir\t')[0]).toMatchObject({ kind: 'MOVIE', name: 'Café noir' });
  });

  it('says what it went by', () => {
    expect(readTitle('Harbour: Season 2: Fog (Episode 3)')[0]?.evidence).toEqual([
      '“Season 2” marks the season',
      "“(Episode 3)” gives the episode's number",
    ]);
  });
});
