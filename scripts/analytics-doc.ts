// Writes docs/analytics.md: every figure with its definition, formula, source and needs, as the engine has them, and what the sample
// history gives.
//   npm run docs:analytics [-- --check]
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  dimensions,
  dimensionWords,
  type Need,
  rankingStatistic,
  statistics,
  thresholdLimits,
  thresholdNames,
} from '@watchprint/engine';
import { createClient } from '@watchprint/sdk';
import { createServer } from '../packages/server/src/server.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'docs/analytics.md');

const needs: Readonly<Record<Need, string>> = {
  TIMES: 'times of day: `ViewingActivity.csv`',
  DURATIONS: 'time watched: `ViewingActivity.csv`',
  PLACES: 'devices and countries: `ViewingActivity.csv`',
  CATALOGUE: 'titles joined to the catalogue (`watchprint lake sync imdb`)',
  FACTS: 'what sources say of titles (`lake sync imdb`, `enrichProfile`)',
  TOP10_LISTS: 'Netflix’s lists (`watchprint lake sync netflix-top10`)',
  RATINGS: '`Ratings.csv` of the archive',
  BILLING: '`BillingHistory.csv` of the archive',
  MY_LIST: '`MyList.csv` of the archive',
  SEARCH_HISTORY: '`SearchHistory.csv` of the archive',
  CLICKSTREAM: '`Clickstream.csv` of the archive',
  PLAYBACK_EVENTS: '`PlaybackRelatedEvents.csv` of the archive',
  PROFILES: 'several profiles of one account',
};

/** What is asked of each field for its example. */
const examples: Readonly<Record<string, string>> = {
  totals:
    'totals { viewings accidentalViewings accidentalSecondsWatched secondsWatched titles movies series episodes activeDays firstWatchedOn lastWatchedOn coverage }',
  timeline: 'timeline(unit: YEAR) { points { start viewings secondsWatched } coverage }',
  weekHours: 'weekHours { cells { weekday hour viewings secondsWatched } coverage }',
  streaks: 'streaks { longestDays longestFrom longestTo currentDays }',
  longestDays: 'longestDays(first: 2) { items { day viewings secondsWatched titles } coverage }',
  sessions: 'sessions { count medianSeconds longestSeconds longestStartedAt medianViewings coverage }',
  marathons: 'marathons(first: 1) { count items { startedAt endedAt viewings secondsWatched mostOf { name } } }',
  evenings: 'evenings { evenings lateNights medianStartMinute medianEndMinute latestOn latestEndMinute }',
  onThisDay: 'onThisDay(day: "2024-01-15") { items { day viewings titles { name } } }',
  top: 'top(dimension: SERIES, first: 2) { items { label viewings secondsWatched share } coverage }',
  diversity:
    'diversity(dimension: SERIES) { normalisedEntropy effectiveValues values points { start normalisedEntropy values } }',
  taste: 'taste(dimension: SERIES, first: 2) { starts items { label shares } }',
  peoplePairs: 'peoplePairs(first: 1) { items { people { name } titles { name } viewings } unknownBecause }',
  releases: 'releases { medianYears newShare medianDays unknownBecause }',
  binges: 'binges(first: 1) { count items { seriesName watchedOn episodes secondsWatched } }',
  series:
    'series(first: 1) { items { series { name } state episodesWatched episodesTotal lastWatchedOn daysSince } unknownBecause }',
  unfinishedFilms:
    'unfinishedFilms(first: 1) { items { title { name } secondsWatched runtimeSeconds } unknownBecause }',
  rewatches: 'rewatches(first: 1) { count items { title { name } times lastWatchedOn } unknownBecause }',
  travel: 'travel(first: 1) { home count items { country from to viewings } coverage }',
  otherProfiles: 'otherProfiles(first: 1) { other { name } sharedTitles overlap hourOverlap }',
  criticsAndYou: 'criticsAndYou { titles withCritics withAudience withImdb unknownBecause }',
  acclaimedUnseen: 'acclaimedUnseen(first: 1) { items { name year rating voteCount } unknownBecause }',
  top10AndYou: 'top10AndYou(region: "AU") { titlesCharted titlesCompared medianLagDays unknownBecause }',
  spending: 'spending { currencies { currency total perHour } unknownBecause }',
  myList: 'myList { added watchedAfter neverWatched medianDays unknownBecause }',
  searches: 'searches { searches ledToPlay medianSecondsToPlay unknownBecause }',
  openings: 'openings { visits withPlay medianSecondsToPlay unknownBecause }',
  pauses: 'pauses { playbacks pausesPerHour medianPauseSeconds unknownBecause }',
  ratings: 'ratings { down up twoUp unknownBecause }',
  comparedWith: 'comparedWith(period: { from: "2022-01-01", to: "2022-12-31" }) { numbers { name here there } }',
  yearInReview:
    'yearInReview(year: 2023) { totals { viewings secondsWatched } busiestMonth { start viewings } binge { seriesName episodes } series { label viewings } newTitles }',
};

