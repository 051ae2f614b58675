import type { Candidate } from './candidate.ts';
import type { CatalogueEpisode, CatalogueWork } from './catalogue.ts';
import type { StringToMatch } from './match.ts';
import type { StringOfSeries } from './series-evidence.ts';

/** "Dark (series, 2017, tt5753856)". */
function nameOf({ name, kind, year, id }: CatalogueWork): string {
  const parts = [kind === 'SERIES' ? 'series' : 'film', ...(year === null ? [] : [String(year)]), id];
  return `${name} (${parts.join(', ')})`;
}

const minutes = (count: number) => `${count} ${count === 1 ? 'minute' : 'minutes'}`;
const seasons = (count: number) => `${count} ${count === 1 ? 'season' : 'seasons'}`;

/** “Netflix lists “Hit Man” with 2024, another year”; null where it lists nothing that could be compared. */
function listedSentence({ agreement }: Candidate): string | null {
  if (agreement === null) return null;
  const { title, year, runtime } = agreement;
  const parts = [
    ...(year === null ? [] : [`with ${title.year}${year ? '' : ', another year'}`]),
    ...(runtime === null ? [] : [`with ${minutes(title.runtimeMinutes ?? 0)}${runtime ? '' : ', another length'}`]),
  ];
  return parts.length === 0 ? null : `Netflix lists “${title.name}” ${parts.join(', and ')}`;
}

/** What speaks for a candidate and against it, in sentences that a person can check. */
export function evidenceFor(candidate: Candidate, asked: string, rows: StringToMatch | undefined): string[] {
  const { work } = candidate;
  const sentences = [nameSentence(candidate, asked)];
  if (candidate.evidence !== null) {
    const { named, numbered, contradicted, outside, beyond, asked: strings } = candidate.evidence;
    const { fullSeasons, overfullSeasons } = candidate.evidence;
    const of = `of ${strings} ${strings === 1 ? 'string' : 'strings'}`;
    if (named > 0) sentences.push(`it has episodes of the names in ${named} ${of}`);
    if (numbered > 0) sentences.push(`it has the season and number in ${numbered} ${of}`);
    if (contradicted > 0) sentences.push(`its episode of that number has another name in ${contradicted} ${of}`);
    if (beyond > 0) sentences.push(`it has fewer episodes in the season than the number in ${beyond} ${of}`);
    if (fullSeasons > 0) sentences.push(`it has as many episodes as there are strings in ${seasons(fullSeasons)}`);
    if (overfullSeasons > 0)
      sentences.push(`it has fewer episodes than there are strings in ${seasons(overfullSeasons)}`);
    if (outside > 0) sentences.push(`it does not have the season in ${outside} ${of}`);
  }
  const listed = listedSentence(candidate);
  if (listed !== null) sentences.push(listed);
  const watched = rows?.watchedYear ?? null;
  if (work.year !== null && watched !== null) {
    const years = watched - work.year;
    sentences.push(
      `it came out in ${work.year}, ${years === 0 ? 'the year it was' : `${years} ${years === 1 ? 'year' : 'years'} before it was`} first watched`,
    );
  }
  const seconds = rows?.longestSeconds ?? null;
  if (candidate.evidence === null && work.runtimeMinutes !== null && seconds !== null)
    sentences.push(
      `it runs ${minutes(work.runtimeMinutes)}; at most ${minutes(Math.round(seconds / 60))} were watched at a time`,
    );
  if (work.voteCount !== null)
    sentences.push(work.voteCount === 0 ? 'the catalogue has no rating of it' : `${work.voteCount} people rated it`);
  return sentences;
}

function nameSentence({ work, found, closeness, words }: Candidate, asked: string): string {
  const name = found?.name ?? work.name;
  switch (closeness) {
    case 'SAME':
      return `“${asked}” is the name of ${nameOf(work)}`;
    case 'ALTERNATIVE':
      return `“${name}” is another name of ${nameOf(work)}`;
    case 'NETFLIX':
      return `Netflix also calls “${asked}” “${name}”, a name of ${nameOf(work)}`;
    case 'ALIKE':
      return `“${asked}” is written much like “${name}”, a name of ${nameOf(work)}`;
    case 'SOUND':
      return `“${asked}” sounds like ${nameOf(work)}`;
    case 'WORDS':
      return `“${asked}” has words of “${name}”, a name of ${nameOf(work)}: ${pairsIn(words?.pairs ?? [])}`;
    case 'OFFERED':
      return `${nameOf(work)} is what comes up where “${asked}” is looked for`;
    case 'PART':
      return `a part of “${asked}” is a name of ${nameOf(work)}`;
    case 'HEAD':
      return `the name of ${nameOf(work)} begins with “${asked}”`;
    default:
      return `its episodes alone lead to ${nameOf(work)}`;
  }
}

/** "scandale (scandal), anatomie (anatomy)". */
const pairsIn = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([one, other]) => (one === other ? one : `${one} (${other})`)).join(', ');

/** Why it is this episode; null where none was found. */
export function evidenceForEpisode({ answer, asked, learnedSeason }: StringOfSeries): string | null {
  const { episode, basis } = answer;
  if (episode === null || basis === null) return null;
  const place = placeOf(episode);
  switch (basis) {
    case 'NAME':
      return `${place} is called “${episode.name}”`;
    case 'NAME_ELSEWHERE':
      return `${place} is called “${episode.name}”, though Netflix counts it to season ${asked.seasonNumber ?? 'none'}`;
    case 'NEAR_NAME':
      return `${place} is called “${episode.name}”, nearly the same`;
    case 'ABSOLUTE_NUMBER':
      return `${place} is number ${asked.episodeNumber} of all`;
    default:
      return learnedSeason === null
        ? `${place} by its number`
        : `${place} by its number: the season's name is that of season ${learnedSeason}`;
  }
}

const placeOf = ({ seasonNumber, episodeNumber, id }: CatalogueEpisode) =>
  seasonNumber === null || episodeNumber === null ? id : `season ${seasonNumber}, episode ${episodeNumber} (${id})`;
