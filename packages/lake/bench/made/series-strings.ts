import { episodeAt, episodeNames, translatedEpisodeName } from './episodes.ts';
import { type Drawn, type MadeTitle, row } from './made-title.ts';
import { unit } from './random.ts';
import type { TitleIds } from './title-ids.ts';
import type { MadeWorks } from './works.ts';

/** Of episodes in the corpus's histories: 36 % come from activity files, which add "(Episode 5)". */
const WITH_SUFFIX = 0.36;
/** Catalogued episodes under a name of Netflix's own, and episodes that the catalogue lacks. Guesses: the corpus's lacks too many. */
const OTHER_EPISODE_NAMES = 0.06;
const ABSENT_EPISODES = 0.02;

type Shape =
  | 'season'
  | 'no-season'
  | 'limited-series'
  | 'part-volume-book'
  | 'named-season'
  | 'season-numbering'
  | 'uk-series';

/** How Netflix labels a series' seasons; one decision a series, so that all its rows agree. */
function shapeOf(works: MadeWorks, work: number, seasons: number): Shape {
  const share = unit(works.seed, work, 910);
  if (works.kind(work) === 'tvMiniSeries') return share < 0.62 ? 'limited-series' : 'no-season';
  if (seasons === 1 && share < 0.26) return 'no-season';
  if (share < 0.55) return share < 0.04 ? 'no-season' : 'season';
  if (share < 0.6) return 'part-volume-book';
  if (share < 0.61) return 'named-season';
  if (share < 0.63 && seasons > 1 && !works.hasNumberedEpisodes(work)) return 'season-numbering';
  return share < 0.66 ? 'uk-series' : 'season';
}

/** All rows of one series in one history: a run of its episodes, mostly from the first. */
export function labelledEpisodes(works: MadeWorks, ids: TitleIds, drawn: Drawn, wanted: number): MadeTitle[] {
  const { work, isPresent, draw } = drawn;
  const place = isPresent ? works.seriesPlace(work) : -1;
  const count = isPresent ? works.episodesOf(place) : works.outsideEpisodes(work);
  const seasons = Math.ceil(count / works.seasonSize(work, count));
  const shape = shapeOf(works, work, seasons);
  const hasSuffix = unit(works.seed, draw, 911) < WITH_SUFFIX;
  const rows = Math.min(wanted, count);
  const start = unit(works.seed, draw, 912) < 0.7 ? 0 : Math.floor(unit(works.seed, draw, 913) * (count - rows));
  const isNumbered = works.hasNumberedEpisodes(work);
  const titleId = isPresent ? ids.id(work) : '-';
  // A series with named episodes is told from its namesakes by them.
  const isUnclear = isPresent && drawn.hasRival && isNumbered;

  const made: MadeTitle[] = [];
  for (let index = start; index < start + rows; index += 1) {
    const numbers = works.numberOf(work, count, index);
    const netflix = shape === 'season-numbering' ? splitSeason(works.seasonSize(work, count), numbers) : numbers;
    const text = episodeText(works, drawn, place, index, netflix.number, isNumbered, hasSuffix);
    const suffix = hasSuffix ? ` ${drawn.profile.suffix.replace('#', String(netflix.number))}` : '';
    const { label, season } = seasonLabel(works, drawn, shape, netflix.season);
    const isSeasonTold = season === '' || shape === 'named-season' ? seasons === 1 : shape !== 'season-numbering';
    const tellsNumber = (isNumbered || hasSuffix) && isSeasonTold;
    const isAbsent = !isPresent || text.isAbsent;
    const basis = text.isKnown
      ? tellsNumber && !isNumbered
        ? 'number+title'
        : isNumbered
          ? 'number'
          : 'title'
      : 'number';
    const canTell = !isUnclear && ((text.isKnown && !isNumbered) || tellsNumber);
    const episodeId = isAbsent ? '-' : ids.id(works.works + works.firstEpisode(place) + index);
    made.push({
      ...row(drawn, [drawn.name, label, text.name].filter((part) => part !== '').join(': ') + suffix, 'episode'),
      watched_on: watchedOn(works, drawn, index - start, numbers.season),
      slice: isPresent ? (drawn.isOtherName ? `${shape}-other-name` : shape) : 'series-absent',
      series: isPresent ? works.primaryName(work) : drawn.name,
      season,
      season_label: label,
      episode: text.name + suffix,
      imdb_title_id: isUnclear ? '?' : titleId,
      imdb_episode_id: isAbsent || canTell ? episodeId : '?',
      episode_basis: !isAbsent && canTell ? basis : '',
      made_title_id: titleId,
      made_episode_id: episodeId,
    });
  }
  return made;
}

