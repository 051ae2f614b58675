import {
  type AccountStore,
  type EnrichmentRow,
  lastViewedIn,
  readEnrichments,
  type SqlConnection,
  saveFacts,
} from '@watchprint/database';
import {
  type ImdbDatasetFacts,
  type ImdbFacts,
  type ImdbTitlePage,
  isDue,
  mergeImdbFacts,
  type WikidataCode,
} from '@watchprint/engine';
import { imdbDatasetVersion, readImdbDatasets } from '@watchprint/lake';
import { type FactKind, imdbFacts, wikidataCodeFacts, wikidataLookupFacts } from '@watchprint/sources';
import DataLoader from 'dataloader';
import { languageOf } from '../account/language-of.ts';
import type { Matching } from '../matching/matching.ts';
import type { AskedFacts, Enricher } from './enricher.ts';
import { imdbIdOf, type OtherId } from './find-by-id.ts';
import type { KnownTop10, RegionTop10s } from './region-top10.ts';
import { createTitleIdentities, type TitleIdentities } from './title-identities.ts';
import { type EnrichedTitle, subjectsOf, type TitleSubjects, unknownTitle } from './title-subjects.ts';

/** What IMDb's datasets say is stored beside what its pages say. */
export const imdbDatasetKind = 'imdb-dataset';

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
  /** What is stored of any kind, without asking anybody. */
  readonly stored: DataLoader<{ readonly kind: string; readonly subject: string }, EnrichmentRow | null, string>;
  /** Resolves when nothing that this request has asked of the sources so far is waited for any more. */
  settled(): Promise<void>;
  top10(region: string): Promise<KnownTop10 | null>;
  /** The language that the account's profiles are set to, where they agree; else English. */
  language(): Promise<string>;
  /** The last day on which the account watched a title in a country: RFC 3339 full-date. */
  lastViewedIn(country: string): DataLoader<string, string | null>;
}

/** @param budgetMs How long the request waits for what is not known yet. */
export function createFactsLoaders(
  sql: SqlConnection,
  account: AccountStore,
  enricher: Enricher,
  matching: Matching,
  top10s: RegionTop10s,
  budgetMs: number,
): FactsLoaders {
  let deadline: number | null = null;
  /** Time runs from the first question on: an operation may have waited for its turn before. */
  const patience = () => {
    deadline ??= Date.now() + budgetMs;
    return { deadline, onWait: () => loaders.onWait?.() };
  };
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
          const rows = await waited(
            enricher.load(kind, new Map(asked.map((one) => [subjectOf(one), one])), patience()),
          );
          return asked.map((one) => rows.get(subjectOf(one)) ?? null);
        },
        { cacheKeyFn: subjectOf },
      );
    byKind.set(kind.kind, loader);
    return loader;
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
    const known = await readEnrichments(
      sql,
      [imdbDatasetKind, imdbFacts.kind].flatMap((kind) => ids.map((subject) => ({ kind, subject }))),
    );
    const rowsOf = (kind: string) => new Map(known.filter((row) => row.kind === kind).map((row) => [row.subject, row]));
    const datasets = await withDatasets(sql, enricher.lake, asked, rowsOf(imdbDatasetKind));
    const pages = new Map<string, EnrichmentRow>(rowsOf(imdbFacts.kind));
    const now = new Date();
    const wanted = asked.filter(({ subject: { imdbId }, needsPage }) => {
      const isLacking = needsPage || datasets.get(imdbId)?.answer !== 'FOUND';
      const page = pages.get(imdbId) ?? null;
      return isLacking && (isDue(page, now) || page?.isWanted === true);
    });
    if (wanted.length > 0) {
      const read = await enricher.load(imdbFacts, new Map(wanted.map((one) => [one.subject.imdbId, one])), patience());
      for (const [subject, row] of read) pages.set(subject, row);
    }
    return asked.map(({ subject: { imdbId } }) =>
      mergeImdbFacts(dated<ImdbDatasetFacts>(datasets.get(imdbId)), dated<ImdbTitlePage>(pages.get(imdbId))),
    );
  }

  const languageOnce = () => (language ??= waited(languageOf(account)));
  const identities = createTitleIdentities({ sql, account, enricher, matching, patience, language: languageOnce });

  const loaders: FactsLoaders = {
    subjects: async (title) => subjectsOf(await waited(identities.identify(title))),
    knownSubjects: async (title) => subjectsOf(await identities.reread(title)),
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
        patience(),
      );
      return ids.map((id) => (rows.get(id)?.facts as WikidataCode | null | undefined) ?? null);
    }),
    stored: new DataLoader(
      async (keys: readonly { readonly kind: string; readonly subject: string }[]) => {
        const rows = new Map((await readEnrichments(sql, keys)).map((row) => [`${row.kind} ${row.subject}`, row]));
        return keys.map(({ kind, subject }) => rows.get(`${kind} ${subject}`) ?? null);
      },
      {
        // What was not there a moment ago may be there when somebody asks for the state of it.
        cache: false,
        // Titles of one list come here by different ways, a moment apart.
        batchScheduleFn: (send) => void setTimeout(send, 2),
      },
    ),
    // One for all that ask meanwhile, so that they go on together.
    settled: () => (settling ??= settle().finally(() => (settling = null))),
    top10: (region) => top10s.of(region),
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

