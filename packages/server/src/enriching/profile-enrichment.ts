import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AccountStore,
  countEnrichments,
  dueLookUps,
  type EnrichmentCounts,
  type EnrichmentKey,
  lookUpsAnswered,
  type SqlConnection,
  saveLookUps,
  unknownTitlesOf,
  type WatchedBy,
  type WatchedTitle,
  watchedTitles,
} from '@watchprint/database';
import type { AboutTitle } from '@watchprint/engine';
import { type FactKind, imdbFacts, type OfferKind, offerKinds, sources } from '@watchprint/sources';
import { languageOf } from '../account/language-of.ts';
import { createBell } from '../importing/bell.ts';
import type { AskedFacts } from './asked-facts.ts';
import { imdbDatasetKind } from './dataset-facts.ts';
import { type Enricher, wantedOf } from './enricher.ts';
import { askedOffers, namesFound } from './look-ups.ts';
import { priorities } from './priorities.ts';

/** How far the enrichment of a profile is: facts, not titles. */
export interface EnrichmentProgress extends EnrichmentCounts {
  readonly total: number;
}

/** What is read of every title of a history. IMDb's page is not: the datasets say what is needed of all, and it is asked for the rest alone. */
const kindsOfHistory = sources.flatMap(({ titleFacts }) =>
  titleFacts === null || titleFacts === imdbFacts ? [] : titleFacts,
);

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
    sources: readonly string[] | null,
  ): Promise<EnrichmentProgress>;
  /** Has the facts read of what some strings are matched with now. */
  startFor(account: AccountStore, matchIds: readonly string[]): Promise<void>;
  /** How far it is, each time that it gets further, until nothing is pending. */
  watch(account: AccountStore, profileId: string, language: string): AsyncIterable<EnrichmentProgress>;
}

