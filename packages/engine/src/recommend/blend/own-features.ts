import { mixed, type ProfileHistory, recentWeights } from '../profile/profile-history.ts';
import { type FactMatrix, factsOfTitles, likeness, rowOf } from '../titles/fact-matrix.ts';
import type { FactKind, TitleSet } from '../titles/title-set.ts';
import type { FeaturePart, FeaturesOfProfile } from './feature.ts';
import { nearness, nearnessOfYears, yearsAround } from './years.ts';

/** What speaks for a title without anybody else's history. */
export const ownFeatures = [
  'popularity',
  'acclaim',
  'genreNow',
  'genre',
  'keyword',
  'person',
  'name',
  'country',
  'language',
  'yearNow',
  'year',
  'age',
  'fresh',
] as const;
export type OwnFeature = (typeof ownFeatures)[number];

type Reach = 'latest' | 'lately' | 'latestAndLately' | 'mostlyLately' | 'latelyAndEver';

/** Which facts of what was watched are compared with a title's, and how far back. */
const comparisons: readonly { readonly feature: OwnFeature; readonly kind: FactKind; readonly reach: Reach }[] = [
  { feature: 'genreNow', kind: 'genre', reach: 'latest' },
  { feature: 'genre', kind: 'genre', reach: 'latelyAndEver' },
  { feature: 'keyword', kind: 'keyword', reach: 'mostlyLately' },
  { feature: 'person', kind: 'person', reach: 'mostlyLately' },
  { feature: 'name', kind: 'name', reach: 'latestAndLately' },
  { feature: 'country', kind: 'country', reach: 'latestAndLately' },
  { feature: 'language', kind: 'language', reach: 'latestAndLately' },
];
const years: readonly { readonly feature: OwnFeature; readonly reach: Reach }[] = [
  { feature: 'yearNow', reach: 'latest' },
  { feature: 'year', reach: 'lately' },
];

const placeOf = Object.fromEntries(ownFeatures.map((name, place) => [name, place])) as Record<OwnFeature, number>;
const secondsOfYear = 31_556_952;
/** Younger ones are fresh. */
const freshYears = 2;
/** Older than that, a title's age says nothing more. */
const oldYears = 30;

function reachesOf(history: ProfileHistory): Record<Reach, Float64Array> {
  const latest = recentWeights(history, 3);
  const lately = recentWeights(history, 30);
  return {
    latest,
    lately,
    latestAndLately: mixed(latest, 0.5, lately),
    mostlyLately: mixed(latest, 0.2, lately),
    latelyAndEver: mixed(lately, 0.4, recentWeights(history, 300)),
  };
}

/** The features that need nothing but a history and what is known of titles. */
export class OwnFeatures implements FeaturesOfProfile {
  readonly #titles: TitleSet;
  readonly #history: ProfileHistory;
  readonly #reaches: Record<Reach, Float64Array>;
  readonly #wanted: readonly { readonly at: number; readonly matrix: FactMatrix; readonly facts: Float64Array }[];
  readonly #years: readonly { readonly at: number; readonly around: Float64Array }[];
  readonly #thisYear: number;

  /** @param now seconds since 1970. */
  constructor(titles: TitleSet, history: ProfileHistory, now: number) {
    this.#titles = titles;
    this.#history = history;
    this.#reaches = reachesOf(history);
    this.#wanted = comparisons.map(({ feature, kind, reach }) => ({
      at: placeOf[feature],
      matrix: titles.facts[kind],
      facts: factsOfTitles(titles.facts[kind], history.titles, this.#reaches[reach]),
    }));
    this.#years = years.map(({ feature, reach }) => ({
      at: placeOf[feature],
      around: yearsAround(titles.year, history.titles, this.#reaches[reach]),
    }));
    this.#thisYear = 1970 + now / secondsOfYear;
  }

  fill(title: number, out: Float64Array, at: number): void {
    const { popularity, acclaim, year } = this.#titles;
    out[at + placeOf.popularity] = popularity[title] as number;
    out[at + placeOf.acclaim] = acclaim[title] as number;
    for (const { at: place, matrix, facts } of this.#wanted) out[at + place] = likeness(matrix, title, facts);
    const released = year[title] as number;
    if (Number.isNaN(released)) return;
    for (const { at: place, around } of this.#years) out[at + place] = nearness(around, released);
    const age = this.#thisYear - released;
    out[at + placeOf.age] = Math.min(Math.max(age, 0), oldYears) / 10;
    out[at + placeOf.fresh] = age < freshYears ? 1 : 0;
  }

  reference(out: Float64Array, at: number): void {
    out[at + placeOf.popularity] = this.#titles.usualPopularity;
  }

  /** Of the features that come from the history: what each entry of it brings. */
  parts(title: number): FeaturePart[] {
    const parts: FeaturePart[] = [];
    const add = (feature: OwnFeature, reach: Reach, likenessTo: (watched: number) => number): void => {
      const weights = this.#reaches[reach];
      for (const [entry, watched] of this.#history.titles.entries()) {
        const amount = (weights[entry] as number) * likenessTo(watched);
        if (amount !== 0) parts.push({ feature: placeOf[feature], because: watched, amount });
      }
    };
    for (const { feature, kind, reach } of comparisons) {
      const matrix = this.#titles.facts[kind];
      const row = rowOf(matrix, title);
      add(feature, reach, (watched) => likeness(matrix, watched, row));
    }
    const { year } = this.#titles;
    for (const { feature, reach } of years)
      add(feature, reach, (watched) => nearnessOfYears(year[title] as number, year[watched] as number));
    return parts;
  }
}
