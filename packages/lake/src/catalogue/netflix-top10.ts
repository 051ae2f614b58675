import { datasetFolder, pinVersion, readCurrent } from '../bulk/versions.ts';
import { openDuckDb, sqlText } from '../duckdb.ts';

/** Weeks of one film or season in one region's Top 10. */
export interface ChartedTitle {
  readonly kind: 'MOVIE' | 'SERIES';
  /** As Netflix calls it. */
  readonly showTitle: string;
  /** `Dark: Season 3`; null for films, and where a series has no seasons. */
  readonly seasonTitle: string | null;
  /** The Sundays on which its weeks ended, oldest first: RFC 3339 full-dates. */
  readonly weeks: readonly string[];
}

/** What Netflix's weekly lists of one region say. */
export interface RegionTop10 {
  /** Which state of the lists said it. */
  readonly version: string;
  /** When they were taken from Netflix. */
  readonly knownAt: Date;
  readonly titles: readonly ChartedTitle[];
}

/**
 * The Top 10 of a region, from the lists in the lake.
 * @param lake Its folder.
 * @param region ISO 3166-1 alpha-2.
 * @returns null where no list has the region.
 */
export async function readRegionTop10(lake: string, region: string): Promise<RegionTop10 | null> {
  const lists = await pinVersion(datasetFolder(lake, 'netflix-top10'));
  const path = lists?.table('top10_countries') ?? null;
  if (lists === null) return null;
  try {
    if (path === null) return null;
    const { version, createdAt, tables } = lists.current;
    const duckdb = await openDuckDb({ memoryLimit: '256MB' });
    try {
      const rows = (
        await duckdb.connection.runAndReadAll(
          `SELECT CASE WHEN category ILIKE 'Films%' THEN 'MOVIE' ELSE 'SERIES' END AS kind, show_title, season_title,
             list_sort(list_distinct(list(week::VARCHAR))) AS weeks
           FROM read_parquet(${sqlText(path)}, hive_partitioning = false) WHERE country_iso2 = $region
           GROUP BY ALL ORDER BY ALL`,
          { region },
        )
      ).getRowObjectsJson();
      const titles = rows.map(
        ({ kind, show_title, season_title, weeks }): ChartedTitle => ({
          kind: kind as ChartedTitle['kind'],
          showTitle: String(show_title),
          seasonTitle: season_title === null ? null : String(season_title),
          weeks: weeks as string[],
        }),
      );
      if (titles.length === 0) return null;
      const knownAt = new Date(tables.top10_countries?.sources.at(-1)?.readAt ?? createdAt);
      return { version, knownAt, titles };
    } finally {
      duckdb.close();
    }
  } finally {
    await lists.release();
  }
}

/** Which state of Netflix's lists is there; null where they were never synced. */
export async function netflixTop10Version(lake: string): Promise<string | null> {
  return (await readCurrent(datasetFolder(lake, 'netflix-top10')))?.version ?? null;
}
