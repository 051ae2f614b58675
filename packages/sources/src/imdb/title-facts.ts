import type { ImdbTitlePage, Person } from '@watchprint/engine';
import { tidy } from '../html.ts';
import { personIdOf } from './imdb-id.ts';
import { wholeNumber, yearOf } from './soft.ts';
import type { Credit, CreditGroup, TitleNode } from './title-node.ts';

type Maybe<Value> = Value | null | undefined;

/**
 * @param nodes parts of one title; where several have a fact, the first one's counts.
 * @param askedFrom the country that the page took the asker for.
 */
export function titleFacts(
  imdbId: string,
  name: string,
  nodes: readonly TitleNode[],
  askedFrom: string | null,
): ImdbTitlePage {
  const first = <Value>(of: (node: TitleNode) => Maybe<Value>): Value | null => {
    for (const node of nodes) {
      const value = of(node);
      if (value != null) return value;
    }
    return null;
  };
  const score = scoreOf(
    first((node) => node.ratingsSummary?.aggregateRating),
    first((node) => node.ratingsSummary?.voteCount),
  );
  const certificate = tidy(first((node) => node.certificate?.rating));
  const episode = first((node) => node.series);
  return {
    imdbId,
    name,
    originalName: tidy(first((node) => node.originalTitleText?.text)),
    titleType: tidy(first((node) => node.titleType?.id)),
    year: yearOf(first((node) => node.releaseYear?.year)),
    endYear: yearOf(first((node) => node.releaseYear?.endYear)),
    ...score,
    runtimeMinutes: minutesOf(first((node) => node.runtime?.seconds)),
    certificate,
    certificateCountry:
      certificate === null
        ? null
        : countryOf(
            certificate,
            first((node) => node.certificates),
            askedFrom,
          ),
    genres: first(genresOf),
    plot: tidy(first((node) => node.plot?.plotText?.plainText)),
    directors: people(
      nodes.flatMap((node) => [
        inGroups(node.directorsPageTitle),
        inGroups(node.directors),
        ...inTrade(node, director),
      ]),
    ),
    creators: people(
      nodes.flatMap((node) => [inGroups(node.creatorsPageTitle), inGroups(node.creators), ...inTrade(node, creator)]),
    ),
    cast: people([
      ...nodes.map((node) => persons(node.castPageTitle)),
      ...nodes.flatMap(furtherCast),
      ...nodes.flatMap((node) => inTrade(node, cast)),
    ]),
    posterUrl: httpsOnly(first((node) => node.primaryImage?.url)),
    metascore: wholeNumber(
      first((node) => node.metacritic?.metascore?.score),
      1,
      100,
    ),
    seriesImdbId: episode?.series?.id ?? null,
    seasonNumber: wholeNumber(episode?.episodeNumber?.seasonNumber, 0),
    episodeNumber: wholeNumber(episode?.episodeNumber?.episodeNumber, 0),
    seasonCount: first(seasonCountOf),
  };
}

/** Ratings run from 1 to 10; some pages say 0 where nobody rated. */
export function scoreOf(rating: Maybe<number>, votes: Maybe<number>): Pick<ImdbTitlePage, 'rating' | 'voteCount'> {
  const isRated = rating != null && rating >= 1 && rating <= 10 && votes !== 0;
  return { rating: isRated ? rating : null, voteCount: wholeNumber(votes, 0) };
}

export const httpsOnly = (address: Maybe<string>): string | null => (address?.startsWith('https://') ? address : null);

/** Of less than half a minute there are none. */
function minutesOf(seconds: Maybe<number>): number | null {
  return wholeNumber(seconds == null ? null : Math.round(seconds / 60), 1);
}

/**
 * The certificate is that of the asker's country, or another's where that has none. `/reference` lists all, and so
 * tells them apart.
 */
function countryOf(certificate: string, listed: TitleNode['certificates'], askedFrom: string | null): string | null {
  if (listed == null || listed.length === 0) return askedFrom;
  const countries = new Set(listed.filter(({ rating }) => rating === certificate).map(({ country }) => country.id));
  if (askedFrom !== null && countries.has(askedFrom)) return askedFrom;
  const [only] = countries;
  return countries.size === 1 && only !== undefined && isCountry(only) ? only : null;
}

