import {
  type AccountStore,
  countStale,
  dueLookUps,
  type GroupToMatch,
  matchGroupsAnew,
  type SqlConnection,
  saveMatches,
  saveSharedTitles,
  settleLookUps,
  settleWhatRowsTell,
  staleGroups,
} from '@watchprint/database';
import type { ServedCatalogue } from './catalogue-keeper.ts';
import { inTurn, type MatchedGroups } from './group-matcher.ts';
import { markOf } from './mark.ts';
import { compareMatches, type MatchChanges } from './match-changes.ts';
import { withWorksBeside } from './works-beside.ts';

/** Strings that are asked of the database at once, which answers nobody else meanwhile. */
const stringsRead = 1000;
/** Strings that are matched at once: memory grows with them. A large catalogue takes hardly longer for these than for a few. */
const stringsMatched = 8000;

export interface WhatToMatch {
  readonly account: AccountStore;
  readonly sql: SqlConnection;
  readonly catalogue: ServedCatalogue;
  /** Ends the run, with its reason. */
  readonly signal?: AbortSignal;
}

export interface MatchingRun extends WhatToMatch {
  /** Told how far it is, in strings; throws to end the run. */
  readonly progress: (progress: { readonly total: number; readonly done: number }) => Promise<void>;
  /** Told which strings were matched whose facts are to be read. */
  readonly identified: (matchIds: readonly string[]) => Promise<void>;
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
  const lookedUp = await dueLookUps(account);
  await matchGroupsAnew(
    account,
    lookedUp.map(({ matchId }) => matchId),
  );
  const { strings: total, matchedBefore } = await countStale(account, matchedWith);
  const tell = (done: number) => run.progress({ total, done: Math.floor(Math.min(done, total)) });
  await tell(0);
  const isAnew = matchedBefore > 0;
  if (isAnew) await run.report(await changesOf(run, (done) => tell(done / 2)));
  let done = 0;
  for await (const matched of matchStale(run)) {
    await saveSharedTitles(sql, matched.titles);
    await saveMatches(account, matched.groups, matchedWith);
    done += countIn(matched, matchedWith);
    await tell(isAnew ? (total + done) / 2 : done);
  }
  await run.identified(await settleLookUps(account, lookedUp));
  await tell(total);
  return total;
}

/** What matching would change, changing nothing. @param tell Told how many strings are compared; throws to end it. */
export async function changesOf(
  run: WhatToMatch,
  tell: (done: number) => Promise<void> = async () => {},
): Promise<MatchChanges> {
  const matchedWith = markOf(run.catalogue.version);
  const compared = compareMatches(matchedWith, new Date());
  let done = 0;
  for await (const matched of matchStale(run)) {
    for (const group of matched.groups) compared.add(group);
    done += countIn(matched, matchedWith);
    await tell(done);
  }
  return compared.changes();
}

/** How many of the strings were to be matched: the rest of their groups is matched with them. */
const countIn = ({ groups }: MatchedGroups, matchedWith: string): number =>
  groups.reduce((sum, { strings }) => sum + strings.filter((string) => string.matchedWith !== matchedWith).length, 0);

/** Every group that has a string to match, with what the matcher makes of it now. */
const matchStale = ({ account, sql, catalogue, signal }: WhatToMatch): AsyncGenerator<MatchedGroups> =>
  inTurn(pagesOfStale(account, markOf(catalogue.version)), async function* (groups) {
    yield* catalogue.match(await withWorksBeside(account, sql, groups), signal);
  });

async function* pagesOfStale(account: AccountStore, matchedWith: string): AsyncGenerator<readonly GroupToMatch[]> {
  let page: GroupToMatch[] = [];
  let strings = 0;
  for (let after: string | null = null; ; ) {
    const read: Awaited<ReturnType<typeof staleGroups>> = await staleGroups(account, matchedWith, after, stringsRead);
    for (const group of read.groups) {
      page.push(group);
      strings += group.strings.length;
    }
    if (page.length > 0 && (read.last === null || strings >= stringsMatched)) {
      yield page;
      page = [];
      strings = 0;
    }
    if (read.last === null) return;
    after = read.last;
  }
}