const groups: Readonly<Record<string, readonly string[]>> = {
  Time: ['totals', 'timeline', 'weekHours', 'streaks', 'longestDays', 'sessions', 'marathons', 'evenings', 'onThisDay'],
  'What was watched': ['top', 'diversity', 'taste', 'peoplePairs', 'releases'],
  'Series, films, rewatches': ['binges', 'series', 'unfinishedFilms', 'rewatches'],
  'Places and profiles': ['travel', 'otherProfiles'],
  'You and others': ['criticsAndYou', 'acclaimedUnseen', 'top10AndYou'],
  'From the archive': ['spending', 'myList', 'searches', 'openings', 'pauses', 'ratings'],
  'Looking back': ['comparedWith', 'yearInReview'],
};

async function exampleAnswers(): Promise<Record<string, unknown>> {
  const server = await createServer({ config: { databaseUrl: 'memory:', sources: [], logLevel: 'silent' } });
  try {
    const client = createClient({ url: 'http://embedded.invalid', fetch: (request) => server.fetch(request) });
    await client.importHistory(join(root, 'examples/sample-history/ViewingActivity.csv'));
    const { viewer } = await client.query<{ viewer: { profiles: { analytics: Record<string, unknown> }[] } }>(
      `{ viewer { profiles { analytics { ${Object.values(examples).join('\n')} } } } }`,
    );
    return viewer.profiles[0]?.analytics ?? {};
  } finally {
    await server.close();
  }
}

/** A list of many is shown by its first, and those that something is in. */
function shortened(value: unknown): unknown {
  if (Array.isArray(value))
    return value.length > 12 ? [...value.slice(0, 2).map(shortened), `… ${value.length} in all`] : value.map(shortened);
  if (typeof value === 'number') return Number.isInteger(value) ? value : Math.round(value * 1e4) / 1e4;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shortened(one)]));
}

const needsInWords = (some: readonly Need[]) =>
  some.length === 0 ? 'days and titles: any history' : some.map((need) => needs[need]).join('; ');

