/** One field of `Analytics`, and the SQL that works it out again. */
export interface Figure {
  /** What the report calls it. */
  readonly name: string;
  /** As it is asked for, with its arguments. */
  readonly field: string;
  /** The fields with one value each. */
  readonly head?: Part;
  /** A list of the field. */
  readonly list?: List;
}

interface Part {
  /** As GraphQL asks for them. One with a selection, `mostOf { id }`, stands for the value of what it selects. */
  readonly columns: readonly string[];
  /** Names its columns as GraphQL does. */
  readonly sql: string;
}

interface List extends Part {
  readonly of: string;
  /**
   * The columns that the document orders the list by. Where rows are equal in all of them it says nothing, and any order will do.
   * Left out: the order is settled.
   */
  readonly by?: readonly string[];
}

export type Value = string | number | boolean | null | readonly Value[];
export type Row = Readonly<Record<string, Value>>;

/** As long as the API makes a list. */
export const longest = 500;

/** Of the period's viewings, or of some of them, the share for which a condition holds; null where there are none. */
export const shareOf = (condition: string, some = 'true') =>
  `(SELECT CASE WHEN count(*) > 0 THEN count(*) FILTER (WHERE ${condition}) / count(*) END FROM inside WHERE ${some})`;

/** Halves go up. */
export const rounded = (value: string) => `CAST(floor(${value} + 0.5) AS INTEGER)`;

export const dayText = (value: string) => `strftime(${value}, '%Y-%m-%d')`;
export const timeText = (value: string) => `strftime(${value}, '%Y-%m-%dT%H:%M:%S.000Z')`;
