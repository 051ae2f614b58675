import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, median, type Statistic, shareOf } from '../figure.ts';
import type { ClickRow } from './archive-rows.ts';
import { noRows } from './ratings.ts';

export const openingsStatistic: Statistic = {
  definition:
    'How long it took from opening Netflix until something played, and how often nothing did. Coverage is the share of visits in which something was played.',
  formula:
    'Rows of Clickstream.csv that follow one another within 30 minutes are one visit. From its first row to its first with the navigation level “playback”; the median is over visits that have one later than their first second. A visit that begins with playback has one, but says nothing of how long it took. Netflix keeps some months of these rows.',
  source: null,
  needs: ['CLICKSTREAM'],
};

const gapSeconds = 1800;

export interface Openings extends Figure {
  readonly visits: number;
  readonly withPlay: number;
  readonly medianSecondsToPlay: number | null;
  readonly longestSecondsToPlay: number | null;
}

export function openings(period: AnalysedPeriod, all: readonly ClickRow[]): Openings {
  const visits: { begun: number; last: number; played: number | null }[] = [];
  // Netflix lists clicks of one second in no order: what opens comes before what plays.
  const rank = ({ level }: ClickRow) => (level === 'playback' ? 1 : 0);
  for (const click of [...all].sort((one, other) => one.at - other.at || rank(one) - rank(other))) {
    let visit = visits.at(-1);
    if (visit === undefined || click.at - visit.last > gapSeconds) {
      visit = { begun: click.at, last: click.at, played: null };
      visits.push(visit);
    }
    visit.last = click.at;
    if (click.level === 'playback') visit.played ??= click.at;
  }
  const inPeriod = visits.filter(({ begun }) => period.contains(period.whole.zone.dayOf(begun)));
  const withPlay = inPeriod.filter(({ played }) => played !== null).length;
  const waits = inPeriod.flatMap(({ begun, played }) => (played === null || played === begun ? [] : [played - begun]));
  return {
    definition: openingsStatistic.definition,
    coverage: shareOf(withPlay, inPeriod.length),
    unknownBecause: inPeriod.length > 0 ? null : noRows('Clickstream.csv', all.length),
    visits: inPeriod.length,
    withPlay,
    medianSecondsToPlay: median(waits),
    longestSecondsToPlay: waits.length === 0 ? null : waits.reduce((most, wait) => Math.max(most, wait)),
  };
}
