import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, median, type Statistic } from '../figure.ts';
import { daysOnly } from './week-hours.ts';

export const sessionsStatistic: Statistic = {
  definition:
    'Sittings: viewings with no longer break between them than the profile’s threshold (30 minutes unless set). A sitting lasts from its first start to its latest end, short breaks included, and belongs to the day on which it began.',
  formula:
    'Viewings by Start Time; a viewing ends at Start Time + Duration. One belongs to the sitting before it when it begins no more than sittingGapMinutes after the latest end in that. Median and longest are of the whole lengths, to the nearest second; of equally long ones the first. A viewing without Duration has no length; coverage is of those with both.',
  source:
    'Sessions by a gap of inactivity: Catledge and Pitkow, Characterizing Browsing Strategies in the World-Wide Web (1995), who found 25.5 minutes for the web; 30 is usual since.',
  needs: ['TIMES', 'DURATIONS'],
};

export interface SessionStats extends Figure {
  readonly count: number;
  readonly medianSeconds: number | null;
  readonly longestSeconds: number | null;
  /** Seconds since 1970. */
  readonly longestStartedAt: number | null;
  readonly medianViewings: number | null;
}

/** Sittings that began in the period. Coverage: the share of its viewings whose time of day and length are known. */
export function sessionStats(period: AnalysedPeriod): SessionStats {
  const { rows, history, whole } = period;
  const { sittings } = whole;
  const lengths: number[] = [];
  const viewings: number[] = [];
  let longest = -1;
  let longestAt: number | null = null;
  for (let sitting = 0; sitting < sittings.length; sitting += 1) {
    if (!period.contains(sittings.day[sitting] as number)) continue;
    const length = (sittings.endedAt[sitting] as number) - (sittings.startedAt[sitting] as number);
    lengths.push(length);
    viewings.push(sittings.viewings[sitting] as number);
    if (length <= longest) continue;
    longest = length;
    longestAt = sittings.startedAt[sitting] as number;
  }
  let timed = 0;
  for (const row of rows)
    if (!Number.isNaN(history.startedAt[row]) && (history.seconds[row] as number) >= 0) timed += 1;
  return {
    ...figureOf(sessionsStatistic, timed, rows.length, daysOnly),
    count: lengths.length,
    medianSeconds: rounded(median(lengths)),
    longestSeconds: longestAt === null ? null : rounded(longest),
    longestStartedAt: longestAt,
    medianViewings: median(viewings),
  };
}

const rounded = (seconds: number | null) => (seconds === null ? null : Math.round(seconds));
