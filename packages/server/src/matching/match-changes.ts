import type { MatchedGroup, MatchStatus } from '@watchprint/database';

/** What a run of the matcher is about to change, or would. */
export interface MatchChanges {
  /** Which matcher and state of the catalogue it matches with. */
  readonly matchedWith: string;
  /** ISO 8601: when this was worked out. */
  readonly at: string;
  readonly stringsCompared: number;
  /** How many strings go from which status to which; those that keep theirs are among them. */
  readonly statuses: readonly { readonly from: MatchStatus; readonly to: MatchStatus; readonly strings: number }[];
  /** Strings that are taken for another title of the catalogue than before, or for one no more. */
  readonly titlesChanged: number;
  /** The first hundred that change. */
  readonly examples: readonly ChangedMatch[];
}

export interface ChangedMatch {
  readonly matchId: string;
  readonly rawTitle: string;
  readonly from: MatchStatus;
  readonly to: MatchStatus;
  /** What it shows now; null where it cannot be read as anything. */
  readonly titleBefore: string | null;
  /** The catalogue's that it is to have; null for none. */
  readonly titleAfter: string | null;
}

const mostExamples = 100;

/** Gathers what would change, group by group. */
export function compareMatches(matchedWith: string, at: Date) {
  const counts = new Map<string, number>();
  const examples: ChangedMatch[] = [];
  let stringsCompared = 0;
  let titlesChanged = 0;
  return {
    add({ strings, outcomes }: MatchedGroup): void {
      for (const [index, { id, status, title }] of outcomes.entries()) {
        const before = strings[index];
        if (before === undefined) continue;
        stringsCompared += 1;
        const key = `${before.status} ${status}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
        const isOther = before.catalogueTitleId !== (title?.id ?? null);
        // A string that was never matched had no title of the catalogue to lose.
        if (isOther && before.status !== 'READ') titlesChanged += 1;
        if ((!isOther && before.status === status) || examples.length === mostExamples) continue;
        examples.push({
          matchId: id,
          rawTitle: before.rawTitle,
          from: before.status,
          to: status,
          titleBefore: before.shownName,
          titleAfter: title?.name ?? null,
        });
      }
    },
    changes(): MatchChanges {
      const statuses = [...counts]
        .map(([key, strings]) => {
          const [from, to] = key.split(' ') as [MatchStatus, MatchStatus];
          return { from, to, strings };
        })
        .sort((one, other) => other.strings - one.strings);
      return { matchedWith, at: at.toISOString(), stringsCompared, statuses, titlesChanged, examples };
    },
  };
}
