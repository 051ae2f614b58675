export interface RankedTitle {
  /** Its place in the titles. */
  readonly title: number;
  /** How much speaks for it: above 0, more than for a title of which nothing is known. */
  readonly total: number;
}
