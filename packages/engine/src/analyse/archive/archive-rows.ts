/**
 * Rows of an export's other tables, as figures use them. Times are seconds since 1970; a `work` is a place in the history's works, -1
 * where the row's title is none of what the profile has watched.
 */
export interface ArchiveRows {
  readonly ratings: readonly RatingRow[];
  readonly myList: readonly MyListRow[];
  readonly searches: readonly SearchRow[];
  readonly clicks: readonly ClickRow[];
  readonly playbacks: readonly PlaybackRow[];
}

export interface RatingRow {
  readonly at: number;
  readonly work: number;
  readonly rawTitle: string;
  /** 1 down, 2 up, 3 two thumbs up; null where stars were given. */
  readonly thumbs: number | null;
  /** 1 to 5; null where a thumb was given. */
  readonly stars: number | null;
}

export interface MyListRow {
  /** Day added, days since 1970-01-01. */
  readonly day: number;
  readonly work: number;
  readonly rawTitle: string;
}

export interface SearchRow {
  readonly at: number;
  readonly work: number;
  readonly query: string | null;
  /** `play`, `view_video_info`, … */
  readonly action: string | null;
}

export interface ClickRow {
  readonly at: number;
  /** `playback`, `browseTitles`, … */
  readonly level: string;
}

export interface PlaybackRow {
  readonly at: number;
  readonly rawTitle: string | null;
  readonly events: readonly PlaybackEvent[];
}

export interface PlaybackEvent {
  /** `start`, `playing`, `paused`, `reposition`, `stopped`. */
  readonly type: string;
  readonly sessionOffsetMs: number | null;
}

/** A row of the account's billing. Amounts as text with a point, as they stand in the file. */
export interface BillingRow {
  /** Of the transaction, days since 1970-01-01. */
  readonly day: number;
  readonly gross: string | null;
  readonly currency: string | null;
  /** Days since 1970-01-01; null on rows that only say that something was paid. */
  readonly servicePeriodStart: number | null;
  readonly servicePeriodEnd: number | null;
  /** `SALE`, `CAPTURED`, … */
  readonly transactionType: string | null;
  /** Of a payment: `APPROVED`, `DECLINED`, … */
  readonly status: string | null;
  /** Of an invoice: `SETTLED`, `COMPLETED`, … */
  readonly invoiceResult: string | null;
}
