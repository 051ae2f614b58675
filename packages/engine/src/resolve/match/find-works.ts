import { seasonPosition } from '../read/group-evidence.ts';
import type { ReadString } from '../read/read-titles.ts';
import { type Catalogue, type CatalogueWork, type FoundWork, type ListedTitle, votersOf } from './catalogue.ts';
import { type EpisodeList, episodeKey, isCommonName, layOutEpisodes } from './episode-list.ts';
import type { Correction } from './match.ts';
import { catalogueKey, hasOtherArticle } from './names/catalogue-key.ts';
import { nameKeys } from './names/name-keys.ts';
import { WordsOfNames, wordKeys } from './names/name-words.ts';
import { type SeriesName, seriesNames } from './series-names.ts';
import { closenessOf, type NameCloseness, type NamedWork, namedWork } from './weigh-work.ts';
import { worksByWords } from './works-by-words.ts';

/** Strings that are matched together, and every name that some of them may have for a series. */
export interface GroupToMatch {
  readonly strings: readonly ReadString[];
  readonly series: readonly SeriesToMatch[];
}

export interface SeriesToMatch {
  readonly name: SeriesName;
  /** Series that it may be, likelier names first. */
  readonly works: readonly NamedWork[];
  /** What Netflix's own lists have under this name. */
  readonly listed: readonly ListedTitle[];
}

/** What a catalogue answered about some groups. */
export interface FoundWorks {
  readonly groups: readonly GroupToMatch[];
  /** Films that a whole string may be, likelier names first; null where it can be none. */
  films(string: ReadString): readonly NamedWork[] | null;
  work(id: string): CatalogueWork | undefined;
  /** What Netflix's own lists have under a name. */
  listed(name: string): readonly ListedTitle[];
  /** How many people rated the best known film of a name. */
  votersOfFilm(name: string): number;
}

/** So many works of one name are weighed, the most voted first. */
const MOST_NAMESAKES = 8;
/** So many series that only share names of episodes are weighed, and only from so many episodes on. */
const MOST_BEARERS = 3;
const FEWEST_EPISODES = 2;

/** Asks the catalogue everything about some groups, in a few large questions. */
export async function findWorks(
  groups: readonly (readonly ReadString[])[],
  corrections: ReadonlyMap<string, Correction>,
  catalogue: Catalogue,
): Promise<FoundWorks> {
  const named = groups.map((strings) => ({ strings, names: seriesNames(strings) }));
  const keys = new Set<string>();
  const add = (more: readonly string[]) => {
    for (const key of more) keys.add(key);
  };
  for (const { strings, names } of named) {
    for (const { structure } of strings) if (mayBeFilm(structure)) add(nameKeys(structure.name));
    for (const { name, parts } of names) add([...nameKeys(name), ...parts.map(catalogueKey)]);
  }
  const found = new Map(await catalogue.find([...keys]));
  const unfound = new Set<string>();
  const unknown = new Set<string>();
  for (const { strings, names } of named) {
    for (const name of names) {
      if (hasNamesake(name.name, 'SERIES', found)) continue;
      for (const key of tellingKeys(name)) unknown.add(key);
      for (const key of wordKeys(name.name)) unfound.add(key);
    }
    for (const { structure } of strings)
      if (mayBeFilm(structure) && !hasNamesake(structure.name, 'MOVIE', found))
        for (const key of wordKeys(structure.name)) unfound.add(key);
  }
  for (const [key, works] of await catalogue.find([...unfound])) found.set(key, works);
  const bearers = await catalogue.seriesWithEpisode([...unknown]);
  const listed = await catalogue.listed([...keys]);
  const listedAs = (name: string) => listed.get(catalogueKey(name)) ?? [];
  const settled = [...corrections.values()].flatMap(({ workId }) => workId ?? []);
  const works = await catalogue.works([...new Set([...[...bearers.values()].flat(), ...settled])]);
  const words = new WordsOfNames();
  const toMatch = named.map(({ strings, names }) => ({
    strings,
    series: names.map((name) => ({
      name,
      works: seriesOf(name, found, bearers, works, words),
      listed: listedAs(name.name),
    })),
  }));
  return {
    groups: toMatch,
    films: (string) => (mayBeFilm(string.structure) ? filmsOf(string, found, words) : null),
    work: (id) => works.get(id),
    listed: listedAs,
    votersOfFilm: (name) => Math.max(0, ...namesakes(name, 'MOVIE', found).map(({ work }) => votersOf(work))),
  };
}

/** The episodes of a series; null where the catalogue has none. */
export type EpisodesOf = (seriesId: string) => EpisodeList | null;

/** The episodes of every series that some groups may be about, or a person says they are. */
export async function findEpisodes(
  groups: readonly GroupToMatch[],
  corrections: ReadonlyMap<string, Correction>,
  catalogue: Catalogue,
): Promise<EpisodesOf> {
  const ids = new Set<string>();
  for (const { strings, series } of groups) {
    for (const { works } of series) for (const { work } of works) ids.add(work.id);
    for (const { rawTitle } of strings) {
      const workId = corrections.get(rawTitle)?.workId;
      if (workId != null) ids.add(workId);
    }
  }
  const found = await catalogue.episodes([...ids]);
  const lists = new Map<string, EpisodeList>();
  return (seriesId) => {
    const episodes = found.get(seriesId);
    if (episodes === undefined) return null;
    let list = lists.get(seriesId);
    if (list === undefined) {
      list = layOutEpisodes(episodes);
      lists.set(seriesId, list);
    }
    return list;
  };
}

