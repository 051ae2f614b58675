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
export type Dimension =
  | 'TITLE'
  | 'SERIES'
  | 'KIND'
  | 'GENRE'
  | 'DECADE'
  | 'COUNTRY'
  | 'LANGUAGE'
  | 'DIRECTOR'
  | 'CREATOR'
  | 'ACTOR'
  | 'NETWORK'
  | 'STUDIO'
  | 'CERTIFICATE'
  | 'RUNTIME'
  | 'DEVICE'
  | 'PLACE';

/** One file of an upload. */
export interface ImportedFile {
  /** With its folders, where it came in an archive. */
  readonly path: string;
  /** EMPTY: Netflix had nothing for the table. PRIVATE: known, and left alone on purpose. */
  readonly use: 'USED' | 'EMPTY' | 'PRIVATE' | 'UNKNOWN' | 'UNREADABLE';
  /** Null where it is not known, or left alone. */
  readonly table: ExportTable | null;
  /** The imported, those that were there already, and the rejected. */
  readonly rowsRead: number;
  readonly rowsImported: number;
  /** Among the `rejectedRows` of the import. */
  readonly rowsRejected: number;
  /** Why it was not used, or only in part. */
  readonly note: string | null;
}

/** One upload and what became of its viewing rows: `rowsRead = rowsImported + rowsDuplicate + rowsRejected`. */
export interface Import {
  readonly id: string;
  readonly fileName: string;
  readonly status: 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED';
  /** Stable, such as `DATE_ORDER_NEEDED`; null unless it failed. */
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly format: 'NETFLIX_VIEWING_HISTORY' | 'NETFLIX_VIEWING_ACTIVITY' | 'NETFLIX_EXPORT' | 'NETFLIX_EXPORT_TABLE';
  readonly dateOrder: DateOrder | null;
  /** What settled the order: the rows that did, or the caller. */
  readonly dateOrderReason: string | null;
  /** Of the file as it was sent. */
  readonly bytesTotal: number | null;
  readonly bytesRead: number;
  /** Without header lines; of an archive its viewing rows alone, and `files` counts those of other tables. */
  readonly rowsRead: number;
  readonly rowsImported: number;
  /** There already, or standing for the same viewing as a row that is. */
  readonly rowsDuplicate: number;
  /** Could not be read. They fail no import; `rejectedRows` of the API says where and why. */
  readonly rowsRejected: number;
  /** Of the imported: trailers and the like, which are no viewings. */
  readonly rowsSupplemental: number;
  /** What the upload contained. One for a CSV. */
  readonly files: readonly ImportedFile[];
  /** RFC 3339, `2020-07-28T19:29:13Z`. */
  readonly createdAt: string;
  /** RFC 3339; null until it has ended. */
  readonly finishedAt: string | null;
}

/** A film, series, season or episode. Fields that a kind does not have are absent. */
export interface Title {
  readonly __typename: 'Movie' | 'Series' | 'Season' | 'Episode';
  readonly id: string;
  readonly name: string;
  readonly kind: TitleKind;
  /** Of first release; null where it was only read from a string, and for seasons. */
  readonly year: number | null;
  /** `tt5753856`; null where it was only read from a string, and for seasons. */
  readonly imdbId: string | null;
  /** What is to be shown with it, where it is from a catalogue that asks for that. */
  readonly sourceNotice: string | null;
  /** Of a series. */
  readonly endYear?: number | null;
  /** Of a film or an episode; null where it is not known. */
  readonly runtimeMinutes?: number | null;
  /** Of a season or an episode. */
  readonly series?: { readonly id: string; readonly name: string };
  /** Of a season or an episode; null where it is not known. */
  readonly seasonNumber?: number | null;
  /** Of an episode; null where it is not known. */
  readonly episodeNumber?: number | null;
  /** Of an episode: its season as it stands in the string, such as `Limited Series`; null where none does, and where no string is asked for. */
  readonly netflixLabel?: string | null;
}

export type MatchStatus = 'READ' | 'MATCHED' | 'AMBIGUOUS' | 'UNMATCHED' | 'CORRECTED';

/** A Netflix string, and what it was taken for. */
export interface Match {
  readonly id: string;
  readonly rawTitle: string;
  readonly status: MatchStatus;
  /** The catalogue's where one was accepted, else as it was read; null when it cannot be read as anything. */
  readonly title: Title | null;
  /** 0 to 1; null when nothing was accepted. */
  readonly confidence: number | null;
  /** Sentences that a person can check. */
  readonly evidence: readonly string[];
  /** Best first. */
  readonly candidates: readonly MatchCandidate[];
  readonly viewingCount: number;
}

