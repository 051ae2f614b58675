import { compareKey } from '../compare-key.ts';
import type { ReadString } from '../read/read-titles.ts';
import type { TitleReading } from '../read/title-reading.ts';
import { type Candidate, isNamed, withFeatures } from './candidate.ts';
import { votersOf } from './catalogue.ts';
import type { StringOfSeries } from './series-evidence.ts';
import type { WeighedSeries } from './weigh-candidates.ts';

/** One way to read a string, with what it may then be, the likeliest first. */
export interface Choice {
  readonly reading: TitleReading;
  readonly candidates: readonly Candidate[];
  /** What the string shows of the first of them; null for films. */
  readonly shown: StringOfSeries | null;
  /** The series' name that the string was read with; null for films. */
  readonly series: WeighedSeries | null;
}

interface SeriesChoice extends Choice {
  readonly shown: StringOfSeries;
  readonly score: number;
}

/** What an episode that was found by its name, by its number, or the grammar's own reading is worth, against the candidates' sums. */
const worth = { named: 3, numbered: 0.5, read: 1 };

/** The series whose names a string may begin with. */
export interface SeriesToChoose {
  readonly weighed: readonly WeighedSeries[];
  /** Whether a person settled another string as the only one of them. */
  readonly isSettled: boolean;
  /** Whether Netflix's own lists have the whole string as a film that came out elsewhere, and as no series. */
  readonly isListedFilm: boolean;
}

/** Lets the readings of a string compete: an episode of one of the series whose name it may begin with, or a film. */
export function chooseReading(
  string: ReadString,
  { weighed, isSettled, isListedFilm }: SeriesToChoose,
  films: readonly Candidate[] | null,
  votersOfFilm: (name: string) => number,
): Choice {
  const { reading, structure } = string;
  const series = bestSeries(string, weighed);
  const asEpisode = series && { ...series, reading: readAsEpisode(string, series) };
  const nothing: Choice = { reading, candidates: [], shown: null, series: null };
  if (films === null) return asEpisode ?? nothing;
  const asFilm: Choice = {
    reading: reading.kind === 'MOVIE' ? reading : filmReading(structure.name),
    candidates: films,
    shown: null,
    series: null,
  };
  if (isListedFilm && !isSettled) return asFilm;
  const top = series?.candidates[0];
  if (asEpisode && series.shown.answer.isTelling && top !== undefined && (isSettled || top.logit > 0)) return asEpisode;
  const [film] = films;
  if (film !== undefined && isNamed(film) && !(isSettled && reading.kind === 'EPISODE')) return asFilm;
  if (asEpisode && isSettled && (reading.kind === 'EPISODE' || (top !== undefined && isNamed(top)))) return asEpisode;
  // "Wallace & Gromit: …": several films that begin alike look like a series, which the catalogue does not have.
  if (film !== undefined && film.logit > SURE_FILM && (top === undefined || top.logit < 0)) return asFilm;
  if (reading.kind === 'EPISODE')
    return series !== null && goesOnFromFilm(string, series, votersOfFilm) ? asFilm : (asEpisode ?? nothing);
  if (asEpisode && top !== undefined && isKnownSeries(string, series, top, votersOfFilm)) return asEpisode;
  return asFilm;
}

const filmReading = (name: string): TitleReading => ({
  kind: 'MOVIE',
  name,
  evidence: ['read as a film: the catalogue has one of this name'],
});

function bestSeries(string: ReadString, weighed: readonly WeighedSeries[]): SeriesChoice | null {
  let best: SeriesChoice | null = null;
  for (const series of weighed) {
    const [top] = series.candidates;
    const shown = top?.evidence?.strings.get(string);
    if (shown === undefined) continue;
    const { leftOut } = shown.member;
    const candidates =
      leftOut === 0 ? series.candidates : series.candidates.map((one) => withFeatures(one, beyondName(leftOut)));
    const score = (candidates[0]?.logit ?? 0) + worthOf(string, series.name.name, shown);
    const one: SeriesChoice = { reading: string.reading, candidates, shown, series, score };
    if (best === null || isBetter(one, best)) best = one;
  }
  return best;
}

/** What Netflix lists under the name says nothing of strings that have more between it and the season. */
const beyondName = (leftOut: number) => ({ seriesLeftOut: leftOut, seriesListed: 0, seriesListedApart: 0 });

