export {
  type AnalyticsOptions,
  type Client,
  createClient,
  type HistoryFile,
  type ImportHistoryOptions,
  type TypedDocument,
} from './client.ts';
export { ImportFailedError, RefusedError, UnreachableError, WatchprintError } from './errors.ts';
export type { Fetch, TransportOptions as ClientOptions } from './transport.ts';
export type * from './types.ts';
