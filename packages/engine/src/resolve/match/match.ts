import type { TitleReading } from '../read/title-reading.ts';
import type { CatalogueEpisode, CatalogueWork } from './catalogue.ts';

/** How strings are matched; matches of another version are made anew. */
export const matcherVersion = 'matcher-4';

/** A string of a history, with what its rows tell beside it. */
export interface StringToMatch {
  readonly rawTitle: string;
  /** Year of the first viewing; null where not known. */
  readonly watchedYear: number | null;
  /** The longest that one row of it was watched; null where no row says. */
  readonly longestSeconds: number | null;
}

/** What a person settled a string as. */
export interface Correction {
  /** The catalogue's id of a film or a series; null: none of them. */
  readonly workId: string | null;
  /** The catalogue's id of an episode; null: the matcher looks for it. */
  readonly episodeId: string | null;
}

/** What a string was taken for. */
export interface Match {
  readonly rawTitle: string;
  /** READ: a trailer, or nothing that can be read; no catalogue is asked for it. */
  readonly status: 'READ' | 'MATCHED' | 'AMBIGUOUS' | 'UNMATCHED' | 'CORRECTED';
  /** What the string says, with what the catalogue knows: a film or an episode, a named season's number. */
  readonly reading: TitleReading;
  /** Null unless MATCHED, or CORRECTED to one. */
  readonly work: CatalogueWork | null;
  /** Null for films, and where the series is sure and the episode is not. */
  readonly episode: CatalogueEpisode | null;
  /** That the best candidate is right, 0 to 1, accepted or not; null where there is none. */
  readonly confidence: number | null;
  /** Sentences that a person can check. */
  readonly evidence: readonly string[];
  /** Best first. */
  readonly candidates: readonly MatchCandidate[];
}

export interface MatchCandidate {
  readonly work: CatalogueWork;
  /** 0 to 1; those of a string and that it is none of them add up to 1. */
  readonly confidence: number;
  readonly evidence: readonly string[];
}
