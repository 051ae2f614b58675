import {
  episodePosition,
  type GroupEvidence,
  isSequelChapter,
  prefixKey,
  runningChapter,
  seasonPosition,
  seriesLength,
} from './group-evidence.ts';
import { numberInName } from './markers.ts';
import type { TitleReading } from './title-reading.ts';
import type { TitleStructure } from './title-structure.ts';

/** From this many different second halves on, a head is a show: most film series stay below it. */
const SHOW_CONTINUATIONS = 4;
/** The same for heads that may name a person: comedians have several specials. */
const PERSON_CONTINUATIONS = 5;
/** The same where the head alone is a title of the group, as the first film of a series is. */
const SEQUEL_CONTINUATIONS = 8;

/** An episode in more parts than these is a season whose episodes are numbered ("The Sinner: Cora: Part III"). */
const MOST_PARTS = 2;

/** Decides one string by its own markers first, then by what its group shows. */
export function decideReading(structure: TitleStructure, group: GroupEvidence): TitleReading {
  const reading = readParts(structure, group);
  if (reading.kind !== 'EPISODE' || reading.episodeNumber === null || structure.suffix) return reading;
  if (runningChapter(structure) <= 1 || (reading.seasonNumber ?? 1) <= 1 || group.chaptersRestart) return reading;
  const evidence = [...reading.evidence, 'chapters can count through all seasons, so this one gives no number'];
  return { ...reading, episodeNumber: null, evidence };
}

function readParts(structure: TitleStructure, group: GroupEvidence): TitleReading {
  const { segments } = structure;
  const season = seasonPosition(structure);
  if (season > 0) return markedEpisode(structure, season);
  if (segments.length === 1) {
    // Films end in brackets too, but only an episode says "(Episode 5)".
    return structure.suffix
      ? unmarkedEpisode(structure, 1, 1, 'its number in brackets marks an episode')
      : film(structure, 'no separator, so no series');
  }

  const numbered = numberedChapterSeason(structure, group);
  if (numbered) return numbered;
  if (isFilmOfSeries(structure, group)) return film(structure, `“${segments[1]}” is numbered as film sequels are`);
  const known = knownSeries(structure, group);
  const episode = episodePosition(structure);
  if (known > 0) {
    if (isSpecial(structure, group, known))
      return film(structure, `“${seriesName(structure, known)}” has a season in its other rows, this has none`);
    const label = sharedLabelEnd(structure, group, known, episode);
    return unmarkedEpisode(
      structure,
      known,
      label,
      `other rows show that “${seriesName(structure, known)}” is a series`,
    );
  }
  if (episode > 0) return numberedEpisode(structure, group, episode);
  if (segments.length > 2 || structure.suffix) return namedSeason(structure, group);
  return twoSegments(structure, group);
}

export function film(structure: TitleStructure, reason: string): TitleReading {
  return { kind: 'MOVIE', name: structure.name, evidence: [`read as a film: ${reason}`] };
}

export function markedEpisode(structure: TitleStructure, season: number): TitleReading {
  const label = structure.segments[season] ?? '';
  return episodeReading(
    structure,
    seriesLength(structure, season),
    season + 1,
    structure.markers[season]?.number ?? null,
    `“${label}” marks the season`,
  );
}

/** Series before `seriesEnd`, season label up to `labelEnd`, the rest is the episode. */
export function unmarkedEpisode(
  structure: TitleStructure,
  seriesEnd: number,
  labelEnd: number,
  reason: string,
): TitleReading {
  const label = structure.segments.slice(seriesEnd, labelEnd).join(': ');
  return episodeReading(structure, seriesEnd, labelEnd, numberInName(seriesName(structure, seriesEnd), label), reason);
}

function episodeReading(
  structure: TitleStructure,
  seriesEnd: number,
  labelEnd: number,
  seasonNumber: number | null,
  reason: string,
): TitleReading {
  const { segments, markers, suffix } = structure;
  const evidence = [reason];
  let episodeNumber = suffix?.number ?? null;
  if (suffix) evidence.push(`“${suffix.text}” gives the episode's number`);
  // "Cora: Chapitre VIII": a name may stand before the chapter.
  const at = !markers[labelEnd] && markers.at(-1)?.runsOn ? segments.length - 1 : labelEnd;
  const named = markers[at];
  if (
    episodeNumber === null &&
    named &&
    named.number !== null &&
    (named.kind === 'EPISODE' || at === segments.length - 1)
  ) {
    episodeNumber = named.number;
    evidence.push(`“${segments[at]}” gives the episode's number`);
  }
  return {
    kind: 'EPISODE',
    seriesName: seriesName(structure, seriesEnd),
    seasonLabel: labelEnd > seriesEnd ? segments.slice(seriesEnd, labelEnd).join(': ') : null,
    seasonNumber,
    episodeName: labelEnd < segments.length ? segments.slice(labelEnd).join(': ') : null,
    episodeNumber,
    evidence,
  };
}

