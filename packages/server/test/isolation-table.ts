/** A person of the walk: what there is of theirs for others to ask for. */
export interface Person {
  /** A word that stands in all that is theirs and nowhere else. */
  readonly word: string;
  readonly token: string;
  readonly accountId: string;
  /** Public ids, by what they are of. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  readonly cursors: readonly string[];
}

const every = (them: Person): string[] => [...them.ids.values()].flat();
const cursors = (them: Person) => them.cursors;
const sizes = () => [1, 500];
const text = (them: Person) => [them.word, `${them.word} Hour`];

/**
 * What one account gives for each argument, made of what is another's. A new argument, or field of an input, needs a line here:
 * the walk does the rest. `every` is the right one for whatever takes an id.
 */
export const given: Readonly<Record<string, (them: Person) => readonly unknown[]>> = {
  'Query.node(id)': every,
  'Query.title(id)': every,
  'Query.title(imdbId)': (them) => ['tt0000001', ...every(them)],
  'Query.title(wikidataId)': every,
  'Query.title(rottenTomatoesId)': every,
  'Query.title(netflixId)': every,
  'Query.titles(search)': text,
  'Query.titles(kind)': () => ['MOVIE', 'EPISODE'],
  'Query.titles(first)': sizes,
  'Query.titles(after)': cursors,
  'Account.corrections(first)': sizes,
  'Account.corrections(after)': cursors,
  'Profile.matches(status)': () => ['READ', 'CORRECTED'],
  'Profile.matches(first)': sizes,
  'Profile.matches(after)': cursors,
  'CorrectMatchInput.matchId': every,
  'CorrectMatchInput.titleId': every,
  'ResetMatchInput.matchId': every,
  'ImportCorrectionsInput.corrections': (them) => [[{ rawTitle: them.word, imdbId: null }]],
  'Account.imports(first)': sizes,
  'Account.imports(after)': cursors,
  'Account.exportRows(table)': () => ['BILLING', 'RATINGS'],
  'Account.exportRows(importId)': every,
  'Account.exportRows(first)': sizes,
  'Account.exportRows(after)': cursors,
  'Profile.exportRows(table)': () => ['RATINGS', 'BILLING'],
  'Profile.exportRows(importId)': every,
  'Profile.exportRows(first)': sizes,
  'Profile.exportRows(after)': cursors,
  'ImportChanges.viewings(change)': () => ['ADDED', 'GONE'],
  'ImportChanges.viewings(first)': sizes,
  'ImportChanges.viewings(after)': cursors,
  'Import.rejectedRows(first)': sizes,
  'Import.rejectedRows(after)': cursors,
  'Profile.viewings(first)': sizes,
  'Profile.viewings(after)': cursors,
  'Profile.analytics(period)': () => [{ from: '2000-01-01', to: '2030-01-01' }],
  'PeriodInput.from': () => ['2000-01-01'],
  'PeriodInput.to': () => ['2030-01-01'],
  'ViewingFilter.from': () => ['2000-01-01'],
  'ViewingFilter.to': () => ['2030-01-01'],
  'ViewingFilter.kind': () => ['MOVIE', 'EPISODE'],
  'ViewingFilter.titleId': every,
  'ViewingFilter.search': text,
  'ViewingFilter.weekday': () => [1, 7],
  'ViewingFilter.hour': () => [0, 23],
  'ViewingFilter.dimension': () => ['DEVICE', 'TITLE'],
  'ViewingFilter.dimensionKey': (them) => [...every(them), ...text(them)],
  'ViewingFilter.includeAccidental': () => [true],
  'Analytics.timeline(unit)': () => ['YEAR', 'DAY'],
  'Analytics.top(dimension)': () => ['DEVICE', 'TITLE', 'SERIES', 'PLACE'],
  'Analytics.top(first)': sizes,
  'Analytics.longestDays(first)': sizes,
  'Analytics.marathons(first)': sizes,
  'Analytics.onThisDay(day)': () => ['2021-03-02'],
  'Analytics.diversity(dimension)': () => ['GENRE', 'DEVICE'],
  'Analytics.diversity(unit)': () => ['YEAR'],
  'Analytics.taste(dimension)': () => ['TITLE', 'PLACE'],
  'Analytics.taste(unit)': () => ['MONTH'],
  'Analytics.taste(first)': sizes,
  'Analytics.peoplePairs(first)': sizes,
  'Analytics.binges(first)': sizes,
  'Analytics.series(state)': () => ['IN_PROGRESS', 'ABANDONED'],
  'Analytics.series(first)': sizes,
  'Analytics.unfinishedFilms(first)': sizes,
  'Analytics.rewatches(first)': sizes,
  'Analytics.travel(first)': sizes,
  'Analytics.otherProfiles(first)': sizes,
  'Analytics.acclaimedUnseen(kind)': () => ['MOVIE'],
  'Analytics.acclaimedUnseen(first)': sizes,
  'Analytics.top10AndYou(region)': () => ['AU'],
  'Analytics.spending(first)': sizes,
  'Analytics.myList(first)': sizes,
  'Analytics.searches(first)': sizes,
  'Analytics.comparedWith(period)': () => [{ from: '2000-01-01', to: '2030-01-01' }],
  'Analytics.yearInReview(year)': () => [2020, 2021],
  'DeleteImportInput.importId': every,
  'DeleteProfileInput.profileId': every,
  'DeleteAccountInput.confirm': (them) => [...text(them), ...every(them), 'local'],
  'UpdateProfileInput.profileId': every,
  'UpdateProfileInput.name': text,
  'UpdateProfileInput.timeZone': () => ['Asia/Tokyo'],
  'UpdateProfileInput.language': () => ['pt'],
  'UpdateProfileInput.thresholds': () => [{ bingeEpisodes: 4 }],
  'Subscription.importProgress(importId)': every,
  'Subscription.enrichmentProgress(profileId)': every,
  'EnrichProfileInput.profileId': every,
  'EnrichProfileInput.sources': () => [['IMDB', 'WIKIDATA']],
  'UpdateSourceInput.name': () => ['NETFLIX_PAGES'],
  'UpdateSourceInput.enabled': () => [true],
  'UpdateSourceInput.gapMilliseconds': () => [1],
  'Movie.wikipedia(language)': () => ['en'],
  'Movie.netflix(region)': () => ['AU'],
  'Series.wikipedia(language)': () => ['en'],
  'Series.netflix(region)': () => ['AU'],
  'Season.wikipedia(language)': () => ['en'],
  'Season.netflix(region)': () => ['AU'],
  'Episode.wikipedia(language)': () => ['en'],
  'Episode.netflix(region)': () => ['AU'],
  // Uploads are walked by themselves, below.
  'ImportHistoryInput.file': () => [],
  'ImportHistoryInput.profileName': text,
  'ImportHistoryInput.dateOrder': () => ['DAY_FIRST'],
  'ImportHistoryInput.timeZone': () => ['Asia/Tokyo'],
};

/** Changes that take no id of anything: the walk has a test for each by this name. */
export const changesWithoutId: readonly string[] = [
  'deleteAccount',
  'importCorrections',
  'importHistory',
  'previewRematch',
  'rematch',
  'updateSource',
];

/** Types that only what changes answer with has. */
export const inAnswersOfChanges: readonly string[] = ['TableCount', 'EnrichmentProgress'];
