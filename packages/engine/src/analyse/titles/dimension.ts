import type { Person } from '../../enrich/source-facts.ts';
import { catalogueBrings, noRuntimeKnown, noYearKnown, sourcesSay } from '../figure.ts';
import type { HistoryColumns } from '../history-columns.ts';
import type { TitleColumns } from '../title-columns.ts';
import { billedActors, type FactsOfWorks, type WorkFacts } from '../work-facts.ts';

/** What viewings can be told apart by. */
export type Dimension = (typeof dimensions)[number];

export const dimensions = [
  'TITLE',
  'SERIES',
  'KIND',
  'GENRE',
  'DECADE',
  'COUNTRY',
  'LANGUAGE',
  'DIRECTOR',
  'CREATOR',
  'ACTOR',
  'NETWORK',
  'STUDIO',
  'CERTIFICATE',
  'RUNTIME',
  'DEVICE',
  'PLACE',
] as const;

/** What each dimension's values are, in a few words for a definition. */
export const dimensionWords: Readonly<Record<Dimension, string>> = {
  TITLE: 'Films and episodes, these with the name of their series before their own',
  SERIES: 'Series, with all of their episodes',
  KIND: 'Films and series',
  GENRE: 'Genres of films and series, in IMDb’s words',
  DECADE: 'Decades of first release of films and series',
  COUNTRY: 'Countries of origin of films and series',
  LANGUAGE: 'Original languages of films and series',
  DIRECTOR: 'Directors of films and series',
  CREATOR: 'Creators of films and series',
  ACTOR: 'Actors among the first ten billed of films and series',
  NETWORK: 'Networks that first showed series',
  STUDIO: 'Production companies of films and series',
  CERTIFICATE: 'Certificates of films and series',
  RUNTIME:
    'Runtimes of films and episodes (else of an episode of their series), in bands that begin at 0, 30, 45, 60, 90, 120 and 150 minutes',
  DEVICE: 'Devices, in Netflix’s words',
  PLACE: 'Countries in which was watched',
};

/** Why nothing is known of a dimension. */
export const dimensionMissing: Readonly<Record<Dimension, string>> = {
  TITLE: 'No string of this period could be read as a title.',
  SERIES: 'No string of this period could be read as an episode.',
  KIND: 'No string of this period could be read as a title.',
  GENRE: `No genre of these titles is known: ${catalogueBrings}, and enrichProfile asks sources.`,
  DECADE: noYearKnown,
  COUNTRY: sourcesSay,
  LANGUAGE: sourcesSay,
  DIRECTOR: sourcesSay,
  CREATOR: sourcesSay,
  ACTOR: sourcesSay,
  NETWORK: sourcesSay,
  STUDIO: sourcesSay,
  CERTIFICATE: sourcesSay,
  RUNTIME: noRuntimeKnown,
  DEVICE: 'The files do not say on which device.',
  PLACE: 'The files do not say in which country.',
};

export interface DimensionValue {
  /** Stable: a title's id, a code, IMDb's id of a person, or the word itself. */
  readonly key: string;
  readonly label: string;
  /** Of a film, episode or series. */
  readonly titleId: string | null;
}

/** The values of one dimension, and which of them titles, works or rows have. */
export interface DimensionValues {
  /** What `of` is by: titles, works, or what rows say of devices and countries. */
  readonly by: 'TITLE' | 'WORK' | 'DEVICE' | 'COUNTRY';
  readonly values: readonly DimensionValue[];
  /** Places in `values`, by place of what has them; empty where nothing is known. */
  readonly of: readonly (readonly number[])[];
}

const runtimeBands = [0, 30, 45, 60, 90, 120, 150];

