import type { FeatureName, ProfileFeatures } from '../blend/features.ts';

/** What kind of thing speaks for or against a title. */
export type ReasonKind =
  | 'WATCHED_TOGETHER'
  | 'SAME_GENRE'
  | 'SAME_PEOPLE'
  | 'SIMILAR_STORY'
  | 'SAME_ERA'
  | 'SAME_COUNTRY_OR_LANGUAGE'
  | 'ACCLAIMED'
  | 'POPULAR'
  | 'OTHER';

const kindOf: Readonly<Record<FeatureName, ReasonKind>> = {
  popularity: 'POPULAR',
  acclaim: 'ACCLAIMED',
  genreNow: 'SAME_GENRE',
  genre: 'SAME_GENRE',
  keyword: 'SIMILAR_STORY',
  person: 'SAME_PEOPLE',
  name: 'SIMILAR_STORY',
  country: 'SAME_COUNTRY_OR_LANGUAGE',
  language: 'SAME_COUNTRY_OR_LANGUAGE',
  yearNow: 'SAME_ERA',
  year: 'SAME_ERA',
  age: 'OTHER',
  fresh: 'OTHER',
  linearNow: 'WATCHED_TOGETHER',
  linearLately: 'WATCHED_TOGETHER',
  linear: 'WATCHED_TOGETHER',
  next2: 'WATCHED_TOGETHER',
  next10: 'WATCHED_TOGETHER',
  next50: 'WATCHED_TOGETHER',
  accounts: 'POPULAR',
  month: 'POPULAR',
  quarter: 'POPULAR',
  longer: 'POPULAR',
};

export interface ExplanationPart {
  readonly kind: ReasonKind;
  /** Place of the watched title that brings it; null: it is said of the title itself. */
  readonly because: number | null;
  /** Below 0: it speaks against. */
  readonly amount: number;
}

export interface Explanation {
  readonly title: number;
  /** How much more speaks for it than for a title of which nothing is known: the sum of the parts. */
  readonly total: number;
  /** Those that count most, for or against, first. */
  readonly parts: readonly ExplanationPart[];
}

/** Takes a title's total apart: every feature is linear in what it comes from, or shared out in proportion to it. */
export function explain(
  names: readonly FeatureName[],
  features: ProfileFeatures,
  weights: Float64Array,
  title: number,
): Explanation {
  const values = features.of(Int32Array.of(title));
  const reference = features.reference();
  const rest = values.map((value, feature) => value - (reference[feature] as number));
  const amounts = new Map<string, { kind: ReasonKind; because: number | null; amount: number }>();
  const add = (feature: number, because: number | null, amount: number): void => {
    const kind = kindOf[names[feature] as FeatureName];
    const key = `${kind} ${because}`;
    const weighed = (weights[feature] as number) * amount;
    const part = amounts.get(key);
    if (part === undefined) amounts.set(key, { kind, because, amount: weighed });
    else part.amount += weighed;
  };
  let total = 0;
  for (const [feature, value] of rest.entries()) total += (weights[feature] as number) * value;
  for (const { feature, because, amount } of features.parts(title)) {
    add(feature, because, amount);
    (rest[feature] as number) -= amount;
  }
  // What no watched title brings is the title's own; of the others nothing is left but what rounding leaves.
  for (const [feature, value] of rest.entries()) if (Math.abs(value) > 1e-9) add(feature, null, value);
  const parts = [...amounts.values()].filter(({ amount }) => amount !== 0);
  return { title, total, parts: parts.sort((one, other) => Math.abs(other.amount) - Math.abs(one.amount)) };
}
