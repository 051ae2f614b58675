import {
  type AccountStore,
  loadHistory,
  type ProfileState,
  profileStates,
  type SqlConnection,
} from '@watchprint/database';
import {
  type AcclaimedWork,
  AnalysedHistory,
  type ArchiveRows,
  type BillingRow,
  dayOfDate,
  type EpisodeLists,
  type HistoryColumns,
  type Thresholds,
  type Top10Lists,
  thresholdsWith,
} from '@watchprint/engine';
import { imdbDatasetVersion, readAcclaimedWorks } from '@watchprint/lake';
import { LRUCache } from 'lru-cache';
import type { Enricher } from '../enriching/enricher.ts';
import type { RegionTop10s } from '../enriching/region-top10.ts';
import type { CatalogueKeeper } from '../matching/catalogue-keeper.ts';
import { readArchive, readBilling } from './archive.ts';
import { createFactsChanges } from './facts-changes.ts';
import { type PartReaders, ProfileAnalysis } from './profile-analysis.ts';
import { concerns, imdbIdsOf, readWorkFacts } from './work-facts.ts';

/**
 * Histories that are analysed, kept in memory with their figures by what they rest on: the history's version, the settings, the facts and
 * the state of the catalogue. All of it can be worked out again; another process has its own.
 */
export interface Analyses {
  /** Null where the account has no such profile. */
  of(account: AccountStore, profileId: string): Promise<ProfileAnalysis | null>;
  /** The account's, by name: the first `mostProfiles`. */
  all(account: AccountStore): Promise<readonly ProfileOfAccount[]>;
  /** Netflix's lists of a region; null where there are none. */
  top10(region: string): Promise<Top10Lists | null>;
  /** The catalogue's most acclaimed works; null where there is no catalogue with ratings. */
  acclaimed(): Promise<readonly AcclaimedWork[] | null>;
}

export type ProfileOfAccount = ProfileState & { readonly analysis: ProfileAnalysis };

/** Of an account, that figures are made of together: Netflix lets an account have five. */
export const mostProfiles = 50;

interface Kept {
  readonly historyVersion: string;
  readonly columns: HistoryColumns;
  readonly parts: PartReaders;
  /** Of which settings the analysis is. */
  readonly settings: string;
  readonly analysis: ProfileAnalysis;
}

/** Of all histories together, one of a million rows and half as many titles being some 300 MB. */
const mostBytes = 384 * 1024 * 1024;
/** How long the first look at IMDb's datasets may take; what comes later is there the next time. */
const datasetsMs = 1500;
/** Versions are read again when they changed meanwhile. */
const attempts = 3;

