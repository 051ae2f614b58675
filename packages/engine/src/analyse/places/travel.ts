import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, type Statistic } from '../figure.ts';

export const travelStatistic: Statistic = {
  definition:
    'Stays away from home: viewings in a row in another country than the one in which most of the whole history was watched, the latest first.',
  formula:
    'Home is the country with most viewings of the whole history, of equals the first by code. A stay is a longest run of viewings, by time, that all have one other country; those without a country, or with Netflix’s ZZ for an unknown one, are passed over. A period cuts stays at its ends. It lasts from its first to its last day of watching: days of travel without watching are not known. A profile that is used in two countries at once, or over a proxy, has many short ones.',
  source: null,
  needs: ['PLACES'],
};

export interface Stay {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Days since 1970-01-01 on the clock of the profile. */
  readonly from: number;
  readonly to: number;
  readonly viewings: number;
}

export interface Travel extends Figure {
  readonly home: string | null;
  /** How many there are, however many are listed. */
  readonly count: number;
  readonly items: readonly Stay[];
}

export function travel({ rows, history, whole }: AnalysedPeriod, limit: number): Travel {
  const home = homeOf(history.countries, history.country, whole.order);
  const stays: { country: string; from: number; to: number; viewings: number }[] = [];
  let here: string | null = null;
  let known = 0;
  for (const row of rows) {
    const country = history.countries[history.country[row] as number];
    if (country === undefined) continue;
    known += 1;
    const day = history.day[row] as number;
    const last = stays.at(-1);
    if (country === home) here = null;
    else if (country === here && last !== undefined) {
      last.to = day;
      last.viewings += 1;
    } else {
      here = country;
      stays.push({ country, from: day, to: day, viewings: 1 });
    }
  }
  return {
    ...figureOf(travelStatistic, known, rows.length, 'The files do not say in which country.'),
    home,
    count: stays.length,
    items: stays.reverse().slice(0, limit),
  };
}

function homeOf(countries: readonly string[], country: Int32Array, order: Int32Array): string | null {
  const viewings = new Int32Array(countries.length);
  for (const row of order) {
    const place = country[row] as number;
    if (place >= 0) viewings[place] = (viewings[place] as number) + 1;
  }
  let home: number | null = null;
  for (const [place, count] of viewings.entries()) {
    if (count === 0) continue;
    const most = home === null ? 0 : (viewings[home] as number);
    if (count > most || (count === most && (countries[place] as string) < (countries[home as number] as string)))
      home = place;
  }
  return home === null ? null : (countries[home] as string);
}
