import { compareKey } from '../compare-key.ts';
import type { ReadString } from '../read/read-titles.ts';
import { type AskedOfSeries, askedOfSeries, partsOfDouble } from './asked-episode.ts';
import type { CatalogueEpisode } from './catalogue.ts';
import { ALL_SEASONS, type EpisodeList, isCommonName } from './episode-list.ts';
import { type EpisodeAnswer, findEpisode } from './find-episode.ts';
import type { MemberOfSeries } from './series-names.ts';

/** A string, and what it says of an episode if it is of a series of this name: whichever series that is. */
export interface AskedMember {
  readonly member: MemberOfSeries;
  readonly asked: AskedOfSeries;
}

export const askedMember = (member: MemberOfSeries): AskedMember => ({
  member,
  asked: askedOfSeries(member.string.structure, member.string.reading, member.seriesEnd),
});

/** What one string shows, if it is of a series. */
export interface StringOfSeries extends AskedMember {
  readonly answer: EpisodeAnswer;
  /** Netflix's number of its season, where only its siblings tell: the season that has their episodes. */
  readonly learnedSeason: number | null;
}

/** What the strings of a series' name show together of one series of a catalogue. */
export interface SeriesEvidence {
  readonly strings: ReadonlyMap<ReadString, StringOfSeries>;
  /** Episodes found by a name that few other series have. */
  readonly named: number;
  /** Strings whose season and number the series has, and nothing against it. */
  readonly numbered: number;
  /** Strings whose number the series has under another name. */
  readonly contradicted: number;
  /** Strings whose name no episode has, of a season whose names the catalogue knows. */
  readonly unseen: number;
  /** Likewise, where the words around season and episode are not English: names may be translated. */
  readonly unseenElsewhere: number;
  /** Strings of a season that the series has not. */
  readonly outside: number;
  /** Strings whose number is higher than any that their season has. */
  readonly beyond: number;
  /** Seasons of which there are as many strings as episodes, from some on: the whole season was watched. */
  readonly fullSeasons: number;
  /** Seasons of which there are more strings than episodes. */
  readonly overfullSeasons: number;
  /** Strings that say enough of an episode to be looked up. */
  readonly asked: number;
}

/**
 * Looks every string up among the episodes of one series, and weighs what that shows.
 * @param yearOf When a string was first watched; null where not known.
 */
export function weighSeries(
  members: readonly AskedMember[],
  list: EpisodeList,
  yearOf: (rawTitle: string) => number | null,
): SeriesEvidence {
  const first = members.map((one) => ({ ...one, answer: findWithDoubles(list, one.asked) }));
  const seasons = learnSeasons(first, list, yearOf);
  const distrusted = distrustedSeasons(first);
  const translated = translatedLanguages(first);
  const strings = first.map((one) => settle(one, { list, seasons, distrusted, translated }));
  const found = new Set<CatalogueEpisode>();
  let [numbered, contradicted, unseen, unseenElsewhere, outside, beyond, asked] = [0, 0, 0, 0, 0, 0, 0];
  for (const { asked: wanted, answer } of strings) {
    const { seasonNumber, episodeNumber } = wanted;
    if (answer.episode === null && seasonNumber === null && episodeNumber === null && wanted.names.length === 0)
      continue;
    asked += 1;
    if (answer.isTelling && answer.episode !== null) found.add(answer.episode);
    else if (answer.episode !== null) numbered += 1;
    if (answer.contradicts !== null) contradicted += 1;
    if (!answer.isTelling && isNamedSeason(wanted, list)) {
      if (ENGLISH.test(wanted.language)) unseen += 1;
      else unseenElsewhere += 1;
    }
    const hasSeason = seasonNumber === null || wanted.isPart || list.seasons.has(seasonNumber);
    const isOutside = !hasSeason && list.seasons.size > 0;
    if (isOutside && answer.episode === null) outside += 1;
    if (answer.episode === null && isBeyond(wanted, list)) beyond += 1;
  }
  const byString = new Map<ReadString, StringOfSeries>();
  // Two ways to cut one name off a string: the shorter counts.
  for (const one of strings) if (!byString.has(one.member.string)) byString.set(one.member.string, one);
  const { fullSeasons, overfullSeasons } = countSeasons(byString.values(), list);
  return {
    strings: byString,
    named: found.size,
    numbered,
    contradicted,
    unseen,
    unseenElsewhere,
    outside,
    beyond,
    fullSeasons,
    overfullSeasons,
    asked,
  };
}

