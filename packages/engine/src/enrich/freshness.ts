/** What is known of a title before any source is asked. */
export interface AboutTitle {
  readonly name: string;
  readonly kind: 'MOVIE' | 'SERIES' | 'SEASON' | 'EPISODE';
  /** Of first release. */
  readonly year: number | null;
  /** Of a series that has ended. */
  readonly endYear: number | null;
}

/** What sort of fact it is, which decides how soon it changes. */
export type FactNature =
  /** Scores and votes. */
  | 'RATINGS'
  /** Texts about a title. */
  | 'SUMMARY'
  /** Ids, countries, languages. */
  | 'IDENTITY'
  /** Where it can be watched. */
  | 'AVAILABILITY'
  /** What hardly ever changes: the code of a country. */
  | 'CODE';

const day = 24 * 3_600_000;

/** Days that an answer is taken for true: of a running title, of an old one, and that a source has no such title. */
const days: Readonly<Record<FactNature, { running: number; old: number; notFound: number }>> = {
  RATINGS: { running: 7, old: 30, notFound: 7 },
  SUMMARY: { running: 90, old: 90, notFound: 14 },
  IDENTITY: { running: 30, old: 90, notFound: 7 },
  AVAILABILITY: { running: 14, old: 14, notFound: 7 },
  CODE: { running: 365, old: 365, notFound: 30 },
};

/** For how long an answer is taken for true, in milliseconds. */
export function freshForMs(
  nature: FactNature,
  answer: 'FOUND' | 'NOT_FOUND',
  about: Pick<AboutTitle, 'kind' | 'year' | 'endYear'>,
  now: Date,
): number {
  const { running, old, notFound } = days[nature];
  if (answer === 'NOT_FOUND') return notFound * day;
  return (isRunning(about, now) ? running : old) * day;
}

/**
 * Whether a title is new or goes on: opinions of it still change. A film in the year of its release and the next; a series that has no
 * end, or ended as lately. Where no year is known, it may be.
 */
export function isRunning({ kind, year, endYear }: Pick<AboutTitle, 'kind' | 'year' | 'endYear'>, now: Date): boolean {
  const lately = now.getUTCFullYear() - 1;
  if (kind === 'MOVIE' || kind === 'EPISODE') return year === null || year >= lately;
  return endYear === null || endYear >= lately;
}

const minute = 60_000;

/** How long to leave a page alone after a failure, where nobody said, in milliseconds. */
const retries: Readonly<Record<string, number>> = {
  TIMEOUT: 10 * minute,
  CONNECTION: 10 * minute,
  SOURCE_UNAVAILABLE: 10 * minute,
  TOO_MANY_REQUESTS: 15 * minute,
  ROBOTS_UNREACHABLE: 60 * minute,
  // A refusal is not a mood.
  CHALLENGE: 6 * 60 * minute,
  REFUSED: 6 * 60 * minute,
  ROBOTS_FORBIDS: day,
  // These wait for another layout, or another parser.
  SOURCE_CHANGED: day,
  TOO_LARGE: day,
  ADDRESS_REFUSED: day,
  REDIRECT_REFUSED: day,
  GIVEN_UP: day,
};

/** @param code as `Enrichment.errorCode` has it. */
export const retryAfterMs = (code: string): number => retries[code] ?? 60 * minute;

/** When a page may be asked again after a failure, where nobody said. */
export const retryAtAfter = (code: string, now: Date): Date => new Date(now.getTime() + retryAfterMs(code));