const mayBeFilm = (structure: ReadString['structure']) => seasonPosition(structure) === 0 && !structure.suffix;

type Found = ReadonlyMap<string, readonly FoundWork[]>;

const namesakes = (name: string, kind: CatalogueWork['kind'], found: Found) =>
  (found.get(catalogueKey(name)) ?? []).filter(
    ({ work, nameKind }) => work.kind === kind && nameKind !== 'HEAD' && nameKind !== 'OFFERED',
  );
const hasNamesake = (name: string, kind: CatalogueWork['kind'], found: Found) =>
  namesakes(name, kind, found).length > 0;

/** Names of episodes that few series have. */
function tellingKeys({ members }: SeriesName): Set<string> {
  const keys = new Set<string>();
  for (const { string } of members) {
    const name = string.structure.segments.at(-1) ?? '';
    if (!isCommonName(name)) keys.add(episodeKey(name));
  }
  return keys;
}

const rank: Readonly<Record<NameCloseness, number>> = {
  SAME: 7,
  NETFLIX: 6,
  ALTERNATIVE: 5,
  ALIKE: 4,
  OFFERED: 3,
  SOUND: 3,
  PART: 2,
  HEAD: 2,
  WORDS: 1,
  NONE: 0,
};

/** The best way to each work; of equal ones the most voted works first. */
class Ways {
  readonly #best = new Map<string, NamedWork>();

  add(way: NamedWork): void {
    const before = this.#best.get(way.work.id);
    if (before === undefined || rank[way.closeness] > rank[before.closeness]) this.#best.set(way.work.id, way);
  }

  has(id: string): boolean {
    return this.#best.has(id);
  }

  inOrder(): NamedWork[] {
    return [...this.#best.values()]
      .sort((one, other) => rank[other.closeness] - rank[one.closeness] || votersOf(other.work) - votersOf(one.work))
      .slice(0, MOST_NAMESAKES);
  }
}

function seriesOf(
  series: SeriesName,
  found: Found,
  bearers: ReadonlyMap<string, readonly string[]>,
  works: ReadonlyMap<string, CatalogueWork>,
  words: WordsOfNames,
): NamedWork[] {
  const ways = new Ways();
  for (const [place, name] of [series.name, ...series.parts].entries()) {
    const keys = place === 0 ? nameKeys(name) : [catalogueKey(name)];
    const isWhole = place === 0 || name === series.unowned;
    for (const one of keys.flatMap((key) => found.get(key) ?? []))
      if (one.work.kind === 'SERIES' && (isWhole || isPartOfIt(series.name, name, one)))
        ways.add(namedWork(one.work, one, closenessOf(name, isWhole, one)));
  }
  if (!hasNamesake(series.name, 'SERIES', found))
    for (const way of worksByWords(series.name, 'SERIES', found, words)) ways.add(way);
  const counts = new Map<string, number>();
  for (const key of tellingKeys(series))
    for (const id of bearers.get(key) ?? []) counts.set(id, (counts.get(id) ?? 0) + 1);
  const mostFirst = [...counts].filter(([id]) => !ways.has(id)).sort(([, one], [, other]) => other - one);
  for (const [id, count] of mostFirst.slice(0, MOST_BEARERS)) {
    const work = works.get(id);
    if (work !== undefined && count >= FEWEST_EPISODES) ways.add(namedWork(work, null, 'NONE'));
  }
  return ways.inOrder();
}

/** Two names may share how they begin; the end of one and the beginning of the other say nothing. */
const isPartOfIt = (whole: string, part: string, { name, nameKind }: FoundWork) =>
  !hasOtherArticle(part, name) && (nameKind !== 'HEAD' || whole.startsWith(part));

function filmsOf({ structure, reading }: ReadString, found: Found, words: WordsOfNames): NamedWork[] {
  const { name, segments } = structure;
  const ways = new Ways();
  const add = (one: FoundWork) => ways.add(namedWork(one.work, one, closenessOf(name, true, one)));
  for (const one of nameKeys(name).flatMap((key) => found.get(key) ?? [])) if (one.work.kind === 'MOVIE') add(one);
  if (hasNamesake(name, 'MOVIE', found)) return ways.inOrder();
  for (const way of worksByWords(name, 'MOVIE', found, words)) ways.add(way);
  // "Halo 4: Forward Unto Dawn": what Netflix has as a film, and the catalogue as a series. Names of one part have too many namesakes.
  if (reading.kind === 'MOVIE' && segments.length > 1)
    for (const one of namesakes(name, 'SERIES', found)) if (one.nameKind !== 'SOUND') add(one);
  return ways.inOrder();
}
