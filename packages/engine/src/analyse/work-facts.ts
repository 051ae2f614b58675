import type { ImdbFacts } from '../enrich/imdb-facts.ts';
import type {
  Person,
  RottenTomatoesPage,
  WikidataCode,
  WikidataItem,
  WikipediaInfobox,
} from '../enrich/source-facts.ts';
import { dayOfDate } from '../parse/calendar.ts';

/** What sources say of a film or series, as far as figures use it. Null: nobody says. */
export interface WorkFacts {
  readonly genres: readonly string[] | null;
  /** Of origin, ISO 3166-1 alpha-2. */
  readonly countries: readonly string[] | null;
  /** Original, ISO 639. */
  readonly languages: readonly string[] | null;
  readonly directors: readonly Person[] | null;
  readonly creators: readonly Person[] | null;
  /** In the order of billing. */
  readonly actors: readonly Person[] | null;
  readonly certificate: string | null;
  readonly networks: readonly string[] | null;
  readonly studios: readonly string[] | null;
  /** Days since 1970-01-01, of a film's release or a series' first episode. */
  readonly releasedOn: number | null;
  /** 0 to 10. */
  readonly imdbRating: number | null;
  /** Share of positive critics' reviews, 0 to 100. */
  readonly tomatometer: number | null;
  /** Share of viewers who liked it, 0 to 100. */
  readonly audienceScore: number | null;
}

/** How many of the actors figures are about. */
const billed = 10;

/** The first billed of a work's actors. */
export const billedActors = ({ actors }: WorkFacts): readonly Person[] => actors?.slice(0, billed) ?? [];

/** Of each work of a history, in its order; null where no source was read for it. */
export type FactsOfWorks = readonly (WorkFacts | null)[];

/** What each source said, merged by rules of their own; null: not read, or it has no such title. */
export interface SourcesOfWork {
  readonly imdb: Pick<ImdbFacts, 'genres' | 'directors' | 'creators' | 'cast' | 'certificate' | 'rating'> | null;
  readonly item: WikidataItem | null;
  /** Null for one that was not read yet. */
  readonly codeOf: (wikidataId: string) => WikidataCode | null;
  readonly infobox: WikipediaInfobox | null;
  readonly rottenTomatoes: RottenTomatoesPage | null;
}

/** @returns null where no source says anything. */
export function workFactsOf({ imdb, item, codeOf, infobox, rottenTomatoes }: SourcesOfWork): WorkFacts | null {
  if (imdb === null && item === null && infobox === null && rottenTomatoes === null) return null;
  return {
    genres: imdb?.genres ?? null,
    countries: item && codesIn(item.countryItems.map(codeOf), 'country'),
    languages: item && codesIn(item.languageItems.map(codeOf), 'language'),
    directors: imdb?.directors ?? named(infobox?.directors),
    creators: imdb?.creators ?? named(infobox?.creators),
    actors: imdb?.cast ?? named(infobox?.starring),
    certificate: imdb?.certificate ?? rottenTomatoes?.certificate ?? null,
    networks: infobox?.networks ?? null,
    studios: infobox?.productionCompanies ?? null,
    releasedOn: dayOfDate(infobox?.releaseDate ?? rottenTomatoes?.releaseDate ?? ''),
    imdbRating: imdb?.rating ?? null,
    tomatometer: rottenTomatoes?.tomatometer ?? null,
    audienceScore: rottenTomatoes?.audienceScore ?? null,
  };
}

/**
 * What Wikidata's items of countries or languages are called by ISO. Null where there is none, or one is not known yet: some of several
 * would be a wrong answer.
 */
export function codesIn(items: readonly (WikidataCode | null)[], of: 'country' | 'language'): string[] | null {
  if (items.length === 0 || items.includes(null)) return null;
  // Countries that are no more have no code.
  const known = [...new Set(items.flatMap((item) => item?.[of] ?? []))];
  return known.length === 0 ? null : known;
}

const named = (names: readonly string[] | null | undefined): readonly Person[] | null =>
  names?.map((name) => ({ name, imdbId: null })) ?? null;
