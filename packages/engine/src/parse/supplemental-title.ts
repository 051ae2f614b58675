/** Nouns that name a trailer or the like wherever they stand as a segment's last word. */
const STRONG = [
  'trailers?|tráiler(?:es)?|trejler|tréiler|traileri|bande[- ]annonce|zwiastuny?|upoutávk[ay]|ukážk[ay]|előzetes|fragman(?:ı|lar|ları)?',
  'τρέιλερ|трейлер|إعلان|طريلر|טריילר|ट्रेलर|ตัวอย่าง|treler|予告編?|예고편|预告片?|預告片?',
  'teasers?|teaser[- ]trailer|тизер|טיזר|ティザー|ティーザー|티저',
  'clips?|clipes?|klip|klipp|kısa video|extrait|ausschnitt|клип|クリップ|클립|podular|featurette|sneak peek',
].join('|');

/** Words that say so only in brackets, or straight after a season: elsewhere they are names ("Bonus", "Recap"). */
const BRACKETED = [
  'recap|récap|recapitulación|resumen|resumo|riassunto|rückblick|zusammenfassung|samenvatting|overzicht|résumé',
  'podsumowanie|streszczenie|özet|összefoglaló|rekapitulace|zhrnutie|resumé|sammandrag|sammendrag|kertaus|rezumat',
  'ανακεφαλαίωση|краткое содержание|סיכום|요약|总集篇|前情提要|総集編|ダイジェスト',
  'hook|bumper|preview|promo|bonus|extra|extras|vídeo extra|bonus ?video|date announce|videoclipe|bonusmaterial|bloopers?|sizzle|direct lift|upfront|clm',
  'making[- ]of|behind the scenes|first look|character pod|big row|motion billboard|product preview|date announcement',
].join('|');

/** Season words that open a promotional label such as "Season 2 Trailer" or "2. Sezon (Fragman)". */
const SEASON_WORDS =
  'season|series|staffel|saison|temporada|stagione|seizoen|sæson|säsong|sesong|kausi|sezonul|sezon|évad|сезон|σεζόν|κύκλος|الموسم|עונה|सीज़न|ซีซั่น|musim|mùa|シーズン|시즌|part|parte|partie|teil|deel|del|volume|collection|část|część|kısım|řad[auy]|séri[ae]|serii|sezonu|sezóny';
const LIMITED_WORDS =
  'limited series|mini[- ]?s[eé]rie|minissérie|miniserial|mini dizi|リミテッドシリーズ|리미티드 시리즈';
const SEASON = `(?:(?:${SEASON_WORDS})\\s*\\d+|\\d+\\s?[.ªº]?\\s*(?:${SEASON_WORDS})|${LIMITED_WORDS}|s\\d+)`;

// \b knows only ASCII letters, so "Kısa" or "予告" need edges made of letter classes.
const START = '(?<![\\p{L}\\p{N}])';
const END = '(?![\\p{L}])';

/** File names of promotional videos ("Dark_hook_primary_16x9"). Real names hold underscores too ("SAC_2045"). */
const FILE_NAME =
  /_(?:\w*hook|\w*clip|short_?preview|preview|primary|montage|var\d|breakout|nomarketing|direct_lift|trailer|teaser|promo|sizzle)(?![a-z])|_\w*hookclip_|_shortpreview|_nomarketingcard|_\d{1,2}x\d{1,2}$|^\d{6,9}_/iu;
/** Abbreviations of the service's own promotional departments. */
const PROMOTION_CODE =
  /(?:^|[\s(])(?:(?:VCEE|CEE|PVS) (?:Asset|Hook|Clip|Trailer)|CLM \d|Context Up-?\s?[Ff]ront|Thematic(?: Intro)? ?\d*[):]?$|Hook \d+$)/u;