function isBetter(one: SeriesChoice, other: SeriesChoice): boolean {
  if (isSeriesOfItsOwn(one, other)) return true;
  return !isSeriesOfItsOwn(other, one) && one.score > other.score;
}

/**
 * "Narcos: Mexico: Season 1: …" where the catalogue has a series of that very name: what the strings of "Narcos" all show together does
 * not outweigh it, unless the string has the name of one of their episodes.
 */
function isSeriesOfItsOwn(longer: SeriesChoice, shorter: SeriesChoice): boolean {
  const [top] = longer.candidates;
  if (top === undefined || top.logit < 0 || longer.shown.member.leftOut > 0) return false;
  if (longer.shown.member.seriesEnd <= shorter.shown.member.seriesEnd) return false;
  if (top.work.id === shorter.candidates[0]?.work.id) return false;
  const hasName = ['SAME', 'ALTERNATIVE', 'NETFLIX', 'SOUND'].includes(top.closeness);
  return hasName && (longer.shown.answer.isTelling || !shorter.shown.answer.isTelling);
}

function worthOf({ reading }: ReadString, seriesName: string, { answer }: StringOfSeries): number {
  const isRead = reading.kind === 'EPISODE' && compareKey(reading.seriesName) === compareKey(seriesName);
  const found = answer.isTelling ? worth.named : answer.basis === 'NUMBER' ? worth.numbered : 0;
  return found + (isRead ? worth.read : 0);
}

/** Fewer voters than this have a series that the strings' form alone does not show to be one. */
const VOTERS_OF_A_KNOWN_SERIES = 5000;
const SURE_ENOUGH = 1.5;
/** Odds of twenty to one. */
const SURE_FILM = 3;

/** Whether "A: B" is rather an episode of the series A than a film, though too few strings begin with A to show it. */
function isKnownSeries(
  { structure }: ReadString,
  series: SeriesChoice,
  top: Candidate,
  votersOfFilm: (name: string) => number,
): boolean {
  if (structure.segments.length < 2 || !isNamed(top)) return false;
  if (top.logit < SURE_ENOUGH || votersOf(top.work) < VOTERS_OF_A_KNOWN_SERIES) return false;
  // "Rambo: Last Blood" goes on from a film.
  return votersOfFilm(nameIn(structure, series)) <= votersOf(top.work);
}

const nameIn = ({ segments }: ReadString['structure'], { shown }: SeriesChoice) =>
  segments.slice(0, shown.member.seriesEnd).join(': ');

/** "Resident Evil: Damnation": several strings begin with the name of a film, and no series is called so. */
function goesOnFromFilm(
  { structure, reading }: ReadString,
  series: SeriesChoice,
  votersOfFilm: (name: string) => number,
): boolean {
  const [top] = series.candidates;
  if (structure.segments.length > 2 || (reading.kind === 'EPISODE' && reading.episodeNumber !== null)) return false;
  return top !== undefined && !isNamed(top) && votersOfFilm(nameIn(structure, series)) > votersOf(top.work);
}

/** The reading that the chosen series gives: its name as it stands, its season, the rest. */
function readAsEpisode({ structure, reading }: ReadString, { shown, candidates }: SeriesChoice): TitleReading {
  const series = structure.segments.slice(0, shown.member.seriesEnd).join(': ');
  const isSure = (candidates[0]?.logit ?? 0) > 0;
  if (reading.kind === 'EPISODE' && (!isSure || compareKey(reading.seriesName) === compareKey(series))) {
    // A limited series has no number, though the catalogue counts it as its first season.
    const learned = isSure && reading.seasonLabel !== null && !shown.asked.isOnlySeason ? shown.learnedSeason : null;
    return { ...reading, seasonNumber: reading.seasonNumber ?? learned };
  }
  const { asked, answer, learnedSeason } = shown;
  const place = asked.names.length > 1 && answer.isTelling ? asked.names.length - 1 : 0;
  return {
    kind: 'EPISODE',
    seriesName: series,
    seasonLabel: asked.labels[place] ?? asked.seasonLabel,
    seasonNumber: asked.seasonNumber ?? (asked.isOnlySeason ? null : learnedSeason),
    episodeName: asked.names[place] ?? null,
    episodeNumber: asked.episodeNumber,
    evidence: [`read as an episode: the catalogue has a series “${series}”`],
  };
}