/** What Netflix writes around seasons and episodes in English, or nothing. */
const ENGLISH = /^(?:$|.*\b(?:season|series|episode|part|volume|book|chapter)\b)/u;

/** Where no season is said, numbers may count all episodes of a series. */
function isBeyond({ seasonNumber, episodeNumber, isPart }: AskedOfSeries, { seasons, episodes }: EpisodeList): boolean {
  if (episodeNumber === null || isPart) return false;
  const of = seasonNumber === null ? episodes.length : seasons.get(seasonNumber);
  return of !== undefined && of > 0 && episodeNumber > of;
}

/** Of a season with fewer episodes, as many strings prove little. */
const FEWEST_OF_FULL = 5;

/** Compares how many strings there are of a season with how many episodes it has: that is the same in every language. */
function countSeasons(strings: Iterable<StringOfSeries>, { seasons }: EpisodeList) {
  const watched = new Map<string, { season: number; names: Set<string> }>();
  for (const { asked } of strings) {
    const { seasonNumber, episodeNumber, names, language, isPart } = asked;
    if (seasonNumber === null || isPart) continue;
    // One history may be here in two languages.
    const key = `${language} ${seasonNumber}`;
    const of = watched.get(key) ?? { season: seasonNumber, names: new Set<string>() };
    watched.set(key, of);
    of.names.add(episodeNumber === null ? compareKey(names[0] ?? '') : `#${episodeNumber}`);
  }
  const full = new Set<number>();
  const overfull = new Set<number>();
  for (const { season, names } of watched.values()) {
    const episodes = seasons.get(season);
    if (episodes === undefined) continue;
    if (names.size === episodes && episodes >= FEWEST_OF_FULL) full.add(season);
    if (names.size > episodes) overfull.add(season);
  }
  return { fullSeasons: full.size, overfullSeasons: overfull.size };
}

/** Whether a string has a telling name, and the catalogue the names of most episodes of its season. */
function isNamedSeason({ names, seasonNumber }: AskedOfSeries, list: EpisodeList): boolean {
  const [name] = names;
  if (name === undefined || isCommonName(name)) return false;
  const of = list.named.get(seasonNumber ?? ALL_SEASONS);
  return of !== undefined && of.named * 2 > of.all;
}

function findWithDoubles(list: EpisodeList, asked: AskedOfSeries): EpisodeAnswer {
  const answer = findEpisode(list, asked);
  if (answer.basis !== null && !isByNumber(answer)) return answer;
  for (const name of asked.names) {
    const [part] = partsOfDouble(name);
    if (part === undefined) continue;
    const first = findEpisode(list, { seasonNumber: asked.seasonNumber, episodeNumber: null, names: [part] });
    if (first.basis === 'NAME') return first;
  }
  return answer;
}

type Looked = Pick<StringOfSeries, 'member' | 'asked' | 'answer'>;

/** The label behind which a string's episode was found by name. */
function labelOf({ asked }: Looked): string | null {
  const label = asked.seasonLabel ?? asked.labels.find((one) => one !== null) ?? null;
  return label === null ? null : compareKey(label);
}

/**
 * Named seasons by the episodes that were found behind their name: Coven is the third. Where none was, by the time: a name that was
 * watched when only one season was out is that season's.
 */
function learnSeasons(
  strings: readonly Looked[],
  list: EpisodeList,
  yearOf: (rawTitle: string) => number | null,
): ReadonlyMap<string, number> {
  const votes = new Map<string, Map<number, number>>();
  const years = new Map<string, number>();
  for (const one of strings) {
    const label = labelOf(one);
    if (one.asked.seasonNumber !== null || label === null) continue;
    const year = yearOf(one.member.string.rawTitle);
    if (year !== null) years.set(label, Math.min(years.get(label) ?? year, year));
    const season = one.answer.episode?.seasonNumber ?? null;
    if (season === null || !one.answer.isTelling) continue;
    const of = votes.get(label) ?? new Map<number, number>();
    votes.set(label, of);
    of.set(season, (of.get(season) ?? 0) + 1);
  }
  const learned = new Map<string, number>();
  for (const [label, of] of votes) {
    const [best, second] = [...of].sort(([, one], [, other]) => other - one);
    if (best !== undefined && best[1] > 2 * (second?.[1] ?? 0)) learned.set(label, best[0]);
  }
  for (const [label, year] of years) {
    if (votes.has(label)) continue;
    const out = [...list.firstYears].filter(([season, first]) => season > 0 && first <= year);
    const [only] = out;
    if (only !== undefined && out.length === 1) learned.set(label, only[0]);
  }
  return learned;
}

