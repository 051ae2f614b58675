import { z } from 'zod';
import { isImdbId } from './imdb-id.ts';
import { connection, soft, softList, softNumber, softText, wrappedText } from './soft.ts';

const imdbId = soft(z.string().refine(isImdbId));

const credit = z.object({ name: z.object({ id: softText, nameText: z.object({ text: z.string() }) }) });
export type Credit = z.output<typeof credit>;

/** Credits of one trade. Until 2025 it was a category with a name for an id, since then a grouping with a number. */
const creditGroups = softList(
  z.object({
    category: soft(z.object({ id: softText })),
    grouping: soft(z.object({ groupingId: softText, text: softText })),
    credits: softList(credit),
  }),
);
export type CreditGroup = NonNullable<z.output<typeof creditGroups>>[number];

/**
 * A title as IMDb's GraphQL has it, and with it `__NEXT_DATA__` of all its pages: what we read of it. Each page asks for
 * another part, so that anything can be missing.
 */
export const titleNode = z.object({
  id: imdbId,
  titleText: wrappedText,
  originalTitleText: wrappedText,
  titleType: soft(z.object({ id: softText })),
  releaseYear: soft(z.object({ year: softNumber, endYear: softNumber })),
  ratingsSummary: soft(z.object({ aggregateRating: softNumber, voteCount: softNumber })),
  runtime: soft(z.object({ seconds: softNumber })),
  certificate: soft(z.object({ rating: softText })),
  /** On `/reference`: of all countries. */
  certificates: connection(z.object({ rating: z.string(), country: z.object({ id: z.string() }) })),
  genres: soft(z.object({ genres: softList(z.object({ text: z.string() })) })),
  titleGenres: soft(z.object({ genres: softList(z.object({ genre: z.object({ text: z.string() }) })) })),
  plot: soft(z.object({ plotText: soft(z.object({ plainText: softText })) })),
  primaryImage: soft(z.object({ url: softText })),
  metacritic: soft(z.object({ metascore: soft(z.object({ score: softNumber })) })),
  series: soft(
    z.object({
      series: soft(z.object({ id: imdbId })),
      episodeNumber: soft(z.object({ seasonNumber: softNumber, episodeNumber: softNumber })),
    }),
  ),
  episodes: soft(
    z.object({
      seasons: softList(z.object({ number: softNumber })),
      displayableSeasons: soft(
        z.object({
          total: softNumber,
          edges: softList(z.object({ node: z.object({ season: softNumber, text: softNumber }) })),
        }),
      ),
    }),
  ),
  castPageTitle: connection(credit),
  cast: connection(credit),
  castV2: creditGroups,
  /** On `/reference`: all credits, by trade. */
  categories: softList(
    z.object({
      section: z.object({
        items: softList(z.object({ id: softText, rowTitle: z.string(), isCast: z.literal(true) })),
      }),
    }),
  ),
  directorsPageTitle: creditGroups,
  directors: creditGroups,
  creatorsPageTitle: creditGroups,
  creators: creditGroups,
  principalCredits: creditGroups,
  principalCreditsV2: creditGroups,
  crewV2: creditGroups,
});
export type TitleNode = z.output<typeof titleNode>;
