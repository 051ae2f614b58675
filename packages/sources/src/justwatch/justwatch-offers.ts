import type { JustWatchOffers } from '@watchprint/engine';
import { z } from 'zod';
import { parsed } from '../html.ts';
import { netflixIdIn } from '../netflix/netflix-address.ts';
import { found, type Reading, singlePage, UnknownLayoutError } from '../page.ts';
import { soft, text } from '../soft-fields.ts';

/** A title that a search found, and where it can be watched in the country that was asked. */
export interface JustWatchTitle {
  readonly justWatchId: string;
  /** MOVIE, SHOW. */
  readonly objectType: string | null;
  readonly name: string | null;
  readonly year: number | null;
  readonly imdbId: string | null;
  readonly tmdbId: string | null;
  /** Null: it says nothing of offers. */
  readonly included: Pick<JustWatchOffers, 'includedIn' | 'onNetflix' | 'netflixId'> | null;
}

const externalIds = z.object({ imdbId: text, tmdbId: text });
const offer = z.object({
  monetizationType: text,
  standardWebURL: text,
  package: z.object({ shortName: text, clearName: text, technicalName: text }),
});
type Offer = z.infer<typeof offer>;
const node = z.object({
  id: z.string().min(1),
  objectType: text,
  content: z.object({
    title: text,
    originalReleaseYear: soft(yearOf),
    externalIds: soft((value) => externalIds.safeParse(value).data ?? null),
  }),
  offers: z.array(z.unknown()).nullish().catch(null),
});
const search = z.object({ popularTitles: z.object({ edges: z.array(z.object({ node: z.unknown() })) }) });
const answer = z.object({
  data: z.unknown(),
  errors: z
    .array(z.object({ message: text }))
    .nullish()
    .catch(null),
});

/** About 100 titles are too complex for it; the one that is meant is among the first. */
const titlesAsked = 10;

const query = `query Offers($country: Country!, $language: Language!, $first: Int!, $filter: TitleFilter!) {
  popularTitles(country: $country, first: $first, filter: $filter) {
    edges {
      node {
        id
        objectType
        content(country: $country, language: $language) {
          title
          originalReleaseYear
          externalIds { imdbId tmdbId }
        }
        offers(country: $country, platform: WEB) {
          monetizationType
          standardWebURL
          package { shortName clearName technicalName }
        }
      }
    }
  }
}`;

/**
 * Where a title can be watched in a country, searched by name and taken by its IMDb id, never by its name: the first hit is often
 * another title.
 *
 * The interface (`https://apis.justwatch.com/graphql`) is undocumented and may end any day, and JustWatch's terms forbid automatic
 * and commercial use: the source is opt-in, for private use, and its answers are kept for weeks.
 */
export const justWatchOffers = singlePage<JustWatchOffers>({
  source: 'justwatch',
  kind: 'offers',
  keys: 'country, IMDb id and name (AU tt0133093 The Matrix)',
  isKey: (key) => keyPattern.test(key),
  policy: 'api',
  types: ['application/json', 'application/graphql-response+json'],
  request(key, origin) {
    const { country, name } = partsOf(key);
    return {
      url: `${origin}/graphql`,
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({
        operationName: 'Offers',
        query,
        variables: { country, language: 'en', first: titlesAsked, filter: { searchQuery: name } },
      }),
    };
  },
  recognises: (body) => /^\s*\{/.test(body) && search.safeParse(answer.safeParse(parsed(body)).data?.data).success,
  read({ body }, key): Reading<JustWatchOffers> {
    const { country, imdbId } = partsOf(key);
    const refused = errorReading(body);
    if (refused !== null) return refused;
    const { titles, unreadable } = justWatchTitles(body);
    const title = titles.find((of) => of.imdbId === imdbId);
    if (title === undefined) {
      if (unreadable > 0)
        throw new UnknownLayoutError('A title of the answer has no id or no content: it may be the one');
      return { status: 'NOT_FOUND' };
    }
    const { justWatchId, name, year, included } = title;
    if (name === null || included === null) throw new UnknownLayoutError('The title has no name or no list of offers');
    return found({ justWatchId, imdbId, name, year, country, ...included });
  },
});

const keyPattern = /^([A-Z]{2}) (tt\d{7,10}) (\S.{0,299})$/u;

function partsOf(key: string) {
  const [, country = '', imdbId = '', name = ''] = keyPattern.exec(key) ?? [];
  return { country, imdbId, name };
}

/**
 * Errors come with status 200.
 * @throws {Error} for those that asking again does not help.
 */
function errorReading(body: string): Reading<never> | null {
  const { data } = answer.safeParse(parsed(body));
  if (data === undefined) throw new UnknownLayoutError('The answer is no JSON of a GraphQL interface');
  if (!data.errors || data.errors.length === 0) return null;
  const reason = data.errors
    .map(({ message }) => message ?? 'an error without words')
    .join('; ')
    .slice(0, 300);
  if (/rate.?limit|too many/i.test(reason)) return { status: 'BLOCKED', code: 'TOO_MANY_REQUESTS', reason };
  const isTransient = /complex|time.?out|timed out|deadline|unavailable|overload|internal/i.test(reason);
  if (isTransient && !/country/i.test(reason)) return { status: 'UNAVAILABLE', reason };
  throw new Error(`JustWatch refuses the question: ${reason}`);
}

/**
 * Every title of an answer, and how many there are beside them that cannot be read.
 * @throws {UnknownLayoutError} when it is not the answer to a search.
 */
export function justWatchTitles(body: string): {
  readonly titles: readonly JustWatchTitle[];
  readonly unreadable: number;
} {
  const { data } = search.safeParse(answer.safeParse(parsed(body)).data?.data);
  if (data === undefined) throw new UnknownLayoutError('The answer has no popularTitles');
  const { edges } = data.popularTitles;
  const titles = edges.flatMap((edge) => {
    const title = node.safeParse(edge.node).data;
    return title === undefined ? [] : [titleOf(title)];
  });
  return { titles, unreadable: edges.length - titles.length };
}

const titleOf = ({ id, objectType, content, offers }: z.infer<typeof node>): JustWatchTitle => ({
  justWatchId: id,
  objectType,
  name: content.title,
  year: content.originalReleaseYear,
  imdbId: content.externalIds?.imdbId ?? null,
  tmdbId: content.externalIds?.tmdbId ?? null,
  included: offers ? inclusions(offers.flatMap((of) => offer.safeParse(of).data ?? [])) : null,
});

/** An offer is repeated for every quality of its picture. */
function inclusions(offers: readonly Offer[]): NonNullable<JustWatchTitle['included']> {
  const included = offers.filter((of) => of.monetizationType === 'FLATRATE' || of.monetizationType === 'ADS');
  const names = included.flatMap((of) => of.package.clearName ?? of.package.technicalName ?? []);
  const netflix = included.filter(isNetflix);
  return {
    includedIn: [...new Set(names)].sort(),
    onNetflix: netflix.length > 0,
    netflixId: netflix.map((of) => netflixIdIn(of.standardWebURL)).find((id) => id !== null) ?? null,
  };
}

/** `nfx`, and with advertisements `nfa` (`netflixbasicwithads`). */
const isNetflix = ({ package: { shortName, technicalName } }: Offer): boolean =>
  shortName === 'nfx' || shortName === 'nfa' || /^netflix/.test(technicalName ?? '');

function yearOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isInteger(value) && value > 1800 && value < 2200 ? value : null;
}
