import { z } from 'zod';
import { tidy } from '../html.ts';
import { found, type Page, singlePage, UnknownLayoutError } from '../page.ts';
import { checkTitle, isImdbId } from './imdb-id.ts';
import { isRoute, pageJson } from './page-json.ts';
import { acceptEnglish } from './request-headers.ts';
import { soft, softList, softNumber, softText, wholeNumber } from './soft.ts';
import { scoreOf } from './title-facts.ts';
import { titleNode } from './title-node.ts';

/** One season of a series. */
export interface ImdbEpisodes {
  readonly seriesImdbId: string;
  readonly seriesName: string | null;
  /** Which season it is; null for episodes that have none. */
  readonly seasonNumber: number | null;
  /** All that the series has, without those that have no number. */
  readonly seasonNumbers: readonly number[] | null;
  readonly episodes: readonly ImdbEpisode[];
  /** Of the season: the page lists the first fifty. */
  readonly episodeCount: number | null;
}

export interface ImdbEpisode {
  readonly imdbId: string;
  readonly name: string;
  readonly seasonNumber: number | null;
  readonly episodeNumber: number | null;
  /** 0 to 10; null where nobody rated it. */
  readonly rating: number | null;
  readonly voteCount: number | null;
  /** RFC 3339 full-date, in the country that asks. */
  readonly airDate: string | null;
  readonly plot: string | null;
}

const episode = z.object({
  id: z.string().refine(isImdbId),
  titleText: z.string(),
  season: softNumber,
  episode: softNumber,
  aggregateRating: softNumber,
  voteCount: softNumber,
  releaseDate: soft(z.object({ year: softNumber, month: softNumber, day: softNumber })),
  plot: softText,
});

const pageProps = z.object({
  contentData: z.object({
    entityMetadata: titleNode,
    section: z.object({
      seasons: softList(z.object({ value: softNumber })),
      currentSeason: softNumber,
      episodes: z.object({ items: z.array(z.unknown()), total: softNumber }),
    }),
  }),
});

/** The list of a series' episodes, of the first season where the key names none. */
export const imdbEpisodes: Page<ImdbEpisodes> = singlePage({
  source: 'imdb',
  kind: 'episodes',
  keys: 'IMDb id of a series, and a season (tt0903747/2)',
  isKey: (key) => /^tt\d{7,10}(?:\/[1-9]\d{0,3})?$/.test(key),
  policy: 'robots',
  types: ['text/html'],
  request(key, origin) {
    const { seriesId, season } = partsOf(key);
    const query = season === null ? '' : `?season=${season}`;
    return { url: `${origin}/title/${seriesId}/episodes/${query}`, headers: acceptEnglish };
  },
  recognises: (body) => isRoute(body, '/title/[tconst]/episodes'),
  read(answer, key) {
    const { seriesId, season } = partsOf(key);
    const { data } = pageProps.safeParse(pageJson(answer.body).pageProps);
    if (data?.contentData.entityMetadata.id == null)
      throw new UnknownLayoutError('The page has no __NEXT_DATA__ with a list of episodes');
    const { entityMetadata, section } = data.contentData;
    const ownId = data.contentData.entityMetadata.id;
    checkTitle(ownId, seriesId, answer.url);
    const seasonNumbers = section.seasons?.flatMap(({ value }) => wholeNumber(value, 0) ?? []) ?? null;
    const seasonNumber = wholeNumber(section.currentSeason, 0);
    // Instead of a season that the series does not have the page shows another one.
    if (season !== null && seasonNumber !== season) {
      if (seasonNumbers !== null && !seasonNumbers.includes(season)) return { status: 'NOT_FOUND' };
      throw new UnknownLayoutError(`The page is of season ${seasonNumber}, not of ${season}`);
    }
    const { items, total } = section.episodes;
    const episodes = items.flatMap((item) => episodeOf(item) ?? []);
    if (episodes.length === 0 && items.length > 0)
      throw new UnknownLayoutError('The episodes have neither ids nor names in a known place');
    return found({
      seriesImdbId: ownId,
      seriesName: tidy(entityMetadata.titleText?.text),
      seasonNumber,
      seasonNumbers,
      episodes,
      episodeCount: wholeNumber(total, 0),
    });
  },
});

function partsOf(key: string): { readonly seriesId: string; readonly season: number | null } {
  const [seriesId = '', season] = key.split('/');
  return { seriesId, season: season === undefined ? null : Number(season) };
}

function episodeOf(item: unknown): ImdbEpisode | null {
  const { data } = episode.safeParse(item);
  const name = tidy(data?.titleText);
  if (data === undefined || name === null) return null;
  return {
    imdbId: data.id,
    name,
    seasonNumber: wholeNumber(data.season, 0),
    episodeNumber: wholeNumber(data.episode, 0),
    ...scoreOf(data.aggregateRating, data.voteCount),
    airDate: fullDate(data.releaseDate),
    plot: tidy(data.plot),
  };
}

/** Null where it is but a month or a year. */
function fullDate(date: z.output<typeof episode>['releaseDate']): string | null {
  const { year, month, day } = date ?? {};
  if (year == null || month == null || day == null) return null;
  const text = [String(year).padStart(4, '0'), ...[month, day].map((part) => String(part).padStart(2, '0'))].join('-');
  return Number.isNaN(Date.parse(text)) ? null : text;
}
