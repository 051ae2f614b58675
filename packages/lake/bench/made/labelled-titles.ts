import { alternativeNames } from './alternative-names.ts';
import { type Drawn, type MadeTitle, row } from './made-title.ts';
import { PopularDraw } from './popular-draw.ts';
import { PROFILE_LANGUAGES } from './profile-languages.ts';
import { alongPoints, unit, weighted } from './random.ts';
import { labelledEpisodes } from './series-strings.ts';
import type { TitleIds } from './title-ids.ts';
import type { MadeWorks } from './works.ts';

/** How the corpus's 43,664 distinct strings divide: 12.6 % are films. */
const FILMS = 0.126;
/** Strings about works that are in the catalogue. */
const PRESENT = 0.8;
/** Trailers and the like, besides the others. */
const SUPPLEMENTAL = 0.02;

/** A string takes 0.3 draws in a large catalogue; in a small one most were drawn before. */
const MOST_DRAWS = 20;

const languageBy = weighted(PROFILE_LANGUAGES.map((language) => [language, language.share] as const));

/**
 * Distinct strings with their truth. The same seed, size and count give the same strings.
 * @throws {RangeError} when the catalogue is too small for so many.
 */
export function labelledTitles(works: MadeWorks, ids: TitleIds, count: number): MadeTitle[] {
  const popular = new PopularDraw(works);
  const made: MadeTitle[] = [];
  const seen = new Set<string>();
  const counts = { films: 0, present: 0, supplemental: 0 };
  const add = (title: MadeTitle): boolean => {
    if (made.length >= count || seen.has(title.title)) return false;
    seen.add(title.title);
    made.push(title);
    return true;
  };
  let outside = works.works;
  for (let draw = 0; made.length < count; draw += 1) {
    if (draw > MOST_DRAWS * count) throw new RangeError(`${works.titles} titles are too few for ${count} strings`);
    if (counts.supplemental < SUPPLEMENTAL * made.length) {
      const drawn = drawWork(popular, works, draw, unit(works.seed, draw, 900) < 0.3);
      if (add(supplemental(drawn))) counts.supplemental += 1;
      continue;
    }
    // Whichever is behind its share comes next, so that the shares come out whatever the series' lengths are.
    const others = made.length - counts.supplemental;
    const isPresent = counts.present <= PRESENT * others;
    const isFilm = counts.films <= FILMS * others;
    if (!isPresent) while (works.isSeries(outside) === isFilm) outside += 1;
    const drawn = isPresent ? drawWork(popular, works, draw, isFilm) : describe(works, outside++, draw, popular);
    const titles = isFilm ? [film(ids, drawn)] : labelledEpisodes(works, ids, drawn, rowsOf(works.seed, draw));
    const added = titles.filter(add).length;
    if (isPresent) counts.present += added;
    if (isFilm) counts.films += added;
  }
  return made;
}

/** [share of series, rows], from the most, of the 2,302 series in the corpus's histories. */
const ROWS_A_SERIES = [
  [0, 500],
  [0.01, 209],
  [0.05, 69],
  [0.1, 34],
  [0.25, 13],
  [0.5, 5],
  [0.75, 2],
  [1, 1],
] as const;

function rowsOf(seed: number, draw: number): number {
  return Math.round(alongPoints(ROWS_A_SERIES, unit(seed, draw, 901)));
}

function drawWork(popular: PopularDraw, works: MadeWorks, draw: number, isFilm: boolean): Drawn {
  const profile = languageBy(unit(works.seed, draw, 902));
  const wantsOther = unit(works.seed, draw, 903) < profile.otherNames;
  let drawn: Drawn | undefined;
  // Not every work has another name in every language: then the next one.
  for (let attempt = 0; attempt < 12; attempt += 1) {
    drawn = describe(works, popular.work(isFilm, unit(works.seed, draw, 1000 + attempt)), draw, popular);
    if (drawn.isOtherName || !wantsOther) break;
  }
  if (!drawn) throw new Error('no work drawn');
  return drawn;
}

function describe(works: MadeWorks, work: number, draw: number, popular: PopularDraw): Drawn {
  const profile = languageBy(unit(works.seed, draw, 902));
  const wantsOther = unit(works.seed, draw, 903) < profile.otherNames;
  const primary = works.primaryName(work);
  const other = wantsOther ? otherName(works, work, profile.code, primary) : undefined;
  const from = Math.max(2012, works.year(work));
  const day = new Date(Date.UTC(from, 0, 1));
  const last = Date.UTC(2026, 10, 20);
  const watched = new Date(day.getTime() + unit(works.seed, draw, 904) * Math.max(0, last - day.getTime()));
  return {
    work,
    isPresent: work < works.works,
    profile,
    name: respelled(other ?? primary, unit(works.seed, draw, 905)),
    isOtherName: other !== undefined,
    hasRival: popular.hasRival(work, watched.getUTCFullYear()),
    watchedOn: watched.toISOString().slice(0, 10),
    draw,
  };
}

/** A name that title.akas has for the profile's language and that is not the first one; English ones may be the original. */
function otherName(works: MadeWorks, work: number, language: string, primary: string): string | undefined {
  const names = alternativeNames(works, work).filter((name) => name.language === language);
  const found = names.find(({ name }) => name !== primary)?.name;
  const original = language === 'en' ? works.originalName(work) : primary;
  return found ?? (original === primary ? undefined : original);
}

/** Netflix's spelling is now and then another: "&", a curly quote, capitals. It is the same name to whoever compares. */
function respelled(name: string, share: number): string {
  if (share < 0.01 && /^[ -~]*$/.test(name)) return name.toUpperCase();
  if (share < 0.03) return name.replace(' and ', ' & ');
  return share < 0.06 ? name.replaceAll("'", '’') : name;
}

function film(ids: TitleIds, drawn: Drawn): MadeTitle {
  const id = drawn.isPresent ? ids.id(drawn.work) : '-';
  return {
    ...row(drawn, drawn.name, 'movie'),
    slice: drawn.isPresent ? (drawn.isOtherName ? 'film-other-name' : 'film') : 'film-absent',
    imdb_title_id: drawn.isPresent && drawn.hasRival ? '?' : id,
    made_title_id: id,
  };
}

function supplemental(drawn: Drawn): MadeTitle {
  const forms = [`Trailer: ${drawn.name}`, `${drawn.name} (Trailer)`, `${drawn.name}_hook_primary_16x9`];
  const title = forms[drawn.draw % forms.length] ?? '';
  return { ...row(drawn, title, 'series-other'), slice: 'supplemental', imdb_title_id: '?', imdb_episode_id: '?' };
}
