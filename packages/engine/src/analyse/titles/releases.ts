import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, median, type Statistic } from '../figure.ts';
import { eachUnit, yearOf } from '../time/calendar-unit.ts';
import type { FactsOfWorks } from '../work-facts.ts';

export const releasesStatistic: Statistic = {
  definition:
    'How old films and episodes were when they were watched: new ones, of the year in which they were watched, against older ones.',
  formula:
    'Year of the viewing less the year of release of the film or episode in the catalogue; one that is watched before its year counts as 0. New are those of 0 years. Days from release to watching are of films whose day of release a source says, and negative where watched before it. Medians are over viewings.',
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

export function releases({ rows, history }: AnalysedPeriod, facts: FactsOfWorks): Releases {
  const yearsOf = (some: Int32Array): number[] => {
    const found: number[] = [];
    for (const row of some) {
      const year = releaseYear(history, row);
      if (year !== null) found.push(Math.max(0, yearOf(history.day[row] as number) - year));
    }
    return found;
  };
  const years: (ReleaseYears & { readonly year: number })[] = [];
  const all: number[] = [];
  eachUnit(rows, history.day, 'YEAR', (start, own) => {
    const found = yearsOf(own);
    all.push(...found);
    years.push({ year: yearOf(start), ...summary(found) });
  });
  const days: number[] = [];
  for (const row of rows) {
    const title = history.titles[history.title[row] as number];
    const releasedOn = title?.kind === 'MOVIE' ? (facts[title.work]?.releasedOn ?? null) : null;
    if (releasedOn !== null) days.push((history.day[row] as number) - releasedOn);
  }
  return {
    ...figureOf(
      releasesStatistic,
      all.length,
      rows.length,
      'None of these titles was joined to the catalogue, which knows their years.',
    ),
    ...summary(all),
    medianDays: median(days),
    filmsWithDay: days.length,
    years,
  };
}

/** Of a film or an episode: what is watched of a series is not as old as the series. */
function releaseYear({ titles, title }: AnalysedPeriod['history'], row: number): number | null {
  const watched = titles[title[row] as number];
  return watched?.kind === 'MOVIE' || watched?.kind === 'EPISODE' ? watched.year : null;
}

const summary = (years: readonly number[]): ReleaseYears => ({
  viewings: years.length,
  medianYears: median(years),
  newShare: years.length === 0 ? null : years.filter((age) => age === 0).length / years.length,
});
