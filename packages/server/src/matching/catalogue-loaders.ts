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
import type { Title } from '@watchprint/database/prisma';
import type { CatalogueWork } from '@watchprint/engine';
import DataLoader from 'dataloader';
import type { CatalogueKeeper } from './catalogue-keeper.ts';

/** What one request asks for many times over, each batched into one. */
export interface CatalogueLoaders {
  /** A work of the catalogue as a shared title, stored where it was not: an id that answers has a row. */
  readonly sharedTitle: DataLoader<CatalogueWork, Title, string>;
  /** Has all seasons and episodes of a series stored that the catalogue knows; nothing for a series that was only read. */
  readonly parts: DataLoader<string, null>;
  /** How many viewings have a string. */
  readonly viewingCount: DataLoader<string, number>;
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
      async (works: readonly CatalogueWork[]) => {
        await saveSharedTitles(sql, works.map(sharedWork));
        const ids = works.map(({ id }) => sharedTitleId(id));
        const titles = await account.prisma.title.findMany({ where: { id: { in: ids } } });
        const byId = new Map(titles.map((title) => [title.id, title]));
        return ids.map((id) => byId.get(id) ?? new Error('A title was not stored'));
      },
      { cacheKeyFn: ({ id }) => id },
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
