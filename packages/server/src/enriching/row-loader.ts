import type { EnrichmentKey } from '@watchprint/database';
import DataLoader from 'dataloader';

/** A kind of facts and what they are of, as one name. */
export const nameOf = ({ kind, subject }: EnrichmentKey): string => `${kind} ${subject}`;

/**
 * Reads rows for all who ask at about the same time in one statement. What was not there a moment ago may be there now, so nothing is kept.
 * @param schedule When those who asked are answered.
 */
export const rowLoader = <Row extends EnrichmentKey>(
  read: (keys: readonly EnrichmentKey[]) => Promise<Row[]>,
  schedule: (send: () => void) => void,
): DataLoader<EnrichmentKey, Row | null> =>
  new DataLoader<EnrichmentKey, Row | null>(
    async (keys) => {
      const distinct = new Map(keys.map((key) => [nameOf(key), key]));
      const rows = new Map((await read([...distinct.values()])).map((row) => [nameOf(row), row]));
      return keys.map((key) => rows.get(nameOf(key)) ?? null);
    },
    { cache: false, batchScheduleFn: schedule },
  );
