import type { RejectedRow } from '../history-row.ts';

/** The tables of a personal-data export that are read besides the viewing activity. */
export type OtherTable =
  | 'PROFILES'
  | 'RATINGS'
  | 'MY_LIST'
  | 'INDICATED_PREFERENCES'
  | 'SEARCH_HISTORY'
  | 'PLAYBACK_EVENTS'
  | 'CLICKSTREAM'
  | 'INTERACTIVE_TITLES'
  | 'GAME_SESSIONS'
  | 'DEVICES'
  | 'BILLING';

/** Every table that is read. VIEWING_HISTORY is the instant download, which people put into archives too. */
export type ExportTable = 'VIEWING_ACTIVITY' | 'VIEWING_HISTORY' | OtherTable;

export type DetailValue =
  | string
  | number
  | boolean
  | null
  | readonly DetailValue[]
  | { readonly [name: string]: DetailValue };

/** What a row says besides whose it is, when, and about what. Instants are RFC 3339 in UTC, days full-dates. */
export type Details = Readonly<Record<string, DetailValue>>;

/** A row of one of the other tables. */
export interface ExportRecord {
  /** Line in the file where the row begins, 1 for the first. */
  readonly line: number;
  /** Null for what is the account's and no profile's. */
  readonly profileName: string | null;
  /** Seconds since 1970-01-01T00:00Z; noon of the day where the table has days only; null where the row says neither. */
  readonly at: number | null;
  /** What it is about, as it stands in the file. */
  readonly rawTitle: string | null;
  readonly details: Details;
}

export interface ExportBatch {
  readonly rows: readonly ExportRecord[];
  readonly rejected: readonly RejectedRow[];
  /** Bytes of the file behind the rows so far. */
  readonly bytesRead: number;
}
