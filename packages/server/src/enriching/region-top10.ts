import { type CatalogueWork, matchTitles } from '@watchprint/engine';
import { type ChartedTitle, netflixTop10Version, readRegionTop10 } from '@watchprint/lake';
import type { CatalogueKeeper } from '../matching/catalogue-keeper.ts';

/** A region's Top 10, with the titles of the catalogue that its names mean. */
export interface KnownTop10 {
  /** When the lists were taken from Netflix. */
  readonly knownAt: Date;
  /** The Sundays on which the first and the last of its weeks ended: RFC 3339 full-dates. */
  readonly firstWeek: string;
  readonly lastWeek: string;
  /** Weeks of a film or series, oldest first, by its IMDb id. */
  readonly ofWork: ReadonlyMap<string, readonly string[]>;
  /** Weeks of a season, by `tt0000000/3`. */
  readonly ofSeason: ReadonlyMap<string, readonly string[]>;
}

/** Reads the Top 10 lists of the lake, once for each state of them and of the catalogue. */
export interface RegionTop10s {
  /** @returns null where no list has the region. */
  of(region: string): Promise<KnownTop10 | null>;
}

/** Regions that are kept in memory: people ask for one or two. */
const mostRegions = 8;

export function createRegionTop10s(lake: string, catalogues: CatalogueKeeper): RegionTop10s {
  const known = new Map<string, { readonly state: string; readonly top10: Promise<KnownTop10 | null> }>();
  return {
    async of(region) {
      const [lists, catalogue] = await Promise.all([netflixTop10Version(lake), catalogues.version()]);
      if (lists === null) return null;
      const state = `${lists} ${catalogue}`;
      const before = known.get(region);
      if (before?.state === state) return before.top10;
      const top10 = readKnownTop10(lake, region, catalogues);
      known.delete(region);
      known.set(region, { state, top10 });
      for (const oldest of known.keys()) if (known.size > mostRegions) known.delete(oldest);
      // What failed is tried again.
      top10.catch(() => known.delete(region));
      return top10;
    },
  };
}

async function readKnownTop10(lake: string, region: string, catalogues: CatalogueKeeper): Promise<KnownTop10 | null> {
  const lists = await readRegionTop10(lake, region);
  if (lists === null) return null;
  const ofWork = new Map<string, Set<string>>();
  const ofSeason = new Map<string, Set<string>>();
  const add = (weeks: Map<string, Set<string>>, key: string, more: readonly string[]) => {
    const all = weeks.get(key) ?? new Set();
    for (const week of more) all.add(week);
    weeks.set(key, all);
  };
  const works = await catalogues.use(async (catalogue) => {
    if (catalogue === null) return new Map<string, CatalogueWork>();
    // The names are those of histories: films stand alone, seasons behind their series.
    const matches = await matchTitles(
      lists.titles.map((title) => ({
        rawTitle: nameOf(title),
        watchedYear: Number(title.weeks[0]?.slice(0, 4)) || null,
        longestSeconds: null,
      })),
      catalogue,
    );
    return new Map(
      [...matches].flatMap(([name, { status, work }]) => (status === 'MATCHED' && work !== null ? [[name, work]] : [])),
    );
  });
  for (const title of lists.titles) {
    const work = works.get(nameOf(title));
    // A film that is called like a series is not that series.
    if (work === undefined || work.kind !== title.kind) continue;
    add(ofWork, work.id, title.weeks);
    const season = seasonNumberIn(title);
    if (season !== null) add(ofSeason, `${work.id}/${season}`, title.weeks);
  }
  return {
    knownAt: lists.knownAt,
    firstWeek: lists.titles.reduce((first, { weeks: [week = first] }) => (week < first ? week : first), '9999'),
    lastWeek: lists.titles.reduce((last, { weeks }) => ((weeks.at(-1) ?? '') > last ? (weeks.at(-1) ?? '') : last), ''),
    ofWork: sorted(ofWork),
    ofSeason: sorted(ofSeason),
  };
}

const nameOf = ({ showTitle, seasonTitle }: ChartedTitle) => seasonTitle ?? showTitle;

/** `Dark: Season 3` → 3: these lists are in English. */
function seasonNumberIn({ showTitle, seasonTitle }: ChartedTitle): number | null {
  if (seasonTitle === null || !seasonTitle.startsWith(showTitle)) return null;
  const [, number] = /^:\s*(?:Season|Series)\s+(\d{1,3})$/i.exec(seasonTitle.slice(showTitle.length)) ?? [];
  return number === undefined ? null : Number(number);
}

const sorted = (weeks: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, readonly string[]> =>
  new Map([...weeks].map(([key, all]) => [key, [...all].sort()]));