export function createAnalyses(
  sql: SqlConnection,
  enricher: Enricher,
  catalogues: CatalogueKeeper,
  top10s: RegionTop10s,
): Analyses {
  const kept = new LRUCache<string, Kept>({
    maxSize: mostBytes,
    // One that is larger than all may be takes the place of all.
    sizeCalculation: ({ columns }) => Math.min(bytesOf(columns), mostBytes),
  });
  const underWay = new Map<string, Promise<Kept>>();
  const changes = createFactsChanges(sql);
  const acclaimed = keptWhile<readonly AcclaimedWork[] | null>();
  const top10 = new Map<string, { readonly from: object | null; readonly lists: Top10Lists | null }>();

  function readersOf(account: AccountStore, profileId: string, columns: HistoryColumns): PartReaders {
    const isConcerned = concerns(imdbIdsOf(columns));
    const facts = keptWhile<Awaited<ReturnType<typeof readWorkFacts>>>();
    const episodes = keptWhile<EpisodeLists>();
    const archive = keptWhile<ArchiveRows>();
    const billing = keptWhile<readonly BillingRow[]>();
    let place = -1;
    let generation = 0;
    return {
      facts: async () => {
        const [now, datasets] = await Promise.all([changes.refresh(), imdbDatasetVersion(enricher.lake)]);
        if (now !== place && (place < 0 || changes.changedBehind(place, isConcerned) !== false)) generation += 1;
        place = now;
        return facts(`${generation} ${datasets}`, () => readWorkFacts(sql, enricher, columns, Date.now() + datasetsMs));
      },
      episodes: async () => episodes(String(await catalogues.version()), () => readEpisodeLists(catalogues, columns)),
      // Of the history's own version: whatever changes them changes that.
      archive: () => archive('', () => readArchive(account, profileId, columns)),
      billing: () => billing('', () => readBilling(account)),
    };
  }

  async function load(account: AccountStore, state: ProfileState): Promise<Kept> {
    let version = state.historyVersion;
    for (let attempt = 1; ; attempt += 1) {
      const columns = await loadHistory(account, state.id);
      const [now] = await profileStates(account, state.id);
      // Rows and what their strings mean are read one after the other: both are of one version.
      if (now === undefined || now.historyVersion === version || attempt === attempts)
        return keep(state, version, columns, readersOf(account, state.id, columns));
      version = now.historyVersion;
    }
  }

  async function analysisOf(account: AccountStore, state: ProfileState): Promise<ProfileAnalysis> {
    const key = `${account.accountId} ${state.id}`;
    let known = kept.get(key);
    if (known?.historyVersion !== state.historyVersion) {
      const loading = `${key} ${state.historyVersion}`;
      const work = underWay.get(loading) ?? load(account, state).finally(() => underWay.delete(loading));
      underWay.set(loading, work);
      known = await work;
      kept.set(key, known);
    }
    if (known.settings !== settingsOf(state)) {
      // The rows are the same; what was made of them is not.
      known = keep(state, known.historyVersion, known.columns, known.parts);
      kept.set(key, known);
    }
    return known.analysis;
  }

  return {
    async of(account, profileId) {
      const [state] = await profileStates(account, profileId);
      return state === undefined ? null : analysisOf(account, state);
    },
    async all(account) {
      const states = (await profileStates(account)).slice(0, mostProfiles);
      return Promise.all(states.map(async (state) => ({ ...state, analysis: await analysisOf(account, state) })));
    },
    async top10(region) {
      const from = await top10s.of(region);
      const before = top10.get(region);
      if (before !== undefined && before.from === from) return before.lists;
      const lists = from && {
        region,
        from: dayOf(from.firstWeek) - 6,
        to: dayOf(from.lastWeek),
        weeks: new Map([...from.ofWork].map(([imdbId, weeks]) => [imdbId, weeks.map(dayOf)])),
      };
      top10.set(region, { from, lists });
      return lists;
    },
    async acclaimed() {
      return acclaimed(String(await imdbDatasetVersion(enricher.lake)), () => readAcclaimedWorks(enricher.lake));
    },
  };
}

function keep(state: ProfileState, historyVersion: string, columns: HistoryColumns, parts: PartReaders): Kept {
  const analysis = new ProfileAnalysis(analysed(columns, state), parts);
  return { historyVersion, columns, parts, settings: settingsOf(state), analysis };
}

const settingsOf = ({ timeZone, thresholds }: ProfileState) => JSON.stringify([timeZone, thresholds]);

const analysed = (columns: HistoryColumns, { timeZone, thresholds }: ProfileState) =>
  new AnalysedHistory(columns, { ...thresholdsWith(thresholds as Partial<Thresholds>), timeZone });

/** Keeps one value for as long as its version stays; those who ask meanwhile wait for the same. */
function keptWhile<Value>(): (version: string, read: () => Promise<Value>) => Promise<Value> {
  let kept: { readonly version: string; readonly value: Promise<Value> } | null = null;
  return (version, read) => {
    if (kept?.version === version) return kept.value;
    const mine = { version, value: read() };
    kept = mine;
    mine.value.catch(() => {
      // What failed is tried again.
      if (kept === mine) kept = null;
    });
    return mine.value;
  };
}

async function readEpisodeLists(catalogues: CatalogueKeeper, { works }: HistoryColumns): Promise<EpisodeLists> {
  const series = works.flatMap(({ kind, imdbId }) => (kind === 'SERIES' && imdbId !== null ? [imdbId] : []));
  const lists = await catalogues.use(async (catalogue) => catalogue?.episodes(series));
  return works.map(({ imdbId }) => {
    const list = lists?.get(imdbId ?? '')?.flatMap(({ id, seasonNumber, episodeNumber, year }) =>
      // What has no place in the series is no part of its progress, nor are specials: season 0.
      seasonNumber === null || seasonNumber < 1 || episodeNumber === null
        ? []
        : [{ imdbId: id, seasonNumber, episodeNumber, year }],
    );
    return list === undefined || list.length === 0 ? null : list;
  });
}

function dayOf(week: string): number {
  const day = dayOfDate(week);
  if (day === null) throw new Error(`A list of Netflix is of "${week}", which is no day`);
  return day;
}

/** About what a history takes in memory, with the facts of its works. */
const bytesOf = ({ length, titles, works }: HistoryColumns) =>
  length * 60 + titles.length * 300 + works.length * 1500 + 1;