const answers = await exampleAnswers();
const lines = [
  '# Analytics: every figure, what it means and how it is worked out',
  '',
  'Made by `npm run docs:analytics` from the definitions in packages/engine/src/analyse: not to be edited by hand. `Profile.analytics(period)` has them',
  'all; each says its `definition`, the share of the viewings that it rests on (`coverage`), and, where there is no figure, why (`unknownBecause`).',
  '',
  'What holds for all of them:',
  '',
  '- **Viewings** are rows of the history but for trailers and the like (the column Supplemental Video Type says something, or the title is that of one), rows',
  '  for which another stands ([what makes two rows one](architecture.md#what-makes-two-rows-one)), and *accidental* ones: whose Duration is under a minute, or',
  '  whose Attributes say “user action: None”. Figures count viewings; a row that could not be read is none.',
  '- **Days and hours** are those of the profile’s time zone (`Profile.timeZone`), with its daylight saving. A day is a calendar day: what begins at 00:30',
  '  belongs to the new one, but for evenings, which say so. Files with days only have no hours, and no figure makes any up.',
  '- **A history of days** (NetflixViewingHistory.csv) has each video once, on the day on which it was watched last: of days, streaks, binges and rankings it',
  '  has what is left of them, so they are lower bounds. With ViewingActivity.csv they are whole.',
  '- **Time watched** is Netflix’s Duration, whole seconds, never estimated. Where no row says it, it is null, not 0.',
  '- **A period** has both of its ends; whatever is open goes on to the end of the history. Plays, sittings and evenings are made from the whole history and',
  '  belong to the period in which they end or begin, so that no cut makes two of one.',
  '- **Facts** are those that are known; figures ask no source. `Analytics.coverage` says of how many viewings they are.',
  '- **Coverage** is a share of the period’s viewings, or of what the figure says. **Ties** have one order, told with each figure, so the same history gives the same answer however it was imported.',
  '',
  '## The session model',
  '',
  'Viewings → plays → finished or not. Rows of one title that belong together are one *play*: an episode that was paused and gone on with the next day was',
  'played once. A play ends when it is finished, or when nothing of the title was watched for more than `playGapDays` calendar days. It is *finished* once its viewings add',
  'up to `finishedShare` of the runtime: the catalogue’s for the film or episode, else for an episode of its series. It is finished as well when its last viewing was',
  'stopped behind that, by Netflix’s Bookmark: the part before was watched in viewings that are missing or accidental, or was skipped. Only the former was *seen whole*,',
  'and is a rewatch when it happens twice. Where the runtime, or both time and bookmark, are not known, nobody knows. A *sitting* is viewings with no longer break than `sittingGapMinutes`, whatever is watched.',
  '',
  '`updateProfile(thresholds)` sets where these lines are drawn:',
  '',
  '| threshold | unless set | from | to |',
  '|---|---|---|---|',
  ...thresholdNames.map((name) => {
    const { usual, least, most } = thresholdLimits[name];
    return `| \`${name}\` | ${usual} | ${least} | ${most} |`;
  }),
  '',
  '## Dimensions',
  '',
  '`top`, `diversity` and `taste` tell viewings apart by one of these; `Profile.viewings(filter: { dimension, dimensionKey })` finds those of one value.',
  '',
  '| dimension | values | needs |',
  '|---|---|---|',
  ...dimensions.map((one) => `| \`${one}\` | ${dimensionWords[one]} | ${needsInWords(rankingStatistic(one).needs)} |`),
  '',
];
for (const [group, fields] of Object.entries(groups)) {
  lines.push(`## ${group}`, '');
  for (const field of fields) {
    const statistic = statistics[field];
    if (statistic === undefined) throw new Error(`No statistic ${field}`);
    lines.push(
      `### \`${field}\``,
      '',
      statistic.definition,
      '',
      `*How.* ${statistic.formula}`,
      '',
      ...(statistic.source === null ? [] : [`*Source.* ${statistic.source}`, '']),
      `*Needs* ${needsInWords(statistic.needs)}.`,
      '',
      'The sample history:',
      '',
      '```json',
      JSON.stringify(shortened({ [field]: answers[field] })),
      '```',
      '',
    );
  }
}
const told = new Set(Object.values(groups).flat());
for (const field of Object.keys(statistics))
  if (!told.has(field)) throw new Error(`${field} has no place in the document`);

const text = `${lines.join('\n').trimEnd()}\n`;
if (process.argv.includes('--check')) {
  if ((await readFile(target, 'utf8').catch(() => '')) !== text) {
    process.stderr.write('docs/analytics.md is out of date: npm run docs:analytics\n');
    process.exitCode = 1;
  }
} else await writeFile(target, text);