const EPISODE_SUFFIX = /\([^()\d]*\d+\)\s*$/u;
const ANY_HINT = new RegExp(`_|thematic|VCEE|asset|up-?\\s?front|${STRONG}|${BRACKETED}`, 'iu');
const IN_BRACKETS = new RegExp(`\\(([^()]{0,40}${START}(?:${STRONG}|${BRACKETED})${END}[^()]{0,40})\\)\\s*$`, 'iu');
const AFTER_SEASON = new RegExp(`^${SEASON}(?![\\p{L}\\p{N}]).*${START}(?:${STRONG}|${BRACKETED})${END}`, 'iu');
const ENDS_IN_NOUN = new RegExp(`(?:^|\\s)(?:${STRONG})(?:\\s+replay)?(?:\\s*#?\\d+)?$`, 'iu');
const STARTS_WITH_NOUN = new RegExp(
  `^(?:${STRONG})\\s+(?:#?\\d+$|(?:de|da|do|del|der|des|di|du|van|för|for|til|of|la|na|k|ke|zum?|zur)\\s.*|.*${SEASON}.*)`,
  'iu',
);
/** "Trailer zu Staffel 2", behind the name of the work. */
const NOUN_OF_SEASON = new RegExp(`^(?:${STRONG})\\s(?:\\p{L}+\\s){0,2}${SEASON}$`, 'iu');
const BARE_LABEL =
  /^(?:recap|resumen|resumo|récap|rückblick|preview|bonus video|(?:direct lift|rich|hook clip) ?(?:hook)?|hook(?= ?\d)|(?:vídeo|video) extra|portrait product preview)(?:\s*#?\d+)?$/iu;
const NUMBERED_NOUN = new RegExp(`^(?:${STRONG}|hook)\\s*#?\\d+(?:\\s.*)?$`, 'iu');
const WHOLE_NOUN = new RegExp(`^(?:(?:official|final|main|alt)\\s+)?(?:${STRONG})(?:\\s*#?\\d+)?$`, 'iu');
const DASHED = new RegExp(
  `\\s[-–—]\\s(?:.*${START})?((?:${STRONG}|hook|clm|big row)(?:\\s+#?\\d+)?)(?:\\s[-–—(].*|)$`,
  'iu',
);
const SEASON_FIRST = new RegExp(`^${SEASON}`, 'iu');
const SEASON_ALONE = new RegExp(`^${SEASON}$`, 'iu');
const LONE_NOUN = new RegExp(`^\\S+(?:\\s+\\S+){2,}\\s+((?:${STRONG})(?:\\s*#?\\d+)?)$`, 'iu');

/**
 * Says whether a title string by itself names a trailer, hook, clip, teaser, recap or the like.
 * @returns the words that told it, else null. A file's own column (Supplemental Video Type) knows better where there is one.
 */
export function supplementalTitle(rawTitle: string): string | null {
  if (!ANY_HINT.test(rawTitle)) return null;
  const title = rawTitle.normalize('NFC').replace(/\s+/gu, ' ').trim();
  const fileName = FILE_NAME.exec(title);
  if (fileName) return title.slice(fileName.index).replace(/^_/u, '');
  const bracket = IN_BRACKETS.exec(title);
  if (bracket?.[1] && !/:\s/u.test(bracket[0].replace(/^\([^:]*:\s/u, ''))) return bracket[1];
  const code = PROMOTION_CODE.exec(title);
  if (code) return code[0].trim();
  // Only real episodes carry "(Episode 5)", whatever their name is.
  if (EPISODE_SUFFIX.test(title)) return null;

  const segments = title.split(/ ?: /u);
  const head = segments[0] ?? '';
  if (segments.length === 1) return DASHED.exec(title)?.[1] ?? LONE_NOUN.exec(title)?.[1] ?? null;
  const headBracket = IN_BRACKETS.exec(head);
  if (headBracket && SEASON_FIRST.test(head)) return head;
  if (AFTER_SEASON.test(head) || ENDS_IN_NOUN.test(head) || STARTS_WITH_NOUN.test(head) || BARE_LABEL.test(head)) {
    return head;
  }
  const seasonFirst = SEASON_ALONE.test(head);
  for (const segment of segments.slice(1)) {
    if (seasonFirst && ENDS_IN_NOUN.test(segment)) return segment;
    if (AFTER_SEASON.test(segment) && !IN_BRACKETS.test(segment)) return segment;
    if (WHOLE_NOUN.test(segment) || NUMBERED_NOUN.test(segment) || NOUN_OF_SEASON.test(segment)) return segment;
  }
  return DASHED.exec(segments.at(-1) ?? '')?.[1] ?? null;
}
