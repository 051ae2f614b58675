import { compareKey } from '../compare-key.ts';
import { seasonPosition } from '../read/group-evidence.ts';
import { type ReadString, readGroups } from '../read/read-titles.ts';
import type { TitleReading } from '../read/title-reading.ts';
import type { Catalogue, CatalogueEpisode, CatalogueWork, FoundWork } from './catalogue.ts';
import { catalogueKey } from './catalogue-key.ts';
import { ACCEPTED, logitOf, probabilities } from './confidence.ts';
import { type EpisodeList, episodeKey, isCommonName, layOutEpisodes } from './episode-list.ts';
import { type SeriesEvidence, type StringOfSeries, weighSeries } from './series-evidence.ts';
import { type SeriesName, seriesNames } from './series-names.ts';
import { soundKey } from './sound-key.ts';
import { closenessOf, type Features, featuresOfFilm, featuresOfSeries, type NameCloseness } from './weigh-work.ts';

/** A string of a history, with what its rows tell beside it. */
export interface StringToMatch {
  readonly rawTitle: string;
  /** Year of the first viewing; null where not known. */
  readonly watchedYear: number | null;
  /** The longest that one row of it was watched; null where no row says. */
  readonly longestSeconds: number | null;
}

/** A work that a string may mean. */
export interface Candidate {
  readonly work: CatalogueWork;
  readonly closeness: NameCloseness;
  readonly features: Features;
  readonly logit: number;
  readonly evidence: SeriesEvidence | null;
}

export interface Match {
  readonly rawTitle: string;
  readonly status: 'MATCHED' | 'AMBIGUOUS' | 'UNMATCHED' | 'READ';
  readonly reading: TitleReading;
  readonly work: CatalogueWork | null;
  readonly episode: CatalogueEpisode | null;
  readonly confidence: number | null;
  readonly candidates: readonly (Candidate & { readonly confidence: number })[];
}

/** Strings of so many groups are matched at once: a catalogue is asked for many names in one go. */
const GROUPS_AT_ONCE = 2000;

/** Matches strings with a catalogue, those of one group together. One match a distinct string, by the string. */
export async function matchTitles(
  strings: readonly StringToMatch[],
  catalogue: Catalogue,
): Promise<ReadonlyMap<string, Match>> {
  const byTitle = new Map(strings.map((string) => [string.rawTitle, string]));
  const { fixed, groups } = readGroups(strings.map(({ rawTitle }) => rawTitle));
  const matches = new Map<string, Match>();
  for (const [rawTitle, reading] of fixed)
    matches.set(rawTitle, {
      rawTitle,
      status: 'READ',
      reading,
      work: null,
      episode: null,
      confidence: null,
      candidates: [],
    });
  for (let start = 0; start < groups.length; start += GROUPS_AT_ONCE)
    for (const match of await matchGroups(groups.slice(start, start + GROUPS_AT_ONCE), byTitle, catalogue))
      matches.set(match.rawTitle, match);
  return matches;
}

interface GroupToMatch {
  readonly strings: readonly ReadString[];
  readonly series: readonly SeriesName[];
}

async function matchGroups(
  groups: readonly (readonly ReadString[])[],
  byTitle: ReadonlyMap<string, StringToMatch>,
  catalogue: Catalogue,
): Promise<Match[]> {
  const toMatch: GroupToMatch[] = groups.map((strings) => ({ strings, series: seriesNames(strings) }));
  const keys = new Set<string>();
  for (const { strings, series } of toMatch) {
    for (const { structure } of strings)
      if (mayBeFilm(structure)) for (const key of keysOf(structure.name)) keys.add(key);
    for (const { name, parts } of series) {
      for (const key of keysOf(name)) keys.add(key);
      for (const part of parts) keys.add(catalogueKey(part));
    }
  }
  const found = await catalogue.find([...keys]);
  const episodeKeys = new Set<string>();
  for (const { series } of toMatch)
    for (const name of series) if (!hasNamesake(name, found)) for (const key of tellingKeys(name)) episodeKeys.add(key);
  const bearers = await catalogue.seriesWithEpisode([...episodeKeys]);
  const candidates = toMatch.map(({ series }) => series.map((name) => seriesToWeigh(name, found, bearers)));
  const unnamed = new Set(candidates.flat(2).flatMap(({ id, found: one }) => (one === null ? id : [])));
  const works = await catalogue.works([...unnamed]);
  const seriesIds = new Set(candidates.flat(2).map(({ id }) => id));
  const lists = new Map<string, EpisodeList>();
  for (const [id, episodes] of await catalogue.episodes([...seriesIds])) lists.set(id, layOutEpisodes(episodes));
  return toMatch.flatMap(({ strings, series }, index) => {
    const weighed = series.map((name, place) =>
      weighSeriesName(name, candidates[index]?.[place] ?? [], works, lists, byTitle),
    );
    return strings.map((string) => decide(string, weighed, found, byTitle));
  });
}

