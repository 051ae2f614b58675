import { type EnrichmentRow, type SqlConnection, saveFacts } from '@watchprint/database';
import { imdbDatasetVersion, readImdbDatasets } from '@watchprint/lake';
import type { AskedFacts } from './asked-facts.ts';
import { inTime } from './in-time.ts';

/** What IMDb's datasets say is stored beside what its pages say. */
export const imdbDatasetKind = 'imdb-dataset';

/** What is stored of one title. */
export type DatasetRow = Pick<EnrichmentRow, 'answer' | 'facts' | 'fetchedAt'>;

/** With the state of the datasets that said it. */
export type KnownDatasetRow = DatasetRow & Pick<EnrichmentRow, 'pageKey'>;

/** Looks titles up in IMDb's datasets in the lake, several who ask at once together, and stores what they say. */
export interface DatasetFacts {
  /**
   * What the datasets say of titles: as it is stored, where that is of their present state, else looked up.
   * @param known what is stored, by IMDb id.
   * @param deadline as `Date.now()` has it: what is not looked up by then is as it was stored, if at all, and goes on behind.
   */
  of(
    asked: readonly AskedFacts[],
    known: ReadonlyMap<string, KnownDatasetRow>,
    deadline: number,
  ): Promise<ReadonlyMap<string, DatasetRow>>;
  isLookingUp(imdbId: string): boolean;
}

export function createDatasetFacts(sql: SqlConnection, lake: string): DatasetFacts {
  const underWay = new Map<string, Promise<DatasetRow | null>>();
  let waiting: AskedFacts[] = [];
  let next: Promise<ReadonlyMap<string, DatasetRow>> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  /** One look-up after another: whoever asks meanwhile is answered by the next. */
  function lookUp(asked: AskedFacts): Promise<DatasetRow | null> {
    const { imdbId } = asked.subject;
    const before = underWay.get(imdbId);
    if (before !== undefined) return before;
    waiting.push(asked);
    next ??= last.then(async () => {
      const some = waiting;
      waiting = [];
      next = null;
      return storeDatasetFacts(sql, lake, some);
    });
    last = next.catch(() => {});
    const own = next.then((rows) => rows.get(imdbId) ?? null).finally(() => underWay.delete(imdbId));
    underWay.set(imdbId, own);
    return own;
  }

  return {
    isLookingUp: (imdbId) => underWay.has(imdbId),
    async of(asked, known, deadline) {
      const version = await imdbDatasetVersion(lake);
      const all = new Map<string, DatasetRow>(known);
      if (version === null) return all;
      const found = asked
        .filter(({ subject }) => known.get(subject.imdbId)?.pageKey !== version)
        .map(async (one) => {
          const row = await lookUp(one);
          if (row !== null) all.set(one.subject.imdbId, row);
        });
      if (found.length === 0) return all;
      await inTime(Promise.all(found), deadline);
      return new Map(all);
    },
  };
}

async function storeDatasetFacts(
  sql: SqlConnection,
  lake: string,
  asked: readonly AskedFacts[],
): Promise<ReadonlyMap<string, DatasetRow>> {
  const found = await readImdbDatasets(lake, [...new Set(asked.map(({ subject }) => subject.imdbId))]);
  if (found === null) return new Map();
  const rows = asked.map(({ subject: { imdbId }, about }) => {
    const facts = found.facts.get(imdbId) ?? null;
    return {
      kind: imdbDatasetKind,
      subject: imdbId,
      item: null,
      about,
      answer: facts === null ? ('NOT_FOUND' as const) : ('FOUND' as const),
      facts,
      pageKey: found.version,
      fetchedAt: found.knownAt,
      // It holds until the datasets are synced again.
      freshUntil: new Date(found.knownAt.getTime() + datasetFreshMs),
    };
  });
  await saveFacts(sql, rows);
  return new Map(rows.map((row) => [row.subject, row]));
}

const datasetFreshMs = 100 * 365 * 24 * 3_600_000;
