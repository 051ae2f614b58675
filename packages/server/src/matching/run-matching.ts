import { setImmediate as others } from 'node:timers/promises';
import {
  type AccountStore,
  countStale,
  type GroupToMatch,
  type MatchedGroup,
  saveMatches,
  saveSharedTitles,
  settleWhatRowsTell,
  type SqlConnection,
  staleGroups,
} from '@watchprint/database';
import { type Catalogue, matcherVersion } from '@watchprint/engine';
import { compareMatches, type MatchChanges } from './match-changes.ts';
import { matchGroups } from './match-groups.ts';

/** Strings that are matched at once: memory, and for how long the process answers nobody else, grow with them. */
const stringsAtOnce = 1000;

/** What matches are marked with; of another they are made anew. */
export const markOf = (catalogueVersion: string): string => `${matcherVersion} ${catalogueVersion}`;

export interface MatchingRun {
  readonly account: AccountStore;
  readonly sql: SqlConnection;
  readonly catalogue: Catalogue;
  readonly dryRun: boolean;
  /** Told how far it is, in strings; throws to end the run. */
  readonly progress: (progress: { readonly total: number; readonly done: number }) => Promise<void>;
  /** Is to keep what is about to change, before anything does. */
  readonly report: (changes: MatchChanges) => Promise<void>;
}

/**
 * Matches those groups of an account's strings that are not matched with this matcher and catalogue. Where they were with another, all
 * is worked out first, to report what would change, and then once more to change it: the outcomes are the same, and nowhere to keep
 * meanwhile. What was matched stays matched if the run ends early.
 */
export async function runMatching(run: MatchingRun): Promise<void> {
  const { account, catalogue, dryRun } = run;
  const matchedWith = markOf(catalogue.version);
  await settleWhatRowsTell(account);
  const { strings: total, matchedBefore } = await countStale(account, matchedWith);
  await run.progress({ total, done: 0 });
  const isCompared = dryRun || matchedBefore > 0;
  if (isCompared) {
    const compared = compareMatches(matchedWith, new Date());
    await everyGroup(run, matchedWith, async (groups, done) => {
      for (const group of (await matchGroups(groups, catalogue)).groups) compared.add(group);
      await run.progress({ total, done: Math.floor(Math.min(done, total) / (dryRun ? 1 : 2)) });
    });
    await run.report(compared.changes());
  }
  if (dryRun) return run.progress({ total, done: total });
  await everyGroup(run, matchedWith, async (groups, done) => {
    const matched = await matchGroups(groups, catalogue);
    await saveMatched(run, matched.groups, matched.titles, matchedWith);
    const share = Math.min(done, total);
    await run.progress({ total, done: isCompared ? Math.floor((total + share) / 2) : share });
  });
  await run.progress({ total, done: total });
}

async function saveMatched(
  { account, sql }: Pick<MatchingRun, 'account' | 'sql'>,
  groups: readonly MatchedGroup[],
  titles: Parameters<typeof saveSharedTitles>[1],
  matchedWith: string,
): Promise<void> {
  await saveSharedTitles(sql, titles);
  await saveMatches(account, groups, matchedWith);
}

async function everyGroup(
  { account }: MatchingRun,
  matchedWith: string,
  work: (groups: readonly GroupToMatch[], done: number) => Promise<void>,
): Promise<void> {
  let done = 0;
  for (let after: string | null = null; ; ) {
    const page: Awaited<ReturnType<typeof staleGroups>> = await staleGroups(account, matchedWith, after, stringsAtOnce);
    if (page.last === null) return;
    done += page.stale;
    await work(page.groups, done);
    await others();
    after = page.last;
  }
}
