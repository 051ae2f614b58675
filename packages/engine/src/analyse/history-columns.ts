/**
 * One profile's viewings as columns: row `i` of the history is entry `i` of every array, in any order. Trailers are not among them.
 * Titles and text are kept once, in dictionaries; rows hold places in them, -1 where nothing is known.
 */
export interface HistoryColumns {
  readonly length: number;
  /** Days since 1970-01-01 in the profile's time zone. */
  readonly day: Int32Array;
  /** Seconds since 1970; NaN where the file has days only. */
  readonly startedAt: Float64Array;
  /** Seconds watched, -1 where the file does not say. */
  readonly seconds: Int32Array;
  /** Where in the title it was stopped, in seconds; -1 where the file does not say. */
  readonly position: Int32Array;
  readonly accidental: Uint8Array;
  /** 1 where the row's string was joined to the catalogue. */
  readonly matched: Uint8Array;
  /** Places in `titles`; -1 where the string could not be read as anything. */
  readonly title: Int32Array;
  /** Places in `devices` and `countries`. */
  readonly device: Int32Array;
  readonly country: Int32Array;
  readonly titles: readonly TitleOfHistory[];
  readonly works: readonly WorkOfHistory[];
  /** In Netflix's words. */
  readonly devices: readonly string[];
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
}

export type TitleKind = 'MOVIE' | 'SERIES' | 'SEASON' | 'EPISODE';

/** What strings were taken for. */
export interface TitleOfHistory {
  readonly id: string;
  readonly name: string;
  readonly kind: TitleKind;
  /** Place in `works` of the film or series that it is or is a part of; -1: of a part whose series nobody knows. */
  readonly work: number;
  readonly seasonNumber: number | null;
  readonly episodeNumber: number | null;
  /** Of first release; null where it was only read from a string. */
  readonly year: number | null;
  readonly runtimeMinutes: number | null;
  /** Null where it was only read from a string. */
  readonly imdbId: string | null;
}

/** A film, or a series whatever is watched of it: what facts are known of. */
export interface WorkOfHistory {
  readonly id: string;
  readonly name: string;
  readonly kind: 'MOVIE' | 'SERIES';
  /** Of first release. */
  readonly year: number | null;
  readonly endYear: number | null;
  /** Of a series, of one episode. */
  readonly runtimeMinutes: number | null;
  /** Null where it was only read from a string. */
  readonly imdbId: string | null;
}

/** Days since 1970-01-01, inclusive at both ends; null: open. */
export interface Period {
  readonly from: number | null;
  readonly to: number | null;
}

export const wholeHistory: Period = { from: null, to: null };