function seriesName({ segments }: TitleStructure, end: number): string {
  return (
    segments
      .slice(0, end)
      .join(': ')
      .replace(/\s+:?$/u, '') ||
    (segments[0] ?? '')
  );
}

/** "Show: Chapter 1: A" beside "Show: Chapter 1: B": the chapter holds episodes, so it is the season. */
function numberedChapterSeason(structure: TitleStructure, group: GroupEvidence): TitleReading | null {
  const position = episodePosition(structure);
  if (position === 0 || position >= structure.segments.length - 1) return null;
  return (group.continuations.get(prefixKey(structure, position + 1)) ?? 0) > 2
    ? markedEpisode(structure, position)
    : null;
}

/** "John Wick: Chapter 2" where no row has a chapter 1, "Star Wars: Episode IV: A New Hope". */
function isFilmOfSeries(structure: TitleStructure, group: GroupEvidence): boolean {
  const { segments, markers, suffix, keys } = structure;
  if (markers[1]?.kind !== 'EPISODE' || suffix) return false;
  if (segments.length === 3) return ROMAN_EPISODE.test(segments[1] ?? '');
  return segments.length === 2 && isSequelChapter(structure) && !group.series.has(keys[0] ?? '');
}

/** Length of the longest run of leading segments that other strings show to be a series; 0 where there is none. */
function knownSeries(structure: TitleStructure, group: GroupEvidence): number {
  for (let count = structure.segments.length - 1; count > 0; count -= 1) {
    if (group.series.has(prefixKey(structure, count))) return count;
  }
  return 0;
}

/** "Show: Special" beside "Show: Season 1: …". Only shows with one season are written without it, and then always. */
function isSpecial(structure: TitleStructure, group: GroupEvidence, seriesEnd: number): boolean {
  const { segments, markers, suffix } = structure;
  const prefix = prefixKey(structure, seriesEnd);
  return (
    segments.length === seriesEnd + 1 &&
    markers[seriesEnd] === null &&
    !suffix &&
    group.markedFromFirst.has(prefix) &&
    (group.continuations.get(prefix) ?? 0) < showContinuations(segments[0] ?? '', group)
  );
}

/** Where a named season after the series ends: the longest run that several different episodes follow. */
function sharedLabelEnd(structure: TitleStructure, group: GroupEvidence, seriesEnd: number, episode: number): number {
  const { segments, markers, suffix } = structure;
  const last = episode > seriesEnd ? episode : segments.length - 1;
  for (let end = last; end > seriesEnd; end -= 1) {
    // "Pilot: Part 2" has siblings ("Pilot: Part 1") and is still an episode.
    if (markers[end]?.kind === 'PART') continue;
    if ((group.continuations.get(prefixKey(structure, end)) ?? 0) > 1) return end;
  }
  return last > seriesEnd && (suffix || repeatsSeries(structure, seriesEnd)) ? seriesEnd + 1 : seriesEnd;
}

/** "Stranger Things: Stranger Things 4: …": what follows the series begins with its name. */
function repeatsSeries({ keys }: TitleStructure, seriesEnd: number): boolean {
  return `${keys[seriesEnd] ?? ''} `.startsWith(`${keys.slice(0, seriesEnd).join(' ')} `);
}

/** "Dept. Q: Episode 9", "Tekken: Bloodline: Episode 3", "ONE PIECE: East Blue: Episode 28". */
function numberedEpisode(structure: TitleStructure, group: GroupEvidence, episode: number): TitleReading {
  const reason = `“${structure.segments[episode]}” marks an episode`;
  if (episode === 1) return unmarkedEpisode(structure, 1, 1, reason);
  const siblings = group.continuations.get(structure.keys[0] ?? '') ?? 0;
  const sameName = group.continuations.get(prefixKey(structure, episode)) ?? 0;
  // Other names after the same head: the head is the series and this name one of its seasons.
  const named = structure.suffix !== null || siblings > sameName || repeatsSeries(structure, 1);
  return unmarkedEpisode(structure, named ? 1 : episode, episode, reason);
}

