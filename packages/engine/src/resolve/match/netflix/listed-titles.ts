import { compareKey } from '../../compare-key.ts';
import type { CatalogueWork, ListedTitle } from '../catalogue.ts';
import { catalogueKey, differInArticle, splitQualifier } from '../names/catalogue-key.ts';
import { joinNames, type ListedName, type NetflixNames, type NetflixTitle, nameIn } from './netflix-names.ts';

/** A title of one of Netflix's own lists, with what stands beside it there. */
export interface ListedRow extends NetflixTitle {
  readonly kind: CatalogueWork['kind'] | null;
  /** Of the release date; null where there is none. */
  readonly year: number | null;
  readonly runtimeMinutes: number | null;
  readonly hoursViewed: number;
}

/** Titles of lists by the catalogue's key of each of their names. */
export type ListedTitles = ReadonlyMap<string, readonly ListedTitle[]>;

/** What Netflix's own lists tell. */
export interface NetflixLists {
  readonly names: NetflixNames;
  readonly titles: ListedTitles;
}

interface ParsedRow {
  readonly row: ListedRow;
  readonly own: ListedName;
  /** What it is called at home, in each script that it is written in there. */
  readonly others: readonly ListedName[];
}

/** "武狀元 // 武状元": in two scripts. */
const BETWEEN_NAMES = /\s+\/\/\s+/u;

/** Reads Netflix's own lists, which have a title again and again, once a half-year. */
export function readNetflixLists(rows: readonly ListedRow[]): NetflixLists {
  const parsed = rows.map((row): ParsedRow => {
    const own = nameIn(row.title, row.kind);
    const originals = row.originalTitle?.split(BETWEEN_NAMES) ?? [];
    return { row, own, others: originals.map((title) => nameIn(title, row.kind)) };
  });
  const pairs = parsed.flatMap(({ own, others }) => others.map((other) => [own, other] as const));
  return { names: joinNames(pairs), titles: titlesByKey(parsed) };
}

function titlesByKey(rows: readonly ParsedRow[]): ListedTitles {
  const titles = new Map<string, Omit<ListedTitle, 'name'> & { readonly names: readonly string[] }>();
  const firstSeasons = new Map<string, string>();
  for (const { own, others, row } of firstSeasonsFirst(rows)) {
    const isSeries = row.kind === 'SERIES' || own.isSeries;
    const names = [own.name, ...others.map(({ name }) => name)];
    const year = isSeries && !own.isFirst ? null : (row.year ?? splitQualifier(own.name).year);
    const series = names.join('\n');
    const id = (isSeries && !own.isFirst && firstSeasons.get(series)) || [series, isSeries, year].join('\n');
    if (isSeries && own.isFirst) firstSeasons.set(series, id);
    const known = titles.get(id);
    titles.set(id, {
      names,
      kind: row.kind ?? known?.kind ?? (isSeries ? 'SERIES' : null),
      // A later season says nothing of when a series began, and nothing runs as long as a season.
      year: known?.year ?? year,
      runtimeMinutes: isSeries ? null : (row.runtimeMinutes ?? known?.runtimeMinutes ?? null),
      hoursViewed: row.hoursViewed + (known?.hoursViewed ?? 0),
    });
  }
  const byKey = new Map<string, ListedTitle[]>();
  const file = (title: ListedTitle) => {
    const key = catalogueKey(title.name);
    const same = byKey.get(key);
    if (same) same.push(title);
    else byKey.set(key, [title]);
  };
  for (const { names, kind, year, runtimeMinutes, hoursViewed } of titles.values())
    for (const name of names) file({ name, kind, year, runtimeMinutes, hoursViewed });
  // "ONE PIECE: Thriller Bark" is a season of an older series that is called as a newer one: of the two, neither year is sure.
  for (const [name, hoursViewed] of headsOf(rows))
    if (byKey.get(catalogueKey(name))?.some(({ kind }) => kind === 'SERIES'))
      file({ name, kind: 'SERIES', year: null, runtimeMinutes: null, hoursViewed });
  return byKey;
}

