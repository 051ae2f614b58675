/** How each type stands in Parquet: types that every engine knows, so ids are text. The names are DuckDB's, and standard SQL's. */
export const parquetTypes = {
  VARCHAR: 'BYTE_ARRAY, STRING',
  'VARCHAR[]': 'LIST of BYTE_ARRAY, STRING',
  INTEGER: 'INT32',
  BIGINT: 'INT64',
  DOUBLE: 'DOUBLE',
  BOOLEAN: 'BOOLEAN',
  DATE: 'INT32, DATE',
  'TIMESTAMP WITH TIME ZONE': 'INT64, TIMESTAMP in microseconds, adjusted to UTC',
} as const;

export type CuratedType = keyof typeof parquetTypes;

/** Who says something. */
export type CuratedSource =
  | 'imdb'
  | 'wikidata'
  | 'wikipedia'
  | 'rotten-tomatoes'
  | 'netflix'
  | 'justwatch'
  | 'watchprint';

/** A column, once for what writes it and what describes it. */
export interface CuratedColumn {
  readonly name: string;
  readonly type: CuratedType;
  /** Whether it may be null; a null elsewhere fails the export. */
  readonly isNullable?: boolean;
  readonly unit?: string;
  readonly description: string;
  readonly sources: readonly CuratedSource[];
}

/** A table of the curated zone: a folder. */
export interface CuratedTable {
  readonly name: string;
  readonly description: string;
  /** Its rows are an account's. */
  readonly isPersonal?: boolean;
  /** A column that is folders, `name=value`, and not in the files. */
  readonly partition?: CuratedColumn;
  /** What rows of a file are sorted by. */
  readonly orderBy: readonly string[];
  readonly columns: readonly CuratedColumn[];
}

/** All columns, as a query sees them. */
export const allColumns = ({ columns, partition }: CuratedTable): readonly CuratedColumn[] =>
  partition === undefined ? columns : [...columns, partition];
