/** One sign that a title can, or cannot, be watched on Netflix in a region. */
export interface AvailabilityEvidence {
  readonly available: boolean;
  /** The day that it holds for: RFC 3339 full-date. */
  readonly day: string;
  readonly what: 'TOP10' | 'VIEWING' | 'NETFLIX_PAGE' | 'JUSTWATCH';
}

/** The newest sign decides; of one day, the one that it can be watched: who saw it there is right. Null without any. */
export function availability(evidence: readonly AvailabilityEvidence[]): AvailabilityEvidence | null {
  let best: AvailabilityEvidence | null = null;
  for (const one of evidence)
    if (best === null || one.day > best.day || (one.day === best.day && one.available && !best.available)) best = one;
  return best;
}