/** Three or more segments, no marker: nearly always a season with a name. */
function namedSeason(structure: TitleStructure, group: GroupEvidence): TitleReading {
  const { segments, markers, suffix } = structure;
  if (segments.length === 2) return unmarkedEpisode(structure, 1, 1, 'its number in brackets marks an episode');
  for (let end = segments.length - 1; end > 1; end -= 1) {
    if (markers[end]?.kind === 'PART') continue;
    if ((group.continuations.get(prefixKey(structure, end)) ?? 0) > 1) {
      return unmarkedEpisode(structure, 1, end, `several episodes follow “${segments.slice(1, end).join(': ')}”`);
    }
  }
  const siblings = group.continuations.get(structure.keys[0] ?? '') ?? 0;
  if (markers.at(-1)?.kind === 'PART') {
    const before = segments.length - 1;
    return (group.continuations.get(prefixKey(structure, before)) ?? 0) > MOST_PARTS
      ? unmarkedEpisode(
          structure,
          1,
          before,
          `more parts follow “${segments.slice(1, before).join(': ')}” than one episode has`,
        )
      : unmarkedEpisode(structure, 1, 1, 'a part of an episode');
  }
  if (!suffix && !group.namesSeasons && siblings >= SHOW_CONTINUATIONS) {
    return unmarkedEpisode(structure, 1, 1, `${siblings} different strings start with “${segments[0]}”`);
  }
  return unmarkedEpisode(structure, 1, 2, `“${segments[1]}” stands where a season stands`);
}

/** Films number their episodes so; shows write "Episode 4". */
const ROMAN_EPISODE = /^\p{L}+ [IVX]+$/u;
const SEQUEL_HEAD = /\s(?:\p{Nd}{1,2}|[IVX]{2,4})$/u;
const FILM_WORDS =
  /\b(?:the movie|a film|film|film[eo]?|live (?:at|from|in)|unrated|director['’]s cut|final cut|extended)\b/iu;

/** "Name: Name" is a film or an episode of a show with one season: only its group can tell. */
function twoSegments(structure: TitleStructure, group: GroupEvidence): TitleReading {
  const { segments, keys } = structure;
  const [head = '', rest = ''] = segments;
  const siblings = group.continuations.get(keys[0] ?? '') ?? 0;
  if (keys[0] === keys[1]) return unmarkedEpisode(structure, 1, 1, 'the first episode often has the name of its show');
  if (structure.markers[1]?.kind === 'PART') {
    return siblings >= 3
      ? unmarkedEpisode(structure, 1, 1, `${siblings} different strings start with “${head}”`)
      : film(structure, `“${rest}” alone is a part of a film`);
  }
  if (siblings < SHOW_CONTINUATIONS && SEQUEL_HEAD.test(head))
    return film(structure, `“${head}” is numbered as film sequels are`);
  if (group.filmSeries) return film(structure, `all that follows “${head}” begins alike, as the films of a series do`);
  if (FILM_WORDS.test(rest)) return film(structure, `“${rest}” is worded as films and shows on stage are`);
  const needed = showContinuations(head, group);
  if (siblings >= needed) return unmarkedEpisode(structure, 1, 1, `${siblings} different strings start with “${head}”`);
  return film(
    structure,
    siblings > 1 ? `only ${siblings} strings start with “${head}”` : 'no other string starts with its first half',
  );
}

/** How many different second halves make a show of a head. */
function showContinuations(head: string, group: GroupEvidence): number {
  if (group.headAlone) return SEQUEL_CONTINUATIONS;
  return looksLikePerson(head) ? PERSON_CONTINUATIONS : SHOW_CONTINUATIONS;
}

/** Two or three capitalised words without articles, as stand-up specials begin ("Ali Wong: Baby Cobra"). */
function looksLikePerson(head: string): boolean {
  return (
    /^\p{Lu}[\p{L}.’'-]*(?: \p{Lu}[\p{L}.’'-]*){1,2}$/u.test(head) &&
    !/^(?:The|A|An|El|La|Los|Las|Le|Les|Der|Die|Das|De|Het|O|Os) /u.test(head)
  );
}