/** Long enough for loaders to send off what was asked of them, and for what follows from an answer to be asked. */
const aMoment = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

const dated = <Facts>(row: Pick<EnrichmentRow, 'answer' | 'facts' | 'fetchedAt'> | undefined) =>
  row?.answer !== 'FOUND' || row.fetchedAt === null ? null : { facts: row.facts as Facts, fetchedAt: row.fetchedAt };

/** What the datasets say, looked up where it is not stored yet or of another state of them. */
async function withDatasets(
  sql: SqlConnection,
  lake: string,
  asked: readonly AskedFacts[],
  known: ReadonlyMap<string, EnrichmentRow>,
): Promise<ReadonlyMap<string, Pick<EnrichmentRow, 'answer' | 'facts' | 'fetchedAt'>>> {
  const version = await imdbDatasetVersion(lake);
  if (version === null) return known;
  const lacking = asked.filter(({ subject }) => known.get(subject.imdbId)?.pageKey !== version);
  if (lacking.length === 0) return known;
  const all = new Map<string, Pick<EnrichmentRow, 'answer' | 'facts' | 'fetchedAt'>>(known);
  for (const [imdbId, row] of await storeDatasetFacts(sql, lake, lacking)) all.set(imdbId, row);
  return all;
}

/** Looks titles up in IMDb's datasets and stores what they say. */
export async function storeDatasetFacts(
  sql: SqlConnection,
  lake: string,
  asked: readonly AskedFacts[],
): Promise<ReadonlyMap<string, Pick<EnrichmentRow, 'answer' | 'facts' | 'fetchedAt'>>> {
  const found = await readImdbDatasets(lake, [...new Set(asked.map(({ subject }) => subject.imdbId))]);
  if (found === null) return new Map();
  const rows = asked.map(({ subject: { imdbId }, about }) => {
    const facts = found.facts.get(imdbId) ?? null;
    return {
      kind: imdbDatasetKind,
      subject: imdbId,
      item: null,
      about,
      answer: facts === null ? ('NOT_FOUND' as const) : ('FOUND' as const),
      facts,
      pageKey: found.version,
      fetchedAt: found.knownAt,
      // It holds until the datasets are synced again.
      freshUntil: new Date(found.knownAt.getTime() + datasetFreshMs),
    };
  });
  await saveFacts(sql, rows);
  return new Map(rows.map((row) => [row.subject, row]));
}

const datasetFreshMs = 100 * 365 * 24 * 3_600_000;
