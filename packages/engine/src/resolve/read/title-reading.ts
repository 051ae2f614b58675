/**
 * One way to read a Netflix title string. Names stand as in the file, only cleaned for display (NFC, odd spaces
 * folded, trimmed). `evidence` holds short sentences that a person can check against the string.
 */
export type TitleReading =
  | { kind: 'MOVIE'; name: string; evidence: string[] }
  | {
      kind: 'EPISODE';
      seriesName: string;
      /** As it stands: "Temporada 3", "Coven", "Limited Series". Null where the string has no season. */
      seasonLabel: string | null;
      /** Null when unknown and for limited series, which have no number. */
      seasonNumber: number | null;
      /** Without "(Episode 5)". Null where the string stops at the season. */
      episodeName: string | null;
      episodeNumber: number | null;
      evidence: string[];
    }
  /** Trailer, hook, clip, teaser, recap: about a work, not the work. */
  | { kind: 'SUPPLEMENTAL'; name: string; evidence: string[] }
  /** Blank, or a placeholder of the service such as "NullCompleteVideo". */
  | { kind: 'UNREADABLE'; evidence: string[] };
