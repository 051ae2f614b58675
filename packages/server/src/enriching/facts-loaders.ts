import {
  type AccountStore,
  type EnrichmentKey,
  type EnrichmentRow,
  type EnrichmentState,
  lastViewedIn,
  readEnrichmentStates,
  type SqlConnection,
} from '@watchprint/database';
import {
  type ImdbDatasetFacts,
  type ImdbFacts,
  type ImdbTitlePage,
  isDue,
  mergeImdbFacts,
  type WikidataCode,
} from '@watchprint/engine';
import { type FactKind, imdbFacts, wikidataCodeFacts, wikidataLookupFacts } from '@watchprint/sources';
import DataLoader from 'dataloader';
import { languageOf } from '../account/language-of.ts';
import type { Matching } from '../matching/matching.ts';
import type { AskedFacts } from './asked-facts.ts';
import { imdbDatasetKind } from './dataset-facts.ts';
import type { Enricher, Patience } from './enricher.ts';
import { imdbIdOf, type OtherId } from './find-by-id.ts';
import { inTime } from './in-time.ts';
import type { KnownTop10, RegionTop10s } from './region-top10.ts';
import { rowLoader } from './row-loader.ts';
import { createTitleIdentities, type TitleIdentities } from './title-identities.ts';
import { type EnrichedTitle, subjectsOf, type TitleSubjects, unknownTitle } from './title-subjects.ts';

export interface AskedImdb extends AskedFacts {
  /** Whether something is asked for that only the page has. */
  readonly needsPage: boolean;
}

/** What one request asks of the sources, each kind of facts batched into one. */
export interface FactsLoaders {
  /** Called when the request begins to wait for a source, and each time again. */
  onWait?: () => void;
  /** Which titles sources are asked of; of a title that was only read, its name is looked up first. */
  subjects(title: EnrichedTitle): Promise<TitleSubjects>;
  /** The same as things stand, without asking anybody. */
  knownSubjects(title: EnrichedTitle): Promise<TitleSubjects>;
  /** What sources say that an id of IMDb is of; null: nobody knows, or not yet. */
  workOf: TitleIdentities['workOf'];
  /** What is stored of facts, read from the source where that can be done in time; null: nothing. */
  facts(kind: FactKind<unknown>): DataLoader<AskedFacts, EnrichmentRow | null, string>;
  readonly imdb: DataLoader<AskedImdb, ImdbFacts | null, string>;
  /** Codes of countries and languages by Wikidata's ids; null where they are not known yet. */
  readonly code: DataLoader<string, WikidataCode | null>;
  /** The IMDb id of what Wikidata says has another id; null: nobody knows, or not yet. */
  imdbIdOf(other: OtherId): Promise<string | null>;
  /** How any kind stands, without asking anybody. */
  readonly state: DataLoader<EnrichmentKey, EnrichmentState | null>;
  /** What is stored of any kind, without asking anybody. */
  readonly stored: DataLoader<EnrichmentKey, EnrichmentRow | null>;
  /** Resolves when nothing that this request has asked of the sources so far is waited for any more. */
  settled(): Promise<void>;
  /** A region's Top 10; null where no list has it, and while the lists are still being read. */
  top10(region: string): Promise<KnownTop10 | 'PENDING' | null>;
  /** The language that the account's profiles are set to, where they agree; else English. */
  language(): Promise<string>;
  /** The last day on which the account watched a title in a country: RFC 3339 full-date. */
  lastViewedIn(country: string): DataLoader<string, string | null>;
}

/** The rest of the budget is for putting the answer together. */
const shareOfWaiting = 0.9;