/** As it is written, and as it sounds. */
function keysOf(name: string): string[] {
  const sounds = soundKey(name);
  return sounds === null ? [catalogueKey(name)] : [catalogueKey(name), sounds];
}

const mayBeFilm = (structure: ReadString['structure']) => seasonPosition(structure) === 0 && !structure.suffix;

const hasNamesake = ({ name }: SeriesName, found: ReadonlyMap<string, readonly FoundWork[]>) =>
  (found.get(catalogueKey(name)) ?? []).some(({ work, nameKind }) => work.kind === 'SERIES' && nameKind !== 'HEAD');

function tellingKeys({ members }: SeriesName): Set<string> {
  const keys = new Set<string>();
  for (const { string } of members) {
    const name = string.structure.segments.at(-1) ?? '';
    if (!isCommonName(name)) keys.add(episodeKey(name));
  }
  return keys;
}

interface SeriesToWeigh {
  readonly id: string;
  readonly found: FoundWork | null;
  readonly closeness: NameCloseness;
}

/** So many works of one name are weighed, the most voted first. */
const MOST_NAMESAKES = 12;

function seriesToWeigh(
  series: SeriesName,
  found: ReadonlyMap<string, readonly FoundWork[]>,
  bearers: ReadonlyMap<string, readonly string[]>,
): SeriesToWeigh[] {
  const rank: Record<NameCloseness, number> = {
    SAME: 6,
    NETFLIX: 5,
    ALTERNATIVE: 4,
    ALIKE: 3,
    SOUND: 2,
    PART: 1,
    HEAD: 1,
    NONE: 0,
  };
  const best = new Map<string, SeriesToWeigh>();
  for (const [place, name] of [series.name, ...series.parts].entries()) {
    const keys = place === 0 ? keysOf(name) : [catalogueKey(name)];
    for (const one of keys.flatMap((key) => found.get(key) ?? [])) {
      if (one.work.kind !== 'SERIES') continue;
      const closeness = closenessOf(name, place === 0, one);
      const before = best.get(one.work.id);
      if (before === undefined || rank[closeness] > rank[before.closeness])
        best.set(one.work.id, { id: one.work.id, found: one, closeness });
    }
  }
  const counts = new Map<string, number>();
  for (const key of tellingKeys(series))
    for (const id of bearers.get(key) ?? []) if (!best.has(id)) counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const [id, count] of [...counts].sort(([, one], [, other]) => other - one).slice(0, 3))
    if (count > 1) best.set(id, { id, found: null, closeness: 'NONE' });
  return [...best.values()]
    .sort((one, other) => rank[other.closeness] - rank[one.closeness] || votesOf(other) - votesOf(one))
    .slice(0, MOST_NAMESAKES);
}

const votesOf = ({ found }: SeriesToWeigh) => found?.work.voteCount ?? 0;

interface WeighedSeries {
  readonly name: SeriesName;
  readonly candidates: readonly Candidate[];
}

const noEpisodes = layOutEpisodes([]);

