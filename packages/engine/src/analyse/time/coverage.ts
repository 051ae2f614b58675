import type { AnalysedPeriod } from '../analysed-history.ts';
import { shareOf } from '../figure.ts';
import type { FactsOfWorks, WorkFacts } from '../work-facts.ts';

/** Shares of the viewings in a period, 0 to 1; 0 where there are none. */
export interface Coverage {
  /** Joined to the catalogue. */
  readonly matched: number;
  readonly withDuration: number;
  readonly withTimeOfDay: number;
  readonly withGenres: number;
  readonly withImdb: number;
  readonly withRottenTomatoes: number;
}

/** How much of a history figures can rest on. */
export function coverage({ rows, history, byWork }: AnalysedPeriod, facts: FactsOfWorks): Coverage {
  let matched = 0;
  let withDuration = 0;
  let withTimeOfDay = 0;
  for (const row of rows) {
    matched += history.matched[row] as number;
    if ((history.seconds[row] as number) >= 0) withDuration += 1;
    if (!Number.isNaN(history.startedAt[row])) withTimeOfDay += 1;
  }
  const share = (count: number) => shareOf(count, rows.length) ?? 0;
  const withFact = (isKnown: (of: WorkFacts) => boolean) =>
    share(
      facts.reduce((sum, of, work) => sum + (of !== null && isKnown(of) ? (byWork.viewings[work] as number) : 0), 0),
    );
  return {
    matched: share(matched),
    withDuration: share(withDuration),
    withTimeOfDay: share(withTimeOfDay),
    withGenres: withFact(({ genres }) => genres !== null),
    withImdb: withFact(({ imdbRating }) => imdbRating !== null),
    withRottenTomatoes: withFact(({ tomatometer, audienceScore }) => tomatometer !== null || audienceScore !== null),
  };
}
