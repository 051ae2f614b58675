export {
  type AnalyticsOptions,
  type Client,
  createClient,
  type ExportAccountOptions,
  type ImportHistoryOptions,
  type TypedDocument,
} from './client.ts';
export {
  ArgumentError,
  ClientClosedError,
  FileUnreadableError,
  ImportFailedError,
  RefusedError,
  UnreachableError,
  WatchprintError,
} from './errors.ts';
export type { HistoryFile } from './history-file.ts';
export type { Fetch, TransportOptions as ClientOptions } from './transport.ts';
export type * from './types.ts';