export function createProfileEnrichment(sql: SqlConnection, enricher: Enricher, region: string): ProfileEnrichment {
  /** What can be read of a profile's titles, the most watched first. */
  async function wantedFor(account: AccountStore, by: WatchedBy, language: string) {
    const wanted = new Map<string, { kind: FactKind<unknown>; subject: string; asked: AskedFacts }>();
    const episodes = new Map<string, AskedFacts>();
    const add = (kind: FactKind<unknown>, { subject, about }: AskedFacts) => {
      const asked = { about, subject: { ...subject, language, region } };
      const name = kind.subjectOf(asked.subject);
      wanted.set(`${kind.kind} ${name}`, wanted.get(`${kind.kind} ${name}`) ?? { kind, subject: name, asked });
    };
    const works = new Map<string, { whole: AskedFacts; viewings: number; seasons: Set<number> }>();
    for (const title of await watchedTitles(account, by)) {
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
      for (const kind of kindsOfHistory.filter(({ parts }) => parts === 'SEASONS'))
        for (const seasonNumber of [...seasons].sort((one, other) => one - other))
          add(kind, { ...whole, subject: { ...whole.subject, seasonNumber } });
    }
    return { wanted: [...wanted.values()], imdb: [...episodes.values()] };
  }

  /** Titles that the datasets lack: only of these IMDb's page is asked for. */
  async function lackingInDatasets(imdb: readonly AskedFacts[]): Promise<AskedFacts[]> {
    const stored = await enricher.stored(
      imdb.map(({ subject }) => ({ kind: imdbDatasetKind, subject: subject.imdbId })),
    );
    const rows = new Map(stored.map((row) => [row.subject, row]));
    const known = await enricher.datasets.of(imdb, rows, Number.POSITIVE_INFINITY);
    return imdb.filter(({ subject }) => known.get(subject.imdbId)?.answer !== 'FOUND');
  }

  /** Names of what nothing was found for, the most watched first. */
  async function namesFor(account: AccountStore, profileId: string, language: string) {
    const offers = askedOffers(await unknownTitlesOf(account, profileId), language);
    const of = (kind: OfferKind<unknown>) =>
      offers.map(({ name, asked }) => ({ kind, subject: kind.subjectFor(name, language), asked }));
    return { offers, wanted: offerKinds.flatMap(of) };
  }

  /** Remembers that names are looked up; where others have asked before, the answer is there, and counts at once. */
  async function rememberLookUps(
    account: AccountStore,
    { offers, wanted }: Awaited<ReturnType<typeof namesFor>>,
    language: string,
    wantsFacts: boolean,
  ): Promise<void> {
    await saveLookUps(account, offers, language, wantsFacts);
    const known = await enricher.stored(wanted.map(({ kind, subject }) => ({ kind: kind.kind, subject })));
    const due = await dueLookUps(account, namesFound(known));
    if (due.length > 0)
      await lookUpsAnswered(
        sql,
        due.map(({ name }) => name),
      );
  }

  async function keysFor(account: AccountStore, profileId: string, language: string) {
    const works = await wantedFor(account, { profileId }, language);
    return keysOf(works, await namesFor(account, profileId, language));
  }

  const keysOf = (
    { wanted, imdb }: Awaited<ReturnType<typeof wantedFor>>,
    names: Awaited<ReturnType<typeof namesFor>>,
  ): EnrichmentKey[] => [
    ...[...wanted, ...names.wanted].map(({ kind, subject }) => ({ kind: kind.kind, subject })),
    ...imdb.map(({ subject }) => ({ kind: imdbFacts.kind, subject: subject.imdbId })),
  ];

  /** Has what may be read read behind, in the order given. */
  async function want(
    { wanted, imdb }: Awaited<ReturnType<typeof wantedFor>>,
    names: Awaited<ReturnType<typeof namesFor>>['wanted'],
    mayRead: (kind: FactKind<unknown>) => boolean,
  ): Promise<void> {
    const pages = mayRead(imdbFacts) ? await lackingInDatasets(imdb) : [];
    const all = [
      ...[...wanted, ...names].filter(({ kind }) => mayRead(kind)),
      ...pages.map((asked) => ({ kind: imdbFacts as FactKind<unknown>, subject: asked.subject.imdbId, asked })),
    ].flatMap(({ kind, subject, asked }, rank) => wantedOf(kind, subject, asked, priorities.profile + rank));
    for (let start = 0; start < all.length; start += wantedAtOnce)
      await enricher.want(all.slice(start, start + wantedAtOnce));
  }

  async function counted(keys: readonly EnrichmentKey[]): Promise<EnrichmentProgress> {
    const counts = await countEnrichments(sql, keys);
    return { ...counts, total: counts.done + counts.failed + counts.pending };
  }

  return {
    async start(account, profileId, language, sources) {
      const mayRead = (kind: FactKind<unknown>) =>
        enricher.switches.disabledKind(kind) === null && (sources === null || sources.includes(kind.source));
      const names = await namesFor(account, profileId, language);
      if (offerKinds.some(mayRead)) await rememberLookUps(account, names, language, sources === null);
      const works = await wantedFor(account, { profileId }, language);
      await want(works, names.wanted, mayRead);
      return counted(keysOf(works, names));
    },
    async startFor(account, matchIds) {
      if (matchIds.length === 0) return;
      const wanted = await wantedFor(account, { matchIds }, await languageOf(account));
      await want(wanted, [], (kind) => enricher.switches.disabledKind(kind) === null);
    },
    async *watch(account, profileId, language) {
      const keys = new Map<string, EnrichmentKey>();
      const addKeys = async () => {
        for (const key of await keysFor(account, profileId, language)) keys.set(`${key.kind} ${key.subject}`, key);
      };
      await addKeys();
      const news = createBell();
      const stopListening = enricher.onEnriched(() => news.ring());
      try {
        for (;;) {
          const progress = await counted([...keys.values()]);
          yield progress;
          await sleep(betweenCountsMs);
          if (progress.pending === 0) {
            // Names that were answered last may be titles by now, with facts of their own to be read.
            await addKeys();
            const then = await counted([...keys.values()]);
            if (then.total !== progress.total || then.pending > 0) yield then;
            if (then.pending === 0) return;
          }
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
