import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, type Statistic, shareOf } from '../figure.ts';
import { eachUnit, yearOf } from '../time/calendar-unit.ts';
import type { RatingRow } from './archive-rows.ts';

export const ratingsStatistic: Statistic = {
  definition:
    'Thumbs and stars that the profile gave in the period, by year: of each title the latest up to its end. Coverage is the share of its ratings that are of something it has watched.',
  formula:
    'Rows of Ratings.csv whose day in the profile’s time zone lies in the period: thumbs 1 down, 2 up, 3 two thumbs up; stars 1 to 5, which Rating Type tells, since Netflix writes a thumb beside each star rating as well. Of each title its latest row up to the end of the period: an export lists no other, several exports do. Where that says that a rating was taken back, or that a title is not of interest or was not seen, there is none.',
  source: null,
  needs: ['RATINGS'],
};

export interface RatingCounts {
  readonly down: number;
  readonly up: number;
  readonly twoUp: number;
  readonly stars: number;
}

export interface Ratings extends Figure, RatingCounts {
  /** Mean of 1 to 5; null without any. */
  readonly meanStars: number | null;
  readonly years: readonly (RatingCounts & { readonly year: number })[];
}

export function ratingsGiven(period: AnalysedPeriod, all: readonly RatingRow[]): Ratings {
  const { zone } = period.whole;
  const latest = new Map<string, RatingRow & { readonly day: number }>();
  for (const rating of [...all].sort((one, other) => one.at - other.at)) {
    const day = zone.dayOf(rating.at);
    if (day <= (period.period.to ?? day)) latest.set(rating.rawTitle, { ...rating, day });
  }
  const given = [...latest.values()]
    .filter(({ day, thumbs, stars }) => ((thumbs ?? 0) > 0 || (stars ?? 0) > 0) && period.contains(day))
    .sort((one, other) => one.day - other.day);
  const day = Int32Array.from(given, (rating) => rating.day);
  const years: (RatingCounts & { readonly year: number })[] = [];
  eachUnit(Int32Array.from(given.keys()), day, 'YEAR', (start, own) => {
    years.push({ year: yearOf(start), ...countsOf([...own].map((place) => given[place] as RatingRow)) });
  });
  const stars = given.flatMap((rating) => rating.stars ?? []);
  return {
    definition: ratingsStatistic.definition,
    coverage: shareOf(given.filter(({ work }) => work >= 0).length, given.length),
    unknownBecause: given.length > 0 ? null : noRows('Ratings.csv', all.length),
    ...countsOf(given),
    meanStars: stars.length === 0 ? null : stars.reduce((sum, star) => sum + star, 0) / stars.length,
    years,
  };
}

const countsOf = (ratings: readonly RatingRow[]): RatingCounts => ({
  down: ratings.filter(({ thumbs }) => thumbs === 1).length,
  up: ratings.filter(({ thumbs }) => thumbs === 2).length,
  twoUp: ratings.filter(({ thumbs }) => thumbs === 3).length,
  stars: ratings.filter((rating) => rating.stars !== null).length,
});

/** Why a table says nothing: it is not there, or has nothing in the period. */
export const noRows = (file: string, rows: number): string =>
  rows === 0 ? `No ${file} of this profile was imported.` : `${file} has nothing that counts in this period.`;
