import type { EnrichmentRow } from '@watchprint/database';

/** The facts that a row holds, of the shape of its kind; null where nothing was found, or nobody has looked. */
export const factsIn = <Facts>(row: Pick<EnrichmentRow, 'answer' | 'facts'> | null): Facts | null =>
  row?.answer === 'FOUND' ? (row.facts as Facts) : null;
