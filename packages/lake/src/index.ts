export { type Archive, type ArchiveEntry, ArchiveError, type ArchiveLimits, openArchive } from './archive.ts';
export { type Content, ZipWriter } from './archive-writer.ts';
export { BulkError, type BulkErrorCode } from './bulk/bulk-error.ts';
export { datasets } from './bulk/datasets.ts';
export { imdbNotice } from './bulk/imdb-tables.ts';
export type { RefusedFile, SyncProgress } from './bulk/input-file.ts';
export type { SyncOptions, SyncResult } from './bulk/sync.ts';
export {
  type BulkVersion,
  type DatasetName,
  datasetFolder,
  type PinnedVersion,
  pinVersion,
  readCurrent,
} from './bulk/versions.ts';
export { type CatalogueCandidate, readCandidateTitles } from './catalogue/candidate-titles.ts';
export {
  type ImdbDatasetAnswer,
  imdbDatasetVersion,
  readAcclaimedWorks,
  readImdbDatasets,
} from './catalogue/imdb-dataset-facts.ts';
export {
  type ChartedTitle,
  netflixTop10Version,
  type RegionTop10,
  readRegionTop10,
} from './catalogue/netflix-top10.ts';
export {
  type CatalogueFiles,
  catalogueVersion,
  type OpenCatalogue,
  type OpenCatalogueOptions,
  openCatalogue,
  openCatalogueFiles,
  type SearchableCatalogue,
} from './catalogue/open-catalogue.ts';
export { syncWithCatalogue } from './catalogue/sync-with-catalogue.ts';
export { CuratedError } from './curated/curated-error.ts';
export type { CuratedTable } from './curated/curated-table.ts';
export { type CuratedDictionary, termsOfImdb } from './curated/dictionary.ts';
export { curatedFolder, refuseExport } from './curated/export-folder.ts';
export {
  type CuratedProgress,
  type CuratedRows,
  writeCuratedExport,
} from './curated/write-export.ts';
export { type DuckDb, type DuckDbOptions, openDuckDb, sqlName, sqlText } from './duckdb.ts';
export { createOriginals, type Originals, type ReceivedOriginal, removeOld } from './originals.ts';
export { type Header, type PageEntry, PageError, type PageExchange } from './pages/exchange.ts';
export { createPages, type Pages, type PagesOptions, type WantedPage } from './pages/pages.ts';
export {
  type FailedPage,
  type PageParser,
  type ReparseOptions,
  type ReparseProgress,
  reparse,
} from './pages/reparse.ts';
export type { JsonValue } from './query/json-value.ts';
export { type LakeAnswer, type LakeQuery, LakeQueryError, openLakeQuery } from './query/lake-query.ts';
export type { LakeTable } from './query/zone-views.ts';
