import { compareKey } from '../compare-key.ts';
import { numberInName } from './markers.ts';
import type { TitleStructure } from './title-structure.ts';

/** What the strings that share a head show together. Built from a set: neither order nor repeats count. */
export interface GroupEvidence {
  /** Names that stand before a season or a numbered episode somewhere in the group. */
  readonly series: ReadonlySet<string>;
  /** Those of them whose first season is marked, and another: Netflix leaves out only the one season of a show that has no other. */
  readonly markedFromFirst: ReadonlySet<string>;
  /** How many different strings without a season go on after each run of leading segments. */
  readonly continuations: ReadonlyMap<string, number>;
  /** Whether some string is the head alone ("Rambo" beside "Rambo: Last Blood"). */
  readonly headAlone: boolean;
  /** Whether the colon is part of a name that others continue ("Mission: Impossible" beside "Mission: Impossible II"). */
  readonly filmSeries: boolean;
  /** Whether seasons have names throughout: several episodes share one, and no string goes on from the head to an episode. */
  readonly namesSeasons: boolean;
  /** Whether some season but the first has a chapter 1: then chapters count from the beginning of each. */
  readonly chaptersRestart: boolean;
}

export const NO_EVIDENCE: GroupEvidence = {
  series: new Set(),
  markedFromFirst: new Set(),
  continuations: new Map(),
  headAlone: false,
  filmSeries: false,
  namesSeasons: false,
  chaptersRestart: false,
};

/** Key of the first `count` segments. */
export function prefixKey({ keys }: TitleStructure, count: number): string {
  return count === 1 ? (keys[0] ?? '') : keys.slice(0, count).join('\n');
}

/** Position of the first segment that marks a season: "Part 2" only where something follows it. 0 where none does. */
export function seasonPosition({ markers, segments }: TitleStructure): number {
  for (let position = 1; position < segments.length; position += 1) {
    const marker = markers[position];
    if (!marker) continue;
    if (marker.kind === 'SEASON') return position;
    // "Show: Chapter 1: Part 2" names an episode: what follows a chapter is no season.
    if (marker.kind === 'EPISODE') return 0;
    if (position < segments.length - 1) return position;
  }
  return 0;
}

/** How many segments before the season name the series: one of "Atlanta: Atlanta: Season 1", where a season has its name. */
export function seriesLength({ keys }: TitleStructure, season: number): number {
  const half = Math.floor(season / 2);
  const isTwice = season % 2 === 0 && keys.slice(0, half).join(' ') === keys.slice(half, season).join(' ');
  return isTwice ? half : season;
}

/** Position of the first segment that is a numbered episode or chapter; 0 where none is. */
export function episodePosition({ markers }: TitleStructure): number {
  const position = markers.findIndex((marker) => marker?.kind === 'EPISODE');
  return Math.max(position, 0);
}

/** Number of the chapter that a string names, where chapters can count through all seasons; 0 where it names none. */
export function runningChapter({ markers }: TitleStructure): number {
  return markers.find((marker) => marker?.runsOn)?.number ?? 0;
}

/** Whether the segment before the chapter is a season, and not the first. */
function isLaterSeason({ segments, markers }: TitleStructure): boolean {
  const season = markers.findIndex((marker) => marker?.runsOn) - 1;
  if (season < 1) return false;
  return (markers[season]?.number ?? numberInName(segments[0] ?? '', segments[season] ?? '') ?? 1) > 1;
}

/** No season of a show with one season, so it is never left out. */
const COLLECTION = /^(?:coll?e|cole[cç]|kolek|samm?l|kokoelma|special|especia|コレクション|컬렉션)/iu;

/** Film series have no more chapters than these, and no film is called the first. */
const MOST_CHAPTERS = 4;

/** "John Wick: Chapter 2": a film, unless other rows show more chapters, or a first. */
export function isSequelChapter(structure: TitleStructure): boolean {
  const chapter = runningChapter(structure);
  return chapter > 1 && chapter <= MOST_CHAPTERS;
}

