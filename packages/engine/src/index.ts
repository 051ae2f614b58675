export { AnalysedHistory, type AnalysedPeriod, type AnalysisSettings } from './analyse/analysed-history.ts';
export type {
  ArchiveRows,
  BillingRow,
  ClickRow,
  MyListRow,
  PlaybackEvent,
  PlaybackRow,
  RatingRow,
  SearchRow,
} from './analyse/archive/archive-rows.ts';
export { type MyListEntry, type MyListFigure, myList } from './analyse/archive/my-list.ts';
export { type Openings, openings } from './analyse/archive/openings.ts';
export { type Pauses, pauses } from './analyse/archive/pauses.ts';
export { type RatingCounts, type Ratings, ratingsGiven } from './analyse/archive/ratings.ts';
export { type Searches, type SearchWord, searches } from './analyse/archive/searches.ts';
export { type Spending, type SpendingOf, spending } from './analyse/archive/spending.ts';
export { type OtherName, worksByName } from './analyse/archive/works-by-name.ts';
export type { Figure, Need, Statistic } from './analyse/figure.ts';
export {
  type HistoryColumns,
  type Period,
  type TitleOfHistory,
  type WorkOfHistory,
  wholeHistory,
} from './analyse/history-columns.ts';
export { type ProfileOverlap, profileOverlap, type SharedWork } from './analyse/places/profile-overlap.ts';
export { type Stay, type Travel, travel } from './analyse/places/travel.ts';
export {
  type ComparedGenre,
  type ComparedName,
  type ComparedNumber,
  comparePeriods,
  type PeriodComparison,
} from './analyse/review/comparison.ts';
export { type YearInReview, yearInReview } from './analyse/review/year-in-review.ts';
export { type Binge, type Binges, binges } from './analyse/series/binges.ts';
export { type Rewatch, type Rewatches, rewatches } from './analyse/series/rewatches.ts';
export {
  type EpisodeLists,
  type EpisodeOfSeries,
  type SeriesProgress,
  type SeriesProgressList,
  type SeriesState,
  seriesProgress,
} from './analyse/series/series-progress.ts';
export { type UnfinishedFilm, type UnfinishedFilms, unfinishedFilms } from './analyse/series/unfinished-films.ts';
export { statistics } from './analyse/statistics.ts';
export {
  type Thresholds,
  thresholdFault,
  thresholdLimits,
  thresholdNames,
  thresholdsWith,
} from './analyse/thresholds.ts';
export type { CalendarUnit } from './analyse/time/calendar-unit.ts';
export { type Coverage, coverage } from './analyse/time/coverage.ts';
export { type Evenings, type EveningTimes, evenings } from './analyse/time/evenings.ts';
export { type LongestDay, type LongestDays, longestDays } from './analyse/time/longest-days.ts';
export { type Marathon, type Marathons, marathons } from './analyse/time/marathons.ts';
export { type OnThisDay, onThisDay, type SameDay } from './analyse/time/on-this-day.ts';
export { type SessionStats, sessionStats } from './analyse/time/sessions.ts';
export { type Streaks, streaks } from './analyse/time/streaks.ts';
export { type Timeline, type TimelinePoint, timeline } from './analyse/time/timeline.ts';
export { type WatchTotals, watchTotals } from './analyse/time/totals.ts';
export { type WeekHour, type WeekHours, weekHours } from './analyse/time/week-hours.ts';
export { type Dimension, dimensions, dimensionWords } from './analyse/titles/dimension.ts';
export { type Diversity, type DiversityPoint, diversity } from './analyse/titles/diversity.ts';
export { type PeoplePair, type PeoplePairs, peoplePairs } from './analyse/titles/people-pairs.ts';
export { type Ranking, type RankingItem, ranking, rankingStatistic } from './analyse/titles/ranking.ts';
export { type Releases, type ReleaseYears, releases } from './analyse/titles/releases.ts';
export { type Taste, type TasteValue, taste } from './analyse/titles/taste.ts';
export { type AcclaimedUnseen, type AcclaimedWork, acclaimedUnseen } from './analyse/verdicts/acclaimed.ts';
export { type CriticsComparison, criticsComparison } from './analyse/verdicts/critics.ts';
export { type Top10Comparison, type Top10Lists, type Top10Title, top10Comparison } from './analyse/verdicts/top10.ts';
export { type Verdict, verdictsOf } from './analyse/verdicts/verdict.ts';
export { codesIn, type FactsOfWorks, type WorkFacts, workFactsOf } from './analyse/work-facts.ts';
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
export { createZone, dateOfDay, dayFromDate, dayOfDate, mainTimeZone, type Zone } from './parse/calendar.ts';
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
export { type Backtest, backtest, type RankingScores } from './recommend/evaluate/backtest.ts';
export type { Baseline } from './recommend/evaluate/baselines.ts';
export { type Opinion, type OpinionVerdict, votesOf } from './recommend/profile/votes.ts';
export {
  answerTask,
  type RecommendTask,
  type TaskAnswer,
  type TaskEvent,
  type TaskQuery,
} from './recommend/task/answer-task.ts';
export { type CandidateTitle, titleSet } from './recommend/titles/title-set.ts';
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
