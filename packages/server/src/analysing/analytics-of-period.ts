import type { AnalysedPeriod, HistoryColumns, Period } from '@watchprint/engine';
import type { ProfileOfAccount } from './analyses.ts';
import type { AnalysisParts, ProfileAnalysis } from './profile-analysis.ts';

/** The figures of one profile and period, each kept with the profile's analysis. */
export class AnalyticsOfPeriod {
  readonly profileId: string;
  readonly analysis: ProfileAnalysis;
  readonly period: Period;
  #analysed: AnalysedPeriod | null = null;
  readonly #readProfiles: () => Promise<readonly ProfileOfAccount[]>;
  #profiles: Promise<readonly ProfileOfAccount[]> | null = null;
  readonly #parts = new Map<keyof AnalysisParts, Promise<unknown>>();

  constructor(
    profileId: string,
    analysis: ProfileAnalysis,
    period: Period,
    readProfiles: () => Promise<readonly ProfileOfAccount[]>,
  ) {
    this.profileId = profileId;
    this.analysis = analysis;
    this.period = period;
    this.#readProfiles = readProfiles;
  }

  get analysed(): AnalysedPeriod {
    this.#analysed ??= this.analysis.history.in(this.period);
    return this.#analysed;
  }

  /** As it is when it is first asked for: the figures of one answer rest on the same. */
  part<Part extends keyof AnalysisParts>(part: Part): Promise<AnalysisParts[Part]> {
    const read = this.#parts.get(part) ?? this.analysis.part(part);
    this.#parts.set(part, read);
    return read as Promise<AnalysisParts[Part]>;
  }

  /** The account's, this one among them, by name: the first so many. As they are when they are first asked for, like a part. */
  profiles(): Promise<readonly ProfileOfAccount[]> {
    this.#profiles ??= this.#readProfiles();
    return this.#profiles;
  }

  get history(): HistoryColumns {
    return this.analysis.history.history;
  }

  /** @param name With all arguments that it is made with. */
  ofHistory<Made extends object>(
    name: string,
    make: (period: AnalysedPeriod) => Made,
    restsOn: readonly unknown[] = [],
  ): Made {
    const { from, to } = this.period;
    return this.analysis.figure(`${name} ${from} ${to}`, restsOn, () => make(this.analysed));
  }

  /** The same of a figure that rests on a part beside the history. */
  async ofPart<Part extends keyof AnalysisParts, Made extends object>(
    part: Part,
    name: string,
    make: (period: AnalysedPeriod, part: AnalysisParts[Part]) => Made,
    restsOn: readonly unknown[] = [],
  ): Promise<Made> {
    const read = await this.part(part);
    return this.ofHistory(name, (period) => make(period, read), [read, ...restsOn]);
  }
}
