import { hash, unit } from './random.ts';
import type { MadeWorks } from './works.ts';

export interface AlternativeName {
  readonly name: string;
  readonly region: string;
  /** The language it is in, which the file states for some regions only. */
  readonly language: string;
  readonly statesLanguage: boolean;
}

/** [region, language, whether title.akas states the language]. Those that most works have a name in come first. */
const REGIONS = (
  'US en,GB en,DE de,FR fr,ES es,IT it,BR pt,JP ja *,RU ru,PL pl,TR tr *,NL nl,CA en,AU en,MX es,AR es,PT pt,SE sv *,DK da,' +
  'CZ cs,GR el,HU hu,KR ko,NO no,FI fi,RO ro,UA uk,IL he *,CN zh,HK zh *,TW zh,IN hi *,IN en *,TH th *,ID id *,EG ar *,' +
  'AE ar *,CA fr *,BE fr *,BE nl *,CL es,CO es,PE es,VE es,UY es,AT de,CH de *,CH fr *,SG en *,ZA en *,IE en,NZ en *,XWW en *'
)
  .split(',')
  .map((entry) => {
    const [region = '', language = '', star] = entry.split(' ');
    return { region, language, statesLanguage: star === '*' };
  });

/** Names kept as they are: translated less often where English is read, and never into another script. */
const KEPT = { english: 0.85, latin: 0.45 };
/** Countries that share a language and still have a name of their own (Spain and Mexico). */
const OWN_NAME = 0.25;

/** The names of a film or a series by region, besides its first and its original one: 0 to 60, more for popular ones. */
export function alternativeNames(works: MadeWorks, work: number): AlternativeName[] {
  const share = unit(works.seed, work, 50);
  const found: AlternativeName[] = [];
  if (work < works.popular || work >= works.works) {
    const fame = work >= works.works ? 0.3 : 1 - work / works.popular;
    const density = 0.15 + 0.55 * fame + 0.3 * share;
    for (let place = 0; place < REGIONS.length; place += 1) {
      // Countries far down the list are left out first.
      if (unit(works.seed, work, 200 + place) < density * (1 - (0.6 * place) / REGIONS.length)) {
        found.push(nameAt(works, work, place, 0));
        if (unit(works.seed, work, 300 + place) < 0.12) found.push(nameAt(works, work, place, 1));
      }
    }
    return found;
  }
  const count = work < works.rated ? Math.floor(12 * share * share) : Math.floor(5 * share * share);
  for (let index = 0; index < count; index += 1) {
    const chosen = unit(works.seed, work, 400 + index);
    found.push(nameAt(works, work, Math.floor(chosen * chosen * REGIONS.length), 0));
  }
  return found;
}

function nameAt(works: MadeWorks, work: number, place: number, further: number): AlternativeName {
  const entry = REGIONS[place] ?? { region: 'US', language: 'en', statesLanguage: false };
  const primary = works.primaryName(work);
  const { language } = entry;
  // One decision a language, so that Austria keeps what Germany keeps.
  const kept = unit(works.seed, work, 500 + language.charCodeAt(0) * 32 + language.charCodeAt(1));
  const isOwn = further > 0 || unit(works.seed, work, 600 + place) < OWN_NAME;
  if (language === 'en') {
    if (kept < KEPT.english || !isOwn) return { ...entry, name: primary };
    // Another way to write it, or what the work is called at home.
    const written = primary.includes(' and ') ? primary.replace(' and ', ' & ') : works.nameIn(work, 'en');
    return { ...entry, name: written };
  }
  if (!NATIVE.has(language) && kept < KEPT.latin && further === 0) return { ...entry, name: primary };
  if (!isOwn || place < COMMON_PLACES)
    return { ...entry, name: further ? variant(works, work, language, place) : works.nameIn(work, language) };
  return { ...entry, name: variant(works, work, language, place) };
}

/** Up to here each language's first region, whose name is the language's own. */
const COMMON_PLACES = 12;
const NATIVE = new Set(['ja', 'ru', 'el', 'ko', 'uk', 'he', 'zh', 'hi', 'th', 'ar']);

function variant(works: MadeWorks, work: number, language: string, place: number): string {
  return works.names.work(
    language,
    works.commonNames + (hash(works.seed, work, 700 + place) >>> 1),
    works.commonNames,
    true,
  );
}
