export {
  type AnalyticsOptions,
  type CallOptions,
  type Client,
  type CorrectedMatch,
  createClient,
  type EnrichProfileOptions,
  type ExportAccountOptions,
  type FactsOptions,
  type FiguresOptions,
  type ImportHistoryOptions,
  type MatchesOptions,
  type TitlesOptions,
  type TypedDocument,
  type ViewingsOptions,
} from './client.ts';
export {
  AbortedError,
  ArgumentError,
  ClientClosedError,
  FileUnreadableError,
  ImportFailedError,
  RefusedError,
  UnreachableError,
  WatchprintError,
} from './errors.ts';
export type { Coverage, FigureArguments, FigureName, Figures, FigureTitle, SeriesState } from './figures.ts';
export type { HistoryFile } from './history-file.ts';
export type { ClientOptions, Fetch } from './transport.ts';
export type * from './types.ts';
