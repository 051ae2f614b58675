import type { RejectedRow } from '@watchprint/engine';

/** Rows of one file on their way into a batch. */
export interface PreparedPart<Row> {
  readonly rows: readonly Row[];
  readonly rejected: readonly RejectedRow[];
  /** Of the file. */
  readonly bytesRead: number;
}

/** Longer than any title that Netflix shows (the longest seen has under 300 characters); keeps every index entry small. */
export const longestTitle = 500;
