const importFields = `id fileName status errorCode errorMessage format dateOrder dateOrderReason bytesTotal bytesRead
  rowsRead rowsImported rowsDuplicate rowsRejected rowsSupplemental
  files { path use table rowsRead rowsImported rowsRejected note } createdAt finishedAt`;

const titleFields = `__typename id name kind year imdbId sourceNotice
  ... on Movie { runtimeMinutes }
  ... on Series { endYear }
  ... on Season { series { id name } seasonNumber }
  ... on Episode { series { id name } seasonNumber episodeNumber netflixLabel runtimeMinutes }`;

const matchFields = `id rawTitle status confidence evidence viewingCount title { ${titleFields} }
  candidates { confidence evidence title { ${titleFields} } }`;

const figure = 'definition coverage unknownBecause';

export const importHistoryDocument = `mutation ImportHistory($input: ImportHistoryInput!) {
  importHistory(input: $input) { import { ${importFields} } }
}`;

export const importProgressDocument = `subscription ImportProgress($id: ID!) {
  importProgress(importId: $id) { ${importFields} }
}`;

export const importDocument = `query Import($id: ID!) { node(id: $id) { ... on Import { ${importFields} } } }`;

export const deleteImportDocument = `mutation DeleteImport($id: ID!) {
  deleteImport(input: { importId: $id }) { viewingsRemoved }
}`;

export const profilesDocument = 'query Profiles { viewer { profiles { id name timeZone timeZoneAssumed } } }';

export const viewingsDocument = `query Viewings($profile: ID!, $filter: ViewingFilter, $first: Int, $after: String) {
  node(id: $profile) { ... on Profile { viewings(filter: $filter, first: $first, after: $after) {
    nodes { id rawTitle watchedOn startedAt secondsWatched positionSeconds accidental device country title { ${titleFields} } }
    pageInfo { hasNextPage endCursor }
  } } }
}`;

export const matchesDocument = `query Matches($profile: ID!, $status: MatchStatus, $first: Int, $after: String) {
  node(id: $profile) { ... on Profile { matches(status: $status, first: $first, after: $after) {
    nodes { ${matchFields} }
    pageInfo { hasNextPage endCursor }
  } } }
}`;

export const correctMatchDocument = `mutation CorrectMatch($match: ID!, $title: ID) {
  correctMatch(input: { matchId: $match, titleId: $title }) { match { ${matchFields} } alsoChanged { ${matchFields} } }
}`;

export const resetMatchDocument = `mutation ResetMatch($match: ID!) {
  resetMatch(input: { matchId: $match }) { match { ${matchFields} } alsoChanged { ${matchFields} } }
}`;

export const matchingDocument = `query Matching {
  viewer { matching { status stringsTotal stringsDone matchedWith errorCode errorMessage startedAt finishedAt } }
}`;

export const factsDocument = `query Facts($id: ID!, $region: String, $language: String) { title(id: $id) {
  wikidataId rottenTomatoesId netflixId genres countries languages
  imdb { rating voteCount genres runtimeMinutes directors { name imdbId } creators { name imdbId } cast { name imdbId } url fetchedAt }
  wikipedia(language: $language) { summary pageTitle language description thumbnailUrl url attribution fetchedAt }
  rottenTomatoes { tomatometer criticReviewCount criticAverage certifiedFresh audienceScore audienceScoreType consensus url fetchedAt }
  netflix(region: $region) { region available availableAsOf availabilityEvidence synopsis maturityRating genres weeksInTop10 url fetchedAt }
  enrichments { source status fetchedAt nextReadAt errorCode errorMessage }
} }`;

export const sourcesDocument = `query Sources {
  sources { name enabled errorCode errorMessage gapMilliseconds circuit retryAt pagesRead lastReadAt termsUrl }
}`;

export const enrichProfileDocument = `mutation EnrichProfile($profile: ID!, $sources: [SourceName!]) {
  enrichProfile(input: { profileId: $profile, sources: $sources }) { progress { total done failed pending } }
}`;

export const enrichmentProgressDocument = `subscription EnrichmentProgress($profile: ID!) {
  enrichmentProgress(profileId: $profile) { total done failed pending }
}`;

export const titlesDocument = `query Titles($search: String!, $kind: TitleKind, $first: Int) {
  titles(search: $search, kind: $kind, first: $first) { nodes { ${titleFields} } }
}`;

export const titleDocument = `query Title($id: ID!) { title(id: $id) { ${titleFields} } }`;

export const analyticsDocument = `query Analytics($profile: ID!, $period: PeriodInput, $unit: CalendarUnit!, $dimension: Dimension!, $first: Int) {
  node(id: $profile) { ... on Profile { analytics(period: $period) {
    totals { ${figure} viewings accidentalViewings accidentalSecondsWatched secondsWatched titles movies series episodes activeDays firstWatchedOn lastWatchedOn }
    timeline(unit: $unit) { ${figure} points { start viewings secondsWatched } }
    weekHours { ${figure} cells { weekday hour viewings secondsWatched } }
    top(dimension: $dimension, first: $first) { ${figure} items { key label viewings secondsWatched share } }
  } } }
}`;
