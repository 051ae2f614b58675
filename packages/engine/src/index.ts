export { type Coverage, coverage } from './analyse/coverage.ts';
export type { Figure, HistoryColumns, Period, StringOfHistory } from './analyse/history-columns.ts';
export { type Dimension, type Ranking, type RankingItem, ranking } from './analyse/ranking.ts';
export { type CalendarUnit, type Timeline, type TimelinePoint, timeline } from './analyse/timeline.ts';
export { type WatchTotals, watchTotals } from './analyse/totals.ts';
export { type WeekHour, type WeekHours, weekHours } from './analyse/week-hours.ts';
export { type AvailabilityEvidence, availability } from './enrich/availability.ts';
export {
  type EnrichmentStatus,
  enrichmentStatus,
  isDue,
  nextReadAt,
  type StoredEnrichment,
} from './enrich/enrichment-state.ts';
export { type AboutTitle, type FactNature, freshForMs, retryAtAfter } from './enrich/freshness.ts';
export { type ImdbFacts, mergeImdbFacts } from './enrich/imdb-facts.ts';
export type {
  ImdbDatasetFacts,
  ImdbTitlePage,
  JustWatchOffers,
  NetflixTitlePage,
  OfferedWork,
  Person,
  RottenTomatoesPage,
  WikidataCode,
  WikidataItem,
  WikipediaInfobox,
  WikipediaSummary,
} from './enrich/source-facts.ts';
export { createZone, dateOfDay, dayFromDate, mainTimeZone, type Zone } from './parse/calendar.ts';
export { EngineError, HistoryFileEmptyError, HistoryFormatError, PrivateTableError } from './parse/errors.ts';
export type { Details, ExportBatch, ExportRecord, ExportTable, OtherTable } from './parse/export/export-table.ts';
export { readExportTable } from './parse/export/read-export-table.ts';
export type { DateOrder, HistoryBatch, HistoryFormat, HistoryRow, RejectedRow } from './parse/history-row.ts';
export { inspectHistory } from './parse/inspect-history.ts';
export { type HistoryLayout, readHistory } from './parse/read-history.ts';
export {
  type RecognisedExportTable,
  type RecognisedFile,
  type RecognisedHistory,
  recogniseFile,
} from './parse/recognise-file.ts';
export { supplementalTitle } from './parse/supplemental-title.ts';
export type { OpenFile } from './parse/table-shape.ts';
export {
  type Catalogue,
  type CatalogueEpisode,
  type CatalogueWork,
  type FoundWork,
  type ListedTitle,
  type NameKind,
  votersOf,
} from './resolve/match/catalogue.ts';
export { episodeKey, isCommonName } from './resolve/match/episode-list.ts';
export {
  type Correction,
  type Match,
  type MatchCandidate,
  matcherVersion,
  type StringToMatch,
} from './resolve/match/match.ts';
export { type MatchOptions, matchTitles } from './resolve/match/match-titles.ts';
export { catalogueKey, headOfName } from './resolve/match/names/catalogue-key.ts';
export { MOST_WORKS_OF_A_WORD, nameKeys } from './resolve/match/names/name-keys.ts';
export { wordKeysToFile } from './resolve/match/names/name-words.ts';
export { searchKeys, searchPrefixes, searchWords } from './resolve/match/names/search-keys.ts';
export { soundKey } from './resolve/match/names/sound-key.ts';
export { type ListedRow, type NetflixLists, readNetflixLists } from './resolve/match/netflix/listed-titles.ts';
export { type NetflixTitle, readNetflixNames, withNetflixNames } from './resolve/match/netflix/netflix-names.ts';
export { type DownloadedHistory, namesOfTwins } from './resolve/match/netflix/twin-histories.ts';
export { emptyCatalogue, type Offers, offeredWork, withOffers } from './resolve/match/offered-works.ts';
export { type Prediction, predictMatches, predictTitles } from './resolve/predictions.ts';
export { readTitles, titleGroup } from './resolve/read/read-titles.ts';
export { type TitleOfReading, titlesOfReading } from './resolve/read/reading-titles.ts';
export type { TitleReading } from './resolve/read/title-reading.ts';
export { type DatedRow, sameViewings, type TimedRow } from './resolve/same-viewings.ts';
