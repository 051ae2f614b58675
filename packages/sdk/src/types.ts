export type DateOrder = 'DAY_FIRST' | 'MONTH_FIRST' | 'YEAR_FIRST';
export type ExportTable =
  | 'VIEWING_ACTIVITY'
  | 'VIEWING_HISTORY'
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
export type TitleKind = 'MOVIE' | 'SERIES' | 'SEASON' | 'EPISODE';
export type CalendarUnit = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';
export type Dimension = 'TITLE' | 'SERIES' | 'DEVICE' | 'PLACE';

/** One file of an upload. */
export interface ImportedFile {
  /** With its folders, where it came in an archive. */
  readonly path: string;
  /** EMPTY: Netflix had nothing for the table. PRIVATE: known, and left alone on purpose. */
  readonly use: 'USED' | 'EMPTY' | 'PRIVATE' | 'UNKNOWN' | 'UNREADABLE';
  /** Null where it is not known, or left alone. */
  readonly table: ExportTable | null;
  readonly rowsRead: number;
  readonly rowsImported: number;
  readonly rowsRejected: number;
  /** Why it was not used, or only in part. */
  readonly note: string | null;
}

/** One upload and what became of its viewing rows: `rowsRead = rowsImported + rowsDuplicate + rowsRejected`. */
export interface Import {
  readonly id: string;
  readonly fileName: string;
  readonly status: 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED';
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly format: 'NETFLIX_VIEWING_HISTORY' | 'NETFLIX_VIEWING_ACTIVITY' | 'NETFLIX_EXPORT' | 'NETFLIX_EXPORT_TABLE';
  readonly dateOrder: DateOrder | null;
  readonly dateOrderReason: string | null;
  readonly bytesTotal: number | null;
  readonly bytesRead: number;
  readonly rowsRead: number;
  readonly rowsImported: number;
  readonly rowsDuplicate: number;
  readonly rowsRejected: number;
  /** Of the imported: trailers and the like, which are no viewings. */
  readonly rowsSupplemental: number;
  /** One for a CSV. */
  readonly files: readonly ImportedFile[];
  /** Instants as RFC 3339. */
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

/** A film, series, season or episode. Fields that a kind does not have are absent. */
export interface Title {
  readonly __typename: 'Movie' | 'Series' | 'Season' | 'Episode';
  readonly id: string;
  readonly name: string;
  readonly kind: TitleKind;
  readonly series?: { readonly id: string; readonly name: string };
  readonly seasonNumber?: number | null;
  readonly episodeNumber?: number | null;
  readonly netflixLabel?: string | null;
}

export interface Viewing {
  readonly id: string;
  /** As it stands in the file. */
  readonly rawTitle: string;
  /** Null when the string cannot be read as anything. */
  readonly title: Title | null;
  /** `2020-07-28`, in the profile's time zone. */
  readonly watchedOn: string;
  /** Null where the file has days only. */
  readonly startedAt: string | null;
  readonly secondsWatched: number | null;
  readonly accidental: boolean;
  readonly device: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
}

export interface Profile {
  readonly id: string;
  readonly name: string;
  /** IANA time zone. */
  readonly timeZone: string;
  readonly timeZoneAssumed: boolean;
}

export interface ViewingFilter {
  /** `2020-07-28`, inclusive. */
  readonly from?: string;
  readonly to?: string;
  readonly kind?: TitleKind;
  readonly titleId?: string;
  readonly search?: string;
  readonly includeAccidental?: boolean;
}

/** Every figure says what it is and how much of the period's viewings it was computed from. */
export interface Figure {
  readonly definition: string;
  /** 0 to 1. */
  readonly coverage: number | null;
  readonly unknownBecause: string | null;
}

export interface Analytics {
  readonly totals:
    | (Figure & {
        readonly viewings: number;
        readonly accidentalViewings: number;
        readonly secondsWatched: number | null;
        readonly titles: number;
        readonly movies: number;
        readonly series: number;
        readonly episodes: number;
        readonly activeDays: number;
        readonly firstWatchedOn: string | null;
        readonly lastWatchedOn: string | null;
      })
    | null;
  readonly timeline:
    | (Figure & {
        readonly points: readonly {
          readonly start: string;
          readonly viewings: number;
          readonly secondsWatched: number | null;
        }[];
      })
    | null;
  readonly weekHours:
    | (Figure & {
        readonly cells: readonly {
          readonly weekday: number;
          readonly hour: number;
          readonly viewings: number;
          readonly secondsWatched: number | null;
        }[];
      })
    | null;
  readonly top:
    | (Figure & {
        readonly items: readonly {
          readonly key: string;
          readonly label: string;
          readonly viewings: number;
          readonly secondsWatched: number | null;
          readonly share: number;
        }[];
      })
    | null;
}
