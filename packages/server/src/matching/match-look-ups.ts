import {
  type AccountStore,
  type DueLookUp,
  dueLookUps,
  groupsOf,
  type MatchedGroup,
  type SqlConnection,
  saveMatches,
  saveSharedTitles,
  settleLookUps,
  staleLookedUp,
  storedTitles,
} from '@watchprint/database';
import { emptyCatalogue } from '@watchprint/engine';
import type { ServedCatalogue } from './catalogue-keeper.ts';
import { type MatchedGroups, withOutcomes } from './group-matcher.ts';
import { markOf } from './mark.ts';
import { matchGroups } from './match-groups.ts';
import { type GroupWithWorks, withWorksBeside } from './works-beside.ts';

/** What matches are marked with that were made without a catalogue. */
export const markWithoutCatalogue = markOf(emptyCatalogue.version);

/** How groups are matched with the catalogue that there is, and what their matches are marked with; null: without one. */
export const matcherFor = (
  sql: SqlConnection,
  catalogue: ServedCatalogue | null,
): { readonly mark: string; match(groups: readonly GroupWithWorks[]): AsyncIterable<MatchedGroups> } =>
  catalogue === null
    ? { mark: markWithoutCatalogue, match: (groups) => matchWithoutCatalogue(sql, groups) }
    : { mark: markOf(catalogue.version), match: (groups) => catalogue.match(groups) };

/** Matches groups by what sources have offered for their names alone; they are matched once more when there is a catalogue. */
async function* matchWithoutCatalogue(
  sql: SqlConnection,
  groups: readonly GroupWithWorks[],
): AsyncGenerator<MatchedGroups> {
  for await (const matched of withOutcomes(groups, (asked) => matchGroups(asked, emptyCatalogue)))
    yield { ...matched, groups: await Promise.all(matched.groups.map((group) => asSettled(sql, onlyRead(group)))) };
}

/** No catalogue was asked: where nothing was offered, nobody has said that there is nothing. */
const onlyRead = (group: MatchedGroup): MatchedGroup => ({
  ...group,
  outcomes: group.outcomes.map((outcome) =>
    outcome.status === 'UNMATCHED' && outcome.confidence === null
      ? { ...outcome, status: 'READ', evidence: [] }
      : outcome,
  ),
});

/** What a person said holds, also of episodes, which nobody knows without a catalogue but that are stored. */
async function asSettled(sql: SqlConnection, group: MatchedGroup): Promise<MatchedGroup> {
  const ids = [...group.corrections.values()].flatMap(({ workId, episodeId }) => episodeId ?? workId ?? []);
  if (ids.length === 0) return group;
  const titles = await storedTitles(sql, ids);
  return {
    ...group,
    outcomes: group.outcomes.map((outcome, index) => {
      const correction = group.corrections.get(group.strings[index]?.rawTitle ?? '');
      const id = correction?.episodeId ?? correction?.workId ?? null;
      return outcome.status === 'CORRECTED' && id !== null
        ? { ...outcome, title: titles.get(id) ?? outcome.title }
        : outcome;
    }),
  };
}

/**
 * Matches strings, with the rest of their groups, by what sources have offered for their names; with the catalogue, where there is one.
 * @param matchIds of strings.
 */
async function matchLookedUp(
  account: AccountStore,
  sql: SqlConnection,
  catalogue: ServedCatalogue | null,
  matchIds: readonly string[],
): Promise<void> {
  if (matchIds.length === 0) return;
  const groups = await withWorksBeside(account, sql, await groupsOf(account, matchIds));
  const { mark, match } = matcherFor(sql, catalogue);
  for await (const matched of match(groups)) {
    await saveSharedTitles(sql, matched.titles);
    await saveMatches(account, matched.groups, mark);
  }
}

/** Matches the strings of look-ups at once that are still to be. @returns strings of those whose facts are to be read. */
export async function matchDue(
  account: AccountStore,
  sql: SqlConnection,
  catalogue: ServedCatalogue | null,
  due: readonly DueLookUp[],
): Promise<string[]> {
  await matchLookedUp(
    account,
    sql,
    catalogue,
    due.map(({ matchId }) => matchId),
  );
  return settleLookUps(account, due);
}

/**
 * Without a catalogue: matches all groups that the account looked names up for and that are another now, or have answers that are new.
 * @param signal Ends it, with its reason.
 */
export async function matchAllLookedUp(
  account: AccountStore,
  sql: SqlConnection,
  onIdentified: (matchIds: readonly string[]) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (const some of inPieces(await dueLookUps(account))) {
    signal.throwIfAborted();
    await onIdentified(await matchDue(account, sql, null, some));
  }
  for (const some of inPieces(await staleLookedUp(account, markWithoutCatalogue))) {
    signal.throwIfAborted();
    await matchLookedUp(account, sql, null, some);
  }
}

/** Strings of which others are answered meanwhile. */
const stringsAtOnce = 200;

function* inPieces<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += stringsAtOnce) yield items.slice(start, start + stringsAtOnce);
}