/** ISO 3166-1: IMDb has longer codes for countries that are no more. */
export const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code);

function genresOf({ genres, titleGenres }: TitleNode): string[] | null {
  return genres?.genres?.map(({ text }) => text) ?? titleGenres?.genres?.map(({ genre }) => genre.text) ?? null;
}

/** Without those that have no number, such as `unknown`. */
function seasonCountOf({ episodes }: TitleNode): number | null {
  if (episodes?.seasons != null)
    return wholeNumber(new Set(episodes.seasons.flatMap(({ number }) => number ?? [])).size, 1);
  const { total, edges } = episodes?.displayableSeasons ?? {};
  if (edges == null) return wholeNumber(total, 1);
  const numbered = edges.filter(({ node }) => (node.season ?? node.text) != null).length;
  return wholeNumber(Math.max(edges.length, total ?? 0) - (edges.length - numbered), 1);
}

// As IMDb's own pages name the trades, before and since 2025.
const director = /^(?:director|amzn1\.imdb\.concept\.name_credit_category\.ace5cb4c-8708-4238-9542-04641e7c8171)$/;
const creator = /^(?:creator|amzn1\.imdb\.concept\.name_credit_group\.85198717-6c2d-481e-93a5-47858774bcce)$/;
const cast =
  /^(?:cast|amzn1\.imdb\.concept\.name_credit_group\.(?:7caf7d16-5db9-4f4f-8864-d4c6e711c686|7510356e-fde9-438e-b3ad-0099ba6bc8ce))$/;

/** Credits of a trade, of the groups in which all trades stand. Without such a group it is not said that there are none. */
function inTrade(node: TitleNode, trade: RegExp): (Person[] | null)[] {
  return [node.principalCredits, node.principalCreditsV2, node.crewV2]
    .flatMap((groups) => groups ?? [])
    .filter(({ category, grouping }) => trade.test(category?.id ?? grouping?.groupingId ?? ''))
    .map(({ credits }) => persons(credits));
}

/** All but the first four, whom `castPageTitle` has as they are billed: these lists begin with the best known. */
function furtherCast(node: TitleNode): (Person[] | null)[] {
  return [
    inGroups(node.castV2),
    persons(node.cast),
    ...(node.categories ?? []).map(
      ({ section }) =>
        section.items?.map(({ id, rowTitle }) => ({ name: rowTitle.trim(), imdbId: personIdOf(id) })) ?? null,
    ),
  ];
}

function inGroups(groups: Maybe<readonly CreditGroup[]>): Person[] | null {
  const lists = groups?.map(({ credits }) => persons(credits));
  if (lists === undefined || (lists.length > 0 && lists.every((list) => list === null))) return null;
  return lists.flatMap((list) => list ?? []);
}

const persons = (credits: Maybe<readonly Credit[]>): Person[] | null =>
  credits == null
    ? null
    : credits.map(({ name: { id, nameText } }) => ({ name: nameText.text.trim(), imdbId: personIdOf(id) }));

/** Several lists as one, everybody once. Null where there is no list at all. */
function people(lists: readonly (readonly Person[] | null)[]): Person[] | null {
  const given = lists.filter((list) => list !== null);
  if (given.length === 0) return null;
  const all = given.flat().filter(({ name }) => name !== '');
  const idsByName = new Map<string, Set<string>>();
  for (const { name, imdbId } of all) {
    if (imdbId === null) continue;
    const ids = idsByName.get(name) ?? new Set();
    idsByName.set(name, ids.add(imdbId));
  }
  const byKey = new Map<string, Person>();
  for (const { name, imdbId: ownId } of all) {
    const [id = null, another] = idsByName.get(name) ?? [];
    // Older pages have names alone in one list: two of one name come with their ids in the next.
    if (ownId === null && another !== undefined) continue;
    const imdbId = ownId ?? id;
    const key = imdbId ?? name;
    if (!byKey.has(key)) byKey.set(key, { name, imdbId });
  }
  return [...byKey.values()];
}