const firstSeasonsFirst = (rows: readonly ParsedRow[]): readonly ParsedRow[] => [
  ...rows.filter(({ own }) => own.isFirst),
  ...rows.filter(({ own }) => !own.isFirst),
];

/** What stands before a colon in names that no season is in, and how long all of it was viewed. */
function headsOf(rows: readonly ParsedRow[]): Map<string, number> {
  const heads = new Map<string, number>();
  for (const { own, row } of rows) {
    const end = row.kind === null && !own.isSeries ? own.name.indexOf(': ') : -1;
    if (end < 0) continue;
    const head = own.name.slice(0, end);
    heads.set(head, (heads.get(head) ?? 0) + row.hoursViewed);
  }
  return heads;
}

/** "Avatar The Last Airbender" is not "Avatar: The Last Airbender (2005)". */
const spellingOf = (name: string) => splitQualifier(name).name.normalize('NFKC').toLowerCase().replaceAll('’', "'");

/** What is viewed less than this, beside another of the name, is not what people mean by it. */
const LEAST_SHARE = 0.1;

/**
 * Which listed titles a string may be: those that came out before it was watched; where there are any of just its spelling, these, else where
 * there are any of its name, these.
 */
export function titlesMeant(
  listed: readonly ListedTitle[],
  name: string,
  watchedYear: number | null,
): readonly ListedTitle[] {
  const since = listed.filter(
    (title) =>
      (title.year === null || watchedYear === null || title.year <= watchedYear) && !differInArticle(name, title.name),
  );
  const spelled = since.filter((title) => spellingOf(title.name) === spellingOf(name));
  if (spelled.length > 0) return spelled;
  const plain = compareKey(splitQualifier(name).name);
  const exact = since.filter((title) => compareKey(splitQualifier(title.name).name) === plain);
  return exact.length > 0 ? exact : since;
}

/**
 * How a work compares with what Netflix lists: whether it came out then, and whether it runs as long; null where one does not say. Of films
 * of a name that only one film has, 97 % came out within a year of Netflix's date, and of those that came out three years before or
 * earlier hardly one is the same film; 88 % run within two minutes of its runtime.
 */
export interface Agreement {
  readonly title: ListedTitle;
  readonly year: boolean | null;
  readonly runtime: boolean | null;
}

/** Compares a work with all that Netflix lists under one name, of which one may be it; the best counts. Null where none is of its kind. */
export function agreementWith(work: CatalogueWork, listed: readonly ListedTitle[]): Agreement | null {
  // What has no season and no kind is a film, but for one in a hundred.
  const ofKind = listed.filter(({ kind }) => (kind ?? 'MOVIE') === work.kind);
  const most = Math.max(0, ...ofKind.map(({ hoursViewed }) => hoursViewed));
  let best: Agreement | null = null;
  for (const title of ofKind) {
    if (title.hoursViewed < most * LEAST_SHARE) continue;
    const agreement = { title, year: sameYear(work, title), runtime: sameRuntime(work, title) };
    if (best === null || worthOf(agreement) > worthOf(best)) best = agreement;
  }
  return best;
}

const worthOf = ({ year, runtime }: Agreement) => 2 * vote(year) + vote(runtime);
const vote = (is: boolean | null) => (is === null ? 0 : is ? 1 : -1);

/** Further apart than this, what came out and what was listed are two works. */
const MOST_YEARS_APART = 2;
/** A work without a year was registered when it was planned, or soon after it came out. */
const MOST_YEARS_PLANNED = 8;
const MOST_YEARS_LATE = 1;

function sameYear({ year, registeredYear }: CatalogueWork, listed: ListedTitle): boolean | null {
  if (listed.year === null) return null;
  if (year === null) {
    const planned = registeredYear === null ? 0 : listed.year - registeredYear;
    return planned > MOST_YEARS_PLANNED || planned < -MOST_YEARS_LATE ? false : null;
  }
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