export function dimensionValues(
  history: HistoryColumns,
  { runtimeSeconds }: Pick<TitleColumns, 'runtimeSeconds'>,
  facts: FactsOfWorks,
  dimension: Dimension,
): DimensionValues {
  switch (dimension) {
    case 'DEVICE':
      return each('DEVICE', history.devices.map(word));
    case 'PLACE':
      return each('COUNTRY', history.countries.map(word));
    case 'TITLE':
      return each(
        'TITLE',
        history.titles.map(({ id, name, kind, work }) => {
          const series = kind === 'MOVIE' || kind === 'SERIES' ? undefined : history.works[work];
          return { key: id, label: series === undefined ? name : `${series.name}: ${name}`, titleId: id };
        }),
      );
    case 'SERIES':
      // At the places of works, so that an item tells which it is; films have none.
      return {
        by: 'WORK',
        values: history.works.map(({ id, name }) => ({ key: id, label: name, titleId: id })),
        of: history.works.map(({ kind }, place) => (kind === 'SERIES' ? [place] : [])),
      };
    case 'KIND':
      return collect(
        'TITLE',
        history.titles.map(({ kind }) => [kind === 'MOVIE' ? named('MOVIE', 'Films') : named('SERIES', 'Series')]),
      );
    case 'DECADE':
      return collect(
        'WORK',
        history.works.map(({ year }) => decadeOf(year)),
      );
    case 'RUNTIME':
      return collect('TITLE', Array.from(runtimeSeconds, runtimeBand));
    default:
      return collect(
        'WORK',
        history.works.map((_, work) => valuesIn(facts[work] ?? null, dimension)),
      );
  }
}

function valuesIn(
  facts: WorkFacts | null,
  dimension: Exclude<Dimension, 'TITLE' | 'SERIES' | 'KIND' | 'DECADE' | 'RUNTIME' | 'DEVICE' | 'PLACE'>,
): readonly DimensionValue[] {
  if (facts === null) return [];
  switch (dimension) {
    case 'GENRE':
      return words(facts.genres);
    case 'COUNTRY':
      return words(facts.countries);
    case 'LANGUAGE':
      return words(facts.languages);
    case 'NETWORK':
      return words(facts.networks);
    case 'STUDIO':
      return words(facts.studios);
    case 'CERTIFICATE':
      return facts.certificate === null ? [] : [word(facts.certificate)];
    case 'DIRECTOR':
      return people(facts.directors);
    case 'CREATOR':
      return people(facts.creators);
    case 'ACTOR':
      return people(billedActors(facts));
  }
}

const named = (key: string, label: string): DimensionValue => ({ key, label, titleId: null });
const word = (text: string): DimensionValue => named(text, text);
const words = (texts: readonly string[] | null) => (texts ?? []).map(word);
const people = (some: readonly Person[] | null) => (some ?? []).map(({ name, imdbId }) => named(imdbId ?? name, name));

function decadeOf(year: number | null): readonly DimensionValue[] {
  if (year === null) return [];
  const decade = Math.floor(year / 10) * 10;
  return [named(String(decade), `${decade}s`)];
}

function runtimeBand(seconds: number): readonly DimensionValue[] {
  if (Number.isNaN(seconds)) return [];
  const minutes = seconds / 60;
  const band = runtimeBands.findLastIndex((from) => minutes >= from);
  const from = runtimeBands[band] as number;
  const next = runtimeBands[band + 1];
  return [named(String(from), next === undefined ? `${from} minutes and more` : `${from} to ${next - 1} minutes`)];
}

/** Every one its own value. */
const each = (by: DimensionValues['by'], values: readonly DimensionValue[]): DimensionValues => ({
  by,
  values,
  of: values.map((_, place) => [place]),
});

/** Gives each value one place; what somebody has twice counts once. */
function collect(by: DimensionValues['by'], given: readonly (readonly DimensionValue[])[]): DimensionValues {
  const places = new Map<string, number>();
  const values: DimensionValue[] = [];
  const of = given.map((some) => {
    const own: number[] = [];
    for (const value of some) {
      let place = places.get(value.key);
      if (place === undefined) {
        place = values.length;
        places.set(value.key, place);
        values.push(value);
      }
      if (!own.includes(place)) own.push(place);
    }
    return own;
  });
  return { by, values, of };
}