/** A film or series that a string may mean. */
export interface MatchCandidate {
  /** Its id is one to correct a match with. */
  readonly title: Title;
  /** 0 to 1; those of a string, and that it is none of them, add up to 1. */
  readonly confidence: number;
  readonly evidence: readonly string[];
}

/** The matching of the account's strings with the catalogue: what goes on, or how the last run ended. */
export interface Matching {
  /** WAITING: there is no catalogue to match with. */
  readonly status: 'WAITING' | 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED';
  readonly stringsTotal: number;
  readonly stringsDone: number;
  /** Versions of the matcher and the catalogue that all strings were last matched with. */
  readonly matchedWith: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** RFC 3339. */
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
}

export interface Viewing {
  readonly id: string;
  /** As it stands in the file. */
  readonly rawTitle: string;
  /** Null when the string cannot be read as anything. */
  readonly title: Title | null;
  /** `2020-07-28`, in the profile's time zone. */
  readonly watchedOn: string;
  /** RFC 3339; null where the file has days only. */
  readonly startedAt: string | null;
  /** Null where the file does not say. Never estimated. */
  readonly secondsWatched: number | null;
  /** Where in the title it was stopped: Netflix's bookmark. Null where the file does not say. */
  readonly positionSeconds: number | null;
  /** Played by itself with nobody acting, or for under a minute: left out of the figures. */
  readonly accidental: boolean;
  /** As the file calls it; null where it does not say. */
  readonly device: string | null;
  /** ISO 3166-1 alpha-2; null where the file does not say. */
  readonly country: string | null;
}

export interface Profile {
  readonly id: string;
  readonly name: string;
  /** IANA time zone that days and hours are counted in. */
  readonly timeZone: string;
  /** True while nobody has set it: then it follows the rows' main country. */
  readonly timeZoneAssumed: boolean;
}

export interface ViewingFilter {
  /** First day, `2020-07-28`. */
  readonly from?: string;
  /** Last day, which it includes. */
  readonly to?: string;
  readonly kind?: TitleKind;
  readonly titleId?: string;
  /** Part of the string as it stands in the file, whatever its case. */
  readonly search?: string;
  /** 1 Monday to 7 Sunday, in the profile's time zone. */
  readonly weekday?: number;
  /** 0 to 23, in the profile's time zone. Viewings without a time of day have none. */
  readonly hour?: number;
  /** With `dimensionKey`: one key of one dimension, as `Analytics.top` gives it. */
  readonly dimension?: Dimension;
  readonly dimensionKey?: string;
  /** Those that figures leave out too. Default false. */
  readonly includeAccidental?: boolean;
}

/** Every figure says what it is and how much of the period's viewings it was computed from. */
export interface Figure {
  /** What is counted, in a sentence. */
  readonly definition: string;
  /** Share of the period's viewings that it rests on, 0 to 1. */
  readonly coverage: number | null;
  /** Why there is no figure; null where there is one. */
  readonly unknownBecause: string | null;
}

/** The figures of one profile over one period. A figure that the server could not compute is null. */
export interface Analytics {
  readonly totals:
    | (Figure & {
        readonly viewings: number;
        /** Left out of everything else. */
        readonly accidentalViewings: number;
        /** In those; null where none of them says. */
        readonly accidentalSecondsWatched: number | null;
        /** Null where the files do not say. */
        readonly secondsWatched: number | null;
        readonly titles: number;
        readonly movies: number;
        readonly series: number;
        readonly episodes: number;
        /** Days with a viewing. */
        readonly activeDays: number;
        /** `2020-07-28`; null where there is no viewing. */
        readonly firstWatchedOn: string | null;
        readonly lastWatchedOn: string | null;
      })
    | null;
  readonly timeline:
    | (Figure & {
        /** Oldest first, no gaps. */
        readonly points: readonly {
          /** First day of the unit, `2020-07-01`. */
          readonly start: string;
          readonly viewings: number;
          readonly secondsWatched: number | null;
        }[];
      })
    | null;
  readonly weekHours:
    | (Figure & {
        /** 168, Monday 00:00 first, in the profile's time zone; none where the file has no times of day. */
        readonly cells: readonly {
          /** 1 Monday to 7 Sunday. */
          readonly weekday: number;
          /** 0 to 23. */
          readonly hour: number;
          readonly viewings: number;
          readonly secondsWatched: number | null;
        }[];
      })
    | null;
  readonly top:
    | (Figure & {
        /** Most viewings first. */
        readonly items: readonly {
          /** Stable: an id, a code or the word itself. */
          readonly key: string;
          readonly label: string;
          readonly viewings: number;
          readonly secondsWatched: number | null;
          /** Of the viewings that the dimension is known for, 0 to 1. */
          readonly share: number;
        }[];
      })
    | null;
}

