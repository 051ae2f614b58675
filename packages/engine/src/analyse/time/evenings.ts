import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, figureOf, median, type Statistic } from '../figure.ts';
import type { Evening } from '../session/evening-list.ts';
import { weekdayOf } from './calendar-unit.ts';
import { daysOnly } from './week-hours.ts';

export const eveningsStatistic: Statistic = {
  definition:
    'Evenings, from 17:00 to 05:00 on the profile’s clock: when the first viewing of one begins, when the last ends, and on how many something was still playing at the late hour that the profile set (midnight unless set).',
  formula:
    'A viewing that begins from 17:00 to 04:59 belongs to the evening of the day on which 17:00 was. An evening belongs to a period when that day does, with all of its viewings. Minutes are counted from that day’s midnight, so 00:30 is 1470. An evening begins with its first start and ends with its latest end: a start plus Duration, as time that passes, also when clocks change. Medians are over evenings, down to whole minutes; of evenings that ended equally late the last is the latest. A viewing without Duration has no length; coverage is of those with both. It is late when it ended at 24:00 + lateNightHour or after.',
  source: null,
  needs: ['TIMES', 'DURATIONS'],
};

export interface EveningTimes {
  /** How many evenings had a viewing. */
  readonly evenings: number;
  readonly lateNights: number;
  /** Minutes after the midnight before it; past 1440 after the next one. Null of none. */
  readonly medianStartMinute: number | null;
  readonly medianEndMinute: number | null;
}

export interface Evenings extends Figure, EveningTimes {
  /** Seven, of Monday first. */
  readonly byWeekday: readonly (EveningTimes & { readonly weekday: number })[];
  /** Day of the evening that ended latest, days since 1970-01-01. */
  readonly latestOn: number | null;
  readonly latestEndMinute: number | null;
}

/** Evenings of the days of the period. Coverage: the share of its viewings whose time of day and length are known. */
export function evenings(period: AnalysedPeriod): Evenings {
  const { rows, history, whole, settings } = period;
  const found = whole.evenings.filter(({ day }) => period.contains(day));
  let timed = 0;
  for (const row of rows)
    if (!Number.isNaN(history.startedAt[row]) && (history.seconds[row] as number) >= 0) timed += 1;
  const late = 24 * 60 + settings.lateNightHour * 60;
  const times = (some: readonly Evening[]): EveningTimes => ({
    evenings: some.length,
    lateNights: some.filter(({ end }) => end >= late).length,
    medianStartMinute: wholeMinute(median(some.map(({ start }) => start))),
    medianEndMinute: wholeMinute(median(some.map(({ end }) => end))),
  });
  let latest: Evening | null = null;
  for (const evening of found) if (latest === null || evening.end >= latest.end) latest = evening;
  return {
    ...figureOf(eveningsStatistic, timed, rows.length, daysOnly),
    ...times(found),
    byWeekday: Array.from({ length: 7 }, (_, index) => ({
      weekday: index + 1,
      ...times(found.filter(({ day }) => weekdayOf(day) === index + 1)),
    })),
    latestOn: latest?.day ?? null,
    latestEndMinute: wholeMinute(latest?.end ?? null),
  };
}

const wholeMinute = (minute: number | null) => (minute === null ? null : Math.floor(minute));
