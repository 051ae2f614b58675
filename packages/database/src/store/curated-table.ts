/** A table of the lake's curated zone that is of the database. */
export interface CuratedDatabaseTable {
  readonly name: string;
  readonly description: string;
  /** All of it is an account's. */
  readonly isPersonal?: boolean;
  /** A column that is folders, not a column of the files. */
  readonly partition?: CuratedDatabaseColumn;
  /** What rows of a file are sorted by. */
  readonly orderBy: readonly string[];
  readonly columns: readonly CuratedDatabaseColumn[];
  /** What stands behind FROM, with its conditions; rows are called `stored`. The account's id is `$1`. */
  readonly ofAccount: string;
  /** Likewise for an export that is of nobody; null where there is nothing but personal rows. */
  readonly ofNobody: string | null;
}

export interface CuratedDatabaseColumn {
  readonly name: string;
  readonly type: 'VARCHAR' | 'INTEGER' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'TIMESTAMP WITH TIME ZONE';
  readonly isNullable?: boolean;
  readonly unit?: string;
  readonly description: string;
  /** Who says it. */
  readonly sources: readonly (
    | 'imdb'
    | 'wikidata'
    | 'wikipedia'
    | 'rotten-tomatoes'
    | 'netflix'
    | 'justwatch'
    | 'watchprint'
  )[];
  readonly isPersonal?: boolean;
  /** Its value, as SQL over `stored` and what stands beside it. */
  readonly value: string;
}
