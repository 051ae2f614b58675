export { headOfId } from './batch/name-id.ts';
export { storableText } from './batch/storable-text.ts';
export { isConnectionLost } from './connection/connection-lost.ts';
export { HomeLockedError, homeHolder, type LockHolder } from './connection/home-lock.ts';
export { DiskFullError, isDiskFull } from './connection/room.ts';
export type { Sql, SqlConnection } from './connection/sql.ts';
export { startThread } from './connection/thread.ts';
export { type Database, type DatabaseOptions, hasDatabase, openDatabase } from './open-database.ts';
export { findAccount, openAccount } from './store/account-directory.ts';
export { AccountChangedError, accountRows, readAccount } from './store/account-export.ts';
export { type ExportedTable, exportedTables, leftOut } from './store/account-export-tables.ts';
export {
  type AccountSql,
  type AccountStore,
  accountStore,
} from './store/account-store.ts';
export {
  type ApiToken,
  createToken,
  findToken,
  listTokens,
  type NewToken,
  revokeToken,
  type TokenOwner,
  type TokenScope,
} from './store/api-token-store.ts';
export { readExportRows, readNames, type StoredExportRow } from './store/archive-rows-store.ts';
export { countRows, type StoredTable, storedTables, type TableCount } from './store/catalogue.ts';
export { type ChangedFacts, changedFacts } from './store/changed-facts-store.ts';
export {
  type CorrectionToSave,
  correctionId,
  correctionsOf,
  removeCorrection,
  saveCorrections,
} from './store/correction-store.ts';
export { curatedTablesFor, readCuratedRows } from './store/curated-rows.ts';
export type { CuratedDatabaseTable } from './store/curated-table.ts';
export { beginAccountDeletion, removeAccountRows } from './store/delete-account.ts';
export { type DeletedImport, deleteImport } from './store/delete-import.ts';
export {
  beginProfileDeletion,
  endProfileDeletion,
  releasedOriginals,
  removeProfileRows,
} from './store/delete-profile.ts';
export { dumpTables } from './store/dump-tables.ts';
export { completeImport, failImport } from './store/end-import.ts';
export {
  countEnrichments,
  type EnrichmentCounts,
  type WatchedBy,
  type WatchedTitle,
  watchedTitles,
} from './store/enriched-titles.ts';
export {
  createEnrichmentQueue,
  type EnrichmentJob,
  type EnrichmentQueue,
  type EnrichmentResult,
  enrichedChannel,
} from './store/enrichment-queue.ts';
export {
  dropWanted,
  type EnrichmentKey,
  type EnrichmentRow,
  type EnrichmentState,
  type FactsToSave,
  freshPages,
  itemSubjectOf,
  readEnrichmentStates,
  readEnrichments,
  saveFacts,
  subjectOfArticle,
  subjectsOfPage,
  type WantedEnrichment,
  wantEnrichments,
  wantedChannel,
  wantFoundByItem,
} from './store/enrichment-store.ts';
export { loadHistory } from './store/history.ts';
export { HistoryWriter, ImportLostError } from './store/history-store.ts';
export { type ProfileState, profileStates, setThresholds } from './store/history-version-store.ts';
export {
  type ChangeCounts,
  type ChangedRow,
  changeCounts,
  changedRows,
  importBefore,
  type ViewingChange,
} from './store/import-changes.ts';
export { createImportQueue, type ImportJob, type ImportQueue, importChannel } from './store/import-queue.ts';
export {
  DumpMismatchError,
  type DumpToLoad,
  loadTables,
  NotEmptyError,
} from './store/load-tables.ts';
export {
  type DueLookUp,
  dueLookUps,
  type LookUp,
  lookUpsAnswered,
  lookUpsOf,
  matchGroupsAnew,
  type StoredLookUp,
  saveLookUps,
  settleLookUps,
  staleLookedUp,
  type UnknownTitle,
  unknownTitles,
  unknownTitlesOf,
} from './store/look-up-store.ts';
export { countMatches, type MatchPlace, matchPage, viewingCounts } from './store/match-page.ts';
export {
  countStale,
  type GroupToMatch,
  groupOf,
  groupsOf,
  type MatchedGroup,
  type MatchOutcome,
  type MatchStatus,
  type StringWithMatch,
  saveMatches,
  settleWhatRowsTell,
  staleGroups,
} from './store/match-store.ts';
export {
  createMatchingQueue,
  type MatchingJob,
  matchingChannel,
  requestAllMatching,
  requestMatching,
} from './store/matching-queue.ts';
export { profilesToPair, rowsToPair, saveCovered } from './store/pairing-store.ts';
export {
  type OpenedProfile,
  openProfile,
  type ProfileToOpen,
  profilesOfImport,
  removeUnusedProfiles,
  renameProfile,
} from './store/profile-store.ts';
export { type RefusedPage, refusedPages, rememberRefusals } from './store/refused-page-store.ts';
export {
  markEpisodesSaved,
  type SharedTitle,
  saveSharedTitles,
  sharedEpisode,
  sharedTitleId,
  sharedWork,
  storedTitles,
} from './store/shared-title-store.ts';
export { endTurn, hostRobots, keepHostRobots, releaseTurns, takeTurn } from './store/source-host-store.ts';
export {
  readSourceHealth,
  readSources,
  type SourceHealth,
  seedSources,
  sourcesChannel,
  updateSourceRow,
} from './store/source-store.ts';
export { profileZones, setTimeZone, settleTimeZone } from './store/time-zone-store.ts';
export { type NamedTitle, titlesByName } from './store/title-search.ts';
export { idsOfSeries, lockAccount, stringsToMatchAnew } from './store/title-store.ts';
export { lastViewedIn } from './store/viewed-in-store.ts';
export { countViewings, type ViewingConditions, type ViewingPlace, viewingPage } from './store/viewing-page.ts';
export { readFactsOf, type StoredFacts } from './store/work-facts-store.ts';
