/** How Netflix words a title in the language of a profile; `#` is the number. */
export interface ProfileLanguage {
  readonly code: string;
  /**
   * Weight among the series and films drawn, after the corpus's histories. English has more than its 60 % of strings, since
   * its strings are the first to be drawn twice. Languages that the histories hardly have share 3 %, their figures are guesses.
   */
  readonly share: number;
  /** How often the work stands under another name than the catalogue's first, of the labelled strings in this language. */
  readonly otherNames: number;
  /** How often an episode's name is translated. Read off the histories, not counted: Danish and Dutch ones keep many. */
  readonly translatedEpisodes: number;
  readonly season: string;
  readonly part: string;
  readonly limited: string;
  readonly episode: string;
  readonly suffix: string;
}

function words(code: string, figures: readonly [number, number, number], line: string): ProfileLanguage {
  const [season = '', part = '', limited = '', episode = '', suffix = ''] = line.split(', ');
  const [share, otherNames, translatedEpisodes] = figures;
  return { code, share, otherNames, translatedEpisodes, season, part, limited, episode, suffix };
}

const RARE = 0.0018;

export const PROFILE_LANGUAGES: readonly ProfileLanguage[] = [
  words('en', [0.8, 0.03, 0], 'Season #, Part #, Limited Series, Episode #, (Episode #)'),
  words('pt', [0.105, 0.36, 0.85], 'Temporada #, Parte #, Minissérie, Episódio #, (Episódio #)'),
  words('nl', [0.06, 0.17, 0.5], 'Seizoen #, Deel #, Miniserie, Aflevering #, (Aflevering #)'),
  words('da', [0.055, 0.2, 0.4], 'Sæson #, Del #, Miniserie, Afsnit #, (Afsnit #)'),
  words('es', [0.045, 0.37, 0.9], 'Temporada #, Parte #, Miniserie, Episodio #, (Episodio #)'),
  words('tr', [0.03, 0.37, 0.95], '#. Sezon, #. Kısım, Mini Dizi, #. Bölüm, (Bölüm #)'),
  words('fr', [0.03, 0.36, 0.9], 'Saison\u00a0#, Partie\u00a0#, Mini-série, Épisode\u00a0#, (Épisode #)'),
  words('cs', [0.02, 0.55, 0.9], '#. řada, #. část, Minisérie, #. díl, (díl #)'),
  words('pl', [0.012, 0.73, 0.9], 'Sezon #, Część #, Miniserial, Odcinek #, (Odcinek #)'),
  words('ja', [0.013, 0.92, 0.95], 'シーズン#, パート#, リミテッドシリーズ, 第#話, (第#話)'),
  words('de', [RARE, 0.3, 0.9], 'Staffel #, Teil #, Miniserie, Folge #, (Folge #)'),
  words('it', [RARE, 0.3, 0.9], 'Stagione #, Parte #, Miniserie, Episodio #, (Episodio #)'),
  words('sv', [RARE, 0.2, 0.5], 'Säsong #, Del #, Miniserie, Avsnitt #, (Avsnitt #)'),
  words('no', [RARE, 0.2, 0.5], 'Sesong #, Del #, Miniserie, Episode #, (Episode #)'),
  words('fi', [RARE, 0.2, 0.5], 'Kausi #, Osa #, Minisarja, Jakso #, (Jakso #)'),
  words('hu', [RARE, 0.5, 0.9], '#. évad, #. rész, Minisorozat, #. epizód, (#. epizód)'),
  words('ro', [RARE, 0.3, 0.6], 'Sezonul #, Partea #, Miniserie, Episodul #, (Episodul #)'),
  words('ru', [RARE, 0.9, 0.9], 'Сезон #, Часть #, Мини-сериал, Эпизод #, (Эпизод #)'),
  words('uk', [RARE, 0.9, 0.9], 'Сезон #, Частина #, Мінісеріал, Серія #, (Серія #)'),
  words('el', [RARE, 0.6, 0.8], 'Σεζόν #, Μέρος #, Μίνι σειρά, Επεισόδιο #, (Επεισόδιο #)'),
  words('ar', [RARE, 0.9, 0.9], 'الموسم #, الجزء #, مسلسل قصير, الحلقة #, (الحلقة #)'),
  words('he', [RARE, 0.9, 0.9], 'עונה #, חלק #, מיני-סדרה, פרק #, (פרק #)'),
  words('hi', [RARE, 0.6, 0.6], 'सीज़न #, भाग #, लिमिटेड सीरीज़, एपिसोड #, (एपिसोड #)'),
  words('th', [RARE, 0.9, 0.9], 'ซีซั่น #, ภาค #, ลิมิเต็ดซีรีส์, ตอนที่ #, (ตอนที่ #)'),
  words('ko', [RARE, 0.9, 0.9], '시즌 #, 파트 #, 리미티드 시리즈, #화, (#화)'),
  words('zh', [RARE, 0.9, 0.9], '第 # 季, 第 # 部, 限定剧, 第 # 集, (第 # 集)'),
];
