import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, median, noYearKnown, type Statistic } from '../figure.ts';
import { eachUnit, yearOf } from '../time/calendar-unit.ts';
import { kinds } from '../title-columns.ts';
import type { FactsOfWorks } from '../work-facts.ts';

export const releasesStatistic: Statistic = {
  definition:
    'How old films and episodes were when they were watched: new ones, of the year in which they were watched, against older ones.',
  formula:
    'Year of the viewing less the year of release of the film or episode in the catalogue; one that is watched before its year counts as 0. New are those of 0 years. Days from release to watching are of films whose day of release a source says, and negative where watched before it. Medians are over viewings; years of watching with none whose release is known have null.',
  source: null,
  needs: ['CATALOGUE'],
};

export interface ReleaseYears {
  /** Viewings whose year of release is known. */
  readonly viewings: number;
  readonly medianYears: number | null;
  /** Of these, 0 to 1; null of none. */
  readonly newShare: number | null;
}

export interface Releases extends Figure, ReleaseYears {
  /** Of films whose day of release is known. */
  readonly medianDays: number | null;
  readonly filmsWithDay: number;
  /** By the year of watching, oldest first. */
  readonly years: readonly (ReleaseYears & { readonly year: number })[];
}

export function releases({ rows, history, whole }: AnalysedPeriod, facts: FactsOfWorks): Releases {
  const { kind, work: workOf, year: yearOfTitle } = whole.titleColumns;
  /** Of a film or an episode: what is watched of a series is not as old as the series. */
  const releaseYear = (row: number): number => {
    const title = history.title[row] as number;
    return kind[title] === kinds.MOVIE || kind[title] === kinds.EPISODE ? (yearOfTitle[title] as number) : -1;
  };
  const yearsOf = (some: Int32Array, watchedIn: number): number[] => {
    const found: number[] = [];
    for (const row of some) {
      const year = releaseYear(row);
      if (year >= 0) found.push(Math.max(0, watchedIn - year));
    }
    return found;
  };
  const years: (ReleaseYears & { readonly year: number })[] = [];
  const all: number[] = [];
  eachUnit(rows, history.day, 'YEAR', (start, own) => {
    const found = yearsOf(own, yearOf(start));
    for (const age of found) all.push(age);
    years.push({ year: yearOf(start), ...summary(found) });
  });
  const days: number[] = [];
  for (const row of rows) {
    const title = history.title[row] as number;
    const releasedOn = kind[title] === kinds.MOVIE ? (facts[workOf[title] as number]?.releasedOn ?? null) : null;
    if (releasedOn !== null) days.push((history.day[row] as number) - releasedOn);
  }
  return {
    ...figureOf(releasesStatistic, all.length, rows.length, noYearKnown),
    ...summary(all),
    medianDays: median(days),
    filmsWithDay: days.length,
    years,
  };
}

const summary = (years: readonly number[]): ReleaseYears => ({
  viewings: years.length,
  medianYears: median(years),
  newShare: years.length === 0 ? null : years.filter((age) => age === 0).length / years.length,
});
