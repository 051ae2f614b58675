import { tidy } from '../html.ts';
import { yearOf } from './soft.ts';
import { scoreOf } from './title-facts.ts';
import type { TitleNode } from './title-node.ts';

/** A title in a list, of which no more is said. */
export interface ImdbListedTitle {
  readonly imdbId: string;
  /** As IMDb shows it in the language that was asked for. */
  readonly name: string;
  readonly originalName: string | null;
  /** IMDb's kind: movie, tvSeries, tvMiniSeries … */
  readonly titleType: string | null;
  readonly year: number | null;
  readonly endYear: number | null;
  /** 0 to 10; null where nobody rated it. */
  readonly rating: number | null;
  readonly voteCount: number | null;
}

/** What lists that name a title and little more leave open. */
export const unsaid = {
  originalName: null,
  titleType: null,
  year: null,
  endYear: null,
  rating: null,
  voteCount: null,
} satisfies Partial<ImdbListedTitle>;

/** Null where it has no id of a title, or no name. */
export function listedTitle(node: TitleNode): ImdbListedTitle | null {
  const name = tidy(node.titleText?.text);
  if (node.id == null || name === null) return null;
  return {
    imdbId: node.id,
    name,
    originalName: tidy(node.originalTitleText?.text),
    titleType: tidy(node.titleType?.id),
    year: yearOf(node.releaseYear?.year),
    endYear: yearOf(node.releaseYear?.endYear),
    ...scoreOf(node.ratingsSummary?.aggregateRating, node.ratingsSummary?.voteCount),
  };
}