function weighSeriesName(
  name: SeriesName,
  toWeigh: readonly SeriesToWeigh[],
  works: ReadonlyMap<string, CatalogueWork>,
  lists: ReadonlyMap<string, EpisodeList>,
  byTitle: ReadonlyMap<string, StringToMatch>,
): WeighedSeries {
  const years = name.members.flatMap(({ string }) => byTitle.get(string.rawTitle)?.watchedYear ?? []);
  const watchedYear = years.length === 0 ? null : Math.min(...years);
  const named = toWeigh.flatMap(({ found, closeness }) =>
    found === null || closeness === 'PART' || closeness === 'HEAD' ? [] : found.work,
  );
  const candidates = toWeigh.flatMap(({ id, found, closeness }): Candidate[] => {
    const work = found?.work ?? works.get(id);
    if (work === undefined) return [];
    const list = lists.get(id);
    const evidence = weighSeries(name.members, list ?? noEpisodes, (title) => byTitle.get(title)?.watchedYear ?? null);
    const isLater = work.year !== null && named.some((one) => one.year !== null && one.year < (work.year as number));
    const asked = { name: name.name, watchedYear, isLater };
    const features = featuresOfSeries(asked, work, found, closeness, evidence, list !== undefined);
    return features === null ? [] : [{ work, closeness, features, logit: logitOf(features), evidence }];
  });
  candidates.sort((one, other) => other.logit - one.logit);
  return { name, candidates };
}

interface Choice {
  readonly reading: TitleReading;
  readonly candidates: readonly Candidate[];
  readonly string: StringOfSeries | null;
}

function decide(
  string: ReadString,
  weighed: readonly WeighedSeries[],
  found: ReadonlyMap<string, readonly FoundWork[]>,
  byTitle: ReadonlyMap<string, StringToMatch>,
): Match {
  const ofSeries = bestSeries(string, weighed);
  const ofFilm = filmChoice(string, found, byTitle);
  const choice = choose(string, ofSeries, ofFilm, found);
  if (choice === null || choice.candidates.length === 0)
    return {
      rawTitle: string.rawTitle,
      status: 'UNMATCHED',
      reading: choice?.reading ?? string.reading,
      work: null,
      episode: null,
      confidence: null,
      candidates: [],
    };
  const shares = probabilities(choice.candidates.map(({ logit }) => logit));
  const candidates = choice.candidates.map((candidate, index) => ({ ...candidate, confidence: shares[index] ?? 0 }));
  const [best] = candidates;
  if (best === undefined) throw new Error('a choice without candidates');
  const isAccepted = best.confidence >= ACCEPTED;
  return {
    rawTitle: string.rawTitle,
    status: isAccepted ? 'MATCHED' : best.confidence > 0.05 ? 'AMBIGUOUS' : 'UNMATCHED',
    reading: choice.reading,
    work: isAccepted ? best.work : null,
    episode: isAccepted ? (choice.string?.answer.episode ?? null) : null,
    confidence: best.confidence,
    candidates,
  };
}

const withFeature = (candidate: Candidate, more: Features): Candidate => {
  const features = { ...candidate.features, ...more };
  return { ...candidate, features, logit: logitOf(features) };
};

interface SeriesChoice extends Choice {
  readonly string: StringOfSeries;
  readonly score: number;
  readonly seriesEnd: number;
}

function bestSeries(string: ReadString, weighed: readonly WeighedSeries[]): SeriesChoice | null {
  let best: SeriesChoice | null = null;
  for (const { name, candidates } of weighed) {
    const [top] = candidates;
    if (top?.evidence == null) continue;
    const own = top.evidence.strings.find(({ member }) => member.string === string);
    if (own === undefined) continue;
    const left = { seriesLeftOut: own.member.leftOut };
    const shifted = own.member.leftOut === 0 ? candidates : candidates.map((one) => withFeature(one, left));
    const isRead = string.reading.kind === 'EPISODE' && compareKey(string.reading.seriesName) === compareKey(name.name);
    const score =
      (shifted[0]?.logit ?? 0) +
      (own.answer.isTelling ? 3 : 0) +
      (own.answer.basis === 'NUMBER' ? 0.5 : 0) +
      (isRead ? 1 : 0);
    if (best !== null && score <= best.score) continue;
    best = { reading: string.reading, candidates: shifted, string: own, score, seriesEnd: own.member.seriesEnd };
  }
  return best;
}

function filmChoice(
  string: ReadString,
  found: ReadonlyMap<string, readonly FoundWork[]>,
  byTitle: ReadonlyMap<string, StringToMatch>,
): Choice | null {
  const { structure, rawTitle } = string;
  if (!mayBeFilm(structure)) return null;
  const of = byTitle.get(rawTitle);
  const asked = {
    name: structure.name,
    watchedYear: of?.watchedYear ?? null,
    longestSeconds: of?.longestSeconds ?? null,
  };
  const best = new Map<string, Candidate>();
  for (const one of keysOf(structure.name).flatMap((key) => found.get(key) ?? [])) {
    if (one.work.kind !== 'MOVIE') continue;
    const closeness = closenessOf(structure.name, true, one);
    const features = featuresOfFilm(asked, one, closeness);
    if (features === null) continue;
    const candidate: Candidate = { work: one.work, closeness, features, logit: logitOf(features), evidence: null };
    const before = best.get(one.work.id);
    if (before === undefined || candidate.logit > before.logit) best.set(one.work.id, candidate);
  }
  const candidates = [...best.values()].sort((one, other) => other.logit - one.logit).slice(0, MOST_NAMESAKES);
  return { reading: string.reading, candidates, string: null };
}

