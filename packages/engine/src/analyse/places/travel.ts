import type { AnalysedPeriod } from '../analysed-history.ts';
import { compareText, type Figure, figureOf, type Statistic } from '../figure.ts';

export const travelStatistic: Statistic = {
  definition:
    'Stays away from home: days in a row with something watched in another country than the one in which most of the whole history was watched, the latest first.',
  formula:
    'Home is the country with most viewings of the whole history, of equals the first by code. A stay is a longest run of days on all of which something was watched in one other country, whatever else was watched at home on them; days on which nothing was watched, or nothing with a country (Netflix’s ZZ is an unknown one), are passed over. A period cuts stays at its ends. The latest last day first, then the latest first day, then by code. Days of travel without watching are not known.',
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
  /** Those that the day before, of those with a country, was a part of. */
  let open = new Map<string, (typeof stays)[number]>();
  let today = new Map<string, (typeof stays)[number]>();
  let day: number | null = null;
  let known = 0;
  for (const row of rows) {
    const country = history.countries[history.country[row] as number];
    if (country === undefined) continue;
    known += 1;
    if (history.day[row] !== day) {
      day = history.day[row] as number;
      open = today;
      today = new Map();
    }
    if (country === home) continue;
    let stay = today.get(country) ?? open.get(country);
    if (stay === undefined) {
      stay = { country, from: day, to: day, viewings: 0 };
      stays.push(stay);
    }
    today.set(country, stay);
    stay.to = day;
    stay.viewings += 1;
  }
  stays.sort((one, other) => other.to - one.to || other.from - one.from || compareText(one.country, other.country));
  return {
    ...figureOf(travelStatistic, known, rows.length, 'The files do not say in which country.'),
    home,
    count: stays.length,
    items: stays.slice(0, limit),
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