/** @param budgetMs How long the request may take for what is not known yet, from now on: waiting for its turn is part of that. */
export function createFactsLoaders(
  sql: SqlConnection,
  account: AccountStore,
  enricher: Enricher,
  matching: Matching,
  top10s: RegionTop10s,
  budgetMs: number,
): FactsLoaders {
  const deadline = Date.now() + budgetMs * shareOfWaiting;
  const patience: Patience = { deadline, onWait: () => loaders.onWait?.() };
  const byKind = new Map<string, DataLoader<AskedFacts, EnrichmentRow | null, string>>();
  let language: Promise<string> | null = null;
  const byCountry = new Map<string, DataLoader<string, string | null>>();

  /** What is waited for. */
  const underWay = new Set<Promise<unknown>>();
  function waited<Result>(work: Promise<Result>): Promise<Result> {
    underWay.add(work);
    const isOver = () => underWay.delete(work);
    work.then(isOver, isOver);
    return work;
  }

  function facts(kind: FactKind<unknown>) {
    const subjectOf = ({ subject }: AskedFacts) => kind.subjectOf(subject);
    const loader =
      byKind.get(kind.kind) ??
      new DataLoader<AskedFacts, EnrichmentRow | null, string>(
        async (asked) => {
          const rows = await waited(enricher.load(kind, new Map(asked.map((one) => [subjectOf(one), one])), patience));
          return asked.map((one) => rows.get(subjectOf(one)) ?? null);
        },
        { cacheKeyFn: subjectOf },
      );
    byKind.set(kind.kind, loader);
    return loader;
  }

  const byRegion = new Map<string, Promise<KnownTop10 | 'PENDING' | null>>();
  async function top10Of(region: string): Promise<KnownTop10 | 'PENDING' | null> {
    const reading = top10s.of(region);
    return (await inTime(reading, deadline)) ? reading : 'PENDING';
  }

  let settling: Promise<void> | null = null;
  async function settle(): Promise<void> {
    // What stands beside it in the document has asked by then.
    await aMoment();
    while (underWay.size > 0) {
      await Promise.allSettled(underWay);
      await aMoment();
    }
  }

  /** The datasets come first: a page is asked for what they cannot say. */
  async function imdbOf(asked: readonly AskedImdb[]): Promise<(ImdbFacts | null)[]> {
    const ids = [...new Set(asked.map(({ subject }) => subject.imdbId))];
    const known = await enricher.stored(
      [imdbDatasetKind, imdbFacts.kind].flatMap((kind) => ids.map((subject) => ({ kind, subject }))),
    );
    const rowsOf = (kind: string) => new Map(known.filter((row) => row.kind === kind).map((row) => [row.subject, row]));
    const datasets = await enricher.datasets.of(asked, rowsOf(imdbDatasetKind), deadline);
    const pages = new Map<string, EnrichmentRow>(rowsOf(imdbFacts.kind));
    const now = new Date();
    const wanted = asked.filter(({ subject: { imdbId }, needsPage }) => {
      const isLacking =
        needsPage || (datasets.get(imdbId)?.answer !== 'FOUND' && !enricher.datasets.isLookingUp(imdbId));
      const page = pages.get(imdbId) ?? null;
      return isLacking && (isDue(page, now) || page?.isWanted === true);
    });
    if (wanted.length > 0) {
      const read = await enricher.load(imdbFacts, new Map(wanted.map((one) => [one.subject.imdbId, one])), patience);
      for (const [subject, row] of read) pages.set(subject, row);
    }
    return asked.map(({ subject: { imdbId } }) =>
      mergeImdbFacts(dated<ImdbDatasetFacts>(datasets.get(imdbId)), dated<ImdbTitlePage>(pages.get(imdbId))),
    );
  }

  const languageOnce = () => (language ??= waited(languageOf(account)));
  const identities = createTitleIdentities({ account, enricher, matching, patience, language: languageOnce });

  const loaders: FactsLoaders = {
    async subjects(title) {
      const own = subjectsOf(title);
      return own.whole === null ? subjectsOf(await waited(identities.identify(title))) : own;
    },
    async knownSubjects(title) {
      const own = subjectsOf(title);
      return own.whole === null ? subjectsOf(await identities.reread(title)) : own;
    },
    workOf: (imdbId) => waited(identities.workOf(imdbId)),
    facts,
    imdbIdOf: (other) =>
      imdbIdOf(sql, (key) => facts(wikidataLookupFacts).load({ subject: { imdbId: key }, about: unknownTitle }), other),
    imdb: new DataLoader((asked: readonly AskedImdb[]) => waited(imdbOf(asked)), {
      cacheKeyFn: ({ subject, needsPage }) => `${subject.imdbId} ${needsPage}`,
    }),
    code: new DataLoader(async (ids: readonly string[]) => {
      const rows = await enricher.load(
        wikidataCodeFacts,
        new Map(ids.map((id) => [id, { subject: { imdbId: id }, about: unknownTitle }])),
        patience,
      );
      return ids.map((id) => (rows.get(id)?.facts as WikidataCode | null | undefined) ?? null);
    }),
    state: rowLoader((keys) => readEnrichmentStates(sql, keys), aMomentLater),
    stored: rowLoader((keys) => enricher.stored(keys), aMomentLater),
    // One for all that ask meanwhile, so that they go on together.
    settled: () => (settling ??= settle().finally(() => (settling = null))),
    top10(region) {
      const known = byRegion.get(region) ?? waited(top10Of(region));
      byRegion.set(region, known);
      return known;
    },
    language: languageOnce,
    lastViewedIn(country) {
      const loader =
        byCountry.get(country) ??
        new DataLoader<string, string | null>(async (titleIds) => {
          const days = await lastViewedIn(account, titleIds, country);
          return titleIds.map((id) => days.get(id) ?? null);
        });
      byCountry.set(country, loader);
      return loader;
    },
  };
  return loaders;
}

/** Titles of one list come here by different ways, a moment apart. */
const aMomentLater = (send: () => void) => void setTimeout(send, 2);

/** Long enough for loaders to send off what was asked of them, and for what follows from an answer to be asked. */
const aMoment = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

const dated = <Facts>(row: Pick<EnrichmentRow, 'answer' | 'facts' | 'fetchedAt'> | undefined) =>
  row?.answer !== 'FOUND' || row.fetchedAt === null ? null : { facts: row.facts as Facts, fetchedAt: row.fetchedAt };
