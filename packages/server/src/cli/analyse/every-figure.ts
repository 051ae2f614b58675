/** Asks for every figure of a profile, each with all that it says; lists are short enough for one answer. */
export const everyFigure = `fragment F on Figure { definition coverage unknownBecause }
fragment T on Title { id name kind year ... on Episode { seasonNumber episodeNumber series { id name } } }
fragment R on Ranking { ...F items { key label title { ...T } viewings secondsWatched share } }
query EveryFigure($id: ID!, $period: PeriodInput, $day: Date!, $year: Int!, $other: PeriodInput!) { node(id: $id) { ... on Profile { name timeZone
 analytics(period: $period) {
  from to
  totals { ...F viewings accidentalViewings accidentalSecondsWatched secondsWatched titles movies series episodes activeDays firstWatchedOn lastWatchedOn }
  coverage { matched withDuration withTimeOfDay withGenres withImdb withRottenTomatoes }
  day: timeline(unit: DAY) { ...F points { start viewings secondsWatched } }
  week: timeline(unit: WEEK) { ...F points { start viewings secondsWatched } }
  month: timeline(unit: MONTH) { ...F points { start viewings secondsWatched } }
  year: timeline(unit: YEAR) { ...F points { start viewings secondsWatched } }
  weekHours { ...F cells { weekday hour viewings secondsWatched } }
  streaks { ...F longestDays longestFrom longestTo currentDays }
  longestDays { ...F items { day viewings secondsWatched titles } }
  sessions { ...F count medianSeconds longestSeconds longestStartedAt medianViewings }
  marathons { ...F count items { startedAt endedAt viewings secondsWatched mostOf { ...T } } }
  evenings { ...F evenings lateNights medianStartMinute medianEndMinute byWeekday { weekday evenings lateNights medianStartMinute medianEndMinute } latestOn latestEndMinute }
  onThisDay(day: $day) { ...F items { day viewings secondsWatched titles { ...T } } }
  TITLE: top(dimension: TITLE, first: 20) { ...R } SERIES: top(dimension: SERIES, first: 20) { ...R } KIND: top(dimension: KIND, first: 20) { ...R }
  GENRE: top(dimension: GENRE, first: 20) { ...R } DECADE: top(dimension: DECADE, first: 20) { ...R } COUNTRY: top(dimension: COUNTRY, first: 20) { ...R }
  LANGUAGE: top(dimension: LANGUAGE, first: 20) { ...R } DIRECTOR: top(dimension: DIRECTOR, first: 20) { ...R } CREATOR: top(dimension: CREATOR, first: 20) { ...R }
  ACTOR: top(dimension: ACTOR, first: 20) { ...R } NETWORK: top(dimension: NETWORK, first: 20) { ...R } STUDIO: top(dimension: STUDIO, first: 20) { ...R }
  CERTIFICATE: top(dimension: CERTIFICATE, first: 20) { ...R } RUNTIME: top(dimension: RUNTIME, first: 20) { ...R } DEVICE: top(dimension: DEVICE, first: 20) { ...R } PLACE: top(dimension: PLACE, first: 20) { ...R }
  diversity(dimension: GENRE) { ...F normalisedEntropy effectiveValues values points { start normalisedEntropy values } }
  taste(dimension: GENRE) { ...F starts items { key label shares } }
  peoplePairs { ...F items { people { name imdbId } titles { ...T } viewings } }
  releases { ...F viewings medianYears newShare medianDays filmsWithDay years { year viewings medianYears newShare } }
  binges(first: 20) { ...F count items { series { ...T } seriesName watchedOn episodes secondsWatched } }
  series(first: 50) { ...F items { series { ...T } state episodesWatched episodesTotal lastWatchedOn daysSince lastTitle { ...T } nextEpisode { id name seasonNumber episodeNumber } } }
  unfinishedFilms { ...F items { title { ...T } lastWatchedOn daysSince secondsWatched positionSeconds runtimeSeconds } }
  rewatches { ...F count items { title { ...T } times lastWatchedOn } }
  travel { ...F home count items { country from to viewings } }
  otherProfiles { ...F other { id name } sharedTitles overlap hourOverlap hours otherHours items { title { ...T } viewings otherViewings } }
  criticsAndYou { ...F titles withCritics withAudience withImdb likedAgainstCritics { ...T } dislikedAgainstCritics { ...T } }
  acclaimedUnseen { ...F items { imdbId name kind year rating voteCount } }
  top10AndYou { ...F region titlesCharted titlesCompared medianLagDays items { title { ...T } chartedOn weeks firstWatchedOn lagDays } }
  spending { ...F currencies { currency total charges perHour profile unused months { start total } titles { title { ...T } cost } } }
  myList { ...F added watchedAfter watchedBefore neverWatched medianDays waiting { rawTitle addedOn } }
  searches { ...F searches ledToPlay medianSecondsToPlay queries { query searches } }
  openings { ...F visits withPlay medianSecondsToPlay longestSecondsToPlay }
  pauses { ...F playbacks secondsPlayed pauses jumps medianPauseSeconds pausesPerHour jumpsPerHour }
  ratings { ...F down up twoUp stars meanStars years { year down up twoUp stars } }
  comparedWith(period: $other) { ...F numbers { name here there } genres { genre here there } }
  yearInReview(year: $year) { ...F year totals { viewings secondsWatched } busiestMonth { start viewings secondsWatched } longestDay { day viewings secondsWatched titles } streaks { longestDays longestFrom longestTo } binge { seriesName episodes watchedOn } series { label viewings } films { label viewings } genres { label share } newTitles firstTitle { ...T } lastTitle { ...T } }
 } } } }`;
