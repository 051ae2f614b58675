import type { MatchedGroup, SharedTitle } from '@watchprint/database';
import type { OpenCatalogue } from '@watchprint/lake';
import { type GroupOfStrings, matchGroups, type Outcomes } from './match-groups.ts';
import { createMatchingThread, GroupTooLargeError } from './match-in-thread.ts';
import type { GroupWithWorks } from './works-beside.ts';

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
   * @throws {GroupTooLargeError} once all others are handed over, naming the first that took more memory than it may have.
   */
  match(groups: readonly GroupWithWorks[], signal?: AbortSignal): AsyncIterable<MatchedGroups>;
  /** Frees what it needs only while it is at work. */
  rest(): Promise<void>;
}

/** From so many strings on, groups are matched in a thread of its own: it is worth the time that a thread takes to start. */
const manyStrings = 200;

/** @param catalogue Stays open for as long as somebody asks. */
export function createGroupMatcher(
  catalogue: OpenCatalogue,
  { many = manyStrings, ...limits }: { many?: number; oldGeneration?: number } = {},
): GroupMatcher {
  const thread = createMatchingThread(catalogue.files, limits);

  async function* matchAll(groups: readonly GroupWithWorks[], signal?: AbortSignal): AsyncGenerator<MatchedGroups> {
    const strings = groups.reduce((sum, group) => sum + group.strings.length, 0);
    let done = 0;
    try {
      for await (const matched of withOutcomes(groups, (asked) =>
        strings < many ? matchGroups(asked, catalogue) : thread.match(asked, signal),
      )) {
        done += matched.groups.length;
        yield matched;
      }
    } catch (error) {
      const left = groups.slice(done);
      if (!(error instanceof GroupTooLargeError) || left.length < 2) throw error;
      yield* inTurn(halvesOf(left), (half) => matchAll(half, signal));
    }
  }
  return { match: matchAll, rest: () => thread.end() };
}

function halvesOf<Item>(items: readonly Item[]): (readonly Item[])[] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

/** Matches pages of groups one after another; those that are too large to be matched end it only once all others are done. */
export async function* inTurn(
  pages: Iterable<readonly GroupWithWorks[]> | AsyncIterable<readonly GroupWithWorks[]>,
  match: (groups: readonly GroupWithWorks[]) => AsyncIterable<MatchedGroups>,
): AsyncGenerator<MatchedGroups> {
  let tooLarge: GroupTooLargeError | null = null;
  for await (const page of pages)
    try {
      yield* match(page);
    } catch (error) {
      if (!(error instanceof GroupTooLargeError)) throw error;
      tooLarge ??= error;
    }
  if (tooLarge !== null) throw tooLarge;
}

/** Puts outcomes beside the groups that they are of; the matcher is given no more of these than it needs. */
export async function* withOutcomes(
  groups: readonly GroupWithWorks[],
  match: (groups: readonly GroupOfStrings[]) => AsyncIterable<Outcomes>,
): AsyncGenerator<MatchedGroups> {
  const asked = groups.map(({ strings, corrections, beside }) => ({
    strings: strings.map(({ id, rawTitle, firstYear, longestSeconds }) => ({
      id,
      rawTitle,
      firstYear,
      longestSeconds,
    })),
    corrections,
    ...(beside === undefined ? {} : { beside }),
  }));
  let at = 0;
  for await (const { outcomes, titles } of match(asked)) {
    const some = groups.slice(at, at + outcomes.length);
    at += outcomes.length;
    yield { groups: some.map((group, index) => ({ ...group, outcomes: outcomes[index] ?? [] })), titles };
  }
}
