import {
  type AccountStore,
  markEpisodesSaved,
  type SqlConnection,
  saveSharedTitles,
  sharedEpisode,
  sharedTitleId,
  sharedWork,
  viewingCounts,
} from '@watchprint/database';
import type { CatalogueEpisode, CatalogueWork } from '@watchprint/engine';
import DataLoader from 'dataloader';
import type { CatalogueKeeper } from './catalogue-keeper.ts';

/** What one request asks for many times over, each batched into one. */
export interface CatalogueLoaders {
  /** A work of the catalogue as a shared title, stored where it was not: an id that answers has a row. */
  readonly sharedTitle: DataLoader<AskedWork, object, string>;
  /** Has one episode stored; its series must be. */
  readonly sharedEpisode: DataLoader<AskedEpisode, null, string>;
  /** Has all seasons and episodes of a series stored that the catalogue knows; nothing for a series that was only read. */
  readonly parts: DataLoader<string, null>;
  /** How many viewings have a string. */
  readonly viewingCount: DataLoader<string, number>;
}

interface AskedWork {
  readonly work: CatalogueWork;
  /** What is asked of its title, as `queryFromInfo` says it. */
  readonly query: object;
}

interface AskedEpisode {
  readonly seriesId: string;
  readonly episode: CatalogueEpisode;
}

interface SharedSeries {
  readonly id: string;
  readonly imdbId: string;
  readonly episodesFrom: string | null;
}

export function createLoaders(
  sql: SqlConnection,
  account: AccountStore,
  catalogues: CatalogueKeeper,
): CatalogueLoaders {
  return {
    sharedTitle: new DataLoader(
      async (asked: readonly AskedWork[]) => {
        await saveSharedTitles(
          sql,
          asked.map(({ work }) => sharedWork(work)),
        );
        const titles = new Map<string, object>();
        // One field of a document asks the same of all.
        for (const [key, some] of groupBy(asked, ({ query }) => JSON.stringify(query))) {
          const ids = some.map(({ work }) => sharedTitleId(work.id));
          const query = some[0]?.query;
          const found = await account.prisma.title.findMany({ ...query, where: { id: { in: ids } } });
          for (const title of found) titles.set(`${title.id} ${key}`, title);
        }
        return asked.map(
          ({ work, query }) =>
            titles.get(`${sharedTitleId(work.id)} ${JSON.stringify(query)}`) ?? new Error('A title was not stored'),
        );
      },
      { cacheKeyFn: ({ work, query }) => `${work.id} ${JSON.stringify(query)}` },
    ),
    sharedEpisode: new DataLoader(
      async (asked: readonly AskedEpisode[]) => {
        await saveSharedTitles(
          sql,
          asked.flatMap(({ seriesId, episode }) => sharedEpisode(seriesId, episode)),
        );
        return asked.map(() => null);
      },
      { cacheKeyFn: ({ episode }) => episode.id },
    ),
    parts: new DataLoader(async (seriesIds: readonly string[]) => {
      await saveParts(sql, seriesIds, catalogues);
      return seriesIds.map(() => null);
    }),
    viewingCount: new DataLoader(async (matchIds: readonly string[]) => {
      const counts = await viewingCounts(account, matchIds);
      return matchIds.map((id) => counts.get(id) ?? 0);
    }),
  };
}

function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
}

async function saveParts(sql: SqlConnection, ids: readonly string[], catalogues: CatalogueKeeper): Promise<void> {
  const version = await catalogues.version();
  if (version === null) return;
  const series = await sql.query<SharedSeries>(
    `SELECT id::text, imdb_id AS "imdbId", episodes_from AS "episodesFrom" FROM title
     WHERE id = ANY($1::uuid[]) AND account_id IS NULL AND kind = 'SERIES' AND imdb_id IS NOT NULL
       AND episodes_from IS DISTINCT FROM $2`,
    [ids, version],
  );
  if (series.length === 0) return;
  await catalogues.use(async (catalogue) => {
    if (catalogue === null) return;
    const episodes = await catalogue.episodes(series.map(({ imdbId }) => imdbId));
    await saveSharedTitles(
      sql,
      [...episodes].flatMap(([seriesId, all]) => all.flatMap((episode) => sharedEpisode(seriesId, episode))),
    );
    await markEpisodesSaved(
      sql,
      series.map(({ id }) => id),
      catalogue.version,
    );
  });
}
