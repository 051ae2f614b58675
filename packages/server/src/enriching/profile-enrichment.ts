import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AccountStore,
  countEnrichments,
  type EnrichmentCounts,
  type SqlConnection,
  type WatchedTitle,
  watchedTitles,
} from '@watchprint/database';
import type { AboutTitle } from '@watchprint/engine';
import {
  type FactKind,
  imdbFacts,
  justWatchFacts,
  netflixTitleFacts,
  rottenTomatoesFacts,
  type SourceId,
  wikidataItemFacts,
  wikipediaSummaryFacts,
} from '@watchprint/sources';
import { createBell } from '../importing/bell.ts';
import { type AskedFacts, type Enricher, wantedOf } from './enricher.ts';
import { storeDatasetFacts } from './facts-loaders.ts';
import { priorities } from './priorities.ts';

/** How far the enrichment of a profile is: facts, not titles. */
export interface EnrichmentProgress extends EnrichmentCounts {
  readonly total: number;
}

/** What is read of every title of a history. IMDb's page is not: the datasets say what is needed of all, and it is asked for the rest alone. */
const kindsOfHistory: readonly FactKind<unknown>[] = [
  wikidataItemFacts,
  wikipediaSummaryFacts,
  rottenTomatoesFacts,
  netflixTitleFacts,
  justWatchFacts,
] as readonly FactKind<unknown>[];

/** Facts come many a second, and nobody reads so fast. */
const betweenCountsMs = 1000;
/** A notice can be lost with its connection. */
const longestSilenceMs = 15_000;

/** So many are wanted with one statement: it must not keep the embedded database from others for long. */
const wantedAtOnce = 2000;

export interface ProfileEnrichment {
  /** @param sources null: all that are on. */
  start(
    account: AccountStore,
    profileId: string,
    language: string,
    sources: readonly SourceId[] | null,
  ): Promise<EnrichmentProgress>;
  /** How far it is, each time that it gets further, until nothing is pending. */
  watch(account: AccountStore, profileId: string, language: string): AsyncIterable<EnrichmentProgress>;
}

export function createProfileEnrichment(sql: SqlConnection, enricher: Enricher, region: string): ProfileEnrichment {
  /** What can be read of a profile's titles, the most watched first. */
  async function wantedFor(account: AccountStore, profileId: string, language: string) {
    const wanted = new Map<string, { kind: FactKind<unknown>; subject: string; asked: AskedFacts }>();
    const episodes = new Map<string, AskedFacts>();
    const add = (kind: FactKind<unknown>, { subject, about }: AskedFacts) => {
      const asked = { about, subject: { ...subject, language, region } };
      const name = kind.subjectOf(asked.subject);
      wanted.set(`${kind.kind} ${name}`, wanted.get(`${kind.kind} ${name}`) ?? { kind, subject: name, asked });
    };
    const works = new Map<string, { whole: AskedFacts; viewings: number; seasons: Set<number> }>();
    for (const title of await watchedTitles(account, profileId)) {
      if (title.imdbId !== null) episodes.set(title.imdbId, { subject: { imdbId: title.imdbId }, about: title });
      const whole = wholeOf(title);
      if (whole === null) continue;
      const { imdbId } = whole.subject;
      const work = works.get(imdbId) ?? { whole, viewings: 0, seasons: new Set() };
      work.viewings += title.viewings;
      if (title.seasonNumber !== null && title.seasonNumber > 0) work.seasons.add(title.seasonNumber);
      works.set(imdbId, work);
    }
    for (const { whole, seasons } of [...works.values()].sort((one, other) => other.viewings - one.viewings)) {
      episodes.set(whole.subject.imdbId, whole);
      for (const kind of kindsOfHistory) add(kind, whole);
      // A history is of seasons: their own scores count.
      for (const seasonNumber of [...seasons].sort((one, other) => one - other))
        add(rottenTomatoesFacts, { ...whole, subject: { ...whole.subject, seasonNumber } });
    }
    return { wanted: [...wanted.values()], imdb: [...episodes.values()] };
  }

  /** Titles that the datasets lack: only of these IMDb's page is asked for. */
  async function lackingInDatasets(imdb: readonly AskedFacts[]): Promise<AskedFacts[]> {
    const known = await storeDatasetFacts(sql, enricher.lake, imdb);
    return imdb.filter(({ subject }) => known.get(subject.imdbId)?.answer !== 'FOUND');
  }

  async function keysFor(account: AccountStore, profileId: string, language: string) {
    const { wanted, imdb } = await wantedFor(account, profileId, language);
    return [
      ...wanted.map(({ kind, subject }) => ({ kind: kind.kind, subject })),
      ...imdb.map(({ subject }) => ({ kind: imdbFacts.kind, subject: subject.imdbId })),
    ];
  }

  async function counted(keys: Awaited<ReturnType<typeof keysFor>>): Promise<EnrichmentProgress> {
    const counts = await countEnrichments(sql, keys);
    return { ...counts, total: counts.done + counts.failed + counts.pending };
  }

  return {
    async start(account, profileId, language, sources) {
      const { wanted, imdb } = await wantedFor(account, profileId, language);
      const mayRead = (kind: FactKind<unknown>) =>
        enricher.switches.disabledKind(kind) === null && (sources === null || sources.includes(kind.source));
      const pages = mayRead(imdbFacts) ? await lackingInDatasets(imdb) : [];
      const all = [
        ...wanted.filter(({ kind }) => mayRead(kind)),
        ...pages.map((asked) => ({ kind: imdbFacts as FactKind<unknown>, subject: asked.subject.imdbId, asked })),
      ].flatMap(({ kind, subject, asked }, rank) => wantedOf(kind, subject, asked, priorities.profile + rank));
      for (let start = 0; start < all.length; start += wantedAtOnce)
        await enricher.want(all.slice(start, start + wantedAtOnce));
      return counted(await keysFor(account, profileId, language));
    },
    async *watch(account, profileId, language) {
      // What is watched meanwhile has an enrichment of its own to be followed by.
      const keys = await keysFor(account, profileId, language);
      const news = createBell();
      const stopListening = enricher.onEnriched(() => news.ring());
      try {
        for (;;) {
          const progress = await counted(keys);
          yield progress;
          if (progress.pending === 0) return;
          await sleep(betweenCountsMs);
          await news.heard(longestSilenceMs);
        }
      } finally {
        stopListening();
      }
    },
  };
}

function wholeOf(title: WatchedTitle): AskedFacts | null {
  const isPart = title.kind === 'EPISODE' || title.kind === 'SEASON';
  const imdbId = isPart ? title.seriesImdbId : title.imdbId;
  if (imdbId === null) return null;
  const about: AboutTitle = isPart
    ? {
        name: title.seriesName ?? title.name,
        kind: 'SERIES',
        year: title.seriesYear,
        endYear: title.seriesEndYear,
      }
    : { name: title.name, kind: title.kind, year: title.year, endYear: title.endYear };
  return { subject: { imdbId }, about };
}
