import { myListStatistic } from './archive/my-list.ts';
import { openingsStatistic } from './archive/openings.ts';
import { pausesStatistic } from './archive/pauses.ts';
import { ratingsStatistic } from './archive/ratings.ts';
import { searchesStatistic } from './archive/searches.ts';
import { spendingStatistic } from './archive/spending.ts';
import type { Statistic } from './figure.ts';
import { profileOverlapStatistic } from './places/profile-overlap.ts';
import { travelStatistic } from './places/travel.ts';
import { comparisonStatistic } from './review/comparison.ts';
import { yearInReviewStatistic } from './review/year-in-review.ts';
import { bingesStatistic } from './series/binges.ts';
import { rewatchesStatistic } from './series/rewatches.ts';
import { seriesProgressStatistic } from './series/series-progress.ts';
import { unfinishedFilmsStatistic } from './series/unfinished-films.ts';
import { eveningsStatistic } from './time/evenings.ts';
import { longestDaysStatistic } from './time/longest-days.ts';
import { marathonsStatistic } from './time/marathons.ts';
import { onThisDayStatistic } from './time/on-this-day.ts';
import { sessionsStatistic } from './time/sessions.ts';
import { streaksStatistic } from './time/streaks.ts';
import { timelineStatistic } from './time/timeline.ts';
import { totalsStatistic } from './time/totals.ts';
import { weekHoursStatistic } from './time/week-hours.ts';
import { diversityStatistic } from './titles/diversity.ts';
import { peoplePairsStatistic } from './titles/people-pairs.ts';
import { rankingStatistic } from './titles/ranking.ts';
import { releasesStatistic } from './titles/releases.ts';
import { tasteStatistic } from './titles/taste.ts';
import { acclaimedStatistic } from './verdicts/acclaimed.ts';
import { criticsStatistic } from './verdicts/critics.ts';
import { top10Statistic } from './verdicts/top10.ts';

/** Every figure by its field of `Analytics`, in the order in which docs/analytics.md tells them. Of a dimension: that of genres. */
export const statistics: Readonly<Record<string, Statistic>> = {
  totals: totalsStatistic,
  timeline: timelineStatistic,
  weekHours: weekHoursStatistic,
  streaks: streaksStatistic,
  longestDays: longestDaysStatistic,
  sessions: sessionsStatistic,
  marathons: marathonsStatistic,
  evenings: eveningsStatistic,
  onThisDay: onThisDayStatistic,
  top: rankingStatistic('GENRE'),
  diversity: diversityStatistic('GENRE'),
  taste: tasteStatistic('GENRE'),
  peoplePairs: peoplePairsStatistic,
  releases: releasesStatistic,
  binges: bingesStatistic,
  series: seriesProgressStatistic,
  unfinishedFilms: unfinishedFilmsStatistic,
  rewatches: rewatchesStatistic,
  travel: travelStatistic,
  otherProfiles: profileOverlapStatistic,
  criticsAndYou: criticsStatistic,
  acclaimedUnseen: acclaimedStatistic,
  top10AndYou: top10Statistic,
  spending: spendingStatistic,
  myList: myListStatistic,
  searches: searchesStatistic,
  openings: openingsStatistic,
  pauses: pausesStatistic,
  ratings: ratingsStatistic,
  comparedWith: comparisonStatistic,
  yearInReview: yearInReviewStatistic,
};