/** Three episodes a day, and none before its year. */
function watchedOn(works: MadeWorks, drawn: Drawn, place: number, season: number): string {
  const day = new Date(drawn.watchedOn);
  day.setUTCDate(day.getUTCDate() + Math.floor(place / 3));
  const watched = day.toISOString().slice(0, 10);
  const released = `${Math.min(2026, works.year(drawn.work) + season - 1)}-11-20`;
  const last = '2026-11-27';
  if (watched > last) return last;
  return watched < released ? released : watched;
}

/** Netflix counts each half of a season as one. */
function splitSeason(
  size: number,
  { season, number }: { season: number; number: number },
): { season: number; number: number } {
  const half = Math.ceil(size / 2);
  return number > half ? { season: season * 2, number: number - half } : { season: season * 2 - 1, number };
}

function seasonLabel(works: MadeWorks, drawn: Drawn, shape: Shape, season: number): { label: string; season: string } {
  const { profile } = drawn;
  const numbered = (template: string) => ({ label: template.replace('#', String(season)), season: String(season) });
  switch (shape) {
    case 'no-season':
      return { label: '', season: '' };
    case 'limited-series':
      return { label: profile.limited, season: '' };
    case 'part-volume-book':
      return numbered(profile.part);
    case 'named-season':
      return { label: works.names.episode('en', drawn.work * 31 + season), season: String(season) };
    case 'uk-series':
      return numbered(profile.code === 'en' ? 'Series #' : profile.season);
    default:
      return numbered(profile.season);
  }
}

/** What Netflix calls the episode, and whether the catalogue has that name for it. */
function episodeText(
  works: MadeWorks,
  drawn: Drawn,
  place: number,
  index: number,
  number: number,
  isNumbered: boolean,
  hasSuffix: boolean,
): { name: string; isKnown: boolean; isAbsent: boolean } {
  const { work, isPresent, profile, draw } = drawn;
  if (isNumbered) {
    return { name: profile.episode.replace('#', String(number)), isKnown: true, isAbsent: false };
  }
  const share = unit(works.seed, draw, 920 + index);
  // The row of an episode that only Netflix has: nothing of its name or number may point to another.
  if (isPresent && !hasSuffix && share < ABSENT_EPISODES) {
    return { name: works.names.episode('en', work * 7919 + index), isKnown: false, isAbsent: true };
  }
  const isTranslated = unit(works.seed, draw, 9000 + index) < profile.translatedEpisodes;
  const isForeign = works.episodeLanguage(work) !== 'en' && profile.code !== works.episodeLanguage(work);
  if (!isTranslated && !isForeign && share > ABSENT_EPISODES + OTHER_EPISODE_NAMES) {
    return { name: works.episodeName(work, index), isKnown: true, isAbsent: false };
  }
  const language = isTranslated ? profile.code : 'en';
  const episode = isPresent ? works.firstEpisode(place) + index : index;
  const name = translatedEpisodeName(works, work, episode, language);
  const isKnown =
    isPresent && episodeNames(works, episodeAt(works, episode), episode).some((further) => further.name === name);
  return { name, isKnown, isAbsent: false };
}
