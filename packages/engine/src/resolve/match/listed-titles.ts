import type { CatalogueWork, ListedTitle } from './catalogue.ts';
import { catalogueKey, splitQualifier } from './names/catalogue-key.ts';
import { type NetflixTitle, nameIn } from './netflix-names.ts';

/** A title of one of Netflix's own lists, with what stands beside it there. */
export interface ListedRow extends NetflixTitle {
  readonly kind: CatalogueWork['kind'] | null;
  /** Of the release date; null where there is none. */
  readonly year: number | null;
  readonly runtimeMinutes: number | null;
}

/** Titles of lists by the catalogue's key of each of their names. */
export type ListedTitles = ReadonlyMap<string, readonly ListedTitle[]>;

/** Reads Netflix's own lists for what is known of the titles of a name: a list has them again and again. */
export function readListedTitles(rows: readonly ListedRow[]): ListedTitles {
  const titles = new Map<string, Omit<ListedTitle, 'name' | 'runtimeMinutes'> & MergedTitle>();
  for (const row of rows) {
    const { name, isSeries, isFirst } = nameIn(row.title, row.kind);
    const names = [name, ...(row.originalTitle === null ? [] : [nameIn(row.originalTitle, row.kind).name])];
    const kind = row.kind ?? (isSeries ? 'SERIES' : null);
    // A later season says nothing of when a series began, and nothing runs as long as a season.
    const year = isSeries && !isFirst ? null : (row.year ?? splitQualifier(name).year);
    const runtimeMinutes = kind === 'MOVIE' ? row.runtimeMinutes : null;
    const id = [...names, kind, year].join('\n');
    const known = titles.get(id);
    if (known === undefined) titles.set(id, { names, kind, year, runtimeMinutes });
    else if (runtimeMinutes !== null) known.runtimeMinutes = runtimeMinutes;
  }
  const byKey = new Map<string, ListedTitle[]>();
  for (const { names, ...title } of titles.values())
    for (const name of new Set(names)) {
      const key = catalogueKey(name);
      const same = byKey.get(key);
      if (same) same.push({ ...title, name });
      else byKey.set(key, [{ ...title, name }]);
    }
  // "ONE PIECE: Thriller Bark" is a season of an older series that is called as a newer one: of the two, neither year is sure.
  for (const name of headsOf(rows)) {
    const same = byKey.get(catalogueKey(name));
    if (same?.some(({ kind }) => kind === 'SERIES'))
      same.push({ name, kind: 'SERIES', year: null, runtimeMinutes: null });
  }
  return byKey;
}

interface MergedTitle {
  readonly names: readonly string[];
  runtimeMinutes: number | null;
}

/** What stands before a colon in names that no season is in. */
function headsOf(rows: readonly ListedRow[]): Set<string> {
  const heads = new Set<string>();
  for (const { title, kind } of rows) {
    const { name, isSeries } = nameIn(title, kind);
    const [head = '', ...rest] = name.split(': ');
    if (kind === null && !isSeries && rest.length > 0) heads.add(head);
  }
  return heads;
}

/**
 * How a work compares with what Netflix lists: whether it came out then, and whether it runs as long; null where one does not say. Of films
 * of a name that only one film has, 97 % came out within a year of Netflix's date, and of those that came out three years before or
 * earlier hardly one is the same film; 88 % run within two minutes of its runtime.
 */
export interface Agreement {
  readonly year: boolean | null;
  readonly runtime: boolean | null;
}

/** Compares a work with all that Netflix lists under one name, of which one may be it; the best counts. Null where none is of its kind. */
export function agreementWith(work: CatalogueWork, listed: readonly ListedTitle[]): Agreement | null {
  let best: Agreement | null = null;
  for (const title of listed) {
    // What has no season and no kind is a film, but for one in a hundred.
    if ((title.kind ?? 'MOVIE') !== work.kind) continue;
    const agreement = { year: sameYear(work, title), runtime: sameRuntime(work, title) };
    if (best === null || worthOf(agreement) > worthOf(best)) best = agreement;
  }
  return best;
}

const worthOf = ({ year, runtime }: Agreement) => 2 * vote(year) + vote(runtime);
const vote = (is: boolean | null) => (is === null ? 0 : is ? 1 : -1);

/** Further apart than this, what came out and what was listed are two works. */
const MOST_YEARS_APART = 2;
/** A work without a year was registered when it was planned, or later. */
const MOST_YEARS_PLANNED = 8;

function sameYear({ year, registeredYear }: CatalogueWork, listed: ListedTitle): boolean | null {
  if (listed.year === null) return null;
  if (year === null) return registeredYear !== null && registeredYear < listed.year - MOST_YEARS_PLANNED ? false : null;
  const apart = Math.abs(listed.year - year);
  return apart === MOST_YEARS_APART ? null : apart < MOST_YEARS_APART;
}

/** Cuts and credits differ; by more, in shares of the runtime, two films do. */
const SAME_RUNTIME = 0.025;
const OTHER_RUNTIME = 0.15;

function sameRuntime({ kind, runtimeMinutes }: CatalogueWork, listed: ListedTitle): boolean | null {
  if (kind !== 'MOVIE' || runtimeMinutes === null || listed.runtimeMinutes === null) return null;
  const apart = Math.abs(listed.runtimeMinutes - runtimeMinutes) / Math.max(runtimeMinutes, listed.runtimeMinutes, 1);
  return apart <= SAME_RUNTIME ? true : apart > OTHER_RUNTIME ? false : null;
}
