import {
  type AccountStore,
  type AnsweredLookUp,
  groupsOf,
  type MatchedGroup,
  type SqlConnection,
  saveMatches,
  saveSharedTitles,
} from '@watchprint/database';
import { emptyCatalogue } from '@watchprint/engine';
import type { ServedCatalogue } from './catalogue-keeper.ts';
import { withOutcomes } from './group-matcher.ts';
import { matchGroups } from './match-groups.ts';
import { markOf } from './run-matching.ts';
import { withWorksBeside } from './works-beside.ts';

/**
 * Matches strings, with the rest of their groups, by what sources have offered for their names; without a catalogue by that alone: they are
 * matched once more when there is one.
 * @param matchIds of strings.
 */
export async function matchLookedUp(
  account: AccountStore,
  sql: SqlConnection,
  catalogue: ServedCatalogue | null,
  matchIds: readonly string[],
): Promise<void> {
  const groups = await withWorksBeside(account, sql, await groupsOf(account, matchIds));
  const matched =
    catalogue === null ? withOutcomes(groups, (asked) => matchGroups(asked, emptyCatalogue)) : catalogue.match(groups);
  for await (const { groups, titles } of matched) {
    await saveSharedTitles(sql, titles);
    if (catalogue === null) await saveMatches(account, groups.map(onlyRead), null);
    else await saveMatches(account, groups, markOf(catalogue.version));
  }
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

/** As many at once as an answer may have to wait for. */
export const lookUpsAtOnce = 200;

export function* inPieces(lookUps: readonly AnsweredLookUp[]): Generator<readonly AnsweredLookUp[]> {
  for (let start = 0; start < lookUps.length; start += lookUpsAtOnce) yield lookUps.slice(start, start + lookUpsAtOnce);
}
