import { compareKey } from '../compare-key.ts';
import type { CatalogueEpisode } from './catalogue.ts';
import { type EpisodeList, episodeKey, isCommonName, numberKey } from './episode-list.ts';

/** What a string says of an episode. */
export interface AskedEpisode {
  /** Netflix's season, null where it has no number. */
  readonly seasonNumber: number | null;
  /** What the episode may be called, the likeliest first. */
  readonly names: readonly string[];
  readonly episodeNumber: number | null;
}

export type EpisodeBasis =
  /** The name, in the season that the string says or where it says none. */
  | 'NAME'
  /** The name, in another season than the string says. */
  | 'NAME_ELSEWHERE'
  /** A name that differs by a letter or two, in that season. */
  | 'NEAR_NAME'
  /** Season and number, where the names do not say otherwise. */
  | 'NUMBER'
  /** The number counted through all seasons. */
  | 'ABSOLUTE_NUMBER';

export interface EpisodeAnswer {
  readonly episode: CatalogueEpisode | null;
  readonly basis: EpisodeBasis | null;
  /** Whether the name is one that only this episode of few series has. */
  readonly isTelling: boolean;
  /** The episode that has the number, and another name. */
  readonly contradicts: CatalogueEpisode | null;
}

const NONE: EpisodeAnswer = { episode: null, basis: null, isTelling: false, contradicts: null };

/** Finds one episode among those of a series: by its name, else by its number. */
export function findEpisode(list: EpisodeList, asked: AskedEpisode): EpisodeAnswer {
  const byNumber = numbered(list, asked);
  for (const name of asked.names) {
    const found = named(list, asked, name, byNumber);
    if (found) return found;
  }
  if (byNumber === null) return absolute(list, asked);
  const [name] = asked.names;
  if (name !== undefined && byNumber.name !== null && sharesWords(name, byNumber.name))
    return { episode: byNumber, basis: 'NEAR_NAME', isTelling: true, contradicts: null };
  const saysOtherwise =
    name !== undefined && !isCommonName(name) && byNumber.name !== null && !isCommonName(byNumber.name);
  return saysOtherwise
    ? { ...NONE, contradicts: byNumber }
    : { episode: byNumber, basis: 'NUMBER', isTelling: false, contradicts: null };
}

/** Names of one episode may say its words in another order: "Monica and Chandler's Wedding". */
const SHARED_WORDS = 0.6;

function sharesWords(one: string, other: string): boolean {
  const [words, others] = [new Set(compareKey(one).split(' ')), new Set(compareKey(other).split(' '))];
  if (words.size < 3 || digitsOf(compareKey(one)) !== digitsOf(compareKey(other))) return false;
  const shared = [...words].filter((word) => others.has(word)).length;
  return shared / (words.size + others.size - shared) >= SHARED_WORDS;
}

/** Seasons without a number are the first where the series has no other. */
function numbered(list: EpisodeList, { seasonNumber, episodeNumber }: AskedEpisode): CatalogueEpisode | null {
  if (episodeNumber === null) return null;
  return list.byNumber.get(numberKey(seasonNumber ?? 1, episodeNumber)) ?? null;
}

function named(
  list: EpisodeList,
  { seasonNumber, episodeNumber }: AskedEpisode,
  name: string,
  byNumber: CatalogueEpisode | null,
): EpisodeAnswer | null {
  const all = list.byName.get(episodeKey(name)) ?? [];
  const isTelling = !isCommonName(name);
  const inSeason = seasonNumber === null ? all : all.filter((one) => one.seasonNumber === seasonNumber);
  const answer = (episode: CatalogueEpisode, basis: EpisodeBasis) => ({ episode, basis, isTelling, contradicts: null });
  if (byNumber !== null && inSeason.includes(byNumber)) return answer(byNumber, 'NAME');
  const [only, another] = inSeason;
  if (only !== undefined && another === undefined) return answer(only, 'NAME');
  if (only !== undefined) {
    const sameNumber = inSeason.filter((one) => one.episodeNumber === episodeNumber);
    return sameNumber.length === 1 ? answer(sameNumber[0] as CatalogueEpisode, 'NAME') : null;
  }
  if (isTelling && all.length === 1) return answer(all[0] as CatalogueEpisode, 'NAME_ELSEWHERE');
  return isTelling ? nearlyNamed(list, seasonNumber, name) : null;
}

/** A name may differ in one letter of so many. */
const LETTERS_A_DIFFERENCE = 7;

function nearlyNamed(list: EpisodeList, seasonNumber: number | null, name: string): EpisodeAnswer | null {
  const key = episodeKey(name);
  const most = Math.floor(key.length / LETTERS_A_DIFFERENCE);
  if (most === 0 || seasonNumber === null) return null;
  let best: CatalogueEpisode | null = null;
  let least = most + 1;
  for (const episode of list.episodes) {
    if (episode.seasonNumber !== seasonNumber || episode.name === null) continue;
    const [other = ''] = episode.nameKeys;
    // "Part 1" is no misspelt "Part 2".
    if (digitsOf(other) !== digitsOf(key) || Math.abs(other.length - key.length) >= least) continue;
    const difference = editDistance(key, other, least);
    if (difference < least) {
      least = difference;
      best = episode;
    } else if (difference === least && least <= most) best = null;
  }
  return best && { episode: best, basis: 'NEAR_NAME', isTelling: true, contradicts: null };
}

const digitsOf = (text: string) => text.replace(/\D+/gu, ' ').trim();

/** Anime counts through: "Episode 192", with no season or a named one. */
function absolute(list: EpisodeList, { seasonNumber, episodeNumber, names }: AskedEpisode): EpisodeAnswer {
  if (seasonNumber !== null || episodeNumber === null || names.some((name) => !isCommonName(name))) return NONE;
  if (list.seasons.size < 2) return NONE;
  const inOrder = list.episodes.filter((one) => (one.seasonNumber ?? 0) > 0);
  const episode = inOrder[episodeNumber - 1];
  return episode === undefined ? NONE : { episode, basis: 'ABSOLUTE_NUMBER', isTelling: false, contradicts: null };
}

/**
 * Levenshtein's distance (1966), given up at `limit`: that many or more answer `limit`.
 */
export function editDistance(one: string, other: string, limit: number): number {
  let before = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    let least = row;
    for (let column = 1; column <= other.length; column += 1) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1;
      const value = Math.min((before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1, (before[column - 1] ?? 0) + cost);
      now.push(value);
      least = Math.min(least, value);
    }
    if (least >= limit) return limit;
    before = now;
  }
  return Math.min(before[other.length] ?? limit, limit);
}
