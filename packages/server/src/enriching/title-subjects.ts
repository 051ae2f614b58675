import type { AboutTitle } from '@watchprint/engine';
import type { AskedFacts } from './asked-facts.ts';

/** What has to be known of a title before sources can be asked, as Prisma selects it. */
export const enrichedTitle = {
  id: true,
  kind: true,
  name: true,
  year: true,
  endYear: true,
  imdbId: true,
  seasonNumber: true,
  series: { select: { id: true, name: true, year: true, endYear: true, imdbId: true } },
  catalogueSeries: { select: { id: true, name: true, year: true, endYear: true, imdbId: true } },
} as const;

interface Whole {
  readonly name: string;
  readonly year: number | null;
  readonly endYear: number | null;
  readonly imdbId: string | null;
}

/** Of what is looked up before anybody knows which title it is. */
export const unknownTitle = { name: '', kind: 'MOVIE', year: null, endYear: null } as const;

/** The film or series that a title is or is a part of: our own id. Null: nobody says of which series it is a part. */
export const wholeIdOf = ({ id, kind, series }: EnrichedTitle): string | null =>
  kind === 'MOVIE' || kind === 'SERIES' ? id : (series?.id ?? null);

export interface EnrichedTitle extends Whole {
  readonly id: string;
  readonly kind: AboutTitle['kind'];
  readonly seasonNumber: number | null;
  readonly series: (Whole & { readonly id: string }) | null;
  readonly catalogueSeries: (Whole & { readonly id: string }) | null;
}

/** Which titles sources are asked of. */
export interface TitleSubjects {
  /** Itself, where others know it: null for a season, and for what was only read from a string. */
  readonly own: AskedFacts | null;
  /** The film, or the series that it is or is a part of: what is said of that serves its parts. */
  readonly whole: AskedFacts | null;
  /** A season itself, by way of its series. */
  readonly season: AskedFacts | null;
}

export function subjectsOf(title: EnrichedTitle): TitleSubjects {
  const { kind, seasonNumber } = title;
  const isPart = kind === 'SEASON' || kind === 'EPISODE';
  const of = (one: Whole, as: AboutTitle['kind'], season?: number): AskedFacts | null =>
    one.imdbId === null
      ? null
      : {
          subject: { imdbId: one.imdbId, ...(season === undefined ? {} : { seasonNumber: season }) },
          about: { name: one.name, kind: as, year: one.year, endYear: one.endYear },
        };
  const series = title.catalogueSeries ?? title.series;
  const whole = !isPart ? of(title, kind) : series === null ? null : of(series, 'SERIES');
  return {
    own: kind === 'SEASON' ? null : of(title, kind),
    whole,
    season: kind !== 'SEASON' || series === null || seasonNumber === null ? null : of(series, 'SERIES', seasonNumber),
  };
}
