import * as documents from './documents.ts';
import { AbortedError, ArgumentError, ClientClosedError, ImportFailedError, UnreachableError } from './errors.ts';
import { type FigureArguments, type FigureName, type Figures, figureNames, figuresDocument } from './figures.ts';
import { type HistoryFile, sourceOf } from './history-file.ts';
import { type ClientOptions, createTransport, type Transport } from './transport.ts';
import type {
  Analytics,
  CalendarUnit,
  DateOrder,
  Dimension,
  EnrichmentProgress,
  Import,
  Match,
  Matching,
  MatchStatus,
  Profile,
  Source,
  SourceName,
  Title,
  TitleFacts,
  TitleKind,
  Viewing,
  ViewingFilter,
} from './types.ts';

export interface CallOptions {
  /** Ends the call with an `AbortedError` when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

export interface ImportHistoryOptions extends CallOptions {
  /** What to call the file. A path's last part, a File's own name, else `history.csv`. */
  readonly fileName?: string;
  /** Whose history it is, for files that do not say. */
  readonly profileName?: string;
  /** Settles the order of day and month where the rows do not. */
  readonly dateOrder?: DateOrder;
  /** IANA time zone of profiles that this import creates. */
  readonly timeZone?: string;
  /** Called each time the import gets further. */
  readonly onProgress?: (progress: Import) => void;
  /** False: answer as soon as the file is recognised and kept. Default true: when the import has ended. */
  readonly wait?: boolean;
}

/** A document that carries the types of its answer and variables: a `TypedDocumentNode`, or a string of the same kind. */
export interface TypedDocument<Data, Variables> {
  /** Never there: it only holds the types. */
  readonly __apiType?: (variables: Variables) => Data;
  readonly loc?: { readonly source: { readonly body: string } } | undefined;
  toString(): string;
}

export interface ViewingsOptions extends CallOptions {
  readonly filter?: ViewingFilter;
  /** Viewings fetched at once, 1 to 500; more is taken for 500. Default 200. */
  readonly pageSize?: number;
}

export interface MatchesOptions extends CallOptions {
  /** Only those of one status: AMBIGUOUS ones are for a person to settle. */
  readonly status?: MatchStatus;
  /** Fetched at once, 1 to 100; more is taken for 100. Default 50. */
  readonly pageSize?: number;
}

/** A match that a person settled, or left to the matcher again. */
export interface CorrectedMatch {
  readonly match: Match;
  /** Other strings of the same series that follow from it. */
  readonly alsoChanged: readonly Match[];
}

export interface TitlesOptions extends CallOptions {
  readonly kind?: TitleKind;
  /** At most 500. Default 50. */
  readonly first?: number;
}

export interface FactsOptions extends CallOptions {
  /** Netflix's, ISO 3166-1 alpha-2. Default: the server's own. */
  readonly region?: string;
  /** Of Wikipedia, ISO 639. Default: that of the account's profiles, else English. */
  readonly language?: string;
}

export interface EnrichProfileOptions extends CallOptions {
  /** Default: all that are switched on. */
  readonly sources?: readonly SourceName[];
  /** Called each time it gets further. */
  readonly onProgress?: (progress: EnrichmentProgress) => void;
  /** True: answer when nothing is pending any more, which may take hours. Default false: as soon as it has begun. */
  readonly wait?: boolean;
}

export interface AnalyticsOptions extends CallOptions {
  /** First day of the period, `2020-07-28`. Default: from the beginning. */
  readonly from?: string;
  /** Last day of the period, which it includes. Default: to the end. */
  readonly to?: string;
  /** Of the timeline. Default MONTH. */
  readonly unit?: CalendarUnit;
  /** Of the ranking. Default SERIES. */
  readonly dimension?: Dimension;
  /** Entries of the ranking, at most 500. Default 50. */
  readonly first?: number;
}

export interface FiguresOptions extends CallOptions, FigureArguments {
  /** First day of the period, `2020-07-28`. Default: from the beginning. */
  readonly from?: string;
  /** Last day of the period, which it includes. Default: to the end. */
  readonly to?: string;
}

export interface ExportAccountOptions {
  /** `json`: one JSON object. `csv`: a zip of CSV files. Default json. */
  readonly format?: 'json' | 'csv';
  /** With `csv`: the imported files too, as they came. Default false. */
  readonly originals?: boolean;
}