export type SourceName =
  | 'IMDB'
  | 'WIKIDATA'
  | 'WIKIPEDIA'
  | 'ROTTEN_TOMATOES'
  | 'NETFLIX'
  | 'NETFLIX_PAGES'
  | 'JUSTWATCH';

export interface Person {
  readonly name: string;
  /** `nm0000206`; null where the source names people only. */
  readonly imdbId: string | null;
}

/** What other sources say of a title. Null: not known now; `enrichments` says why. */
export interface TitleFacts {
  readonly wikidataId: string | null;
  /** `m/the_matrix`, `tv/dark`. */
  readonly rottenTomatoesId: string | null;
  readonly netflixId: string | null;
  readonly genres: readonly string[] | null;
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[] | null;
  /** ISO 639-1 where there is one, 639-3 otherwise. */
  readonly languages: readonly string[] | null;
  readonly imdb: ImdbFacts | null;
  readonly wikipedia: WikipediaFacts | null;
  readonly rottenTomatoes: RottenTomatoesFacts | null;
  readonly netflix: NetflixFacts | null;
  /** State of each source. For a title that was only read from a string, those of IMDb and Wikidata alone: whether they were asked for its name. */
  readonly enrichments: readonly Enrichment[];
}

/** Without what only IMDb's page has: ask for that with `query`. */
export interface ImdbFacts {
  /** 0 to 10. */
  readonly rating: number | null;
  readonly voteCount: number | null;
  readonly genres: readonly string[] | null;
  readonly runtimeMinutes: number | null;
  readonly directors: readonly Person[] | null;
  readonly creators: readonly Person[] | null;
  /** In the order of billing. */
  readonly cast: readonly Person[] | null;
  readonly url: string;
  /** RFC 3339. */
  readonly fetchedAt: string;
}

/** CC BY-SA 4.0: show `attribution`, or at least `url`, with it. */
export interface WikipediaFacts {
  /** First paragraph. */
  readonly summary: string | null;
  readonly pageTitle: string;
  readonly language: string;
  readonly description: string | null;
  readonly thumbnailUrl: string | null;
  readonly url: string;
  readonly attribution: string;
  readonly fetchedAt: string;
}

export interface RottenTomatoesFacts {
  /** Share of positive critics' reviews, 0 to 100. */
  readonly tomatometer: number | null;
  readonly criticReviewCount: number | null;
  /** 0 to 10. */
  readonly criticAverage: number | null;
  readonly certifiedFresh: boolean | null;
  /** Share of viewers who liked it, 0 to 100. */
  readonly audienceScore: number | null;
  readonly audienceScoreType: 'VERIFIED' | 'ALL' | null;
  readonly consensus: string | null;
  readonly url: string;
  readonly fetchedAt: string;
}

export interface NetflixFacts {
  /** ISO 3166-1 alpha-2. */
  readonly region: string;
  /** On `availableAsOf`; null: not known. */
  readonly available: boolean | null;
  /** `2026-11-22`: the day of the evidence. */
  readonly availableAsOf: string | null;
  readonly availabilityEvidence: 'TOP10' | 'VIEWING' | 'NETFLIX_PAGE' | 'JUSTWATCH' | null;
  readonly synopsis: string | null;
  readonly maturityRating: string | null;
  readonly genres: readonly string[] | null;
  /** Null: no list covers the region. */
  readonly weeksInTop10: number | null;
  readonly url: string | null;
  readonly fetchedAt: string;
}

/** How one source stands with one title. */
export interface Enrichment {
  readonly source: SourceName;
  readonly status: 'UNREAD' | 'DISABLED' | 'PENDING' | 'FRESH' | 'STALE' | 'NOT_FOUND' | 'BLOCKED' | 'FAILED';
  readonly fetchedAt: string | null;
  /** When it will be read again, if anybody asks. */
  readonly nextReadAt: string | null;
  /** Stable, such as `CONTACT_MISSING` or `CHALLENGE`. */
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

/** Where facts come from, and how it is doing. */
export interface Source {
  readonly name: SourceName;
  readonly enabled: boolean;
  /** Why it is not asked. */
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** Between two requests to one of its hosts. */
  readonly gapMilliseconds: number;
  readonly circuit: 'CLOSED' | 'OPEN' | 'HALF_OPEN';
  readonly retryAt: string | null;
  readonly pagesRead: number;
  readonly lastReadAt: string | null;
  readonly termsUrl: string;
}

/** Facts of a profile's titles that were ever asked for: `total = done + failed + pending`. */
export interface EnrichmentProgress {
  readonly total: number;
  readonly done: number;
  /** Blocked or failed. */
  readonly failed: number;
  readonly pending: number;
}