export function gatherEvidence(structures: readonly TitleStructure[]): GroupEvidence {
  if (structures.length < 2) return NO_EVIDENCE;
  const series = new Set<string>();
  const seasons = new Map<string, MarkedSeasons>();
  const unmarked: TitleStructure[] = [];
  const continuations = new Map<string, number>();
  const numbered: TitleStructure[] = [];
  let headAlone = false;
  let [isNamed, isPlain] = [false, false];
  let chaptersRestart = false;
  const counted = new Set<string>();
  const rests = new Set<string>();
  for (const structure of structures) {
    const { segments, keys } = structure;
    if (segments.length === 1) {
      headAlone = true;
      continue;
    }
    chaptersRestart ||= runningChapter(structure) === 1 && isLaterSeason(structure);
    const season = seasonPosition(structure);
    if (season > 0) {
      // Not a continuation: "Name: Travels with My Father: Season 1" does not make "Name" a show.
      const key = prefixKey(structure, seriesLength(structure, season));
      series.add(key);
      const marked = seasons.get(key) ?? { first: [], isLater: false };
      seasons.set(key, marked);
      const number = structure.markers[season]?.number ?? 1;
      if (number > 1 || COLLECTION.test(segments[season] ?? '')) marked.isLater = true;
      if (number === 1) marked.first.push(segments.slice(season + 1).join(' '));
      continue;
    }
    unmarked.push(structure);
    if (segments.length === 2 && episodePosition(structure) === 1) numbered.push(structure);
    isPlain ||= segments.length === 2;
    rests.add(keys.slice(1).join(' '));
    let prefix = '';
    for (let count = 1; count < segments.length; count += 1) {
      prefix = count === 1 ? (keys[0] ?? '') : `${prefix}\n${keys[count - 1]}`;
      const whole = `${prefix}\n\n${keys.slice(count).join('\n')}`;
      // Two spellings of one string are one continuation.
      if (counted.has(whole)) continue;
      counted.add(whole);
      isNamed ||= count === 2 && continuations.has(prefix);
      continuations.set(prefix, (continuations.get(prefix) ?? 0) + 1);
    }
  }
  const isShow = numbered.length >= MOST_CHAPTERS || !numbered.every(isSequelChapter);
  if (isShow) for (const { keys } of numbered) series.add(keys[0] ?? '');
  return {
    series,
    markedFromFirst: markedFromFirst(seasons, unmarked),
    continuations,
    headAlone,
    filmSeries: isFilmSeries(rests),
    namesSeasons: isNamed && !isPlain,
    chaptersRestart,
  };
}

/** What the strings of one series show of its seasons. */
interface MarkedSeasons {
  /** Names of the first season's episodes. */
  readonly first: string[];
  isLater: boolean;
}

/** Which series have a first season marked, and another, and no episode of the first without it. */
function markedFromFirst(
  seasons: ReadonlyMap<string, MarkedSeasons>,
  unmarked: readonly TitleStructure[],
): ReadonlySet<string> {
  const found = new Set<string>();
  if (unmarked.length === 0) return found;
  for (const [key, { first, isLater }] of seasons) {
    if (!isLater || first.length === 0) continue;
    // The same episode with and without its season: a history and an activity file of one person, side by side.
    const names = new Set(first.map(compareKey));
    const start = key.split('\n').length;
    if (!unmarked.some(({ keys }) => names.has(keys.slice(start).join(' ')))) found.add(key);
  }
  return found;
}

/** Whether one of several second halves is what all others begin with. */
function isFilmSeries(rests: ReadonlySet<string>): boolean {
  if (rests.size < 2) return false;
  const [name = '', ...others] = [...rests].sort((one, other) => one.length - other.length);
  return others.every((other) => other.startsWith(`${name} `));
}