export interface Client {
  /**
   * Sends a history file, a table of the personal-data export or its zip archive, and waits until its rows are in.
   * A `signal` ends the waiting; an import that the server has by then is read all the same, and `deleteImport` takes it back.
   *
   * @throws {RefusedError} when it is no history (`FORMAT_UNKNOWN`), is too large (`PAYLOAD_TOO_LARGE`), …
   * @throws {ImportFailedError} when reading it failed later, for one with `DATE_ORDER_NEEDED`.
   * @throws {FileUnreadableError} when the file is not there, or its stream failed.
   * @throws {ArgumentError} when it is nothing that could be a file.
   * @throws {UnreachableError} (retryable) when the server gave no answer. Sending the same file again adds nothing twice.
   * @example
   * const { rowsImported } = await client.importHistory('NetflixViewingHistory.csv');
   */
  importHistory(file: HistoryFile, options?: ImportHistoryOptions): Promise<Import>;
  /** An import, now; null when there is none of that id. */
  import(id: string): Promise<Import | null>;
  /** Takes an import back. @returns how many viewings that removed. @throws {RefusedError} with `NOT_FOUND` when there is none of that id. */
  deleteImport(id: string): Promise<number>;
  /** The account's profiles, by name. */
  profiles(): Promise<Profile[]>;
  /**
   * Every viewing of a profile, newest first, fetched page by page as they are asked for; none when there is no profile of that id.
   * @example
   * for await (const { watchedOn, rawTitle } of client.viewings(profile.id)) console.log(watchedOn, rawTitle);
   */
  viewings(profileId: string, options?: ViewingsOptions): AsyncIterable<Viewing>;
  /** The figures of a profile; null when there is none of that id. */
  analytics(profileId: string, options?: AnalyticsOptions): Promise<Analytics | null>;
  /**
   * Some of the other figures of a profile, in one request; null when there is none of that id.
   * @example
   * const { streaks, binges } = (await client.figures(profile.id, ['streaks', 'binges'], { from: '2023-01-01' })) ?? {};
   */
  figures<Name extends FigureName>(
    profileId: string,
    names: readonly Name[],
    options?: FiguresOptions,
  ): Promise<Pick<Figures, Name> | null>;
  /**
   * Everything that the account has, as a file that streams: one JSON object, or a zip of CSV files with a README.txt that says
   * what is in them. Memory does not grow with it. Cancel the stream to stop early.
   *
   * @throws {RefusedError} with `IMPORT_RUNNING` while an import is read, and with `TOO_MANY_EXPORTS` (retryable).
   * @example
   * await pipeline(await client.exportAccount(), createWriteStream('everything.json'));
   */
  exportAccount(options?: ExportAccountOptions): Promise<ReadableStream<Uint8Array>>;
  /** One title; null when there is none of that id. */
  title(id: string): Promise<Title | null>;
  /** Titles by name, best first: of the catalogue, and those that were only read from the account's strings. */
  titles(search: string, options?: TitlesOptions): Promise<Title[]>;
  /**
   * What other sources say of a title, read when it is not known yet, for some seconds at most: then it is null, its state PENDING, and
   * asking again later helps. Null when there is no title of that id.
   * @example
   * const facts = await client.facts(title.id);
   * console.log(facts?.rottenTomatoes?.tomatometer, facts?.wikipedia?.attribution);
   */
  facts(titleId: string, options?: FactsOptions): Promise<TitleFacts | null>;
  /** Where facts come from, and how each source is doing. */
  sources(): Promise<Source[]>;
  /**
   * Has everything read that the sources may know of what a profile watched, the most watched first. It goes on behind, whatever becomes of the caller.
   * @throws {RefusedError} with `NOT_FOUND` when there is no profile of that id.
   */
  enrichProfile(profileId: string, options?: EnrichProfileOptions): Promise<EnrichmentProgress>;
  /**
   * The strings of a profile with what each was taken for, those with most viewings first, fetched page by page as they are asked
   * for.
   * @example
   * for await (const { rawTitle, candidates } of client.matches(profile.id, { status: 'AMBIGUOUS' })) console.log(rawTitle, candidates[0]?.title.name);
   */
  matches(profileId: string, options?: MatchesOptions): AsyncIterable<Match>;
  /**
   * Says what a string really is: a film, series or episode of the catalogue. Outlives imports and runs of the matcher.
   * @param titleId Null: none of them.
   * @throws {RefusedError} with `NOT_FOUND` when there is no such match or title.
   */
  correctMatch(matchId: string, titleId: string | null): Promise<CorrectedMatch>;
  /** Forgets a correction: the matcher decides again. @throws {RefusedError} with `NOT_FOUND` when there is no such match. */
  resetMatch(matchId: string): Promise<CorrectedMatch>;
  /** How far matching the account's strings with the catalogue is; null until something was imported. */
  matching(): Promise<Matching | null>;
  /**
   * Any document of the API. One that carries its types, as gql.tada and GraphQL Code Generator make them from
   * `schema.graphql`, is answered with them; for a plain string the caller says what comes.
   *
   * @returns its `data`.
   * @throws {RefusedError} when any part of it failed.
   */
  query<Data, Variables>(
    document: TypedDocument<Data, Variables>,
    variables?: Variables,
    options?: CallOptions,
  ): Promise<Data>;
  query<Data = unknown>(document: string, variables?: Record<string, unknown>, options?: CallOptions): Promise<Data>;
  /** Ends what the client has open; an embedded one closes its database. What is asked afterwards fails with `CLIENT_CLOSED`. */
  close(): Promise<void>;
}

