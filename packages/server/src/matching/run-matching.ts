import { setImmediate as others } from 'node:timers/promises';
import {
  type AccountStore,
  countStale,
  type GroupToMatch,
  type SqlConnection,
  saveMatches,
  saveSharedTitles,
  settleWhatRowsTell,
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
  /** Told how far it is, in strings; throws to end the run. */
  readonly progress: (progress: { readonly total: number; readonly done: number }) => Promise<void>;
  /** Is to keep what is about to change, before anything does. */
  readonly report: (changes: MatchChanges) => Promise<void>;
}

/**
 * Matches those groups of an account's strings that are not matched with this matcher and catalogue. Where they were with another, all
 * is worked out first, to report what will change, and then once more to change it: the outcomes are the same, and nowhere to keep
 * meanwhile. What was matched stays matched if the run ends early.
 * @returns how many strings it was to match.
 */
export async function runMatching(run: MatchingRun): Promise<number> {
  const { account, sql, catalogue } = run;
  const matchedWith = markOf(catalogue.version);
  await settleWhatRowsTell(account);
  const { strings: total, matchedBefore } = await countStale(account, matchedWith);
  const tell = (done: number) => run.progress({ total, done: Math.floor(Math.min(done, total)) });
  await tell(0);
  const isAnew = matchedBefore > 0;
  if (isAnew) await run.report(await changesOf(account, catalogue, (done) => tell(done / 2)));
  await everyGroup(account, matchedWith, async (groups, done) => {
    const matched = await matchGroups(groups, catalogue);
    await saveSharedTitles(sql, matched.titles);
    await saveMatches(account, matched.groups, matchedWith);
    await tell(isAnew ? (total + done) / 2 : done);
  });
  await tell(total);
  return total;
}

/** What matching would change, changing nothing. @param tell Told how many strings are compared; throws to end it. */
export async function changesOf(
  account: AccountStore,
  catalogue: Catalogue,
  tell: (done: number) => Promise<void> = async () => {},
): Promise<MatchChanges> {
  const matchedWith = markOf(catalogue.version);
  const compared = compareMatches(matchedWith, new Date());
  await everyGroup(account, matchedWith, async (groups, done) => {
    for (const group of (await matchGroups(groups, catalogue)).groups) compared.add(group);
    await tell(done);
  });
  return compared.changes();
}

async function everyGroup(
  account: AccountStore,
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