/** Seasons whose numbers Netflix counts otherwise: several strings have a name that the catalogue has under another number. */
function distrustedSeasons(strings: readonly Looked[]): ReadonlySet<number> {
  const counts = new Map<number, { agree: number; differ: number }>();
  for (const { asked, answer } of strings) {
    const { seasonNumber, episodeNumber } = asked;
    if (seasonNumber === null || episodeNumber === null || !answer.isTelling || answer.episode === null) continue;
    const of = counts.get(seasonNumber) ?? { agree: 0, differ: 0 };
    counts.set(seasonNumber, of);
    const agrees = answer.episode.seasonNumber === seasonNumber && answer.episode.episodeNumber === episodeNumber;
    if (agrees) of.agree += 1;
    else of.differ += 1;
  }
  return new Set([...counts].flatMap(([season, { agree, differ }]) => (differ * 4 > agree ? season : [])));
}

/** Languages whose names are not those of the catalogue: another name says nothing against a number there. */
function translatedLanguages(strings: readonly Looked[]): ReadonlySet<string> {
  const counts = new Map<string, { named: number; contradicted: number }>();
  for (const { asked, answer } of strings) {
    const of = counts.get(asked.language) ?? { named: 0, contradicted: 0 };
    counts.set(asked.language, of);
    if (answer.isTelling && answer.episode !== null) of.named += 1;
    if (answer.contradicts !== null) of.contradicted += 1;
  }
  return new Set([...counts].flatMap(([language, { named, contradicted }]) => (contradicted > named ? language : [])));
}

interface Shown {
  readonly list: EpisodeList;
  readonly seasons: ReadonlyMap<string, number>;
  readonly distrusted: ReadonlySet<number>;
  readonly translated: ReadonlySet<string>;
}

/** Decides one string by what all of them showed. */
function settle(one: Looked, shown: Shown): StringOfSeries {
  const { asked } = one;
  if (asked.seasonNumber !== null)
    return { ...one, answer: settleNumber(one.answer, asked, shown), learnedSeason: null };
  const label = labelOf(one);
  const season = label === null ? undefined : shown.seasons.get(label);
  const isByName = one.answer.episode !== null && !isByNumber(one.answer);
  if (season === undefined || asked.isOnlySeason) {
    const learnedSeason = one.answer.isTelling && label !== null ? (one.answer.episode?.seasonNumber ?? null) : null;
    // Without a season, a number is the first season's only where there is no other.
    const isUnsure = one.answer.basis === 'NUMBER' && shown.list.seasons.size > 1 && !asked.isOnlySeason;
    const answer = isUnsure ? withoutEpisode(one.answer) : settleNumber(one.answer, asked, shown);
    return { ...one, answer, learnedSeason };
  }
  if (isByName) return { ...one, learnedSeason: season };
  const again = { ...asked, seasonNumber: season };
  return { ...one, answer: settleNumber(findWithDoubles(shown.list, again), again, shown), learnedSeason: season };
}

const isByNumber = ({ basis }: EpisodeAnswer) => basis === 'NUMBER' || basis === 'ABSOLUTE_NUMBER';
const withoutEpisode = (answer: EpisodeAnswer): EpisodeAnswer => ({ ...answer, episode: null, basis: null });

/** A number holds where names are translated, and falls where the season counts otherwise. */
function settleNumber(answer: EpisodeAnswer, asked: AskedOfSeries, { distrusted, translated }: Shown): EpisodeAnswer {
  const isDistrusted = asked.seasonNumber !== null && distrusted.has(asked.seasonNumber);
  if (answer.contradicts !== null && translated.has(asked.language) && !isDistrusted)
    return { episode: answer.contradicts, basis: 'NUMBER', isTelling: false, contradicts: null };
  return isDistrusted && answer.basis === 'NUMBER' ? withoutEpisode(answer) : answer;
}
