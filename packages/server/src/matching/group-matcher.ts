import type { GroupToMatch, MatchedGroup, SharedTitle } from '@watchprint/database';
import type { OpenCatalogue } from '@watchprint/lake';
import { type GroupOfStrings, matchGroups, type Outcomes } from './match-groups.ts';
import { createMatchingThread } from './match-in-thread.ts';

/** Groups with what the matcher makes of them, and the titles that this names, which are to be stored first. */
export interface MatchedGroups {
  readonly groups: readonly MatchedGroup[];
  readonly titles: readonly SharedTitle[];
}

/** Matches with one state of the catalogue. */
export interface GroupMatcher {
  /**
   * Matches whole groups, all at once, and hands over some at a time, in their order; a group is never split.
   * @param signal Ends it at once, with its reason.
   */
  match(groups: readonly GroupToMatch[], signal?: AbortSignal): AsyncIterable<MatchedGroups>;
  /** Frees what it needs only while it is at work. */
  rest(): Promise<void>;
}

/** From so many strings on, groups are matched in a thread of its own: it is worth the time that a thread takes to start. */
const manyStrings = 200;

/** @param catalogue Stays open for as long as somebody asks. */
export function createGroupMatcher(catalogue: OpenCatalogue, many = manyStrings): GroupMatcher {
  const thread = createMatchingThread(catalogue.files);
  return {
    match(groups, signal) {
      const strings = groups.reduce((sum, group) => sum + group.strings.length, 0);
      return withOutcomes(groups, (asked) =>
        strings < many ? matchGroups(asked, catalogue) : thread.match(asked, signal),
      );
    },
    rest: () => thread.end(),
  };
}

/** Puts outcomes beside the groups that they are of; the matcher is given no more of these than it needs. */
export async function* withOutcomes(
  groups: readonly GroupToMatch[],
  match: (groups: readonly GroupOfStrings[]) => AsyncIterable<Outcomes>,
): AsyncGenerator<MatchedGroups> {
  const asked = groups.map(({ strings, corrections }) => ({
    strings: strings.map(({ id, rawTitle, firstYear, longestSeconds }) => ({
      id,
      rawTitle,
      firstYear,
      longestSeconds,
    })),
    corrections,
  }));
  let at = 0;
  for await (const { outcomes, titles } of match(asked)) {
    const some = groups.slice(at, at + outcomes.length);
    at += outcomes.length;
    yield { groups: some.map((group, index) => ({ ...group, outcomes: outcomes[index] ?? [] })), titles };
  }
}
