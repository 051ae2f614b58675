import type { CatalogueWork, FoundWork } from './catalogue.ts';
import { logitOf } from './confidence.ts';
import type { SharedWords } from './names/name-words.ts';
import type { Agreement } from './netflix/listed-titles.ts';
import type { SeriesEvidence } from './series-evidence.ts';
import type { Features, NameCloseness } from './weigh-work.ts';

/** A work that a string may mean, weighed. */
export interface Candidate {
  readonly work: CatalogueWork;
  /** The name by which it was found; null where only its episodes led to it. */
  readonly found: FoundWork | null;
  readonly closeness: NameCloseness;
  /** What words its name has in common with the one asked for, where nothing else is alike; else null. */
  readonly words: SharedWords | null;
  readonly features: Features;
  readonly logit: number;
  /** How it compares with what Netflix's own lists have under the name; null where they have nothing of its kind. */
  readonly agreement: Agreement | null;
  /** Null for films. */
  readonly evidence: SeriesEvidence | null;
}

/** Whether the name itself says that it is this work. */
export const isNamed = ({ closeness }: Candidate): boolean =>
  closeness === 'SAME' || closeness === 'ALTERNATIVE' || closeness === 'NETFLIX' || closeness === 'ALIKE';

export function withFeatures(candidate: Candidate, more: Features): Candidate {
  const features = { ...candidate.features, ...more };
  return { ...candidate, features, logit: logitOf(features) };
}
