import {
  type AccountStore,
  type CorrectionToSave,
  type Database,
  type DueLookUp,
  type GroupToMatch,
  groupOf,
  type MatchOutcome,
  removeCorrection,
  requestMatching,
  type SharedTitle,
  saveCorrections,
  saveMatches,
  saveSharedTitles,
  storedTitles,
  stringsToMatchAnew,
} from '@watchprint/database';
import { stringReader } from '../importing/string-reader.ts';
import type { CatalogueKeeper } from './catalogue-keeper.ts';
import type { MatchChanges } from './match-changes.ts';
import { matchDue, matcherFor } from './match-look-ups.ts';
import { changesOf } from './run-matching.ts';
import { withWorksBeside } from './works-beside.ts';

/** What a person says that a string is: a shared title; null for none of the catalogue's. */
export interface SettledTitle extends CorrectionToSave {
  readonly title: SharedTitle | null;
}

/** What accounts may do with their matches; matching all of them is the worker's. */
export interface Matching {
  /**
   * Settles what a string is. Strings of its group follow at once, where the matcher is sure of it.
   * @param settled Null: forgets what was settled, and the matcher decides again.
   * @returns ids of the other strings that are taken for something else now.
   */
  settle(account: AccountStore, matchId: string, rawTitle: string, settled: SettledTitle | null): Promise<string[]>;
  /** Keeps corrections, each in the place of an earlier one of its string, and has the strings matched that there are. */
  importCorrections(account: AccountStore, corrections: readonly CorrectionToSave[]): Promise<void>;
  /** Ids that corrections name, and that neither the catalogue has nor is stored, each once; none where there is no catalogue. */
  unknownIds(corrections: readonly CorrectionToSave[]): Promise<string[]>;
  /** Has all of the account's strings matched that are not, soon, with the newest state of the catalogue. */
  request(account: AccountStore): Promise<void>;
  /** What that would change; null where there is no catalogue. Changes nothing. */
  preview(account: AccountStore): Promise<MatchChanges | null>;
  /** Matches the strings of some look-ups at once, by what sources have offered until now. */
  matchDue(account: AccountStore, due: readonly DueLookUp[]): Promise<void>;
  /** Which state of the catalogue there is; null where none was synced. */
  catalogueVersion(): Promise<string | null>;
}

/** A group that changes whenever it is looked at is left to the worker. */
const mostAttempts = 3;

export function createMatching({ sql }: Pick<Database, 'sql'>, catalogues: CatalogueKeeper): Matching {
  return {
    settle: (account, matchId, rawTitle, settled) =>
      catalogues.use(async (catalogue) => {
        const change = (open: Parameters<typeof removeCorrection>[0]) =>
          settled === null ? removeCorrection(open, rawTitle) : saveCorrections(open, [settled]);
        const { mark, match } = matcherFor(sql, catalogue);
        for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
          const group = withCorrection(await groupOf(account, matchId), rawTitle, settled);
          const string = group.strings.find(({ id }) => id === matchId);
          // It went meanwhile; what a person says of it stays for when it comes again.
          if (string === undefined) {
            await account.transaction(change);
            return [];
          }
          const withWorks = await withWorksBeside(account, sql, [group]);
          for await (const { groups, titles } of match(withWorks)) {
            await saveSharedTitles(sql, titles);
            if ((await saveMatches(account, groups, mark, change)) > 0)
              return changedBeside(matchId, group, groups[0]?.outcomes ?? []);
          }
        }
        await requestMatching(account);
        return [];
      }),

    async importCorrections(account, corrections) {
      await account.transaction(async (open) => {
        await saveCorrections(open, corrections);
        await stringsToMatchAnew(
          open,
          corrections.map(({ rawTitle }) => rawTitle),
          stringReader,
        );
        await requestMatching(open);
      });
    },

    unknownIds: (corrections) =>
      catalogues.use(async (catalogue) => {
        if (catalogue === null) return [];
        const named = corrections.flatMap(({ workId }) => workId ?? []);
        const works = await catalogue.works([...new Set(named)]);
        const withEpisode = corrections.filter(({ workId, episodeId }) => workId !== null && episodeId !== null);
        const episodes = await catalogue.episodes([...new Set(withEpisode.flatMap(({ workId }) => workId ?? []))]);
        const unknown = named.filter((id) => !works.has(id));
        for (const { workId, episodeId } of withEpisode)
          if (episodeId !== null && !episodes.get(workId ?? '')?.some(({ id }) => id === episodeId))
            unknown.push(episodeId);
        const stored = await storedTitles(sql, unknown);
        return [...new Set(unknown.filter((id) => !stored.has(id)))];
      }),

    async request(account) {
      await catalogues.refresh();
      await requestMatching(account);
    },
    async preview(account) {
      await catalogues.refresh();
      return catalogues.use(async (catalogue) => (catalogue === null ? null : changesOf({ account, sql, catalogue })));
    },
    matchDue: (account, due) =>
      catalogues.use(async (catalogue) => void (await matchDue(account, sql, catalogue, due))),
    catalogueVersion: () => catalogues.version(),
  };
}

function withCorrection(group: GroupToMatch, rawTitle: string, settled: SettledTitle | null): GroupToMatch {
  const corrections = new Map(group.corrections);
  if (settled === null) corrections.delete(rawTitle);
  else corrections.set(rawTitle, { rawTitle, workId: settled.workId, episodeId: settled.episodeId });
  return { ...group, corrections };
}

function changedBeside(matchId: string, { strings }: GroupToMatch, outcomes: readonly MatchOutcome[]): string[] {
  return outcomes.flatMap(({ id, status, title }, index) => {
    const before = strings[index];
    const isAsBefore = before?.status === status && before.catalogueTitleId === (title?.id ?? null);
    return id === matchId || isAsBefore ? [] : id;
  });
}
