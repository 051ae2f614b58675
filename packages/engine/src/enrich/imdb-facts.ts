import type { ImdbDatasetFacts, ImdbTitlePage, Person } from './source-facts.ts';

/** What IMDb says of a title, by its datasets and its page together. */
export interface ImdbFacts {
  readonly imdbId: string;
  readonly rating: number | null;
  readonly voteCount: number | null;
  readonly genres: readonly string[] | null;
  readonly runtimeMinutes: number | null;
  readonly certificate: string | null;
  readonly plot: string | null;
  readonly directors: readonly Person[] | null;
  readonly creators: readonly Person[] | null;
  readonly cast: readonly Person[] | null;
  readonly posterUrl: string | null;
  readonly fetchedAt: Date;
}

interface Dated<Facts> {
  readonly facts: Facts;
  readonly fetchedAt: Date;
}

/** What was said later wins; what only one of them says, stays. Null without any. */
export function mergeImdbFacts(
  dataset: Dated<ImdbDatasetFacts> | null,
  page: Dated<ImdbTitlePage> | null,
): ImdbFacts | null {
  const [newer, older] = [dataset, page]
    .filter((one) => one !== null)
    .sort((one, other) => other.fetchedAt.getTime() - one.fetchedAt.getTime());
  if (newer === undefined) return null;
  const first = newer.facts;
  const second = older?.facts;
  return {
    imdbId: first.imdbId,
    // A rating and the votes that it comes from are of one day.
    ...(first.rating === null && second !== undefined
      ? { rating: second.rating, voteCount: second.voteCount }
      : { rating: first.rating, voteCount: first.voteCount }),
    // Datasets stop at three.
    genres: page?.facts.genres ?? dataset?.facts.genres ?? null,
    runtimeMinutes: first.runtimeMinutes ?? second?.runtimeMinutes ?? null,
    certificate: page?.facts.certificate ?? null,
    plot: page?.facts.plot ?? null,
    // Pages name the first few only, and not all have ids.
    directors: dataset?.facts.directors ?? page?.facts.directors ?? null,
    creators: dataset?.facts.creators ?? page?.facts.creators ?? null,
    cast: dataset?.facts.cast ?? page?.facts.cast ?? null,
    posterUrl: page?.facts.posterUrl ?? null,
    fetchedAt: newer.fetchedAt,
  };
}