/**
 * A client of a server that runs elsewhere.
 * @throws {ArgumentError} when `url` is no address, or `token` no token.
 */
export function createClient(options: ClientOptions): Client {
  return clientOver(createTransport(options), async () => {});
}

export function clientOver(over: Transport, end: () => Promise<void>): Client {
  let closing: Promise<void> | null = null;
  const open = (): Transport => {
    if (closing !== null) throw new ClientClosedError();
    return over;
  };

  async function send<Data>(
    document: string,
    variables: Record<string, unknown> = {},
    signal?: AbortSignal,
  ): Promise<Data> {
    return (await unlessAborted(signal, () => open().send(document, variables, signal))) as Data;
  }

  const client: Client = {
    importHistory(file, options = {}) {
      const { profileName, dateOrder, timeZone, signal, onProgress } = options;
      return unlessAborted(signal, async () => {
        const { source, name } = await sourceOf(file);
        const input = { file: null, profileName, dateOrder, timeZone };
        const fileName = options.fileName ?? name ?? 'history.csv';
        const document = documents.importHistoryDocument;
        const sent = await open().sendFile(document, { input }, 'input.file', source, fileName, signal);
        const started = (sent as { importHistory: { import: Import } }).importHistory.import;
        signal?.throwIfAborted();
        onProgress?.(started);
        return options.wait === false ? started : ended(started, onProgress, signal);
      });
    },
    async import(id) {
      const { node } = await send<{ node: Partial<Import> | null }>(documents.importDocument, { id });
      return node?.id === undefined ? null : (node as Import);
    },
    async deleteImport(id) {
      const answer = await send<{ deleteImport: { viewingsRemoved: number } }>(documents.deleteImportDocument, { id });
      return answer.deleteImport.viewingsRemoved;
    },
    async profiles() {
      return (await send<{ viewer: { profiles: Profile[] } }>(documents.profilesDocument)).viewer.profiles;
    },
    async *viewings(profileId, { filter, pageSize = 200, signal } = {}) {
      if (!Number.isInteger(pageSize) || pageSize < 1)
        throw new ArgumentError(`pageSize is a whole number from 1, not ${pageSize}`);
      interface Page {
        nodes: Viewing[];
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
      }
      let after: string | null = null;
      for (;;) {
        const variables: Record<string, unknown> = {
          profile: profileId,
          filter,
          first: Math.min(pageSize, 500),
          after,
        };
        const { node } = await send<{ node: { viewings?: Page } | null }>(
          documents.viewingsDocument,
          variables,
          signal,
        );
        if (node?.viewings === undefined) return;
        yield* node.viewings.nodes;
        const { hasNextPage, endCursor } = node.viewings.pageInfo;
        if (!hasNextPage || endCursor === null) return;
        after = endCursor;
      }
    },
    async analytics(profileId, { from, to, unit = 'MONTH', dimension = 'SERIES', first, signal } = {}) {
      const variables = { profile: profileId, period: { from, to }, unit, dimension, first };
      const { node } = await send<{ node: { analytics?: Analytics } | null }>(
        documents.analyticsDocument,
        variables,
        signal,
      );
      return node?.analytics ?? null;
    },
    async figures(profileId, names, { from, to, otherFrom, otherTo, signal, ...given } = {}) {
      for (const name of names)
        if (!figureNames.includes(name))
          throw new ArgumentError(`There is no figure ${name}: ${figureNames.join(', ')}`);
      if (names.length === 0) throw new ArgumentError(`Which figures? ${figureNames.join(', ')}`);
      const today = new Date().toISOString().slice(0, 10);
      const variables = {
        profile: profileId,
        period: { from, to },
        dimension: 'GENRE',
        day: today,
        year: Number(today.slice(0, 4)),
        ...given,
        other: { from: otherFrom, to: otherTo },
      };
      const { node } = await send<{ node: { analytics?: never } | null }>(figuresDocument(names), variables, signal);
      return node?.analytics ?? null;
    },
    async exportAccount({ format = 'json', originals = false } = {}) {
      if (format !== 'json' && format !== 'csv') throw new ArgumentError(`format is json or csv, not ${format}`);
      if (originals && format === 'json') throw new ArgumentError('originals come with the format csv only');
      return open().download(format === 'json' ? 'export.json' : `export.zip?originals=${originals}`);
    },
    async title(id) {
      return (await send<{ title: Title | null }>(documents.titleDocument, { id })).title;
    },
    async titles(search, { kind, first, signal } = {}) {
      const variables = { search, kind, first };
      return (await send<{ titles: { nodes: Title[] } }>(documents.titlesDocument, variables, signal)).titles.nodes;
    },
    async facts(titleId, { region, language, signal } = {}) {
      const variables = { id: titleId, region, language };
      return (await send<{ title: TitleFacts | null }>(documents.factsDocument, variables, signal)).title;
    },
    async sources() {
      return (await send<{ sources: Source[] }>(documents.sourcesDocument)).sources;
    },
    async enrichProfile(profileId, { sources, onProgress, wait = false, signal } = {}) {
      const variables = { profile: profileId, sources };
      const answer = await send<{ enrichProfile: { progress: EnrichmentProgress } }>(
        documents.enrichProfileDocument,
        variables,
        signal,
      );
      let { progress } = answer.enrichProfile;
      onProgress?.(progress);
      while (wait && progress.pending > 0) {
        // A stream that breaks is no end.
        try {
          const news = open().subscribe(documents.enrichmentProgressDocument, { profile: profileId }, signal);
          for await (const data of news) {
            signal?.throwIfAborted();
            progress = (data as { enrichmentProgress: EnrichmentProgress }).enrichmentProgress;
            onProgress?.(progress);
          }
        } catch (error) {
          signal?.throwIfAborted();
          if (!(error instanceof UnreachableError)) throw error;
          await new Promise((resolve) => setTimeout(resolve, 500));
        }
      }
      return progress;
    },
    async *matches(profileId, { status, pageSize = 50, signal } = {}) {
      if (!Number.isInteger(pageSize) || pageSize < 1)
        throw new ArgumentError(`pageSize is a whole number from 1, not ${pageSize}`);
      interface Page {
        nodes: Match[];
        pageInfo: { hasNextPage: boolean; endCursor: string | null };
      }
      let after: string | null = null;
      for (;;) {
        const variables: Record<string, unknown> = {
          profile: profileId,
          status,
          first: Math.min(pageSize, 100),
          after,
        };
        const { node } = await send<{ node: { matches?: Page } | null }>(documents.matchesDocument, variables, signal);
        if (node?.matches === undefined) return;
        yield* node.matches.nodes;
        const { hasNextPage, endCursor } = node.matches.pageInfo;
        if (!hasNextPage || endCursor === null) return;
        after = endCursor;
      }
    },
    async correctMatch(matchId, titleId) {
      const variables = { match: matchId, title: titleId };
      return (await send<{ correctMatch: CorrectedMatch }>(documents.correctMatchDocument, variables)).correctMatch;
    },
    async resetMatch(matchId) {
      return (await send<{ resetMatch: CorrectedMatch }>(documents.resetMatchDocument, { match: matchId })).resetMatch;
    },
    async matching() {
      return (await send<{ viewer: { matching: Matching | null } }>(documents.matchingDocument)).viewer.matching;
    },
    query: async (
      document: string | Omit<TypedDocument<unknown, unknown>, '__apiType'>,
      variables?: unknown,
      options?: CallOptions,
    ) => {
      if (document === undefined || document === null) throw new ArgumentError(`A document is text, not ${document}`);
      const text = typeof document === 'string' ? document : (document.loc?.source.body ?? String(document));
      return send<never>(text, (variables ?? {}) as Record<string, unknown>, options?.signal);
    },
    close() {
      closing ??= end();
      return closing;
    },
  };

  /** Watches an import to its end; a stream of progress that breaks is no end. */
  async function ended(
    started: Import,
    onProgress: ImportHistoryOptions['onProgress'],
    signal: AbortSignal | undefined,
  ): Promise<Import> {
    let last = started;
    const isOver = () => last.status === 'COMPLETED' || last.status === 'FAILED';
    for (let quiet = 0; !isOver() && quiet < 20; quiet += 1) {
      try {
        for await (const data of open().subscribe(documents.importProgressDocument, { id: started.id }, signal)) {
          signal?.throwIfAborted();
          last = (data as { importProgress: Import }).importProgress;
          quiet = 0;
          onProgress?.(last);
        }
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof UnreachableError)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
    if (!isOver()) throw new UnreachableError(`Import ${started.id} was not seen to end`);
    if (last.status === 'FAILED')
      throw new ImportFailedError(last.errorMessage ?? 'The import failed', last.errorCode ?? 'UNKNOWN', last.id);
    return last;
  }

  return client;
}

/**
 * Does the work, unless the signal comes first: then the caller is told at once, however far it is.
 * @throws {AbortedError} whatever the work made of it.
 */
async function unlessAborted<Result>(signal: AbortSignal | undefined, work: () => Promise<Result>): Promise<Result> {
  if (signal === undefined) return work();
  return new Promise((resolve, reject) => {
    const abort = () => reject(new AbortedError('The call was aborted', { cause: signal.reason }));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', abort));
  });
}
