import type { HistoryColumns, TitleOfHistory, WorkOfHistory } from '../src/analyse/history-columns.ts';
import type { WorkFacts } from '../src/analyse/work-facts.ts';
import { createZone } from '../src/parse/calendar.ts';
import { dayOf } from '../src/parse/test-files.ts';

/** A viewing by hand. A title without a series is a film; one that is missing could not be read. */
export interface Watched {
  /** YYYY-MM-DD; told by `at` where that is there. */
  readonly on?: string;
  /** RFC 3339, UTC. */
  readonly at?: string;
  readonly seconds?: number;
  /** Where in the title it was stopped, in seconds. */
  readonly position?: number;
  readonly title?: string | undefined;
  readonly series?: string | undefined;
  readonly device?: string | undefined;
  readonly country?: string | undefined;
  readonly accidental?: boolean;
}

/** What the catalogue says of titles, by their names; ids are names, an episode's behind its series'. */
export interface MadeCatalogue {
  readonly [name: string]: {
    readonly year?: number;
    readonly runtimeMinutes?: number;
    readonly imdbId?: string;
    readonly seasonNumber?: number;
    readonly episodeNumber?: number;
  };
}

export function madeHistory(
  rows: readonly Watched[],
  { timeZone = 'UTC', catalogue = {} }: { readonly timeZone?: string; readonly catalogue?: MadeCatalogue } = {},
): HistoryColumns {
  const zone = createZone(timeZone);
  const instantOf = ({ at }: Watched) => (at === undefined ? Number.NaN : Date.parse(at) / 1000);
  const works: WorkOfHistory[] = [];
  const titles: TitleOfHistory[] = [];
  const places = new Map<string, number>();
  const about = (name: string) => {
    const { year = null, runtimeMinutes = null, imdbId = null } = catalogue[name] ?? {};
    return { id: name, name, year, runtimeMinutes, imdbId };
  };
  const place = <One>(list: One[], key: string, make: () => One): number => {
    const known = places.get(key) ?? list.push(make()) - 1;
    places.set(key, known);
    return known;
  };
  const workOf = (name: string, kind: WorkOfHistory['kind']) =>
    place(works, `work ${name}`, () => ({ ...about(name), kind, endYear: null }));
  const titleOf = ({ title, series }: Watched) =>
    title === undefined
      ? -1
      : place(titles, `title ${series} ${title}`, () => ({
          ...about(title),
          id: series === undefined ? title : `${series}: ${title}`,
          kind: series === undefined ? 'MOVIE' : 'EPISODE',
          work: series === undefined ? workOf(title, 'MOVIE') : workOf(series, 'SERIES'),
          seasonNumber: catalogue[title]?.seasonNumber ?? null,
          episodeNumber: catalogue[title]?.episodeNumber ?? null,
        }));
  const words = (values: readonly (string | undefined)[]) => {
    const known = [...new Set(values.filter((value) => value !== undefined))];
    return { known, places: Int32Array.from(values, (value) => (value === undefined ? -1 : known.indexOf(value))) };
  };
  const devices = words(rows.map(({ device }) => device));
  const countries = words(rows.map(({ country }) => country));
  const title = Int32Array.from(rows, titleOf);
  return {
    length: rows.length,
    day: Int32Array.from(rows, (row) => (row.at === undefined ? dayOf(row.on ?? '') : zone.dayOf(instantOf(row)))),
    startedAt: Float64Array.from(rows, instantOf),
    seconds: Int32Array.from(rows, ({ seconds = -1 }) => seconds),
    position: Int32Array.from(rows, ({ position = -1 }) => position),
    accidental: Uint8Array.from(rows, ({ accidental }) => (accidental ? 1 : 0)),
    matched: Uint8Array.from(title, (one) => (titles[one]?.imdbId == null ? 0 : 1)),
    title,
    device: devices.places,
    country: countries.places,
    titles,
    works,
    devices: devices.known,
    countries: countries.known,
  };
}

/** Of a work that sources were read for, and say nothing of. */
export const noFacts: WorkFacts = {
  genres: null,
  countries: null,
  languages: null,
  directors: null,
  creators: null,
  actors: null,
  certificate: null,
  networks: null,
  studios: null,
  releasedOn: null,
  imdbRating: null,
  tomatometer: null,
  audienceScore: null,
};
