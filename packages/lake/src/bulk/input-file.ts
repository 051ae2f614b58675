import type { DuckDBConnection } from '@duckdb/node-api';
import type { BulkSource, BulkTable, PinnedVersion } from './versions.ts';

/** A file that a sync reads, downloaded or at hand. */
export interface InputFile {
  readonly path: string;
  readonly source: BulkSource;
}

/** A file that was not taken. */
export interface RefusedFile {
  readonly file: string;
  readonly code: string;
  readonly reason: string;
}

/** What happens in a sync, as it happens. */
export type SyncProgress =
  | {
      readonly step: 'download' | 'read';
      readonly file: string;
      readonly bytes: number;
      readonly bytesTotal: number | null;
    }
  | { readonly step: 'unchanged' | 'missing' | 'write'; readonly file: string }
  | { readonly step: 'wait'; readonly file: string; readonly seconds: number; readonly reason: string }
  | { readonly step: 'table'; readonly table: string; readonly rows: number; readonly rowsRejected: number }
  /** What is taken and may not be whole: a sentence for a person. */
  | { readonly step: 'doubt'; readonly reason: string }
  | { readonly step: 'finish' }
  | { readonly step: 'swap'; readonly version: string };

/** What the tables of a dataset are made of. */
export interface BuildInput {
  readonly files: readonly InputFile[];
  /** The unfinished version: tables go here. */
  readonly folder: string;
  /** For files that are gone again when the sync ends. */
  readonly temporaryFolder: string;
  readonly before: PinnedVersion | null;
  readonly connection: DuckDBConnection;
  readonly signal?: AbortSignal | undefined;
  readonly tell: (progress: SyncProgress) => void;
}

/** What a sync made of its files. Tables that it does not name stay as they were. */
export interface BuiltTables {
  readonly tables: Readonly<Record<string, BulkTable>>;
  readonly refused: readonly RefusedFile[];
}
