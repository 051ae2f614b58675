export type HistoryFormat = 'NETFLIX_VIEWING_HISTORY' | 'NETFLIX_VIEWING_ACTIVITY';

export type DateOrder = 'DAY_FIRST' | 'MONTH_FIRST' | 'YEAR_FIRST';

/** One row of a history file, read but not interpreted. */
export interface HistoryRow {
  /** Line in the file where the row begins, 1 for the first. */
  line: number;
  /** As it stands in the file, also where it is empty. */
  rawTitle: string;
  /** Null in a Title, Date file. */
  profileName: string | null;
  /** Days since 1970-01-01, where the file has days only; null where it has instants. */
  day: number | null;
  /** Seconds since 1970-01-01T00:00Z, where the file has instants. */
  startedAt: number | null;
  secondsWatched: number | null;
  /** Where in the title it was stopped, in seconds: Netflix's bookmark. Null where the file does not say. */
  positionSeconds: number | null;
  /** Netflix's word: 'TRAILER', 'HOOK' …; null for a main title. */
  supplementalType: string | null;
  /** Played by itself with nobody acting, or for under 60 seconds. */
  accidental: boolean;
  device: string | null;
  /** ISO 3166-1 alpha-2 code; null where Netflix did not know. */
  country: string | null;
}

/** A row that could not be read. It never fails the import: show it to the person. */
export interface RejectedRow {
  line: number;
  reason: string;
  /** The row as it stands, capped. */
  content: string;
}

export interface HistoryBatch {
  rows: HistoryRow[];
  rejected: RejectedRow[];
  /** Bytes of the file behind the rows so far. */
  bytesRead: number;
}
