/** Where lines are drawn between what counts as one thing and what as another. A profile can set each. */
export interface Thresholds {
  /** A sitting ends when nothing was played for longer than this many minutes. */
  readonly sittingGapMinutes: number;
  /** Viewings of one title belong to one play while no more days than this lie between them. */
  readonly playGapDays: number;
  /** A play is finished once this share of the title's runtime was watched, or it was stopped behind it. */
  readonly finishedShare: number;
  /** So many episodes of one series on one day are a binge. */
  readonly bingeEpisodes: number;
  /** A sitting in which so many minutes were watched is a marathon. */
  readonly marathonMinutes: number;
  /** A series of which this share was watched is almost done. */
  readonly almostDoneShare: number;
  /** A series or film is abandoned when nothing of it was watched for more days than this before the period ends. */
  readonly abandonedAfterDays: number;
  /** A night is late when something was still playing at this hour, 0 to 4. */
  readonly lateNightHour: number;
}

interface Limit {
  /** What a profile has that never set it. */
  readonly usual: number;
  readonly least: number;
  readonly most: number;
  /** A share takes any number between, a count whole ones only. */
  readonly isShare: boolean;
}

const count = (usual: number, least: number, most: number): Limit => ({ usual, least, most, isShare: false });
const share = (usual: number, least: number): Limit => ({ usual, least, most: 1, isShare: true });

export const thresholdLimits: { readonly [Name in keyof Thresholds]: Limit } = {
  sittingGapMinutes: count(30, 1, 240),
  playGapDays: count(30, 1, 365),
  // In real histories few plays of a film end between half and four fifths of its runtime; of an episode often only its series' runtime is known,
  // which is rounded up.
  finishedShare: share(0.7, 0.5),
  bingeEpisodes: count(3, 2, 20),
  marathonMinutes: count(240, 60, 1440),
  almostDoneShare: share(0.8, 0.5),
  abandonedAfterDays: count(90, 7, 1000),
  lateNightHour: count(0, 0, 4),
};

export const thresholdNames = Object.keys(thresholdLimits) as (keyof Thresholds)[];

/** Those that somebody set, and the usual ones for the rest. */
export function thresholdsWith(given: Partial<Thresholds>): Thresholds {
  return Object.fromEntries(
    thresholdNames.map((name) => [name, given[name] ?? thresholdLimits[name].usual]),
  ) as unknown as Thresholds;
}

export const usualThresholds: Thresholds = thresholdsWith({});

/** @returns what is wrong with a value, in words that name it; null where nothing is. */
export function thresholdFault(name: keyof Thresholds, value: number): string | null {
  const { least, most, isShare } = thresholdLimits[name];
  const isFine = value >= least && value <= most && (isShare || Number.isInteger(value));
  return isFine ? null : `${name} must be ${isShare ? 'a share' : 'a whole number'} from ${least} to ${most}`;
}
