import { supplementalTitle } from '../../parse/supplemental-title.ts';
import type { AnalysedPeriod } from '../analysed-history.ts';
import { type Figure, median, type Statistic, shareOf } from '../figure.ts';
import type { PlaybackRow } from './archive-rows.ts';
import { noRows } from './ratings.ts';

export const pausesStatistic: Statistic = {
  definition:
    'Pauses and jumps while something played. Coverage is the share of playbacks in the period that played for a minute or more, which alone are looked at.',
  formula:
    'Playbacks of PlaybackRelatedEvents.csv, but for trailers and the like. A pause is a “paused” event that a “playing” event follows, and lasts until that; a “paused” at the end is no pause but a stop. A jump is a “reposition”. Time played is from each “playing” to the next other event. The table says nothing of subtitles or audio languages.',
  source: null,
  needs: ['PLAYBACK_EVENTS'],
};

const leastMs = 60_000;

export interface Pauses extends Figure {
  readonly playbacks: number;
  readonly secondsPlayed: number;
  readonly pauses: number;
  readonly jumps: number;
  readonly medianPauseSeconds: number | null;
  /** Null where nothing was played. */
  readonly pausesPerHour: number | null;
  readonly jumpsPerHour: number | null;
}

export function pauses(period: AnalysedPeriod, all: readonly PlaybackRow[]): Pauses {
  const inPeriod = all.filter(
    ({ at, rawTitle }) =>
      (rawTitle === null || supplementalTitle(rawTitle) === null) && period.contains(period.whole.zone.dayOf(at)),
  );
  const lengths: number[] = [];
  let playedMs = 0;
  let jumps = 0;
  let playbacks = 0;
  for (const { events } of inPeriod) {
    const timed = events
      .flatMap(({ type, sessionOffsetMs }) => (sessionOffsetMs === null ? [] : [{ type, at: sessionOffsetMs }]))
      .sort((one, other) => one.at - other.at);
    let ownMs = 0;
    let ownJumps = 0;
    const ownLengths: number[] = [];
    let pausedAt: number | null = null;
    for (const [index, { type, at }] of timed.entries()) {
      if (type === 'reposition') ownJumps += 1;
      if (type === 'paused') pausedAt ??= at;
      if (type !== 'playing') continue;
      if (pausedAt !== null) ownLengths.push((at - pausedAt) / 1000);
      pausedAt = null;
      ownMs += (timed[index + 1]?.at ?? at) - at;
    }
    if (ownMs < leastMs) continue;
    playbacks += 1;
    playedMs += ownMs;
    jumps += ownJumps;
    lengths.push(...ownLengths);
  }
  const perHour = (count: number) => (playedMs === 0 ? null : count / (playedMs / 3_600_000));
  return {
    definition: pausesStatistic.definition,
    coverage: shareOf(playbacks, inPeriod.length),
    unknownBecause: inPeriod.length > 0 ? null : noRows('PlaybackRelatedEvents.csv', all.length),
    playbacks,
    secondsPlayed: Math.round(playedMs / 1000),
    pauses: lengths.length,
    jumps,
    medianPauseSeconds: median(lengths),
    pausesPerHour: perHour(lengths.length),
    jumpsPerHour: perHour(jumps),
  };
}