const isNamed = ({ closeness }: Candidate) => !['PART', 'HEAD', 'SOUND', 'NONE'].includes(closeness);

/** Fewer voters than this have a series that the strings' form alone does not show to be one. */
const VOTERS_OF_A_KNOWN_SERIES = 5000;

/** Whether "A: B" is rather an episode of the series A than a film, though too few strings begin with A to show it. */
function isKnownSeries(
  { structure }: ReadString,
  series: SeriesChoice,
  top: Candidate,
  found: ReadonlyMap<string, readonly FoundWork[]>,
): boolean {
  if (structure.segments.length < 2 || top.logit < 1.5 || top.work.voteCount < VOTERS_OF_A_KNOWN_SERIES) return false;
  const head = structure.segments.slice(0, series.seriesEnd).join(': ');
  // "Rambo: Last Blood" goes on from a film.
  return !(found.get(catalogueKey(head)) ?? []).some(
    ({ work, nameKind }) => work.kind === 'MOVIE' && nameKind !== 'HEAD' && work.voteCount > top.work.voteCount,
  );
}

function choose(
  string: ReadString,
  series: SeriesChoice | null,
  film: Choice | null,
  found: ReadonlyMap<string, readonly FoundWork[]>,
): Choice | null {
  const { reading, structure } = string;
  const asFilm: TitleReading = { kind: 'MOVIE', name: structure.name, evidence: ['a film of this name is known'] };
  const filmTop = film?.candidates[0];
  const isFilmNamed = filmTop !== undefined && isNamed(filmTop);
  if (film === null || seasonPosition(structure) > 0 || structure.suffix)
    return series === null
      ? { reading, candidates: [], string: null }
      : { ...series, reading: asEpisode(string, series) };
  const seriesTop = series?.candidates[0];
  const isNamedSeries = seriesTop !== undefined && isNamed(seriesTop);
  if (series?.string.answer.isTelling && seriesTop !== undefined && seriesTop.logit > 0)
    return { ...series, reading: asEpisode(string, series) };
  if (isFilmNamed && (reading.kind === 'MOVIE' || structure.segments.length > 1)) return { ...film, reading: asFilm };
  if (reading.kind === 'EPISODE')
    return series === null
      ? { reading, candidates: [], string: null }
      : { ...series, reading: asEpisode(string, series) };
  if (isNamedSeries && series !== null && isKnownSeries(string, series, seriesTop, found))
    return { ...series, reading: asEpisode(string, series) };
  return film;
}

/** The reading that the chosen series gives: its name as it stands, its season, the rest. */
function asEpisode(string: ReadString, { string: own, seriesEnd, candidates }: SeriesChoice): TitleReading {
  const { structure, reading } = string;
  const series = structure.segments.slice(0, seriesEnd).join(': ');
  const isSame = reading.kind === 'EPISODE' && compareKey(reading.seriesName) === compareKey(series);
  const isSure = (candidates[0]?.logit ?? 0) > 0;
  if (reading.kind === 'EPISODE' && (isSame || !isSure)) {
    const seasonNumber = reading.seasonNumber ?? (isSure && reading.seasonLabel !== null ? own.learnedSeason : null);
    return { ...reading, seasonNumber };
  }
  const { asked, learnedSeason } = own;
  const found = asked.names.length > 1 && own.answer.isTelling ? asked.names.length - 1 : 0;
  return {
    kind: 'EPISODE',
    seriesName: series,
    seasonLabel: asked.labels[found] ?? asked.seasonLabel,
    seasonNumber: asked.seasonNumber ?? learnedSeason,
    episodeName: asked.names[found] ?? null,
    episodeNumber: asked.episodeNumber,
    evidence: [`“${series}” is a series`],
  };
}
